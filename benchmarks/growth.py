"""Catalogues of any size: Danish-like documents grown from the sample catalogue and, with a data folder, ESCO.

Words follow each other as they do in the real texts, and now and then two of them make a compound that nobody
wrote before, because a growing catalogue keeps bringing new words. The same documents every time; the first
thousand of a million are the thousand.
"""

from __future__ import annotations

import json
import random
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from benchmarks.question_sets import SAMPLE, Query, QuestionSet, needs
from catalogue.importing import read_file
from catalogue.offers import Area, Offer, OfferKind, PriceUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

_SEED = 20_261_122
_TITLE_WORDS = (3, 8)
_TEXT_WORDS = (10, 19)
_NEW_COMPOUND = 0.05
_COMPOUND_PART = range(5, 11)
_WEIGHTS = (1.0, 0.3)
_ASKED_TITLES = 100
_SMALLEST = 1_000


class Chain:
    """Which word follows which, and which may begin."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._first: list[str] = []
        self._next: dict[str, list[str]] = {}
        for text in texts:
            written = text.split()
            self._first += written[:1]
            for word, following in pairwise(written):
                self._next.setdefault(word, []).append(following)

    def walk(self, length: int, chance: random.Random) -> list[str]:
        """Return `length` words; where a word has no successor, another beginning follows."""
        word = chance.choice(self._first)
        walked = [word]
        while len(walked) < length:
            word = chance.choice(self._next.get(word) or self._first)
            walked.append(word)
        return walked


def grow(data: Path | None, today: date) -> Iterator[tuple[str, str]]:
    """Yield titles and texts without end."""
    titles, texts = _seeds(data, today)
    title_words, text_words = Chain(titles), Chain(texts)
    simple = {word.lower() for title in titles for word in title.split() if word.isalpha()}
    parts = sorted(word for word in simple if len(word) in _COMPOUND_PART)
    chance = random.Random(_SEED)  # noqa: S311 - reproducible, nothing secret
    while True:
        title = title_words.walk(chance.randrange(*_TITLE_WORDS), chance)
        if chance.random() < _NEW_COMPOUND:
            title[chance.randrange(len(title))] = chance.choice(parts) + chance.choice(parts)
        yield " ".join(title), " ".join(text_words.walk(chance.randrange(*_TEXT_WORDS), chance))


def _seeds(data: Path | None, today: date) -> tuple[list[str], list[str]]:
    offers = read_file(SAMPLE, today).offers
    titles = [offer.title for offer in offers]
    texts = [text for offer in offers for text in (offer.summary, offer.outcome)]
    if data is not None:
        with (data / "esco_da_skills.jsonl").open(encoding="utf-8") as lines:
            skills = [json.loads(line) for line in lines]
        titles += [skill["label"] for skill in skills]
        texts += [skill["description"] for skill in skills]
    return titles, texts


def write(documents: Iterable[tuple[str, str]], number: int, path: Path) -> None:
    """Write the first `number` documents, one per line, title and text separated by a tab."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{title}\t{text}\n" for title, text in islice(documents, number))


def read(path: Path, number: int, today: date, *, as_offers: bool = False) -> QuestionSet:
    """Read the first `number` documents of a file that `write` wrote.

    What is asked of them is the same at every size: the needs that ship with the project, and titles of the first
    thousand with one word left out. With `as_offers` they are offers, for the whole matcher.
    """
    with path.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in islice(lines, number)]
    documents = tuple((title, text) for title, text in rows)
    return QuestionSet(
        "scale",
        tuple(map(str, range(len(documents)))),
        documents,
        _WEIGHTS,
        tuple(_queries([title for title, _ in documents[:_SMALLEST]], today)),
        tuple(_offer(str(code), *document) for code, document in enumerate(documents)) if as_offers else (),
    )


def _queries(titles: Sequence[str], today: date) -> Iterator[Query]:
    chance = random.Random(_SEED)  # noqa: S311 - reproducible, nothing secret
    asked = list(needs("test", today).queries)
    for code in chance.sample(range(len(titles)), min(_ASKED_TITLES, len(titles))):
        kept = titles[code].split()
        kept.pop(chance.randrange(len(kept)))
        asked.append(Query(" ".join(kept), frozenset({str(code)})))
    chance.shuffle(asked)
    yield from asked


def _offer(code: str, title: str, text: str) -> Offer:
    topics = tuple(word for word in title.split() if len(word) in _COMPOUND_PART)
    return Offer(
        code=code,
        title=title,
        summary=text,
        outcome="",
        topics=topics,
        areas=(Area.SENIOR,),
        staff_groups=(),
        kind=OfferKind.OWN_COURSE,
        length="1 dag",
        price_dkk=None,
        price_unit=PriceUnit.PERSON,
        provider="",
        place="",
        online=False,
        seats=None,
        link="",
        language="dansk",
    )
