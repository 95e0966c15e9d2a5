"""A town to chat in, with the sample catalogue."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bot.demo.sample import read_sample
from catalogue.matching import MatchIndex
from tests.chat import A_SUNDAY_MORNING, Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(scope="session")
def sample_index() -> MatchIndex:
    return MatchIndex.build(*read_sample(A_SUNDAY_MORNING.date()))


@pytest.fixture
async def town(sqlite_template: Path, tmp_path: Path, sample_index: MatchIndex) -> AsyncIterator[Town]:
    file = tmp_path / "town.sqlite"
    shutil.copy(sqlite_template, file)
    town = Town(f"sqlite:///{file}", sample_index)
    await town.open()
    yield town
    await town.close()
