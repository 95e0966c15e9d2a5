"""The demo's two programs as processes: the bot and the Playground, each with a log file of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.demo.node import HERE, PROJECT
from bot.demo.trouble import CannotStartError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.demo.node import Node

CONFIGURATION = HERE / "playground.yml"
LOOPBACK_ONLY = HERE / "loopback.cjs"

PATIENCE = 60.0
"""Seconds that a program may take until it answers; a cold first start on a slow machine takes about ten."""

GRACE = 10.0
"""Seconds that a program gets to end by itself after it was asked to."""

LAST_LINES = 15

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Program:
    """A running program: what people call it, where it answers and where it logs.

    Attributes:
        name: How a sentence about it begins.
        address: What answers 200 when the program is up.
        output: File with what it prints.
        own_log: File that the program writes by itself, where it does; read before its output.
        process: The leader of the program's own process group.
    """

    name: str
    address: str
    output: Path
    own_log: Path | None
    process: subprocess.Popen[bytes] = field(repr=False)

    def has_ended(self) -> bool:
        """Say whether the program is no longer running."""
        return self.process.poll() is not None

    def answers(self) -> bool:
        """Say whether the program answers at its address now."""
        try:
            with _direct.open(self.address, timeout=2) as answer:
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own number for "here you are"
        except (urllib.error.URLError, OSError):
            return False

    def last_lines(self) -> str:
        """Return the end of what it logged and printed, for the person who must find out why it ended."""
        files = [file for file in (self.own_log, self.output) if file is not None and file.exists()]
        text = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
        return "\n".join(text.splitlines()[-LAST_LINES:])

    def end(self) -> None:
        """End the program and everything it started: politely, and by force if it does not listen."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, how)
                self.process.wait(GRACE)
            except ProcessLookupError:
                self.process.wait()
                return
            except subprocess.TimeoutExpired:
                continue


def port_is_free(port: int) -> bool:
    """Say whether a program can listen on this port of the loopback addresses."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            if probe.connect_ex((address, port)) == 0:
                return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start_bot(port: int, playground_port: int, output: Path, settings: Mapping[str, str]) -> Program:
    """Start the bot in demo mode; `settings` are further `KOMPETENCEBOT_*` variables.

    It is told where the Playground will answer, so that it can post to the channel before anybody wrote to it.
    """
    environment = {
        **os.environ,
        "KOMPETENCEBOT_LOG_FORMAT": "text",
        **settings,
        "KOMPETENCEBOT_DEMO": "1",
        "KOMPETENCEBOT_HOST": "127.0.0.1",
        "KOMPETENCEBOT_PORT": str(port),
        "KOMPETENCEBOT_PLAYGROUND_PORT": str(playground_port),
    }
    command = [sys.executable, str(PROJECT / "app.py"), "serve"]
    return start_program("The bot", f"http://localhost:{port}/healthz", command, environment, output=output)


def start_playground(
    node: Node, program: Path, port: int, bot_port: int, output: Path, configuration: Path = CONFIGURATION
) -> Program:
    """Start the Playground, speaking to the bot on `bot_port`, with the people and team of `configuration`.

    It deletes and rewrites a log of its own at start, so that log must not be the file with its output.
    """
    own_log = output.with_suffix(".own.log")
    environment = {
        **os.environ,
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(configuration),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(own_log),
        "NO_PROXY": "localhost,127.0.0.1",
        "no_proxy": "localhost,127.0.0.1",
    }
    command = [
        *(str(node.node), "--require", str(LOOPBACK_ONLY), str(program), "start"),
        *("--app-endpoint", f"http://localhost:{bot_port}/api/messages", "--channel-id", "msteams"),
        *("--port", str(port), "--disable-telemetry"),
    ]
    address = f"http://localhost:{port}/"
    return start_program("The Playground", address, command, environment, output=output, own_log=own_log)


def start_program(
    name: str,
    address: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    output: Path,
    own_log: Path | None = None,
) -> Program:
    """Start a program in a process group of its own, so that it and its children can be ended as one."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("wb") as file:
        # Without a shell; the commands are written in this package and in the tests.
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Program(name, address, output, own_log, process)


def wait_until_they_answer(programs: Sequence[Program]) -> None:
    """Return when all of them answer.

    Raises:
        CannotStartError: one ended, or does not answer in time; with the end of its log.
    """
    give_up = time.monotonic() + PATIENCE
    for program in programs:
        while not program.answers():
            check_they_run(programs)
            if time.monotonic() > give_up:
                raise CannotStartError(
                    f"{program.name} does not answer at {program.address} after {PATIENCE:.0f} seconds. "
                    f"The last it said:\n{program.last_lines()}"
                )
            time.sleep(0.1)


def check_they_run(programs: Sequence[Program]) -> None:
    """Raise if one of the programs has ended.

    Raises:
        CannotStartError: with the end of that program's log.
    """
    for program in programs:
        if program.has_ended():
            raise CannotStartError(
                f"{program.name} ended (exit code {program.process.returncode}). "
                f"The last it said:\n{program.last_lines()}"
            )
