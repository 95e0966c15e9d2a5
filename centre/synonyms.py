"""A municipality's synonyms: the starter set that ships with the product, and what its staff make of it.

The starter set is never copied into the database, so that a new release can improve it. What is stored are the
tenant's own rows, which come in three kinds: rows of the staff, rows imported from ESCO, and rows that were
switched off. A row is known by its words (letter case and ways to write æ, ø, å aside) and its type. Where several
say something about the same words and type, the staff's row counts, then the starter's, then ESCO's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from catalogue.synonyms import Synonym, SynonymKind, starter_synonyms
from catalogue.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from centre.ports import UnitOfWork


class Origin(StrEnum):
    """Where a row comes from."""

    STARTER = "starter"
    STAFF = "staff"
    ESCO = "esco"


class SynonymKey(NamedTuple):
    """What a row is known by: its words in the form in which words are compared, and its type."""

    words: str
    kind: SynonymKind


@dataclass(frozen=True, slots=True)
class KeptSynonym:
    """A row and its origin. `off` says that a row of the starter set or of ESCO does not count here."""

    row: Synonym
    origin: Origin
    off: bool = False

    @property
    def key(self) -> SynonymKey:
        """What the row is known by."""
        return key_of(self.row)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did to the rows in effect."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


def key_of(row: Synonym) -> SynonymKey:
    """Return what a row is known by."""
    return SynonymKey(_known_by(row.words), row.kind)


def _known_by(written: str) -> str:
    return fold(" ".join(words(written)))


def in_effect(own: Iterable[KeptSynonym]) -> Mapping[SynonymKey, KeptSynonym]:
    """Lay a tenant's own rows over the starter set; without any, the starter set is what counts."""
    own = list(own)
    rows = {kept.key: kept for kept in own if kept.origin is Origin.ESCO}
    rows |= {key: KeptSynonym(row, Origin.STARTER) for key, row in _starter().items()}
    rows |= {kept.key: kept for kept in own if kept.origin is not Origin.ESCO}
    return {key: kept for key, kept in rows.items() if not kept.off}


async def add_synonym(work: UnitOfWork, row: Synonym) -> Synonym:
    """Add meanings to some words; return the row as it stands, with what the words meant before."""
    own = await work.synonyms.to_change()
    known = in_effect(own.values()).get(key_of(row))
    if known:
        row = Synonym(known.row.words, _joined(known.row.meanings, row.meanings), row.kind)
    await _put(work, [row])
    return row


async def remove_synonym(work: UnitOfWork, written: str) -> Sequence[Synonym]:
    """Take every row of these words out of effect, whatever its type and origin; return them."""
    own = await work.synonyms.to_change()
    gone = [kept for kept in in_effect(own.values()).values() if kept.key.words == _known_by(written)]
    await _take_out(work, gone)
    return [kept.row for kept in gone]


async def import_synonyms(work: UnitOfWork, rows: Iterable[Synonym], *, replace_all: bool) -> Changes:
    """Let these rows count as they are given; with `replace_all` no others do, except those of ESCO.

    A row that is given twice has the meanings of both. What `python app.py synonyms export` wrote is, changed
    and imported with `replace_all`, exactly what counts afterwards.
    """
    own = await work.synonyms.to_change()
    known = {key: kept for key, kept in in_effect(own.values()).items() if kept.origin is not Origin.ESCO}
    given: dict[SynonymKey, Synonym] = {}
    for row in rows:
        same = given.get(key_of(row))
        given[key_of(row)] = replace(same, meanings=_joined(same.meanings, row.meanings)) if same else row
    changed = [row for key, row in given.items() if key not in known or known[key].row != row]
    gone = [kept for key, kept in known.items() if key not in given] if replace_all else []
    await _put(work, changed)
    await _take_out(work, gone)
    created = sum(key_of(row) not in known for row in changed)
    return Changes(created, len(changed) - created, len(given) - len(changed), len(gone))


async def import_esco(work: UnitOfWork, rows: Iterable[Synonym]) -> Changes:
    """Make these the rows of ESCO; those that staff switched off stay off, and other rows come first."""
    own = await work.synonyms.to_change()
    before = {key: kept for key, kept in own.items() if kept.origin is Origin.ESCO}
    taken = _starter().keys() | (own.keys() - before.keys())
    new = {kept.key: kept for row in rows if (kept := KeptSynonym(row, Origin.ESCO)).key not in taken}
    changed = [
        kept
        for key, kept in new.items()
        if key not in before or (before[key].row != kept.row and not before[key].off)
    ]
    gone = [key for key, kept in before.items() if key not in new and not kept.off]
    await work.synonyms.put(changed)
    await work.synonyms.delete(gone)
    created = sum(kept.key not in before for kept in changed)
    return Changes(created, len(changed) - created, len(new) - len(changed), len(gone))


async def remove_esco(work: UnitOfWork) -> int:
    """Remove every row of ESCO, and what was noted about them; return how many there were in effect."""
    own = await work.synonyms.to_change()
    rows = [kept for kept in own.values() if kept.origin is Origin.ESCO]
    await work.synonyms.delete([kept.key for kept in rows])
    return sum(not kept.off for kept in rows)


async def _put(work: UnitOfWork, rows: Sequence[Synonym]) -> None:
    """Let rows count; one that the starter set has just so needs no row of its own."""
    starter = _starter()
    plain = [key_of(row) for row in rows if starter.get(key_of(row)) == row]
    await work.synonyms.delete(plain)
    await work.synonyms.put(KeptSynonym(row, Origin.STAFF) for row in rows if key_of(row) not in plain)


async def _take_out(work: UnitOfWork, gone: Sequence[KeptSynonym]) -> None:
    """Delete the staff's rows, and switch off what would come back with the next release or import."""
    starter = _starter()
    await work.synonyms.delete(kept.key for kept in gone if kept.origin is Origin.STAFF)
    off = [replace(kept, off=True) for kept in gone if kept.origin is not Origin.STAFF]
    off += [
        KeptSynonym(starter[kept.key], Origin.STARTER, off=True)
        for kept in gone
        if kept.origin is Origin.STAFF and kept.key in starter
    ]
    await work.synonyms.put(off)


@cache
def _starter() -> Mapping[SynonymKey, Synonym]:
    return {key_of(row): row for row in starter_synonyms()}


def _joined(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The meanings of both in order, each once."""
    meanings: dict[str, str] = {}
    for meaning in (*first, *second):
        meanings.setdefault(fold(meaning), meaning)
    return tuple(meanings.values())
