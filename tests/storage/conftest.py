"""What the storage tests share: databases, and a request to file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from centre.requests import CaseNumber, Kle, Request, Status, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

TENANT = "tenant-1"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def a_request() -> Callable[..., Request]:
    """Make a request; what a test does not care about is filled in."""

    def make(request_id: str, number: CaseNumber, **changes: object) -> Request:
        values: dict[str, object] = {
            "tenant": TENANT,
            "status": Status.NEW,
            "wish": Wish(need="Vi skal blive bedre til at møde borgere med demens"),
            "kle": Kle.INTERNAL,
            "requester_id": "leader",
            "requester_name": "Lene Leder",
            "requester_confirmed": True,
            "filed_at": NOON,
            "changed_at": NOON,
            "answer_due": date(2026, 3, 9),
        }
        return Request(id=request_id, number=number, **{**values, **changes})  # type: ignore[arg-type]

    return make
