"""The work on a concern as the journeys do it: two advisers whose clients seal what they write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backend.concerns import receipt
from backend.concerns.sealing import REPORTER, seal
from backend.kernel.vocabulary import Role
from backend.people.signing_in import sign_in
from tests.campus import CampusStage
from tests.journeys.console import lines
from tests.journeys.desk import Adviser, Lodged, adviser, lodged, opened_from_rows, raw, recovery_key, waits_a_day

Json = dict[str, Any]


@dataclass
class Casework:
    """A concern with its two advisers, and the Prevent lead, who has not seen it."""

    campus: CampusStage
    concern: Lodged
    ada: Adviser
    ben: Adviser
    lead: Adviser

    def passes(self, **how_long: float) -> None:
        """Time goes by, and each of them signs in anew."""
        self.campus.clock.now += timedelta(**how_long)
        for one in (self.ada, self.ben, self.lead):
            one.person.token = self.campus.database.write(sign_in, one.person.id, now=self.campus.clock()).token

    def at(self, *further: str) -> str:
        """An address below the concern's."""
        return "/".join(("", self.concern.id, *further))

    def seals(self, words: str, *, to_reporter: bool = False, by: Adviser | None = None) -> Json:
        """As a client does: for those whom opening the concern has named."""
        opened = (by or self.ada).opens(self.concern)
        keys = {key_id: raw(key) for key_id, key in opened["sealed_to"].items()}
        if to_reporter:
            keys[REPORTER] = raw(opened["reply_key"])
        return seal(words.encode(), keys).on_the_wire()

    def triage(self, outcome: str, *, by: Adviser | None = None) -> Json:
        """A body with both reasons."""
        return {
            "outcome": outcome,
            "rationale": self.seals(f"{outcome}: so it seems", by=by),
            "against": self.seals(f"{outcome}: and yet", by=by),
        }

    def triages(self, outcome: str) -> Json:
        return self.done(self.ada.asks("POST", self.at("triage"), self.triage(outcome)))

    def closes(self, outcome: str = "no_concern") -> Json:
        """From the beginning of the work to its end."""
        self.triages(outcome)
        return self.done(self.ada.asks("POST", self.at("close"), {"outcome": outcome}))

    def replies(self, words: str) -> Json:
        body = {"sealed": self.seals(words, to_reporter=True)}
        return self.done(self.ada.asks("POST", self.at("replies"), body))

    def is_shared_with_the_lead(self) -> None:
        copies = self.ada.copies_for(self.concern, self.lead)
        self.ada.does("POST", self.at("share"), {"adviser_id": self.lead.id, "copies": copies})

    def referral(self, **more: Any) -> Json:
        """A body, sealed to whoever reads it now."""
        sheet = self.seals('{"arose": "a friend wrote"}')
        return {"consent": "refused", "legal_basis": "public_task", "sheet": sheet, **more}

    def refers(self) -> Json:
        return self.done(self.lead.asks("POST", self.at("referrals"), self.referral()))

    def seen(self) -> Json:
        """As the list's line and the sealed entries tell it."""
        return self.ada.opens(self.concern)

    def kinds(self) -> list[str]:
        """Of its entries, in order."""
        return [entry["kind"] for entry in self.seen()["entries"]]

    def told(self) -> list[str]:
        """What the audit log tells of its work, without the looks."""
        quiet = ("concern.viewed", "concern.assigned", "concern.shared")
        found = lines(self.campus, about="concern", about_id=self.concern.id)
        return [line.action for line in found if line.action not in quiet]

    def done(self, response: Any) -> Json:
        assert response.status_code in (200, 201, 202, 204), (response.status_code, response.text)
        found: Json = response.json if response.data else {}
        return found


def casework(campus: CampusStage, words: str = "worried") -> Casework:
    """Lodged, opened a day later, and assigned."""
    recovery_key(campus)
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    concern = lodged(campus, words)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    return Casework(campus, concern, ada, ben, lead)


def reporter_reads(work: Casework) -> set[str]:
    """What the receipt's key opens."""
    key = receipt.mailbox_of(work.concern.receipt).private_key
    found = opened_from_rows(work.campus, {REPORTER: key})
    return {text.decode() for text in found.get(work.concern.id, set())}


def day(told: str) -> date:
    return date.fromisoformat(told)


def with_copies(envelope: Json, change: Callable[[dict[str, str]], dict[str, str]]) -> Json:
    """The same box under other copies."""
    return {"box": envelope["box"], "copies": change(dict(envelope["copies"]))}
