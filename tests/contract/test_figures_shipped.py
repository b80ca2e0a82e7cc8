"""What is shipped to look at a server with: every figure it names is one that a running server tells."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.phone import LIBRARY, Phone, eventually
from tests.server import ROOT, Server, running_server

DEPLOY = ROOT / "infra" / "deploy"
ALERTS = DEPLOY / "prometheus" / "alerts.yml"
DASHBOARD = DEPLOY / "grafana" / "bluelight.json"
RUNBOOK = ROOT / "infra" / "runbook.md"

#: Prometheus's own words, its labels' names as the rules use them, and what blackbox_exporter measures.
FOREIGN = {"up", "ALERTS", "probe_ssl_earliest_cert_expiry"}

NAME = re.compile(r"\b(?:bluelight|probe)_\w+\b|\bup\b|\bALERTS\b")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("figures")) as one:
        yield one


def told(server: Server) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """The figures of `/metrics`: by the sample's name, and by labels. A name without a figure yet is there, empty."""
    text = requests.get(f"{server.url}/metrics", timeout=20).text
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in text_string_to_metric_families(text):
        found.setdefault(family.name + ("_total" if family.type == "counter" else ""), {})
        for one in family.samples:
            found.setdefault(one.name, {})[tuple(sorted(one.labels.items()))] = one.value
    return found


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def expressions() -> list[str]:
    """Everything that is asked of Prometheus, by the rules and by the dashboard."""
    dashboard = json.loads(DASHBOARD.read_text())
    panels = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ())]
    notes = [one["expr"] for one in dashboard["annotations"]["list"]]
    return [*(rule["expr"] for rule in rules()), *panels, *notes]


def unknown(asked: Iterable[str], names: Iterable[str]) -> set[str]:
    return {name for one in asked for name in NAME.findall(re.sub(r'"[^"]*"', "", one))} - {*names, *FOREIGN}


def test_every_figure_that_is_asked_for_is_told_by_a_running_server(server: Server) -> None:
    """
    The dashboard and the rules ask for nothing that no process says, and a made-up name would be found.
    """
    names = told(server)

    assert set() == unknown(expressions(), names)
    assert {"bluelight_made_up"} == unknown(["max(bluelight_made_up) > 1"], names)
    assert len(expressions()) > 80


def test_labels_that_are_asked_for_are_those_that_are_told(server: Server) -> None:
    """
    Doors, worlds, lanes and statuses of the rules are spelt as the server spells them.
    """
    figures = told(server)

    lanes = {dict(labels)["lane"] for labels in figures["bluelight_outbox_oldest_seconds"]}
    worlds = {dict(labels)["world"] for labels in figures["bluelight_tap_to_socket_seconds_count"]}
    doors = {dict(labels)["door"] for labels in figures["bluelight_requests_total"]}
    asked = " ".join(expressions())
    assert {one for found in re.findall(r'lane=~"([^"]+)"', asked) for one in found.split("|")} <= lanes
    assert set(re.findall(r'world="([^"]+)"', asked)) <= worlds == {"real", "exercise"}
    assert set(re.findall(r'door="([^"]+)"', asked)) == {"taps.raise_tap"} <= doors


def test_a_press_is_timed_to_the_socket_and_to_the_screen(server: Server) -> None:
    """
    One press, one officer asked, one receipt: each once, in less than it takes to look, and with nobody's name.
    """
    student, officer = Phone(server, "student1"), Phone(server, "officer1")
    officer.connects()
    officer.goes_on_duty(at=LIBRARY)
    before = told(server)
    _, case = student.taps("help", at=LIBRARY)
    offer_id = officer.is_asked_about(case["id"])
    offer = officer.waits_for(lambda one: one["data"].get("offer_id") == offer_id)
    officer.confirms([offer["id"]])
    real = (("world", "real"),)

    assert eventually(lambda: told(server)["bluelight_tap_to_displayed_seconds_count"][real] == 1)

    after = told(server)
    assert 0 == before["bluelight_tap_to_socket_seconds_count"][real]
    assert 1 == after["bluelight_tap_to_socket_seconds_count"][real]
    on_socket, on_screen = (after[f"bluelight_tap_to_{end}_seconds_sum"][real] for end in ("socket", "displayed"))
    assert 0 < on_socket <= on_screen < 20
    assert 1 == after["bluelight_sockets_open"][("face", "handset"),]
    assert 1 == after["bluelight_offers_unanswered"][real]
    identities = (case["id"], offer_id, offer["id"], student.token, "student1", "officer1", "Officer 1")
    text = requests.get(f"{server.url}/metrics", timeout=20).text
    assert [] == [one for one in identities if str(one) in text]


