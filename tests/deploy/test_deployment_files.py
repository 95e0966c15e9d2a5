"""The files that operations start from: what they promise holds, and what they name is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Settings
from bot.stopping import FORCE_SECONDS
from tests.components import missing

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BOTS = ("bot-1", "bot-2")


def instructions() -> list[tuple[str, str]]:
    """Read the Containerfile: each instruction with its arguments, continued lines joined."""
    text = (ROOT / "Containerfile").read_text()
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines]


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return document


def unit() -> list[tuple[str, str]]:
    lines = (DEPLOY / "kompetencebot.service").read_text().splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return [(name, value) for name, value in pairs]


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_the_image_is_built_in_two_stages_and_runs_as_a_user_without_rights() -> None:
    told = instructions()
    assert [name for name, _ in told].count("FROM") == 2
    last_stage = told[max(place for place, (name, _) in enumerate(told) if name == "FROM") :]
    [user] = [arguments for name, arguments in last_stage if name == "USER"]
    assert int(user.partition(":")[0]) > 0
    names = [name for name, _ in last_stage]
    assert {"HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "WORKDIR"} <= set(names)
    assert "ADD" not in names
    assert names.index("USER") < names.index("ENTRYPOINT")


def test_the_image_installs_what_is_pinned_by_hash_and_holds_no_secret() -> None:
    told = instructions()
    installs = [arguments for name, arguments in told if name == "RUN" and "pip install" in arguments]
    assert installs
    assert all("--require-hashes" in line for line in installs)
    for name, arguments in told:
        assert not (
            name in {"ENV", "ARG"} and re.search("PASSWORD|SECRET|TOKEN|DATABASE_URL", arguments, re.IGNORECASE)
        )


def test_everything_that_the_image_copies_is_there_and_every_room_of_the_program_is_copied() -> None:
    copied: set[str] = set()
    for name, arguments in instructions():
        if name == "COPY" and not arguments.startswith("--from"):
            copied |= set(shlex.split(arguments)[:-1])
    assert all((ROOT / source).exists() for source in copied)
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks", "tests"}
    assert rooms | {"app.py", "pyproject.toml"} <= copied
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == let_in


def test_two_replicas_stand_behind_a_proxy_that_knows_both_and_keeps_nobody_at_one() -> None:
    services = compose()["services"]
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert services[BOTS[0]] == services[BOTS[1]]
    for bot in BOTS:
        assert "ports" not in services[bot]
        assert f"{bot}:{Settings().port}" in caddy
    assert "health_uri /readyz" in caddy
    assert not re.search("cookie|ip_hash|header ", caddy)
    interval = re.search(r"health_interval (\d+)s", caddy)
    assert interval
    assert int(interval[1]) + 1 < Settings().stop_notice_seconds


def test_containers_have_no_rights_that_they_do_not_need() -> None:
    services = compose()["services"]
    for name in (*BOTS, "migrate", "proxy"):
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
    assert compose()["networks"]["inside"]["internal"] is True
    assert services["database"]["networks"] == ["inside"]
    assert "inside" not in services["proxy"]["networks"]


def test_secrets_come_as_files_and_every_file_is_declared() -> None:
    document = compose()
    declared = set(document["secrets"])
    used: set[str] = set()
    for service in document["services"].values():
        used |= set(service.get("secrets", ()))
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|DATABASE_URL", name):
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    assert used == declared
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/deploy/secrets/", "/deploy/.env"} <= set(ignored)


def test_settings_that_the_files_name_are_settings_of_the_bot() -> None:
    known = {f"KOMPETENCEBOT_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"KOMPETENCEBOT_[A-Z_]+", (DEPLOY / "compose.yaml").read_text()))
    named |= set(re.findall(r"KOMPETENCEBOT_[A-Z_]+", (DEPLOY / "kompetencebot.service").read_text()))
    named -= {"KOMPETENCEBOT_IMAGE", "KOMPETENCEBOT_NAME"}
    assert {name.removesuffix("_FILE") for name in named} <= known
    asked = set(re.findall(r"\$\{(KOMPETENCEBOT_[A-Z_]+):\?\}", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^(KOMPETENCEBOT_[A-Z_]+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE))
    assert asked <= offered


def test_the_replicas_wait_for_the_migrations_and_those_for_the_database() -> None:
    services = compose()["services"]
    for bot in BOTS:
        assert services[bot]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["migrate"]["command"] == ["db", "upgrade"]


def test_whoever_stops_the_bot_waits_until_it_has_ended_by_itself() -> None:
    grace = [seconds(compose()["services"][bot]["stop_grace_period"]) for bot in BOTS]
    [stop] = [int(value) for name, value in unit() if name == "TimeoutStopSec"]
    assert min(*grace, stop) > FORCE_SECONDS


def systemd_analyze(*arguments: str) -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        missing("systemd-analyze", "it is in Debian's package systemd")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return done.stdout + done.stderr


def test_systemd_takes_the_unit_and_finds_it_hardened() -> None:
    said = systemd_analyze("verify", str(DEPLOY / "kompetencebot.service")).splitlines()
    # The program is not installed where the unit expects it; nothing else may be wrong.
    assert [line for line in said if "is not executable" not in line] == []
    report = systemd_analyze("security", "--offline=true", str(DEPLOY / "kompetencebot.service"))
    level = re.search(r"exposure level for kompetencebot.service: ([\d.]+)", report)
    assert level
    assert float(level[1]) < 2


@pytest.mark.parametrize("page", ["operations.md", "installation.md"])
def test_links_and_files_that_the_guides_name_are_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (ROOT / "docs" / target).exists(), target
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in text.splitlines()}
    for anchor in re.findall(r"\]\(#([^)]+)\)", text):
        assert anchor in headings, anchor
    for path in re.findall(r"`((?:deploy|docs|bot|storage)/[\w./-]+)`", text):
        assert (ROOT / path).exists() or path.startswith("deploy/secrets"), path
