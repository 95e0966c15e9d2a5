"""What is measured: our matcher, and what one would pick instead with its best sensible settings.

This file holds ours, rapidfuzz and the line-up of one run; the full-text engines are in `benchmarks.text_engines`,
PostgreSQL in `benchmarks.postgres`. Peers that weigh fields are given our weights, any word of a query may match,
and each setting is written beside the peer that has it.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import fuzz, process, utils

from benchmarks.postgres import FullText, PostgresTrigrams, has_trigrams
from benchmarks.text_engines import Bm25s, CharacterTfidf, SqliteTrigrams, SqliteWords, Tantivy
from catalogue.matching import MatchIndex
from catalogue.need import read_need
from catalogue.text_index import TextIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from benchmarks.question_sets import QuestionSet

WANTED = 10
NO_PEERS = "{} is left out: its package of requirements/bench.txt is not installed"
NO_SERVER = "PostgreSQL is left out: {}"
NO_TRIGRAMS = "pg_trgm is left out: this PostgreSQL comes without its contributed extensions"


class Engine(Protocol):
    """Something that finds documents: built once on a set, then asked."""

    name: str

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""


class Ours:
    """The product: `MatchIndex` with `read_need` where there are offers, else the `TextIndex` below it."""

    name = "ours"

    def __init__(self, today: date, wanted: int = WANTED) -> None:
        self._today = today
        self._wanted = wanted
        self.index: MatchIndex | None = None

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        self.index = MatchIndex.build(asked.offers, ()) if asked.offers else None
        self._texts = TextIndex(() if asked.offers else asked.documents, asked.weights)
        self._position = {identity: position for position, identity in enumerate(asked.ids)}

    def find(self, text: str) -> list[int]:
        """Return at most the wanted number of positions of documents, best first."""
        if self.index is None:
            return [hit.position for hit in self._texts.search(text, self._wanted)]
        answer = self.index.match(read_need(text, self._today), self._today, self._wanted)
        return [self._position[match.offer.code] for match in answer.matches]


class RapidFuzz:
    """`process.extract` over titles (and topics), with rapidfuzz's own preprocessing done once for each text.

    Titles only, because longer texts make every score of rapidfuzz worse here.
    """

    def __init__(self, scorer: Callable[..., float]) -> None:
        self.name = f"rapidfuzz {scorer.__name__}"
        self._scorer = scorer

    def build(self, asked: QuestionSet) -> None:
        """Index the set's documents."""
        titles = (" ".join(fields[: 2 if asked.offers else 1]) for fields in asked.documents)
        self._titles = [utils.default_process(title) for title in titles]

    def find(self, text: str) -> list[int]:
        """Return at most ten positions of documents, best first."""
        query = utils.default_process(text)
        return [hit[2] for hit in process.extract(query, self._titles, scorer=self._scorer, limit=WANTED)]


@dataclass(frozen=True, slots=True)
class LineUp:
    """The engines of a run, ours first, and a sentence for each that could not be had."""

    engines: tuple[Engine, ...]
    left_out: tuple[str, ...]


def line_up(today: date, postgres: str) -> LineUp:
    """Gather ours and every peer that this machine has.

    Args:
        today: The day that needs are read on.
        postgres: A server's URL, whose user may create tables and extensions, or why there is none.
    """
    engines: list[Engine] = [
        Ours(today),
        RapidFuzz(fuzz.WRatio),
        RapidFuzz(fuzz.token_set_ratio),
        RapidFuzz(fuzz.token_sort_ratio),
        SqliteWords(),
        SqliteTrigrams(),
    ]
    left_out: list[str] = []
    if not postgres.startswith("postgresql:"):
        left_out.append(NO_SERVER.format(postgres))
    else:
        engines.append(FullText(postgres))
        if has_trigrams(postgres):
            engines.append(PostgresTrigrams(postgres))
        else:
            left_out.append(NO_TRIGRAMS)
    peers: tuple[tuple[tuple[str, ...], type[Tantivy | Bm25s | CharacterTfidf]], ...] = (
        (("tantivy",), Tantivy),
        (("bm25s", "Stemmer"), Bm25s),
        (("sklearn",), CharacterTfidf),
    )
    for packages, peer in peers:
        if all(map(importlib.util.find_spec, packages)):
            engines.append(peer())
        else:
            left_out.append(NO_PEERS.format(peer.name))
    return LineUp(tuple(engines), tuple(left_out))