def test_every_alarm_says_what_it_means_and_stands_in_the_runbook() -> None:
    """
    A sentence, page or ticket, and a heading of its own with something to do below it; no heading without its alarm.
    """
    headings = re.findall(r"^### (Bluelight\w+)\n(?!\n|#)", RUNBOOK.read_text(), re.MULTILINE)

    assert sorted(headings) == sorted(rule["alert"] for rule in rules())
    for rule in rules():
        assert {"page", "ticket"} >= {rule["labels"]["severity"]}, rule["alert"]
        assert rule["annotations"]["summary"].endswith("."), rule["alert"]
        assert f"infra/runbook.md#{rule['alert'].lower()}" == rule["annotations"]["runbook"]
        assert re.fullmatch(r"\d+[smh]", rule["for"]), rule["alert"]


def test_the_hot_path_stands_first_and_no_panel_lies_on_another() -> None:
    """
    At night the dashboard is read from the top; each panel says what it shows of which source.
    """
    dashboard = json.loads(DASHBOARD.read_text())

    panels = [one for one in dashboard["panels"] if one["type"] != "row"]
    cells = [
        (x, y)
        for one in dashboard["panels"]
        for x in range(one["gridPos"]["x"], one["gridPos"]["x"] + one["gridPos"]["w"])
        for y in range(one["gridPos"]["y"], one["gridPos"]["y"] + one["gridPos"]["h"])
    ]
    first = next(one for one in dashboard["panels"] if one["type"] == "row")
    assert "Does a press reach somebody?" == first["title"]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == 23
    assert len({one["id"] for one in dashboard["panels"]}) == len(dashboard["panels"])
    assert all(one["targets"] and one["title"] for one in panels)


def test_the_rules_that_are_tried_say_what_the_rules_say() -> None:
    """
    Their trials name rules that are there, in their words; promtool runs them where it is (20 MB: not for this alone).
    """
    trials = yaml.safe_load((ALERTS.parent / "alerts_test.yml").read_text())["tests"]
    program = shutil.which("promtool")

    known = {rule["alert"]: rule for rule in rules()}
    told = [one for trial in trials for one in trial["alert_rule_test"]]
    fired = [(one["alertname"], what["exp_annotations"]) for one in told for what in one["exp_alerts"]]
    wrong = [
        said
        for words in (("check", "rules", "alerts.yml"), ("test", "rules", "alerts_test.yml"))
        if program and (said := _said(program, *words))
    ]
    assert {"BluelightCanaryMissing", "BluelightTapsFail", "BluelightCanaryNeverSang"} == {name for name, _ in fired}
    assert [] == [name for name, notes in fired if notes != known[name]["annotations"]]
    assert [] == wrong


def test_what_prometheus_is_told_to_read_is_there() -> None:
    """
    Its own file names the rules, the job that they ask for, and no token.
    """
    told_to = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())

    assert all(Path(ALERTS.parent, one).exists() for one in told_to["rule_files"])
    jobs = {one["job_name"] for one in told_to["scrape_configs"]}
    assert set(re.findall(r'job="([^"]+)"', " ".join(expressions()))) == jobs


def _said(program: str, *words: str) -> str:
    """What it has to say against the rules; nothing when it takes them."""
    said = subprocess.run([program, *words], cwd=ALERTS.parent, capture_output=True, text=True, timeout=30)
    return said.stdout + said.stderr if said.returncode else ""
