"""The cards as they were last looked at. After a change that is meant, write them anew and look at the pictures:

KOMPETENCEBOT_WRITE_GOLDEN=1 pytest tests/cards; python -m tests.cards.pictures FOLDER
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dialogs.texts import LOCALES
from tests.cards.samples import all_cards

GOLDEN = Path(__file__).with_name("golden")
CARDS = {f"{name}.{locale}": card for locale in LOCALES for name, card in all_cards(locale).items()}


@pytest.fixture(scope="session")
def writing() -> bool:
    return os.environ.get("KOMPETENCEBOT_WRITE_GOLDEN") == "1"


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_as_it_was_last_looked_at(name: str, writing: bool) -> None:
    file = GOLDEN / f"{name}.json"
    card = CARDS[name].json()
    if writing:
        file.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert file.exists(), "no golden file yet: see the top of this module"
    assert card == json.loads(file.read_text("utf-8"))


def test_every_golden_file_has_a_card(writing: bool) -> None:
    left_over = [file for file in GOLDEN.glob("*.json") if file.stem not in CARDS]
    if writing:
        for file in left_over:
            file.unlink()
        left_over = []
    assert left_over == []
