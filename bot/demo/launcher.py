"""`make run`: start the bot and the Playground, say where to click, and end both on Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.node import PROJECT, find_node, install_playground
from bot.demo.processes import (
    check_they_run,
    port_is_free,
    start_bot,
    start_playground,
    wait_until_they_answer,
)
from bot.demo.trouble import CannotStartError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import FrameType

    from bot.demo.processes import Program

LOGS = PROJECT / "data" / "demo"
HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Ports:
    """The two ports of the demo; Teams' own conventions are the defaults."""

    bot: int = 3978
    playground: int = 56150


class _StopRequestedError(Exception):
    """The person pressed Ctrl-C, closed the terminal, or the process was asked to end."""


def run() -> int:
    """Run the demo until it is stopped.

    Returns:
        The exit code: 0 when it was stopped by a person, 1 when it could not start or one of its programs ended.
    """
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, _request_stop)
    running: list[Program] = []
    try:
        _start(ports_from(os.environ), LOGS, running)
        while True:
            time.sleep(0.5)
            check_they_run(running)
    except _StopRequestedError:
        _say("\nStopping. Your data is kept; `make demo-reset` starts over.")
        return 0
    except CannotStartError as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 - the launcher speaks to a person at a terminal
        return 1
    finally:
        _end(running)


def ports_from(environment: Mapping[str, str]) -> Ports:
    """Read the two ports from `KOMPETENCEBOT_PORT` and `KOMPETENCEBOT_PLAYGROUND_PORT`.

    Raises:
        CannotStartError: one is not the number of a port, or both are the same.
    """
    ports = Ports(
        bot=_port(environment, "KOMPETENCEBOT_PORT", Ports.bot),
        playground=_port(environment, "KOMPETENCEBOT_PLAYGROUND_PORT", Ports.playground),
    )
    if ports.bot == ports.playground:
        raise CannotStartError(f"The bot and the Playground cannot both use port {ports.bot}: choose another.")
    return ports


def _port(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return otherwise
    if not (given.isascii() and given.isdigit() and 0 < int(given) <= HIGHEST_PORT):
        raise CannotStartError(f"{name} is '{given}'; it must be a port number from 1 to {HIGHEST_PORT}.")
    return int(given)


def check_ports(ports: Ports) -> None:
    """Make sure that both ports are free.

    Raises:
        CannotStartError: one is taken; with how to use another one.
    """
    for port, user, name in (
        (ports.bot, "the bot", "KOMPETENCEBOT_PORT"),
        (ports.playground, "the Playground", "KOMPETENCEBOT_PLAYGROUND_PORT"),
    ):
        if not port_is_free(port):
            raise CannotStartError(
                f"Port {port}, which {user} needs, is in use by another program; perhaps the demo is already "
                f"running in another terminal. Stop that program, or use another port: {name}={port + 1} make run"
            )


def _start(ports: Ports, logs: Path, running: list[Program]) -> None:
    """Start both programs, adding each to `running` at once, so that it is ended whatever happens next."""
    check_ports(ports)
    node = find_node(_say)
    playground = install_playground(node, _say)
    _say("Starting the bot and the Playground ...")
    running.append(start_bot(ports.bot, ports.playground, logs / "bot.log", {}))
    running.append(start_playground(node, playground, ports.playground, ports.bot, logs / "playground.log"))
    wait_until_they_answer(running)
    _say(
        f"\n    Open http://localhost:{ports.playground} in a browser and write to Kompetencebot.\n\n"
        f"The logs are in {logs.relative_to(PROJECT)}. Ctrl-C ends the demo."
    )


def _end(running: list[Program]) -> None:
    """End all programs; a second Ctrl-C meanwhile must not leave one of them behind."""
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, signal.SIG_IGN)
    for program in reversed(running):
        program.end()


def _request_stop(_signal: int, _frame: FrameType | None) -> None:
    raise _StopRequestedError


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the launcher speaks to a person at a terminal
