"""Lodge a concern with everything a client can betray itself by, then look for it in every byte that was written."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image
from requests.adapters import HTTPAdapter

from backend.concerns.receipt import mailbox_of
from backend.kernel.errors import Unavailable
from tests.anonymous_stage import stage
from tests.journeys.concern_pages import HIDDEN, WORD
from tests.pictures import COMMENT, LATITUDE, as_text, telltale
from tests.reporter import Json, Reporter, sealed_for
from tests.traces import traces

#: `(method, path, **what is sent)`.
Ask = Callable[..., requests.Response]

WORDS = "Telltale words: he watches the kestrel video every night"
ADDED = "Telltale addition: and on Friday he packed"
NAME = "Telltale Reporter-Name"

#: In every agent, cookie, file name and sentence of this reporter's: one search finds any of them.
IN_COMMON = "elltale"

#: The latitude as the photo's EXIF has it: degrees, minutes and seconds, each a fraction.
POSITION = b"".join(struct.pack(">II", *Fraction(one).limit_denominator(100).as_integer_ratio()) for one in LATITUDE)

#: Of whoever stands beside, and found: the search sees what is there.
CONTROL_NOTE = "control note, by the fountain"
CONTROL_AGENT = "ControlAgent/1.0"


@dataclass(frozen=True)
class Betrayal:
    """What one client sends without being asked; `source` is the address it really comes from."""

    tag: str
    source: str
    bearer: str

    @property
    def headers(self) -> dict[str, str]:
        mine = f"telltale-{self.tag}"
        return {
            "User-Agent": f"Agent-{mine}/9.1",
            "Cookie": f"session=Cookie-{mine}",
            "Authorization": f"Bearer {self.bearer}",
            "Referer": f"https://referer-{mine}.example/concern?who=me",
            "Accept-Language": f"tlh-{mine}",
            "X-Forwarded-For": f"203.0.113.7{self.tag}, 198.51.100.7{self.tag}",
            "X-Real-IP": f"192.0.2.7{self.tag}",
            "Forwarded": f"for=198.18.0.7{self.tag}",
            "X-Request-Id": f"Request-{mine}",
            "traceparent": f"00-{self.tag * 32}-{self.tag * 16}-01",
            "X-Handset": f"Handset-{mine}",
        }

    @property
    def query(self) -> str:
        return f"?link=Link-telltale-{self.tag}"

    @property
    def file_name(self) -> str:
        return f"Filename-telltale-{self.tag}.jpg"

    def marks(self) -> list[str]:
        """Each that must be found nowhere; what all the others have in common is looked for in their stead."""
        values = [value.split(",")[0] for value in self.headers.values()]
        return [one for one in (*values, self.source, self.bearer) if IN_COMMON not in one]


def browser(url: str, betrayal: Betrayal, *, certificate: Path | None = None) -> Ask:
    """Whose every request carries all of it, and is told nothing to be known again by."""
    session = requests.Session()
    session.mount("https://" if certificate else "http://", _From(betrayal.source))

    def ask(method: str, path: str, **sent: Any) -> requests.Response:
        answer = session.request(
            method,
            url + path + betrayal.query,
            headers=betrayal.headers,
            timeout=30,
            verify=str(certificate) if certificate else None,
            **sent,
        )
        assert not {"set-cookie", "etag", "x-request-id"} & {name.lower() for name in answer.headers}
        return answer

    return ask


def client(ask: Ask) -> Reporter:
    """A reporter whose client knows the contract."""

    def call(method: str, path: str, body: Json | None) -> tuple[int, Json]:
        answer = ask(method, path, json=body)
        return answer.status_code, answer.json()

    return Reporter(call)


class _From(HTTPAdapter):
    """From one address of this machine's many."""

    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *how: Any, **more: Any) -> Any:
        return super().init_poolmanager(*how, source_address=(self._source, 0), **more)


def photo() -> bytes:
    """Some three hundred kilobytes that no proxy keeps in its small buffers, with a camera's whole telltale."""
    with Image.open(BytesIO(telltale())) as small:
        file = BytesIO()
        noise = Image.effect_noise((900, 700), 90).convert("RGB")
        noise.save(file, "JPEG", quality=85, exif=small.info["exif"], comment=COMMENT)
    assert POSITION in file.getvalue()
    return file.getvalue()


