"""The page's scripts and the server's own code say the same: leaks, a receipt that was typed, and the proof of work."""

import hashlib

import pytest
from playwright.sync_api import Browser

from mobile_api.anonymous.leaks import leaks_in
from tests.server import Server
from tests.unit.mobile_api.leak_sentences import GIVE_AWAY, HARMLESS
from tests.unit.mobile_api.test_typed_back import SHOWN, TYPED

pytestmark = pytest.mark.browser

LEAKS = """async (texts) => {
  const { leaksIn, prepare } = await import("/concern/parts/linting.js");
  const rules = prepare(await (await fetch("/concern/parts/leaks.json")).json());
  return texts.map((text) => leaksIn(text, rules).map(({ field, rule, found }) => [field, rule, found]));
}"""

FAULTS = """async ([typed, shown]) => {
  const { faultIn } = await import("/concern/parts/receipt.js");
  return typed.map((one) => faultIn(one, shown.split(" ")));
}"""

NONCES = """async (challenges) => {
  const { solve } = await import("/concern/parts/work.js");
  return Promise.all(challenges.map((challenge) => solve(challenge, 10)));
}"""


def test_the_browser_and_the_server_know_the_same(browser: Browser, server: Server) -> None:
    """
    The same warnings for every sentence, the same word named by its place, and work that the server's digest confirms.
    """
    page = browser.new_page()
    page.goto(f"{server.url}/concern")
    texts = [{field: sentence} for field, sentence, *_ in (*GIVE_AWAY, *HARMLESS)]
    challenges = ["x" * length for length in (0, 1, 40, 55, 56, 63, 64, 102, 120, 128, 200)] + ["naïve é"]

    leaks = page.evaluate(LEAKS, texts)
    faults = page.evaluate(FAULTS, [[typed for typed, _ in TYPED], SHOWN])
    nonces = page.evaluate(NONCES, challenges)

    assert [[[one.field, one.rule, list(one.found)] for one in leaks_in(text)] for text in texts] == leaks
    assert [fault for _, fault in TYPED] == faults
    digests = [hashlib.sha256((one + nonce).encode()).digest() for one, nonce in zip(challenges, nonces, strict=True)]
    assert all(int.from_bytes(digest[:2], "big") >> 6 == 0 for digest in digests)
    page.close()
