"""The time in Denmark."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class DanishClock:
    """Implements `centre.ports.Clock`."""

    def now(self) -> datetime:
        """The time now, with time zone Europe/Copenhagen."""
        return datetime.now(COPENHAGEN)
