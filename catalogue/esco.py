"""Synonyms out of ESCO, the EU's list of skills: `skills_da.csv` as the Commission publishes it.

A skill has a preferred label and alternative labels. Most of its 13,000 skills are nothing that a municipality's
welfare teaches, and most labels are whole clauses that nobody types. So a row is made only where ESCO leads from
words that the catalogue lacks to words that it has: the title and topics of some offer have all telling words of
the one label, and the other label brings a word that no offer has. It holds in that direction only.

What measuring decided (1,495 alternative labels; number of rows, then recall in percent at 1 and at 10):

| set | without | all labels, both ways | this filter |
| --- | --- | --- | --- |
| needs against the sample catalogue (test half) | 97.1 / 98.5 | 1,495: no change | 19: no change |
| descriptions to 828 welfare skills | 38.5 / 61.8 | 1,495: 38.2 / 62.1 | 46: no change |
| keywords to 2,390 municipal topics | 18.5 / 33.4 | 1,495: no change | 19: no change |
| other alternative labels to 13,485 skills | 57.4 / 76.2 | 747: 58.0 / 76.4 | 282: 57.6 / 76.2 |

So ESCO adds little to a curated starter set. Taken over blindly it wins here and loses there; the filter lost
nothing, keeps a third of what there is to win, and leaves a list short enough for staff to read. Terms: reuse with
attribution (Decision 2011/833/EU); the file is never part of the project.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.concepts import is_generic
from catalogue.synonyms import Synonym, SynonymKind
from catalogue.text import content_words, fold, lemma

if TYPE_CHECKING:
    from collections.abc import Iterable

    from catalogue.offers import Offer

PREFERRED = "preferredLabel"
ALTERNATIVES = "altLabels"
_STATUS = "status"
_RELEASED = "released"


class EscoFileError(ValueError):
    """The file is not ESCO's list of skills; the message says so in Danish."""


@dataclass(frozen=True, slots=True)
class EscoSkill:
    """A skill by its labels."""

    preferred: str
    alternatives: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, the preferred one first."""
        return (self.preferred, *self.alternatives)


def read_esco(lines: Iterable[str]) -> list[EscoSkill]:
    """Read the lines of `skills_da.csv` (opened with `newline=""`): alternative labels stand below each other.

    Raises:
        EscoFileError: a column is missing, or quotation marks do not match.
    """
    reader = csv.DictReader(lines, strict=True)
    try:
        missing = [name for name in (PREFERRED, ALTERNATIVES) if name not in (reader.fieldnames or ())]
        if missing:
            raise EscoFileError(f"Filen ligner ikke ESCO's skills_da.csv. Den mangler: {', '.join(missing)}.")
        return [
            EscoSkill(row[PREFERRED].strip(), _lines(row[ALTERNATIVES] or ""))
            for row in reader
            if row[PREFERRED] and (row.get(_STATUS) or _RELEASED) == _RELEASED
        ]
    except csv.Error as error:
        raise EscoFileError(f"Filen kan ikke læses forbi linje {reader.line_num}. Hent den igen.") from error


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in cell.splitlines() if line.strip())


def esco_synonyms(skills: Iterable[EscoSkill], offers: Iterable[Offer]) -> list[Synonym]:
    """Return the rows by which ESCO leads to words of these offers; each label's row once."""
    spoken_of = _SpokenOf(offers)
    meanings: dict[str, dict[str, None]] = {}
    written: dict[str, str] = {}
    for skill in skills:
        known = [label for label in skill.labels if spoken_of.by_one_offer(label)]
        for label in skill.labels if known else ():
            if spoken_of.brings_a_new_word(label):
                key = fold(label)
                written.setdefault(key, label)
                meanings.setdefault(key, {}).update(dict.fromkeys(known))
    return [Synonym(written[key], tuple(found), SynonymKind.PHRASE) for key, found in meanings.items()]


class _SpokenOf:
    """Which offers have a word in their titles and topics."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self._offers: dict[str, set[str]] = {}
        for offer in offers:
            for term in _telling(" ".join((offer.title, *offer.topics))):
                self._offers.setdefault(term, set()).add(offer.code)

    def by_one_offer(self, label: str) -> bool:
        """Whether an offer has all telling words of the label; a label without any says nothing."""
        with_term = [self._offers.get(term, set()) for term in _telling(label)]
        return bool(with_term) and bool(set.intersection(*with_term))

    def brings_a_new_word(self, label: str) -> bool:
        """Whether the label has a telling word that no offer has."""
        return any(term not in self._offers for term in _telling(label))


def _telling(text: str) -> frozenset[str]:
    return frozenset(fold(lemma(word)) for word in content_words(text) if not is_generic(word))
