"""Finding a person by some of their name or e-mail, in any letter case and with one typing error in a word.

The database narrows the rows, rapidfuzz decides. One error in a word (a letter wrong, missing, added, or two
swapped) leaves at least one of the word's three parts whole, so only rows that hold one of them are looked at.
Danish letters are wild in the pattern: neither database compares them without regard to case.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy import and_, or_

from catalogue.text import fold
from storage.models import PersonRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement

MOST_WORDS = 6
"""Words that are looked for; nobody's name is longer."""
LONGEST_WORD = 80
FORGIVING_FROM = 4
"""Letters of a word from which it may hold an error: "Bo" and "Ib" are different people."""
_LETTER = re.compile(r"aa|ae|oe|.", re.DOTALL)
_BETWEEN_WORDS = re.compile(r"[\s,.\-‐‑]+")


class Word(NamedTuple):
    """A word as it is written, in lower case, and folded: folding makes two letters of each æ."""

    written: str
    folded: str


class Likeness(NamedTuple):
    """How far words are from a person: typing errors first, then words that were only begun."""

    errors: int
    begun: int


def words_of(said: str) -> list[Word]:
    """Split what was said into the words to look for; an e-mail is one."""
    words = [part for word in said.split() for part in ([word] if "@" in word else _BETWEEN_WORDS.split(word))]
    return _words(word for word in words if len(word) <= LONGEST_WORD)[:MOST_WORDS]


def may_be(words: Iterable[Word], *, forgiving: bool) -> ColumnElement[bool]:
    """Return the condition that every row with these words fulfils, and few others."""
    return and_(*(or_(*_holds_one_of(_parts(word.written, forgiving=forgiving))) for word in words))


def likeness(words: Iterable[Word], name: str, email: str, *, forgiving: bool) -> Likeness | None:
    """Compare words with a person; None when one of them is nowhere in the name or e-mail."""
    local = email.partition("@")[0]
    known = _words((*_BETWEEN_WORDS.split(name), *_BETWEEN_WORDS.split(local), local, email))
    errors = begun = 0
    for said in words:
        best = min((one for word in known if (one := _alike(said, word, forgiving=forgiving))), default=None)
        if best is None:
            return None
        errors, begun = errors + best.errors, begun + best.begun
    return Likeness(errors, begun)


def _alike(said: Word, word: Word, *, forgiving: bool) -> Likeness | None:
    if word.folded.startswith(said.folded):
        return Likeness(0, int(word.folded != said.folded))
    if not forgiving or len(said.written) < FORGIVING_FROM:
        return None
    near = _one_apart(said.written, word.written) or _one_apart(said.folded, word.folded)
    return Likeness(1, 0) if near else None


def _one_apart(said: str, word: str) -> bool:
    return abs(len(said) - len(word)) <= 1 and OSA.distance(said, word, score_cutoff=1) <= 1


def _words(texts: Iterable[str]) -> list[Word]:
    return [Word(text.casefold(), fold(text)) for text in texts if text]


def _parts(word: str, *, forgiving: bool) -> list[Sequence[str]]:
    """Cut a word that may hold an error into three."""
    letters = _LETTER.findall(word)
    if not forgiving or len(word) < FORGIVING_FROM:
        return [letters]
    cuts = (0, len(letters) // 3, len(letters) * 2 // 3, len(letters))
    return [letters[start:end] for start, end in pairwise(cuts)]


def _holds_one_of(parts: Iterable[Sequence[str]]) -> Iterator[ColumnElement[bool]]:
    for part in parts:
        plain = "".join(letter if re.fullmatch("[a-z0-9]", letter) else "%" for letter in part)
        yield PersonRow.name.ilike(f"%{plain}%")
        yield PersonRow.email.ilike(f"%{plain}%")
