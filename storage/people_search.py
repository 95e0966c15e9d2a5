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


class Likeness(NamedTuple):
    """How far words are from a person: typing errors first, then words that were only begun."""

    errors: int
    begun: int


def words_of(said: str) -> list[str]:
    """Split what was said into the words to look for; an e-mail is one."""
    words = [part for word in said.split() for part in ([word] if "@" in word else _BETWEEN_WORDS.split(word))]
    return [word.casefold() for word in words if word and len(word) <= LONGEST_WORD][:MOST_WORDS]


def may_be(words: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that every row with these words fulfils, and few others."""
    return and_(*(or_(*_holds_one_of(_parts(word))) for word in words))


def likeness(words: Sequence[str], name: str, email: str) -> Likeness | None:
    """Compare words with a person; None when one of them is nowhere in the name or e-mail."""
    local = email.partition("@")[0]
    known = [
        word.casefold()
        for word in (*_BETWEEN_WORDS.split(name), *_BETWEEN_WORDS.split(local), local, email)
        if word
    ]
    found = [min((one for word in known if (one := _alike(said, word))), default=None) for said in words]
    if not all(found):
        return None
    return Likeness(sum(one.errors for one in found if one), sum(one.begun for one in found if one))


def _alike(said: str, word: str) -> Likeness | None:
    if said == word or fold(said) == fold(word):
        return Likeness(0, 0)
    if fold(word).startswith(fold(said)):
        return Likeness(0, 1)
    forgives = len(said) >= FORGIVING_FROM and _errors(said, word) <= 1
    return Likeness(1, 0) if forgives else None


def _errors(said: str, word: str) -> int:
    """Count the typing errors; as written and folded, because folding makes two letters of each æ."""
    return min(OSA.distance(said, word), OSA.distance(fold(said), fold(word)))


def _parts(word: str) -> list[Sequence[str]]:
    """Cut a word that may hold an error into three."""
    letters = _LETTER.findall(word)
    if len(word) < FORGIVING_FROM:
        return [letters]
    cuts = (0, len(letters) // 3, len(letters) * 2 // 3, len(letters))
    return [letters[start:end] for start, end in pairwise(cuts)]


def _holds_one_of(parts: Iterable[Sequence[str]]) -> Iterator[ColumnElement[bool]]:
    for part in parts:
        plain = "".join(letter if re.fullmatch("[a-z0-9]", letter) else "%" for letter in part)
        yield PersonRow.name.ilike(f"%{plain}%")
        yield PersonRow.email.ilike(f"%{plain}%")
