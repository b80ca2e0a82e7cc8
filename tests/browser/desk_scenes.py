"""What is played for the screenshots at the desk: concerns, a second factor, a drawn area, and reports with cases."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.incidents.incident import Incident
from infra.demo_keys import folder_of
from tests.browser.concerns import came_before_the_keys, has_no_key, lodges, store_of, writes
from tests.browser.officer_page import asked
from tests.browser.phone_page import hold
from tests.browser.stage import ANYWHERE, CONSOLE, Stage
from tests.server import PASSWORD, sign_in

WORDS = (
    "My flatmate has changed a lot since the summer. He gives his things away, and he asked me to look after his cat "
    "for good.\n\nHe says that nobody here would understand where he is going."
)
ANSWER = "Thank you for telling us. Are you safe yourself? Has he said when he means to leave?"

#: What the reports show: kind, officer, and how many of each.
WORKED = (("emergency", "officer1", 3), ("first_aid", "officer2", 2), ("help", "officer3", 4))

#: How long each of them waited, in turn.
TOOK_S = (14, 35, 82, 21, 47, 9, 64, 130, 28)


def concerns(stage: Stage) -> None:
    """The desk without a key and with one, a concern before and after two took it, the mailbox, and oneself."""
    desk = stage.console(room="concerns")
    desk.get_by_label("College e-mail").fill("adviser1@demo.example")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("heading", name="Open your key")).to_be_visible()
    stage.shoot(desk, "console-concerns-door", CONSOLE)
    desk.get_by_label("Your key file").set_input_files(folder_of(stage.server.data_dir) / "adviser1.key")
    desk.get_by_role("button", name="Open", exact=True).click()
    expect(desk.get_by_text("Nothing waits for you.")).to_be_visible()
    stage.shoot(desk, "console-concerns-empty", CONSOLE)
    writer = stage.open("/concern")
    receipt = lodges(writer, WORDS)
    stage.shoot(writer, "concern-receipt", ANYWHERE, whole=True)
    _another(stage)
    desk.get_by_role("button", name="Look again").click()
    expect(desk.get_by_role("link", name="Concern of")).to_have_count(2)
    stage.shoot(desk, "console-concerns", CONSOLE)
    _opened(stage, desk)
    writer.on("dialog", lambda dialog: dialog.accept())
    writer.goto(f"{stage.server.url}/concern/mailbox")
    expect(writer.locator("html.scripted")).to_be_attached()
    writer.get_by_label("The twelve words").fill(" ".join(receipt))
    writer.get_by_role("button", name="Open the mailbox").click()
    expect(writer.get_by_text("Are you safe yourself?")).to_be_visible()
    stage.shoot(writer, "concern-mailbox-filled", ANYWHERE, whole=True)
    for place in ("My key and leave", "Numbers"):
        desk.get_by_role("link", name=place).click()
        expect(desk.get_by_role("heading", name=place)).to_be_visible()
        stage.shoot(desk, f"console-concerns-{place.split()[-1].lower()}", CONSOLE, whole=True)
    _left_behind(stage)


def _another(stage: Stage) -> None:
    page = stage.open("/concern")
    lodges(page, "Leaflets of a group that calls for violence lie in the common room every Friday.")


def _opened(stage: Stage, desk: Page) -> None:
    """One that waits, then one that two work on, with an answer and the form for a decision."""
    for link in range(2):
        desk.get_by_role("link", name="Concern of").nth(link).click()
        expect(desk.get_by_role("heading", name="What was said")).to_be_visible()
        if desk.get_by_text("look after his cat").count():
            break
        desk.get_by_role("link", name="All concerns").click()
    stage.shoot(desk, "console-concern-waits", CONSOLE)
    desk.get_by_role("button", name="Assign two").click()
    for name in ("Adviser 1", "Adviser 2", "Prevent lead 1"):
        desk.get_by_label(name).set_checked(name.startswith("Adviser"))
    stage.shoot(desk, "console-concern-assign", CONSOLE)
    desk.get_by_role("button", name="Assign these two").click()
    desk.get_by_role("dialog").get_by_label("Password", exact=True).fill(PASSWORD)
    stage.shoot(desk, "console-step-up", CONSOLE)
    desk.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect(desk.get_by_text("Being looked into")).to_be_visible()
    desk.get_by_role("button", name="Answer the reporter").click()
    desk.get_by_label("What you want to tell or ask them").fill(ANSWER)
    desk.get_by_role("button", name="Seal and send").click()
    expect(desk.get_by_role("heading", name="Answer to the reporter")).to_be_visible()
    desk.get_by_role("button", name="Decide").click()
    desk.get_by_label("Welfare, not Prevent").check()
    stage.shoot(desk, "console-concern-decide", CONSOLE)


def _left_behind(stage: Stage) -> None:
    """What only the lead could read, when the lead has no key any more."""
    writer = stage.open("/concern")
    writes(writer, WORDS)
    for name in ("Adviser 1", "Adviser 2"):
        writer.get_by_label(f"Leave out {name}").check()
    writer.get_by_role("button", name="Go on").click()
    writer.get_by_role("button", name="Send it").click()
    expect(writer.get_by_role("heading", name="It has arrived")).to_be_visible()
    came_before_the_keys(stage.server)
    has_no_key(stage.server, "Prevent lead 1")
    lead = stage.console("lead1", room="concerns/left")
    expect(lead.get_by_role("button", name="Give it to these two")).to_be_visible()
    stage.shoot(lead, "console-concerns-left", CONSOLE)


def second_factor(stage: Stage) -> None:
    """The password again, the picture for an authenticator, and the recovery codes of a new one."""
    page = stage.console("admin1", room="people")
    page.get_by_label("Name or e-mail address").fill("student 6")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Student 6").click()
    stage.shoot(page, "console-person", CONSOLE)
    page.get_by_role("checkbox", name="officer is asked to come").check()
    page.get_by_role("button", name="Save roles").click()
    page.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up a new phone").click()
    expect(page.get_by_role("img", name="The picture for your authenticator app")).to_be_visible()
    stage.shoot(page, "console-authenticator", CONSOLE)


def area(stage: Stage) -> None:
    """A broadcast's area, drawn on the map."""
    console = stage.console("controller1", room="broadcasts/new")
    console.get_by_role("radio", name="Extreme").first.check()
    console.get_by_role("radio", name="Leave … now").check()
    console.get_by_label("Where it happens").fill("Sherfield Building")
    console.get_by_role("button", name="2 Whom").click()
    console.get_by_role("button", name="Draw it on the map").click()
    canvas = console.get_by_role("dialog").locator(".maplibregl-canvas")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box is not None
    for x, y in ((0.3, 0.3), (0.7, 0.35), (0.6, 0.75), (0.35, 0.7)):
        canvas.click(position={"x": box["width"] * x, "y": box["height"] * y})
    stage.shoot(console, "console-broadcast-area", CONSOLE)


