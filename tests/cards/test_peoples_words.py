"""What people write is shown to the letter, and never read as Markdown, HTML or anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cards.reading import Json, of_type
from tests.cards.samples import all_cards

BEGINNING, END = "⟪", "⟫"
NO_BREAK = "\N{NO-BREAK SPACE}"
"""A name is greeted up to its first space."""
SHOWS_PEOPLES_WORDS = {"matches", "matches_nothing", "chosen", "summary", "resume", "receipt", "request_new"} | {
    "requests",
    "case_new",
    "queue",
    "channel_chosen",
    "search",
    "offer",
    "welcome_leader",
}


def cards_with(said: str) -> dict[str, Json]:
    marked = f"{BEGINNING}{said}{END}"

    def words(field: str, usual: str) -> str:  # noqa: ARG001 - the shape of Words
        return marked.replace(" ", NO_BREAK) if field == "name" else marked

    return {name: card.json() for name, card in all_cards("da", words, (marked,)).items()}


@given(st.text(max_size=40))
@settings(max_examples=25, deadline=None)
@example("[Klik her](https://ond.example)")
@example("![](https://ond.example/spor.png)")
@example("**fed** _kursiv_ ~~streg~~ `kode`")
@example("<at>Alle</at> <script>alert(1)</script> &lt;b&gt;")
@example("{{DATE(2026-11-22T10:00:00Z)}} ${navn}")
@example("1. et\n- to\r\n# tre\t|a|b|")
@example("שלום \u202eneddap\u202c مرحبا")
@example("👩🏽\u200d⚕️🧠 ærgerligt")
def test_what_people_write_is_in_runs_to_the_letter_and_in_no_text_block(said: str) -> None:
    for name, card in cards_with(said).items():
        runs = [run["text"] for run in of_type(card, "TextRun")]
        shown = [text for text in runs if BEGINNING in text]
        assert bool(shown) or name not in SHOWS_PEOPLES_WORDS, name
        for text in shown:
            assert f"{BEGINNING}{said}{END}" in text or f"{BEGINNING}{said}{END}".replace(" ", NO_BREAK) in text
        assert all(BEGINNING not in block["text"] for block in of_type(card, "TextBlock")), name


def test_titles_of_buttons_and_labels_of_fields_are_our_own_words() -> None:
    for name, card in cards_with("hej").items():
        assert all(BEGINNING not in action["title"] for action in of_type(card, "Action.")), name
        assert all(BEGINNING not in field["label"] for field in of_type(card, "Input.")), name


@pytest.mark.parametrize("mark", ["[", "]", "<", ">", "*", "_", "`", "#", "\\"])
def test_what_stands_for_a_card_has_no_marks_in_it(mark: str) -> None:
    for name, card in cards_with(f"a{mark}b").items():
        assert mark not in card["speak"] + card["fallbackText"], name


def test_a_long_text_is_cut_in_the_card_and_says_so() -> None:
    card = cards_with("ord " * 1000)["case_new"]
    assert any(run["text"].endswith("ord…") for run in of_type(card, "TextRun"))
    assert "ord " * 300 not in json.dumps(card)
