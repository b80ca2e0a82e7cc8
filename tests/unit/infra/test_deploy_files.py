"""What an operator deploys with: read, compared with the code, and given to its own checker where that is here."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from infra.settings import PREFIX, read_settings
from tests.server import ROOT

DEPLOY = ROOT / "infra" / "deploy"
COMPOSE = DEPLOY / "compose" / "compose.yaml"
KUBERNETES = DEPLOY / "kubernetes" / "bluelight.yaml"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SCRIPTS = sorted((DEPLOY / "postgres").glob("*.sh"))

#: What a process of the scaled form is told on its command line.
COMMANDS = {
    "run": ("--data", "--host", "--port"),
    "web": ("--host", "--port"),
    "worker": ("--host", "--health-port"),
    "migrate": (),
    "backup": (),
}

#: A service may do this to its machine and no more.
HARDENED = {
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "CapabilityBoundingSet=",
    "RestrictSUIDSGID=yes",
    "SystemCallFilter=@system-service",
    "UMask=0077",
    "User=bluelight",
}


def documents() -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(KUBERNETES.read_text()) if one]


def of_kind(*kinds: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in documents() if one["kind"] in kinds}


def pods() -> dict[str, dict[str, Any]]:
    """The pod of everything that runs one, by its name."""
    found = {name: one["spec"]["template"] for name, one in of_kind("Deployment", "Job").items()}
    cron = {name: one["spec"]["jobTemplate"]["spec"]["template"] for name, one in of_kind("CronJob").items()}
    return {**found, **cron}


def is_command(words: list[str]) -> bool:
    """Whether this is `bluelight` with a command of ours, and with options it has."""
    program, command, *rest = words
    options = [word for word in rest if word.startswith("--")]
    return program == "bluelight" and command in COMMANDS and set(options) <= set(COMMANDS[command])


def test_the_compose_file_starts_the_whole_of_it_with_a_synchronous_standby() -> None:
    """
    Two web, two workers, after the tables are there; a commit waits for the standby, Redis keeps nothing.
    """
    told = yaml.safe_load(COMPOSE.read_text())

    services = told["services"]
    ours = {name: one for name, one in services.items() if one["image"] == "bluelight"}
    assert {"web1", "web2", "worker1", "worker2", "migrate"} == set(ours)
    assert all(is_command(one["command"]) for one in ours.values())
    assert all(
        "service_completed_successfully" == one["depends_on"]["migrate"]["condition"]
        for name, one in ours.items()
        if name != "migrate"
    )
    primary = " ".join(services["postgres"]["command"])
    assert "synchronous_commit=on" in primary
    assert "synchronous_standby_names=FIRST 1 (standby)" in primary
    assert "application_name=standby" in (DEPLOY / "postgres" / "follow.sh").read_text()
    assert ["redis-server", "--save", "", "--appendonly", "no"] == services["redis"]["command"][:5]
    assert ["nginx"] == [name for name, one in services.items() if "ports" in one]
    named = {name for one in services.values() for name in one.get("secrets", ())}
    assert named == set(told["secrets"])
    assert {v.split(":")[0] for one in services.values() for v in one.get("volumes", ()) if v[0] not in "./"} == set(
        told["volumes"]
    )
    files = [v.split(":")[0] for one in services.values() for v in one.get("volumes", ()) if v.startswith("../")]
    assert all((COMPOSE.parent / file).exists() for file in files)


def test_the_proxy_of_the_compose_file_is_the_tested_one_with_two_web() -> None:
    """
    What it puts in place of the one server is there to be replaced, once.
    """
    shipped = (DEPLOY / "nginx" / "bluelight.conf").read_text()
    (_, _, script) = yaml.safe_load(COMPOSE.read_text())["services"]["nginx"]["command"]
    found = re.search(r"s/(?P<old>[^/]+)/(?P<new>[^/]+)/", script)

    assert found is not None
    assert 1 == shipped.count(found["old"])
    assert "server web1:8080; server web2:8080;" == found["new"]


def test_settings_that_are_handed_over_are_settings_that_are_read() -> None:
    """
    Every BLUELIGHT_ name in what we ship is known to the settings; the two addresses are agreed with the scaled form.
    """
    asked = {PREFIX + "REDIS_URL"}
    source = (ROOT / "infra" / "settings.py").read_text()
    asked |= {PREFIX + name for name in re.findall(r'told\.(?:parsed|text)\(\s*"(\w+)"', source)}
    files = [COMPOSE, KUBERNETES, DEPLOY / "container" / "Containerfile", *UNITS, *SCRIPTS]
    named = {name for file in files for name in re.findall(r"BLUELIGHT_[A-Z_]*[A-Z]\b", file.read_text())}

    assert {name.removesuffix("_FILE") for name in named} <= asked


def test_an_address_with_both_machines_is_taken() -> None:
    """
    The standby is found by the driver when the primary is gone: nobody edits a setting at night.
    """
    address = "postgresql://bluelight@one,two:5432/bluelight?target_session_attrs=read-write"

    settings = read_settings({"BLUELIGHT_DATABASE_URL": address})

    made = sa.make_url(settings.database_url or "")
    assert ("one,two", 5432) == (made.host, made.port)
    assert address in (ROOT / "infra" / "runbook.md").read_text()


def test_the_cluster_probes_what_is_there_and_names_no_namespace() -> None:
    """
    Alive is /healthz and ready is /readyz, by the names that the service answers to; secrets come by reference.
    """
    doors = (ROOT / "infra" / "operation.py").read_text()

    containers = [one["spec"]["template"]["spec"]["containers"][0] for one in of_kind("Deployment").values()]
    for one in containers:
        ports = {port["name"] for port in one["ports"]}
        assert "/healthz" == one["livenessProbe"]["httpGet"]["path"] == one["startupProbe"]["httpGet"]["path"]
        assert "/readyz" == one["readinessProbe"]["httpGet"]["path"]
        assert {one["livenessProbe"]["httpGet"]["port"], one["readinessProbe"]["httpGet"]["port"]} <= ports
    assert 'bp.get("/healthz")' in doors
    assert 'bp.get("/readyz")' in doors
    assert not any("namespace" in one["metadata"] for one in documents())
    assert "Secret" not in {one["kind"] for one in documents()}
    assert all(is_command(one["spec"]["containers"][0]["args"]) for one in pods().values())


def test_the_cluster_keeps_one_of_each_and_lets_nobody_be_root() -> None:
    """
    Selectors meet their pods, budgets leave one, and every pod is as small as it can be.
    """
    labels = {name: one["metadata"]["labels"] for name, one in pods().items()}

    for name, one in {**of_kind("Deployment"), **of_kind("PodDisruptionBudget")}.items():
        assert one["spec"]["selector"]["matchLabels"].items() <= labels[name].items()
    replicas = {name: one["spec"]["replicas"] for name, one in of_kind("Deployment").items()}
    assert {"bluelight-web": 2, "bluelight-worker": 2} == replicas
    assert {1} == {one["spec"]["minAvailable"] for one in of_kind("PodDisruptionBudget").values()}
    for one in of_kind("Service").values():
        chosen = one["spec"]["selector"]
        assert chosen.items() <= labels[f"bluelight-{chosen['app.kubernetes.io/component']}"].items()
    for pod in pods().values():
        (container,) = pod["spec"]["containers"]
        assert pod["spec"]["securityContext"]["runAsNonRoot"]
        assert pod["spec"]["automountServiceAccountToken"] is False
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert ["ALL"] == container["securityContext"]["capabilities"]["drop"]
        mounted = {one["name"] for one in container["volumeMounts"]}
        assert mounted == {one["name"] for one in pod["spec"]["volumes"]}
    (policy,) = of_kind("NetworkPolicy").values()
    assert {"Ingress", "Egress"} == set(policy["spec"]["policyTypes"])


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"], ids=lambda one: one.name)
def test_a_unit_starts_a_command_of_ours_and_may_do_little(unit: Path) -> None:
    """
    What serves is begun again for ever and may open many files; what is done once is not.
    """
    lines = {line for line in unit.read_text().splitlines() if line and not line.startswith("#")}
    (started,) = (line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart="))
    program, *words = started.split()
    words = words[2:] if words[0] == "--data" else words

    assert "/opt/bluelight/.venv/bin/bluelight" == program
    assert is_command(["bluelight", *words])
    assert HARDENED <= lines
    serves = words[0] in ("run", "web", "worker")
    assert serves == ({"Restart=always", "LimitNOFILE=65536", "StartLimitIntervalSec=0"} <= lines)
    assert serves != ("Type=oneshot" in lines)


def test_the_image_is_made_from_the_lock_and_runs_as_nobody_in_particular() -> None:
    """
    No engine is here to build it: that each of its lines names what there is, is all that is shown.
    """
    told = (DEPLOY / "container" / "Containerfile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    (made,) = re.findall(r"^RUN make ([a-z ]+) &&", told, re.MULTILINE)
    assert set(made.split()) <= targets
    assert 2 == told.count("FROM docker.io/library/python:3.11-slim-bookworm")
    assert told.index("USER 10001") < told.index("CMD ")
    (command,) = re.findall(r"^CMD (\[.*\])$", told, re.MULTILINE)
    assert is_command(json.loads(command))