def reports(stage: Stage) -> None:
    """Response times of some cases, and their table."""
    for kind, officer, count in WORKED:
        person: Any = sign_in(stage.server, officer)["person"]
        asked(stage.server, officer, "PUT", "/v1/duty", {"state": "on_patrol"})
        for _ in range(count):
            body = {"kind": kind, "zone": "sherfield"}
            case = asked(stage.server, "controller2", "POST", "/console/api/incidents", body)
            at = f"/console/api/incidents/{case['id']}"
            asked(stage.server, "controller2", "POST", f"{at}/assign", {"officer_id": person["id"]})
            for move in ("en_route", "on_scene"):
                asked(stage.server, officer, "POST", f"/v1/incidents/{case['id']}/moves", {"move": move})
            asked(stage.server, "controller2", "POST", f"{at}/resolve", {})
        asked(stage.server, officer, "PUT", "/v1/duty", {"state": "off_duty"})
    _came_earlier(stage)
    page = stage.console("auditor1", room="reports")
    expect(page.get_by_role("row", name="All")).to_be_visible()
    stage.shoot(page, "console-reports-filled", CONSOLE)
    page.get_by_text("Every case").click()
    stage.shoot(page, "console-reports-cases", CONSOLE)


def _came_earlier(stage: Stage) -> None:
    """Every answer took its time: each case came some seconds or minutes before it was taken."""

    def change(session: Session) -> None:
        for nth, case in enumerate(session.scalars(select(Incident).order_by(Incident.number))):
            case.received_at -= timedelta(seconds=TOOK_S[nth % len(TOOK_S)])

    with store_of(stage.server) as database:
        database.write(change)


def officers(stage: Stage) -> None:
    """An officer's sign-ins, about to be ended."""
    asked(stage.server, "officer4", "PUT", "/v1/duty", {"state": "on_patrol"})
    page = stage.console("controller1", room="officers")
    page.get_by_role("button", name="End the sign-ins of Officer 4").click()
    stage.shoot(page, "console-officers-ending", CONSOLE)
    hold(page, "End all sign-ins")
