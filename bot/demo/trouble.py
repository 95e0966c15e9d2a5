"""What can stand in the demo's way, said to the person who started it."""

from __future__ import annotations


class CannotStartError(Exception):
    """The demo cannot start or go on; the message is one plain sentence or two that says what to do."""
