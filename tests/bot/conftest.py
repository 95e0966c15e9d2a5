"""A town to chat in, for tests of the turn below HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.town_in_teams import SMALL_INDEX
from tests.chat import Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    town = Town(database_url, SMALL_INDEX)
    await town.open()
    yield town
    await town.close()
