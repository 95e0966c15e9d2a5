"""The sets that matching is measured on: documents, queries and the right answers of each."""

from __future__ import annotations

import csv
import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalogue.importing import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from catalogue.offers import Offer

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "catalogue" / "sample" / "forloeb.csv"
_SEED = 20_261_122
_LONG_WORD = 5
_LETTERS = "abcdefghijklmnoprstuvyæøå"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks, and whether a document (by its id) is a right answer."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents with one text per field, the fields' weights, and queries. `offers` only for the set of needs."""

    name: str
    ids: tuple[str, ...]
    documents: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]
    queries: tuple[Query, ...]
    offers: tuple[Offer, ...] = ()
    unanswerable: tuple[str, ...] = ()


def load_sets(data: Path | None, today: date) -> list[QuestionSet]:
    """Load the needs that ship with the project and, with a data folder, the public Danish sets."""
    sets = [needs("test", today), needs("tuning", today)]
    if data is None:
        return sets
    return [esco_alternative_labels(data), esco_descriptions(data), kle(data), questions(data), *sets]


def esco_alternative_labels(data: Path) -> QuestionSet:
    """Alternative label to skill, over the whole skill catalogue with labels and descriptions."""
    skills = list(_rows(data / "esco_da_skills.jsonl"))
    asked = _rows(_evaluation(data, "esco_da_alt"))
    return QuestionSet(
        "esco_alt",
        tuple(row["id"] for row in skills),
        tuple((row["label"], row["description"]) for row in skills),
        (1.0, 0.3),
        tuple(Query(row["query"], frozenset(row["all_target_ids"])) for row in asked),
    )


def esco_descriptions(data: Path) -> QuestionSet:
    """Description of a welfare skill to its label, over the labels of the welfare skills."""
    skills = [row for row in _rows(data / "esco_da_skills.jsonl") if row["welfare"]]
    asked = _rows(_evaluation(data, "esco_da_desc"))
    return _titles("esco_desc", [(row["id"], row["label"]) for row in skills], asked)


def kle(data: Path) -> QuestionSet:
    """Keyword to topic of the municipal subject plan."""
    topics = [(row["id"], row["title"]) for row in _rows(data / "kle_topics.jsonl")]
    return _titles("kle", topics, _rows(_evaluation(data, "kle_keyword")))


def questions(data: Path) -> QuestionSet:
    """Messy question to what it asks for."""
    intents = [(row["id"], row["label"]) for row in _rows(data / "questions_da_intents.jsonl")]
    return _titles("questions", intents, _rows(_evaluation(data, "questions_da")))


def needs(half: str, today: date) -> QuestionSet:
    """The project's own needs against the sample catalogue; `half` is "test" or "tuning".

    An answer is graded 2 (right) or 1 (related, counted as wrong here) and names an offer's code or the family
    before its hyphen, so that the catalogue can grow. Needs without answers have none in the catalogue.
    """
    offers = tuple(read_file(SAMPLE, today).offers)
    asked = [row for row in _rows(HERE / "needs.jsonl") if row["half"] == half]
    return QuestionSet(
        "needs" if half == "test" else f"needs_{half}",
        tuple(offer.code for offer in offers),
        tuple((offer.title, " ".join(offer.topics), offer.outcome, offer.summary) for offer in offers),
        (1.0, 0.9, 0.35, 0.3),
        tuple(Query(row["need"], _right(row["answers"], offers)) for row in asked if row["answers"]),
        offers,
        tuple(row["need"] for row in asked if not row["answers"]),
    )


def _right(answers: Mapping[str, int], offers: Sequence[Offer]) -> frozenset[str]:
    graded = {offer.code: answers.get(offer.code, answers.get(offer.code.split("-")[0], 0)) for offer in offers}
    return frozenset(code for code, grade in graded.items() if grade == max(answers.values()))


def _titles(name: str, titles: Sequence[tuple[str, str]], asked: Iterator[Mapping[str, str]]) -> QuestionSet:
    return QuestionSet(
        name,
        tuple(identity for identity, _ in titles),
        tuple((title,) for _, title in titles),
        (1.0,),
        tuple(Query(row["query"], frozenset({row["target_id"]})) for row in asked),
    )


def _evaluation(data: Path, name: str) -> Path:
    """The evaluation file of this name, whichever half of it the folder holds."""
    found = sorted(data.glob(f"{name}_*.jsonl"))
    found = [path for path in found if not path.stem.endswith(("_intents", "_skills", "_topics"))]
    if not found:
        raise FileNotFoundError(f"{data} has no file {name}_*.jsonl")
    return found[0]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def with_typos(asked: QuestionSet, data: Path | None) -> QuestionSet:
    """The same set as a hurried person types it, each long word misspelt.

    A word that people are known to misspell (`misspellings_da.csv` of the data folder) is misspelt their way,
    whatever its length; every other word of more than four letters has one random edit. The same every time.
    """
    known = _real_misspellings(data)
    chance = random.Random(_SEED)  # noqa: S311 - reproducible, nothing secret

    def misspelt(found: re.Match[str]) -> str:
        word = found[0]
        if word.lower() in known:
            return chance.choice(known[word.lower()])
        return _one_edit(word, chance) if len(word) >= _LONG_WORD else word

    queries = tuple(replace(query, text=_WORD.sub(misspelt, query.text)) for query in asked.queries)
    return replace(asked, queries=queries)


def _real_misspellings(data: Path | None) -> dict[str, list[str]]:
    """Right words with the ways they are misspelt; empty where the folder has no such file."""
    known: dict[str, list[str]] = {}
    if data is None or not (data / "misspellings_da.csv").exists():
        return known
    with (data / "misspellings_da.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="|"):
            for right in filter(None, (row["right1"], row["right2"])):
                known.setdefault(right.lower(), []).append(row["wrong"])
    return known


def _one_edit(word: str, chance: random.Random) -> str:
    """Drop, swap, replace or add one letter anywhere in a word; what comes out is another word."""
    while True:
        at = chance.randrange(len(word))
        letter = chance.choice(_LETTERS)
        edited = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + letter + word[at:],
            )
        )
        if edited != word:
            return edited
