"""The page for the municipality's DPO says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from bot.housekeeping import KEEP_INBOX, KEEP_NOTICES, NIGHT_HOUR
from centre.retention import DAYS
from dialogs.memory import DRAFT_LIFETIME
from storage.models import Base

PAGE = (Path(__file__).parents[1] / "docs" / "databeskyttelse.md").read_text("utf-8")


def test_it_names_every_rule_with_its_days() -> None:
    named = dict(re.findall(r"`KOMPETENCEBOT_KEEP_([A-Z]+)_DAYS` \| (\d+)", PAGE))
    assert named == {kept.name: str(days) for kept, days in DAYS.items()}
    fixed = re.findall(r"\| fast \| (\d+) \|", PAGE)
    assert fixed == [str(kept.days) for kept in (KEEP_INBOX, KEEP_NOTICES, DRAFT_LIFETIME)]
    assert f"mellem {NIGHT_HOUR} og {NIGHT_HOUR + 1}" in PAGE


def test_it_names_every_table_once() -> None:
    listed = PAGE[PAGE.index("## Tabeller") : PAGE.index("## Sikkerhed")]
    named = [
        name
        for line in listed.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(named) == sorted(Base.metadata.tables)
