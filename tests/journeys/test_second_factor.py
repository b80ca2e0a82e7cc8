"""A second factor is taken up, good once a step, replaced, lost, and never kept where it could be read."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from backend.kernel.vocabulary import Role
from backend.people.second_factor import RecoveryCode, SecondFactor
from infra import keyring_file
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.command_line import run
from tests.journeys.console import lines, refusal
from tests.journeys.trusted import PASSWORD, PASSWORD_HASH, another_sign_in, enrols, principal_of, steps_up
from tests.phone import at_once


@pytest.fixture
def lead(campus: CampusStage) -> Person:
    """A Prevent lead with a password and no second factor yet."""
    return campus.somebody("lead", Role.PREVENT_LEAD, password_hash=PASSWORD_HASH)


def test_a_factor_counts_from_its_first_code_on(campus: CampusStage, lead: Person) -> None:
    """
    Begun is not taken up; a wrong first code changes nothing, and after a quarter of an hour one begins again.
    """
    begun = lead.posts("/v1/second-factor", {"password": PASSWORD})

    assert begun["uri"].startswith("otpauth://totp/Bluelight:lead%40journeys.example?secret=" + begun["secret"])
    assert (403, "second-factor-needed") == steps_up(lead)
    assert (403, "wrong-code") == refusal(lead, "POST", "/v1/second-factor/confirm", {"code": "000000"})
    assert not lead.gets("/v1/second-factor")["active"]
    campus.passes(15 * 60)
    assert (409, "second-factor-not-begun") == refusal(lead, "POST", "/v1/second-factor/confirm", {"code": "1"})
    _, codes = enrols(lead)
    assert (10, 10) == (len(set(codes)), lead.gets("/v1/second-factor")["recovery_codes_left"])
    assert campus.audit_faults() == []


def test_a_password_alone_begins_nothing_for_a_stranger(lead: Person) -> None:
    """
    And the session alone neither: who finds an open screen takes up no factor on it.
    """
    refused = refusal(lead, "POST", "/v1/second-factor", {"password": "a guess"})

    assert (403, "wrong-password") == refused


def test_a_code_is_good_once_and_one_step_early_or_late(campus: CampusStage, lead: Person) -> None:
    """
    A phone's clock may be off by half a minute; what was used, or is older than what was used, is refused.
    """
    authenticator, _ = enrols(lead)
    campus.passes(120)

    assert 200 == steps_up(lead, authenticator.shows(-1))[0]
    now = authenticator.shows()
    assert 200 == steps_up(lead, f"{now[:3]} {now[3:]}")[0]
    assert (403, "wrong-code") == steps_up(lead, now)
    assert (403, "wrong-code") == steps_up(lead, authenticator.shows(-1))
    assert (403, "wrong-code") == steps_up(lead, authenticator.shows(2))
    assert 200 == steps_up(lead, authenticator.shows(1))[0]


def test_the_code_that_took_it_up_is_used_up(lead: Person) -> None:
    """
    Whoever looked over the shoulder cannot step up with it.
    """
    authenticator, _ = enrols(lead)

    assert (403, "wrong-code") == steps_up(lead, authenticator.shows())


def test_one_code_sent_by_two_at_once_is_taken_once(campus: CampusStage, lead: Person) -> None:
    """
    However they interleave: one is stepped up, the other is told that the code is wrong.
    """
    authenticator, _ = enrols(lead)
    other = another_sign_in(lead)
    campus.passes(30)
    code = authenticator.shows()

    answers = at_once([lambda: steps_up(lead, code), lambda: steps_up(other, code)])

    assert [200, 403] == sorted(status for status, _ in answers)


def test_guessing_codes_is_slowed_and_a_right_password_forgives_nothing(campus: CampusStage, lead: Person) -> None:
    """
    Five wrong codes, then ever longer waits, also for the right one; sign-ins stand and tap all the while.
    """
    authenticator, _ = enrols(lead)
    campus.passes(30)

    told = [steps_up(lead, "000000") for _ in range(6)]
    signed_in = campus.client.post("/v1/sign-in", json={"email": "lead@journeys.example", "password": PASSWORD})

    assert [(403, "wrong-code")] * 5 + [(429, "too-many")] == told
    assert 200 == signed_in.status_code
    assert (429, "too-many") == steps_up(lead, authenticator.shows())
    assert lead.taps("help")["state"] == "raised"
    campus.passes(2)
    assert 200 == steps_up(lead, authenticator.shows())[0]
    assert 5 == len([one for one in lines(campus, actor=str(lead.id)) if one.action == "second_factor.failed"])


def test_a_recovery_code_stands_in_once(campus: CampusStage, lead: Person) -> None:
    """
    However it is typed; nine are left, and nobody else's are good.
    """
    _, codes = enrols(lead)
    other = campus.somebody("other", Role.ADMIN, password_hash=PASSWORD_HASH)
    enrols(other)

    assert (403, "wrong-code") == steps_up(other, codes[0])
    assert 200 == steps_up(lead, f" {codes[0].upper().replace('-', ' ')} ")[0]
    assert (403, "wrong-code") == steps_up(lead, codes[0])
    assert 9 == lead.gets("/v1/second-factor")["recovery_codes_left"]


@pytest.mark.parametrize("ring", ["without its key", "unreadable"])
def test_a_recovery_code_is_good_when_the_key_of_the_factor_is_lost(
    campus: CampusStage, lead: Person, ring: str
) -> None:
    """
    That is what they are for; a code that nobody can judge is not held against anybody.
    """
    authenticator, codes = enrols(lead)
    campus.passes(30)
    data = campus.settings.data_dir
    lost = (data / keyring_file.NAME).read_text().partition(":")[0]
    keyring_file.add_key(data)
    keyring_file.remove_key(data, lost)
    if ring == "unreadable":
        (data / keyring_file.NAME).write_text("")
        campus.restarts()

    told = {steps_up(lead, authenticator.shows()) for _ in range(7)}

    assert {(503, "no-keys")} == told
    assert 200 == steps_up(lead, codes[0])[0]
    assert (503, "no-keys") == steps_up(lead, codes[0])


def test_a_factor_whose_key_is_lost_before_its_first_code_is_begun_again(campus: CampusStage, lead: Person) -> None:
    """
    Nothing was taken up yet, so nothing is lost.
    """
    lead.posts("/v1/second-factor", {"password": PASSWORD})
    data = campus.settings.data_dir
    lost = (data / keyring_file.NAME).read_text().partition(":")[0]
    keyring_file.add_key(data)
    keyring_file.remove_key(data, lost)

    refused = refusal(lead, "POST", "/v1/second-factor/confirm", {"code": "123456"})

    assert (409, "second-factor-not-begun") == refused
    assert 10 == len(enrols(lead)[1])


def test_replacing_a_factor_needs_the_old_one_or_a_recovery_code(campus: CampusStage, lead: Person) -> None:
    """
    The old one is good until the new one has shown a code; then it and its recovery codes are worth nothing.
    """
    old, codes = enrols(lead)
    campus.passes(30)

    assert (422, "code-needed") == refusal(lead, "POST", "/v1/second-factor", {"password": PASSWORD})
    body = {"password": PASSWORD, "code": "000000"}
    assert (403, "wrong-code") == refusal(lead, "POST", "/v1/second-factor", body)
    lead.posts("/v1/second-factor", {"password": PASSWORD, "code": codes[0]})
    assert 200 == steps_up(lead, old.shows())[0]
    campus.passes(60)
    new, _ = enrols(lead, code=codes[1])
    campus.passes(30)
    assert [(403, "wrong-code")] * 2 == [steps_up(lead, old.shows()), steps_up(lead, codes[2])]
    assert 200 == steps_up(lead, new.shows())[0]


def test_taking_up_a_factor_ends_what_was_stepped_up_without_it(campus: CampusStage) -> None:
    """
    On every sign-in: whoever had only the password has nothing any more.
    """
    officer = campus.officer(password_hash=PASSWORD_HASH)
    thief = another_sign_in(officer)
    steps_up(thief)

    enrols(officer)

    assert not principal_of(thief).stepped_up(now=campus.clock())


def test_nothing_in_the_database_shows_a_code(campus: CampusStage, lead: Person) -> None:
    """
    The secret is sealed, and sealed for this person; of recovery codes only hashes are kept.
    """
    authenticator, codes = enrols(lead)
    other = campus.somebody("other", Role.ADMIN, password_hash=PASSWORD_HASH)
    enrols(other)

    kept = campus.database.read(lambda session: session.scalars(sa.select(SecondFactor.secret)).all())
    hashes = campus.database.read(lambda session: session.scalars(sa.select(RecoveryCode.code_hash)).all())
    facts = " ".join(f"{one.action} {one.facts}" for one in lines(campus))

    assert all(authenticator.secret.encode() not in sealed for sealed in kept)
    assert not {*codes, *(code.replace("-", "") for code in codes)} & set(hashes)
    assert authenticator.secret not in facts
    moved = sa.update(SecondFactor).where(SecondFactor.account_id == other.id).values(secret=kept[0])
    campus.database.write(lambda session: session.execute(moved))
    assert (503, "no-keys") == steps_up(other, "000000")


def test_who_has_lost_everything_is_helped_by_the_operator(campus: CampusStage, lead: Person) -> None:
    """
    One command, one audit line without an actor, and the password is enough to begin anew.
    """
    enrols(lead)
    desk = SimpleNamespace(database=campus.database, now=campus.clock)

    status, told = run(desk, "people", "forget-second-factor", "lead@journeys.example")
    again, refused = run(desk, "people", "forget-second-factor", "lead@journeys.example")

    assert (0, 1) == (status, again)
    assert told == ["lead@journeys.example has no second factor any more, and takes up a new one with the password."]
    assert "has a second factor" in refused[0]
    assert (403, "second-factor-needed") == steps_up(lead)
    assert 10 == len(enrols(lead)[1])
    assert [None] == [one.actor for one in lines(campus) if one.action == "second_factor.forgotten"]


def test_a_factor_survives_a_restart(campus: CampusStage, lead: Person) -> None:
    """
    The ring of keys and the last step that was taken are not in memory.
    """
    authenticator, _ = enrols(lead)
    campus.passes(30)
    used = authenticator.shows()
    steps_up(lead, used)

    campus.restarts()

    assert (403, "wrong-code") == steps_up(lead, used)
    campus.passes(30)
    assert 200 == steps_up(lead, authenticator.shows())[0]