def lodges_and_comes_back(reporter: Reporter, betrayal: Betrayal) -> list[str | bytes]:
    """All that a reporter does; the secrets and words that must be found nowhere."""
    image = {"data": as_text(photo()), "name": betrayal.file_name, "type": f"image/{betrayal.file_name}"}
    receipt = reporter.lodges(WORDS, attachments=[image], place="Telltale Place", about={"intent": "Telltale intent"})
    told = reporter.adds(receipt, words=ADDED)
    reporter.adds(receipt, sealed=sealed_for(told["seal_to"], ADDED))
    reporter.adds(receipt, reveal={"name": NAME, "contact": "telltale@mail.example"}, confirm=True)
    own, body = reporter.seals(WORDS)
    reporter.call("POST", "/v1/concerns", {**body, "work": reporter.work()})
    # What goes wrong is no less somebody's.
    reporter.call("POST", "/v1/concerns", {"words": WORDS, "work": {"challenge": "made up", "nonce": WORDS}})
    reporter.call("GET", "/v1/concerns/telltale-path", None)
    assert 4 == len(reporter.reads(receipt)["written_on"])
    secrets: list[str | bytes] = []
    for one in (receipt, own):
        secrets += [one, mailbox_of(one).private_key]
    return secrets


def goes_through_the_page(ask: Ask, betrayal: Betrayal) -> list[str | bytes]:
    """All that a reporter does there without scripts; the secrets that must be found nowhere."""
    image = (betrayal.file_name, photo(), f"image/{betrayal.file_name}")
    written = {"words": WORDS, "intent": "Telltale intent", "place": "Telltale Place"}

    def presses(step: str, at: str = "/concern", **fields: str) -> str:
        # The photo goes along with every press, as a part of the form: also where nobody looks at it.
        answer = ask("POST", at, data={"step": step, **fields}, files=[("photos", image)])
        return answer.text

    form = dict(HIDDEN.findall(presses("check", **written)))
    receipt = " ".join(WORD.findall(presses("send", **form, **written)))
    assert "It has arrived" in presses("typed", receipt=receipt, typed="telltale typed")
    assert "It is done" in presses("typed", receipt=receipt, typed=receipt)
    for what in ({"step": "add", "words": ADDED}, {"step": "reveal_sure", "name": NAME, "contact": "telltale"}):
        form = dict(HIDDEN.findall(presses("read", "/concern/mailbox", receipt=receipt)))
        assert "It has arrived" in presses(at="/concern/mailbox", **{**form, **what})
    # What goes wrong is no less somebody's.
    presses("send", **written, challenge="made up", nonce=WORDS)
    presses("read", "/concern/mailbox", receipt=WORDS)
    ask("POST", "/concern", files=[("photos", (betrayal.file_name, bytes(3 << 20)))])
    ask("GET", "/concern/parts/telltale")
    return [receipt, mailbox_of(receipt).private_key]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_no_byte_that_was_written_tells_who_lodged(store: str, tmp_path: Path) -> None:
    """
    Address, agent, cookie, bearer, referrer, language, file name and position, directly and behind nginx: in no table,
    log, figure or file, while it runs and afterwards; nor the words, save sealed. By the API and by the page's form.
    """
    try:
        with stage(store, tmp_path) as on:
            direct, proxied = Betrayal("1", "127.77.88.11", on.student), Betrayal("2", "127.77.88.22", on.student)
            note = {"kind": "help", "note": CONTROL_NOTE}
            requests.post(
                f"{on.url}/v1/taps", json=note, headers={"Authorization": f"Bearer {on.student}"}, timeout=20
            ).raise_for_status()
            requests.get(
                f"{on.front.url}/v1/campus",
                headers={"User-Agent": CONTROL_AGENT},
                verify=str(on.front.certificate),
                timeout=20,
            ).raise_for_status()

            hidden: list[str | bytes] = []
            for ask, betrayal in (
                (browser(on.url, direct), direct),
                (browser(on.front.url, proxied, certificate=on.front.certificate), proxied),
            ):
                hidden += lodges_and_comes_back(client(ask), betrayal)
                hidden += goes_through_the_page(ask, betrayal)
            hidden += [*direct.marks(), *proxied.marks()]
            hidden += [IN_COMMON, COMMENT, "127.77.88", POSITION]
            figures = requests.get(f"{on.url}/metrics", timeout=20).text
            (tmp_path / "metrics.txt").write_text(figures)
            on.dump()
            while_it_runs = [trace for one in hidden for trace in traces(one, on.folders)]
            controls = {one for one in (CONTROL_NOTE, CONTROL_AGENT) if traces(one, on.folders)}
            buffered = [*on.front.buffered, *on.temporary.rglob("*")]
            on.stop()
            afterwards = [trace for one in hidden for trace in traces(one, on.folders)]
            read = on.reads()

        assert [] == while_it_runs == afterwards
        assert [] == buffered
        assert {CONTROL_NOTE, CONTROL_AGENT} == controls
        assert "bluelight_requests" in figures
        assert "concern" not in figures
        by_the_api, by_the_page = [WORDS, ADDED, ADDED, "", WORDS], [WORDS, ADDED, ""]
        assert sorted([*by_the_api, *by_the_page] * 2) == read
    except Unavailable as missing:
        pytest.fail(str(missing), pytrace=False)
