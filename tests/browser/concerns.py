"""What the tests of the concern page share: advisers with keys, and a reporter who goes the whole road."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store
from backend.concerns.concern import Concern
from backend.concerns.receipt import mailbox_of
from backend.concerns.sealing import key_id_of, new_private_key, public_of
from backend.kernel.database import Database
from backend.kernel.engines import open_sqlite
from backend.kernel.threads import PlainThreads
from infra.wiring import CONCERNS_FILE, DATABASE_FILE
from tests.reporter import replies_to
from tests.server import Server

WORDS = "My name is Anna. I am worried about my flatmate, who may go away to fight."


@contextmanager
def store_of(server: Server) -> Iterator[Database]:
    """The server's own files, from beside it."""
    writing, reading = open_sqlite(server.data_dir / DATABASE_FILE, server.data_dir / CONCERNS_FILE)
    database = Database(writing=writing, reading=reading, threads=PlainThreads(), ring=lambda _: None)
    try:
        yield database
    finally:
        database.close()


def is_answered(server: Server, receipt: str, words: str) -> None:
    """An adviser replies to whoever holds this receipt."""

    def theirs(session: Session) -> Concern:
        found = concern_store.by_mailbox(session, mailbox_of(receipt).id)
        assert found is not None
        return found

    with store_of(server) as database:
        replies_to(database, database.read(theirs).id, words)


def takes_another_key(server: Server, name: str) -> None:
    """The adviser of this name has a new key, and the one before is retired."""

    def change(session: Session) -> None:
        (found,) = [one for one in key_store.advisers(session) if one.name == name]
        public, today = public_of(new_private_key()), datetime.now(UTC).date()
        key_store.retire(session, key_store.keys_of(session, [found.id]), today=today)
        key_store.put(session, key_id_of(public), public, adviser_id=found.id, today=today)

    with store_of(server) as database:
        database.write(change)


def has_no_key(server: Server, name: str) -> None:
    """The adviser of this name has none in use: nothing new is sealed to them."""

    def change(session: Session) -> None:
        (found,) = [one for one in key_store.advisers(session) if one.name == name]
        key_store.retire(session, key_store.keys_of(session, [found.id]), today=datetime.now(UTC).date())

    with store_of(server) as database:
        database.write(change)


def came_before_the_keys(server: Server) -> None:
    """All that was lodged came yesterday: whoever holds no copy had no key then, and was not left out."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    with store_of(server) as database:
        database.write(lambda session: session.execute(update(Concern).values(day=yesterday)) and None)


def how_many(server: Server) -> int:
    with store_of(server) as database:
        return database.read(lambda session: len(session.scalars(select(Concern.id)).all()))


def reporter(
    browser: Browser, server: Server, *, scripts: bool = True, size: tuple[int, int] = (390, 844), scheme: str = "light"
) -> Page:
    """A private window of somebody, at the page."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(12_000)
    page.goto(f"{server.url}/concern")
    return page


def writes(page: Page, words: str = WORDS) -> None:
    """Nobody is in danger; the words stand in the form."""
    page.get_by_label("No", exact=True).check()
    page.get_by_label("What worries you?").fill(words)


def lodges(page: Page, words: str = WORDS) -> list[str]:
    """As far as the receipt."""
    writes(page, words)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()
    return page.locator(".word").all_text_contents()


def left_behind(context: BrowserContext, page: Page) -> list[object]:
    """Everything a browser might keep of this site, as far as a page can see: empty when there is nothing."""
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    )
    return [one for one in (*context.cookies(), *kept) if one]
