"""What is played for the screenshots: each scene by people with pages, from the first look to the last."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import desk_scenes
from tests.browser.officer_page import NEAR, accepts, asked, calls_all_off, calls_off, come_on_duty, enter, taps
from tests.browser.phone_page import hold, press
from tests.browser.stage import ANYWHERE, CONSOLE, PHONES, WALL, Stage
from tests.cut_line import cut_line

#: Kind, place and words of calls that are phoned in.
CALLS = (
    ("emergency", "sherfield", "A man with a knife was seen near the entrance"),
    ("first_aid", "blackett", "Student has fainted in the lecture theatre"),
    ("help", "chemistry", "Locked in the stairwell"),
    ("help", "huxley", None),
)


def open_pages(stage: Stage) -> None:
    """What anybody may read."""
    stage.shoot(stage.open("/"), "front", ANYWHERE, whole=True)
    stage.shoot(stage.open("/status"), "status", ANYWHERE, whole=True)
    stage.shoot(stage.open("/concern"), "concern", ANYWHERE, whole=True)
    stage.shoot(stage.open("/concern/mailbox"), "concern-mailbox", ANYWHERE, whole=True)


def member(stage: Stage) -> None:
    """A member before, at and after the press; then without a network."""
    stage.shoot(stage.phone(), "member-door", ANYWHERE)
    with cut_line(stage.server.port) as line:
        phone = stage.phone("student1", url=line.url)
        stage.shoot(phone, "member-home", (*PHONES, ANYWHERE[1]))
        for screen in ("timer", "cards", "me"):
            phone.goto(f"{line.url}/app#{screen}")
            stage.shoot(phone, f"member-{screen}", PHONES, whole=True)
        phone.goto(f"{line.url}/app#home")
        asked(stage.server, "officer1", "PUT", "/v1/duty", {"state": "on_patrol"})
        phone.get_by_role("button", name="HELP").click()
        expect(phone.locator("dialog")).to_have_count(1)
        phone.screenshot(path=stage.folder / "member-countdown-390-light.png")
        expect(phone.locator("dialog")).to_have_count(0)
        expect(phone.locator(".received")).to_be_visible()
        stage.shoot(phone, "member-received")
        case = accepts(stage.server, "officer1")
        expect(phone.get_by_role("heading", name="Officer 1 is coming")).to_be_visible()
        stage.shoot(phone, "member-coming", whole=True)
        calls_off(stage.server, "student1", case)
        phone.get_by_role("button", name="Done").click()
        line.cut()
        press(phone, "EMERGENCY")
        expect(phone.get_by_role("heading", name="Not sent yet. Trying. Ring 999 now.")).to_be_visible()
        stage.shoot(phone, "member-unsent", whole=True)
        line.mend()
        expect(phone.locator(".received")).to_be_visible()
    calls_all_off(stage.server, "student1")
    asked(stage.server, "officer1", "PUT", "/v1/duty", {"state": "off_duty"})


def officer(stage: Stage) -> None:
    """An officer off duty, on duty, asked, and on a case."""
    phone = stage.phone()
    enter(phone, "officer2")
    stage.shoot(phone, "officer-off-duty")
    come_on_duty(phone)
    stage.shoot(phone, "officer-on-duty")
    taps(stage.server, "student2", "emergency", note="He has fallen on the stairs")
    expect(phone.get_by_role("dialog", name="Emergency: you are asked")).to_be_visible()
    # Deaf until it has been seen, so that a finger already on its way presses nothing.
    expect(phone.get_by_role("button", name="Accept")).not_to_have_attribute("aria-disabled", "true")
    stage.shoot(phone, "officer-asked")
    phone.get_by_role("button", name="Accept").click()
    expect(phone.get_by_role("article", name="Your case E-")).to_be_visible()
    stage.shoot(phone, "officer-case", whole=True)
    calls_all_off(stage.server, "student2")
    asked(stage.server, "officer2", "PUT", "/v1/duty", {"state": "off_duty"})


def board(stage: Stage) -> None:
    """The control room: nothing, five cases, one of them opened, a call being taken down."""
    console = stage.console("controller1")
    stage.shoot(console, "console-quiet", CONSOLE)
    asked(stage.server, "officer3", "PUT", "/v1/duty", {"state": "on_patrol", "position": NEAR})
    for kind, zone, note in CALLS:
        asked(stage.server, "controller2", "POST", "/console/api/incidents", {"kind": kind, "zone": zone, "note": note})
    accepts(stage.server, "officer3", which="emergency")
    taps(stage.server, "student3", "emergency", note="Somebody is following me")
    expect(console.locator("html")).to_have_attribute("data-sounding", "newEmergency")
    stage.shoot(console, "console-board", (*CONSOLE, WALL))
    console.locator(".case").filter(has_text="City and Guilds").get_by_role("link").click()
    expect(console.locator(".opened")).to_contain_text("Somebody is following me")
    stage.shoot(console, "console-case", (*CONSOLE, WALL))
    console.keyboard.press("p")
    stage.shoot(console, "console-phoned-in", CONSOLE)


def broadcast(stage: Stage) -> None:
    """A warning in its three steps, on a phone, and counted."""
    console, phone = stage.console("controller1", room="broadcasts/new"), stage.phone("student1")
    console.get_by_role("radio", name="Extreme").first.check()
    console.get_by_role("radio", name="Leave … now").check()
    console.get_by_label("Where it happens").fill("Sherfield Building")
    stage.shoot(console, "console-broadcast-what", CONSOLE)
    console.get_by_role("button", name="2 Whom").click()
    console.get_by_label("Everyone").first.check()
    expect(console.locator(".reach .total")).not_to_have_text("0 people")
    expect(console.locator(".kept")).to_have_attribute("data-kept", "kept")
    stage.shoot(console, "console-broadcast-whom", CONSOLE)
    console.get_by_role("button", name="3 Send").click()
    stage.shoot(console, "console-broadcast-send", CONSOLE)
    hold(console, "Send to")
    warning = phone.get_by_role("article", name="Leave Sherfield Building now")
    expect(warning).to_be_visible()
    stage.shoot(phone, "member-warned", whole=True)
    warning.get_by_role("button", name="I am safe").click()
    expect(console.locator(".cell.safe strong")).to_have_text("1")
    stage.shoot(console, "console-broadcast-tally", CONSOLE)


def rooms(stage: Stage) -> None:
    """What a controller, an administrator and an auditor look things up in."""
    stage.shoot(stage.console(), "console-door", CONSOLE)
    for name, found in (("controller1", ("officers", "campus", "reports")), ("admin1", ("people",))):
        console = stage.console(name)
        for room in found:
            console.goto(f"{stage.server.url}/console#/{room}")
            expect(console.get_by_role("heading", level=1)).to_be_visible()
            stage.shoot(console, f"console-{room}", CONSOLE)
    auditor = stage.console("auditor1", room="audit")
    stage.shoot(auditor, "console-audit", CONSOLE)


SCENES: dict[str, Callable[[Stage], None]] = {
    "open": open_pages,
    "member": member,
    "officer": officer,
    "board": board,
    "broadcast": broadcast,
    "rooms": rooms,
    "area": desk_scenes.area,
    "reports": desk_scenes.reports,
    "officers": desk_scenes.officers,
    "factor": desk_scenes.second_factor,
    "concerns": desk_scenes.concerns,
}
