"""`python app.py demo` as a process: what `make run` starts and Ctrl-C ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.demo.processes import port_is_free
from tests.e2e.demo import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT: Final = Path(__file__).parents[2]


class DemoCommand:
    """A running `python app.py demo`, on ports and with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.ports = free_ports(2)
        self.process = subprocess.Popen(
            [sys.executable, "app.py", "demo"],
            cwd=PROJECT,
            env={
                **os.environ,
                "KOMPETENCEBOT_PORT": str(self.ports[0]),
                "KOMPETENCEBOT_PLAYGROUND_PORT": str(self.ports[1]),
                "KOMPETENCEBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'demo.sqlite'}",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def runs_until_it_says(self, text: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if text in line:
                return
        pytest.fail(f"The demo ended without saying {text!r}. It said:\n{self.said}")

    def ends(self) -> int:
        rest, _ = self.process.communicate()
        self.said += rest
        return self.process.returncode


@pytest.fixture
def command(tmp_path: Path) -> Iterator[DemoCommand]:
    running = DemoCommand(tmp_path)
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_the_demo_ends_everything_it_started(command: DemoCommand, how: signal.Signals) -> None:
    command.runs_until_it_says(f"http://localhost:{command.ports[1]}")
    assert not any(port_is_free(port) for port in command.ports)

    command.process.send_signal(how)

    assert command.ends() == 0
    assert "Stopping." in command.said
    assert all(port_is_free(port) for port in command.ports)


def test_a_program_that_dies_ends_the_demo_with_its_last_words(command: DemoCommand) -> None:
    command.runs_until_it_says(f"http://localhost:{command.ports[1]}")
    find_children = ["pgrep", "-P", str(command.process.pid)]
    children = subprocess.check_output(find_children, text=True).split()  # noqa: S603 - written one line above

    os.kill(int(children[0]), signal.SIGKILL)

    assert command.ends() == 1
    assert "The bot ended (exit code -9). The last it said:" in command.said
    assert all(port_is_free(port) for port in command.ports)
