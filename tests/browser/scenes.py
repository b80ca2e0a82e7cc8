"""What is played for the screenshots: each scene by people with pages, from the first look to the last."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.officer_page import accepts, asked, calls_off, come_on_duty, enter, taps
from tests.browser.phone_page import press
from tests.browser.stage import ANYWHERE, PHONES, Stage
from tests.cut_line import cut_line


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


def officer(stage: Stage) -> None:
    """An officer off duty, on duty, asked, and on a case."""
    phone = stage.phone()
    enter(phone, "officer2")
    stage.shoot(phone, "officer-off-duty")
    come_on_duty(phone)
    stage.shoot(phone, "officer-on-duty")
    taps(stage.server, "student2", "emergency", note="He has fallen on the stairs")
    expect(phone.get_by_role("dialog", name="Emergency: you are asked")).to_be_visible()
    stage.shoot(phone, "officer-asked")
    phone.get_by_role("button", name="Accept").click()
    expect(phone.get_by_role("article", name="Your case E-")).to_be_visible()
    stage.shoot(phone, "officer-case", whole=True)


SCENES: dict[str, Callable[[Stage], None]] = {"open": open_pages, "member": member, "officer": officer}
