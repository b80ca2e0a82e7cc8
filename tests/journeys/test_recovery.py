"""Both advisers are gone: two pages of paper, a lead and two new advisers are the road back, and there is no other."""

import json
from pathlib import Path

from backend.concerns.sealing import public_of
from backend.kernel.vocabulary import Role
from infra.prevent.key_file import KeyFile, public_text, spoken
from infra.prevent.shares import split
from tests.campus import CampusStage
from tests.journeys.command_line import CampusDesk, run
from tests.journeys.console import lines
from tests.journeys.desk import Adviser, Lodged, adviser, lodged, recovery_key, waits_a_day


def file_of(content: object, file: Path) -> Path:
    """
    As somebody saves what the desk answered.
    """
    file.write_text(json.dumps(content))
    return file


def key_file(one: Adviser, folder: Path) -> Path:
    file = folder / f"{one.key_id}.key"
    file.write_text(KeyFile.in_the_open(one.private[one.key_id], today=one.person.campus.clock().date()).text())
    return file


def public(one: Adviser) -> str:
    return public_text(public_of(one.private[one.key_id]))


def left_behind(campus: CampusStage) -> Lodged:
    """
    A concern whose two advisers stood aside both.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    for one in (ada, ben):
        one.does("POST", f"/{concern.id}/recuse")
    return concern


def test_two_new_advisers_read_what_two_who_are_gone_read(campus: CampusStage, tmp_path: Path) -> None:
    """
    The lead saves what is left behind, two holders make copies elsewhere, and the desk takes them as they are.
    """
    shares, concern = split(recovery_key(campus)), left_behind(campus)
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    cleo, dan = adviser(campus, "cleo"), adviser(campus, "dan")
    saved = file_of(lead.does("GET", "/left-behind"), tmp_path / "left.json")

    desk = CampusDesk(campus)
    to = ("--to", public(cleo), "--to", public(dan), "--out", tmp_path)
    status, told = run(desk, "prevent", "recover", saved, *to, typed=["y", "y", *shares[1:]])
    copies = json.loads((tmp_path / f"{concern.id}.copies.json").read_text())["copies"]
    lead.does("POST", f"/{concern.id}/restore", {"adviser_ids": [cleo.id, dan.id], "copies": copies})

    assert 0 == status, told
    assert not [share for share in shares if " ".join(share.split()[4:7]) in " ".join(told)]
    opened = file_of(cleo.does("GET", f"/{concern.id}"), tmp_path / "opened.json")
    _, shown = run(desk, "prevent", "open", opened, "--key", key_file(cleo, tmp_path))
    assert [json.loads(plain)["words"] for plain in dan.reads(concern)] == [line.strip() for line in shown[3:]]


def test_a_colleague_is_given_copies_by_reseal(campus: CampusStage, tmp_path: Path) -> None:
    """
    Who has a new key is shown the concern again by the other one; the door takes the document's copies.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    concern = lodged(campus)
    waits_a_day(campus)
    ada.assigns(concern, ada, ben)
    ben.has_new_key()
    saved = file_of(ada.does("GET", f"/{concern.id}"), tmp_path / "concern.json")
    out = tmp_path / "copies.json"

    words = ("prevent", "reseal", saved, "--key", key_file(ada, tmp_path), "--to", public(ben), "--out", out)
    status, told = run(CampusDesk(campus), *words, typed=["y"])

    assert (0, f"{out}: 1 entry for {spoken(ben.key_id)}.") == (status, told[-1])
    copies = json.loads(out.read_text())["copies"]
    ada.does("POST", f"/{concern.id}/share", {"adviser_id": ben.id, "copies": copies})
    # By the older key and by the new one.
    assert ada.reads(concern) * 2 == ben.reads(concern)


def test_a_wrong_fingerprint_ends_it(campus: CampusStage, tmp_path: Path) -> None:
    """
    Before a share is typed; nothing is written.
    """
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    saved = file_of({"items": []}, tmp_path / "left.json")

    status, _ = run(
        CampusDesk(campus), "prevent", "recover", saved, "--to", public(lead), "--out", tmp_path, typed=["n"]
    )

    assert 1 == status
    assert [saved] == list(tmp_path.glob("*.json"))


def test_two_holders_read_what_is_taken_out(campus: CampusStage, tmp_path: Path) -> None:
    """
    Sealed as it is stored, one audit line for each concern; no adviser's copy is with it.
    """
    private_key = recovery_key(campus)
    ada, desk = adviser(campus, "ada"), CampusDesk(campus)
    concern = lodged(campus)
    waits_a_day(campus)

    status, told = run(desk, "prevent", "sealed", "--out", tmp_path)
    _, shown = run(desk, "prevent", "recover", tmp_path / f"{concern.id}.json", typed=split(private_key)[:2])

    assert (0, [f"1 concern written to {tmp_path}, sealed to the recovery key."]) == (status, told)
    assert ada.key_id not in (tmp_path / f"{concern.id}.json").read_text()
    words = [json.loads(plain)["words"] for plain in ada.reads(concern)]
    assert words == [line.strip() for line in shown if line.strip() in words]
    taken = [line.action for line in lines(campus, about="concern", about_id=concern.id)]
    assert "concern.taken_out" == taken[0]


def test_what_came_today_is_not_taken_out(campus: CampusStage, tmp_path: Path) -> None:
    """
    The audit line of it would tell the hour within a day; not even by its name.
    """
    recovery_key(campus)
    adviser(campus, "ada")
    desk, concern = CampusDesk(campus), lodged(campus)

    status, told = run(desk, "prevent", "sealed", "--out", tmp_path)
    by_name = run(desk, "prevent", "sealed", "--out", tmp_path, "--concern", concern.id)

    assert (0, [f"0 concerns written to {tmp_path}, sealed to the recovery key."]) == (status, told)
    assert (1, ["There is no such concern of an earlier day."]) == by_name


def test_without_a_recovery_key_nobody_comes_back(campus: CampusStage, tmp_path: Path) -> None:
    """
    It is said as it is, with status 1.
    """
    adviser(campus, "ada")
    lodged(campus)
    waits_a_day(campus)

    status, told = run(CampusDesk(campus), "prevent", "sealed", "--out", tmp_path)

    assert 1 == status
    assert "1 concern is sealed to no recovery key: nobody can open them." == told[-1]
    assert [] == list(tmp_path.glob("*.json"))
