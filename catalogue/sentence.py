"""A sentence while it is being read: what was written, the same for comparing, and what is still unread.

Several readers go over one sentence. Each looks for its own kind of words and takes those it understood, so
that what nobody took is the topic.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

TAKEN = "\ue000"
"""Stands in `Sentence.rest` for every character that a reader has taken; no word character."""

_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SAME_WIDTH = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("’‘´`ʼ", "'"),
        **dict.fromkeys("“”„«»", '"'),
        "×": "x",
    }
)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the words of the sentence that said it."""

    value: T
    words: str


class Sentence:
    """One text under reading.

    `text` is what was written, with odd white space and invisible characters tidied away; a line break stays
    one. `plain` has the same length, in lower case with one kind of hyphen and ASCII digits. `rest` is `plain`
    with `TAKEN` in place of what has been read.
    """

    def __init__(self, text: str) -> None:
        lines = _PRIVATE.sub(" ", unicodedata.normalize("NFC", text)).splitlines()
        self.text = "\n".join(" ".join(line.split()) for line in lines).strip()
        self.plain = _plain(self.text)
        self.rest = self.plain

    def words(self, start: int, end: int) -> str:
        """The words as written between two positions, without the spaces and marks around them."""
        return self.text[start:end].strip(" \n,.;:!?")

    def take(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark these (start, end) spans as read."""
        pieces: list[str] = []
        done = 0
        for start, end in sorted(spans):
            if end > done:
                first = max(start, done)
                pieces += (self.rest[done:first], TAKEN * (end - first))
                done = end
        if pieces:
            self.rest = "".join(pieces) + self.rest[done:]


def _plain(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if lowered.isascii():
        return lowered
    return "".join(map(_ascii_digit, lowered.translate(_SAME_WIDTH)))


@functools.lru_cache(maxsize=1024)
def _ascii_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def danish(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which å, ø and æ also match aa, oe and ae, as people without the keys write them."""
    for letter, pair in (("å", "aa"), ("ø", "oe"), ("æ", "ae")):
        pattern = pattern.replace(letter, f"(?:{letter}|{pair})")
    return re.compile(pattern)


_INSISTING = danish(
    r"(?<!\w)(?:kun|udelukkende|absolut|ubetinget|only|krav,? at det er|nødt til at være|must be|has to be"
    r"|skal (?:det )?(?:helt )?(?:være|ligge|foregå|holdes|afholdes|gennemføres|ske|starte)(?: et| en"
    r"| som| noget)?) (?:et |en |i |på )?$"
)


def insists(sentence: Sentence, start: int) -> bool:
    """Whether the words in front of a position insist on what follows: "kun …", "det skal være …"."""
    return _INSISTING.search(sentence.plain, max(0, start - 40), start) is not None
