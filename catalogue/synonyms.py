"""Synonyms, abbreviations, compound exceptions and leaders' ways of speaking: rows that staff edit.

A row says that some words mean something that the catalogue speaks of. Synonyms and abbreviations hold both ways
("KOL" is "kronisk obstruktiv lungesygdom"), a way of speaking only one ("bider og niver" means "udadreagerende
adfærd", but who asks for the latter does not mean biting). A compound exception says how a word is put together
where the splitter errs. The welfare starter set is `sample/synonymer.csv`.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from catalogue.text import fold, lemma, word_list, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEADINGS = ("Ord", "Betyder", "Type")
_SLACK = 3
_NEARBY = 2
_NEGATIONS = frozenset({"ikke", "ingen", "aldrig"})
_MIN_PHRASE = 2
_PASSED_OVER = word_list("passed_over")


class SynonymKind(StrEnum):
    """What a row says; the values are the words of the column Type."""

    SYNONYM = "synonym"
    ABBREVIATION = "forkortelse"
    PHRASE = "talemåde"
    COMPOUND = "sammensætning"


@dataclass(frozen=True, slots=True)
class Synonym:
    """`words` mean each of `meanings`; a compound exception has its parts there (none: do not split)."""

    words: str
    meanings: tuple[str, ...]
    kind: SynonymKind


class SynonymFileError(ValueError):
    """The file has problems: one Danish sentence with its row number for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words at `positions` of a text say `meanings` in other words."""

    positions: tuple[int, ...]
    meanings: tuple[str, ...]


def parse_synonyms(text: str) -> tuple[Synonym, ...]:
    """Read rows of `Ord;Betyder;Type`, several meanings separated by commas; rows that start with # are remarks.

    Raises:
        SynonymFileError: with every problem of the file.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}")), delimiter=";")
    found: list[Synonym] = []
    problems: list[str] = []
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or tuple(cells[:3]) == HEADINGS:
            continue
        problem = _problem_of(cells)
        if problem:
            problems.append(f"Række {reader.line_num}: {problem}")
            continue
        meanings = tuple(meaning.strip() for meaning in cells[1].split(",") if meaning.strip())
        found.append(Synonym(cells[0], meanings, SynonymKind(cells[2].lower())))
    if problems:
        raise SynonymFileError(problems)
    return tuple(found)


def _problem_of(cells: Sequence[str]) -> str:
    """What is wrong with a row, in Danish; empty when nothing is."""
    if len(cells) != len(HEADINGS):
        return f"Der skal være tre kolonner ({', '.join(HEADINGS)}), men der er {len(cells)}."
    written, meanings, kind = cells
    if kind.lower() not in list(SynonymKind):
        return f"Typen »{kind}« findes ikke. Brug en af: {', '.join(SynonymKind)}."
    if not words(written):
        return "Kolonnen »Ord« er tom."
    if kind.lower() == SynonymKind.COMPOUND and len(words(written)) > 1:
        return f"En sammensætning er ét ord, men der står »{written}«."
    if kind.lower() != SynonymKind.COMPOUND and not words(meanings):
        return "Kolonnen »Betyder« er tom."
    return ""


def write_synonyms(rows: Iterable[Synonym]) -> str:
    """Write rows as `parse_synonyms` reads them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows((row.words, ", ".join(row.meanings), str(row.kind)) for row in rows)
    return out.getvalue()


@cache
def starter_synonyms() -> tuple[Synonym, ...]:
    """The welfare starter set that ships with the project."""
    file = resources.files("catalogue") / "sample" / "synonymer.csv"
    return parse_synonyms(file.read_text(encoding="utf-8"))


class SynonymTable:
    """Rows made ready for looking up; immutable."""

    def __init__(self, rows: Iterable[Synonym]) -> None:
        meanings: dict[tuple[str, ...], list[str]] = {}
        parts: dict[str, tuple[str, ...]] = {}
        spellings: set[str] = set()
        for row in rows:
            if row.kind is SynonymKind.COMPOUND:
                parts[lemma(words(row.words)[0])] = tuple(lemma(part.lower()) for part in row.meanings)
                continue
            said = [(row.words, row.meanings)]
            if row.kind is not SynonymKind.PHRASE:
                said += [(meaning, (row.words,)) for meaning in row.meanings]
            for written, means in said:
                listed = meanings.setdefault(_key(written), [])
                listed += [meaning for meaning in means if meaning not in listed]
                spellings.update(words(written))
        self._meanings = {key: tuple(listed) for key, listed in meanings.items() if key}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for key in self._meanings:
            first = next((term for term in key if term not in _NEGATIONS), None)
            if first:
                self._by_first.setdefault(first, []).append(key)
        self._parts = parts
        self._spellings = frozenset(spellings)

    @property
    def compound_parts(self) -> Mapping[str, tuple[str, ...]]:
        """The compound exceptions: lemma to the lemmas of its parts."""
        return self._parts

    @property
    def spellings(self) -> frozenset[str]:
        """Every word that the rows are found by, so that a typing error in one of them can be corrected."""
        return self._spellings

    def expansions(self, tokens: Sequence[str], slack: int = _SLACK) -> list[Expansion]:
        """Find the rows whose words stand in `tokens` in order, with at most `slack` other words among them.

        Endings do not matter ("bed", "bider"), nor do stop words inside the row ("bider og niver").
        """
        said = [fold(lemma(token)) for token in tokens]
        found: list[Expansion] = []
        for start, term in enumerate(said):
            for key in self._by_first.get(term, ()):
                positions = _positions(key, said, start, slack)
                if positions:
                    found.append(Expansion(positions, self._meanings[key]))
        return found


def _key(written: str) -> tuple[str, ...]:
    """The folded lemmas that a row is found by, without the words that people leave out or change as they please.

    Little words that turn a meaning stay ("ikke", "op", "på"), and a row of several words is never found by
    one of them alone.
    """
    tokens = words(written)
    kept = [word for word in tokens if word not in _PASSED_OVER]
    if len(kept) < min(len(tokens), _MIN_PHRASE):
        kept = tokens
    return tuple(fold(lemma(word)) for word in kept)


def _positions(key: Sequence[str], said: Sequence[str], start: int, slack: int) -> tuple[int, ...]:
    """Where the key's terms stand in order from `start`, or nothing if they do not or are too far apart.

    Only the negation moves about ("han spiser ikke", "en mand, der ikke spiser"): anywhere close by will do.
    """
    spoken = [term for term in key if term not in _NEGATIONS]
    positions = [start]
    for term in spoken[1:]:
        last = min(len(said), start + len(key) + slack)
        position = next((at for at in range(positions[-1] + 1, last) if said[at] == term), None)
        if position is None:
            return ()
        positions.append(position)
    for negation in (term for term in key if term in _NEGATIONS):
        nearby = range(max(0, start - _NEARBY), min(len(said), positions[-1] + _NEARBY + 1))
        position = next((at for at in nearby if said[at] == negation), None)
        if position is None:
            return ()
        positions.append(position)
    return tuple(sorted(positions))
