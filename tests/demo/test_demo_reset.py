from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filelock import FileLock, Timeout

from bot.demo.reset import DATABASE, reset

if TYPE_CHECKING:
    from pathlib import Path


def test_a_reset_takes_the_database_and_the_logs_and_nothing_else(data: Path) -> None:
    reset(data)

    assert sorted(file.name for file in data.iterdir() if file.suffix != ".lock") == ["my_own_catalogue.csv"]


def test_a_database_in_use_is_kept(data: Path) -> None:
    with FileLock(data / f"{DATABASE}.lock"), pytest.raises(Timeout):
        reset(data)

    assert (data / DATABASE).exists()


def test_a_reset_before_the_first_run_is_no_mistake(tmp_path: Path) -> None:
    assert "make run" in reset(tmp_path / "data")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "demo").mkdir()
    for name in (DATABASE, f"{DATABASE}-wal", "demo/bot.log", "my_own_catalogue.csv"):
        (tmp_path / name).write_text("something", encoding="utf-8")
    return tmp_path
