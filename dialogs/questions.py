"""Questions about the assistant itself: who sees what, who decides, what comes next.

What people ask is data (`texts/*/questions.toml`), and the answers stand beside all other texts, so that whoever
knows how the centre works can add one. Only whole questions count: "hvem kan lære os om demens?" is none of them.
"""

from __future__ import annotations

import tomllib
from functools import cache

from rapidfuzz import fuzz, process

from dialogs.intents import normalise
from dialogs.texts import FOLDER, LOCALES

LONGEST_QUESTION = 90
SURE = 90.0
"""How alike (0 to 100) a question must be to a known one: some slips, or a little word more or less."""
_POLITE = ("hej ", "må jeg spørge ", "jeg vil gerne vide ", "hi ", "may i ask ")


def question_in(said: str) -> str:
    """Return the key of the question that somebody asks, "" when it is none that is known."""
    asked = normalise(said)
    for words in _POLITE:
        asked = asked.removeprefix(words)
    if not asked or len(asked) > LONGEST_QUESTION:
        return ""
    nearest = process.extractOne(asked, questions().keys(), scorer=fuzz.ratio, score_cutoff=SURE)
    return questions()[nearest[0]] if nearest else ""


@cache
def questions() -> dict[str, str]:
    """Return every known question in both languages, as it is compared, with its key."""
    return {
        normalise(words): key
        for locale in LOCALES
        for key, ways in tomllib.loads((FOLDER / locale / "questions.toml").read_text("utf-8")).items()
        for words in ways
    }
