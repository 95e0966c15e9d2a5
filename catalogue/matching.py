"""Which offers fit this need, how surely, and why.

Two steps. `catalogue.text_index` finds the offers whose text resembles the need (character n-grams, lemmas and
compound parts, synonym meanings added); then the head of that list is read closely, concept by concept
(`catalogue.concepts`), and compared with the need's form, area, staff group and time (`catalogue.fit`). The
verdict is read off the concepts, because a likeness of letters alone says nothing about meaning.

The numbers below were set on the tuning half of `benchmarks/needs.jsonl`, those of the text index on public
Danish sets (`benchmarks/match.py` prints both). `catalogue/text_index.py` says what won and what did not. A word
that stands in a summary only (0.45) carries no promise on its own: at 0.6 "kaffe" and "cykle" were likely,
and 3 instead of 2 of the 38 unanswerable tuning needs were promised something, with no answerable one gained.
A wished form weighs 0.16: at 0.04 "sidemandsoplæring i medicin" had it on place ten, and at 0.12 on place four.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from catalogue.concepts import Concept, ConceptReader, Mention, Support, is_generic, mentions_of, support
from catalogue.fit import Fit, fit_of, open_runs
from catalogue.matches import NEAR, Answer, Match, Reason, ReasonKind, Verdict
from catalogue.offer_names import OfferNames
from catalogue.place_names import place_names
from catalogue.synonyms import Expansion, SynonymTable, starter_synonyms
from catalogue.text import STOP_WORDS, fold, lemma, words
from catalogue.text_index import TextIndex, best_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from catalogue.need import Need
    from catalogue.offers import Offer, Run
    from catalogue.synonyms import Synonym

__all__ = ["Answer", "Match", "MatchIndex", "Reason", "ReasonKind", "Verdict"]

_FIELD_WEIGHTS = (1.0, 0.9, 0.35, 0.3)
_HEAD = 40
_MEANING_WEIGHT = 0.6
_MAX_REASONS = 4
_MAX_TOPIC_REASONS = 3
_EVIDENCE_SHARE = 0.7
_CARRYING_VALUE = 0.4
_CARRYING_WEIGHT = 0.2
_LEAST_SCORE = 0.04
_LEAST_SHARE_OF_BEST = 0.3
_SLACK_IN_FRAME = 1
"""Other words inside a way of speaking that the topic does not hold: "bedre til at møde" is not "bedre møder"."""
_TOPIC_WEIGHT = 0.4
_TOPIC_VALUE = 0.9
_SURE = 0.62
_SURE_VALUE = 0.7
_SURE_COVERED = 0.45
_FEW_CONCEPTS = 3
_PEAK = 1.3
_PEAK_SHARE = 0.6
_LIKELY = 0.5
_CHOSEN_BEFORE = 0.05
_KEPT_ANSWERS = 32
_WORN = 0.5


@dataclass(frozen=True, slots=True)
class _Reading:
    """A need made ready for comparing: its concepts and the texts to look for with their weights."""

    concepts: tuple[Concept, ...]
    texts: tuple[tuple[Sequence[str], float], ...]

    @property
    def topical_words(self) -> list[str]:
        """The need's own words without those that every need holds."""
        return [word for word in self.texts[0][0] if not is_generic(word)]

    @property
    def topical(self) -> bool:
        """Whether it speaks of anything beside what every need says."""
        return any(concept.weight >= _CARRYING_WEIGHT for concept in self.concepts)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """All that an index is made of."""

    offers: tuple[Offer, ...]
    runs: tuple[Run, ...]
    synonyms: tuple[Synonym, ...]
    boosts: Mapping[str, Mapping[str, float]]


def _catalogue(
    offers: Iterable[Offer],
    runs: Iterable[Run],
    synonyms: Iterable[Synonym] | None,
    boosts: Mapping[str, Mapping[str, float]] | None,
) -> _Catalogue:
    rows = starter_synonyms() if synonyms is None else tuple(synonyms)
    return _Catalogue(tuple(offers), tuple(runs), rows, boosts or {})


def _texts(offer: Offer) -> tuple[str, ...]:
    """The fields of an offer in the order of `_FIELD_WEIGHTS`."""
    return offer.title, " ".join(offer.topics), offer.outcome, offer.summary


@dataclass(slots=True, eq=False)
class _Candidate:
    """An offer of the head while it is judged."""

    position: int
    supports: tuple[Support, ...]
    fit: Fit
    runs: tuple[Run, ...]
    evidence: float
    score: float = field(default=0.0)


class MatchIndex:
    """An immutable index over one tenant's catalogue. Building takes CPU time: do it off the event loop."""

    def __init__(
        self,
        catalogue: _Catalogue,
        synonyms: SynonymTable,
        index: TextIndex,
        mentions: dict[int, dict[str, Mention]],
    ) -> None:
        """Use `build` or `changed`; `mentions` are the terms of those offers that were read closely before."""
        self._catalogue = catalogue
        self._boosts = catalogue.boosts
        self._offers = catalogue.offers
        self._places = {offer.code: place for place, offer in enumerate(self._offers)}
        self._runs: dict[str, tuple[Run, ...]] = {}
        for run in sorted(catalogue.runs, key=lambda run: (run.starts, run.code)):
            self._runs[run.offer_code] = (*self._runs.get(run.offer_code, ()), run)
        self._synonyms = synonyms
        self._index = index
        self._reader = ConceptReader(self._index.rarity, self._index.parts_of, self._index.alike)
        self._mentions = mentions
        self._answered: dict[tuple[Need, date, int], Answer] = {}

    @classmethod
    def build(
        cls,
        offers: Iterable[Offer],
        runs: Iterable[Run],
        synonyms: Iterable[Synonym] | None = None,
        boosts: Mapping[str, Mapping[str, float]] | None = None,
    ) -> MatchIndex:
        """Index the offers and their runs; without `synonyms` the welfare starter set is used.

        `boosts` says how strongly words (folded lemmas) speak for offers (codes) because they were chosen for
        them before, from 0 to 1. An offer's score grows by at most a twentieth, so it only passes those that fit
        about as well, and the verdict does not hang on it at all.
        """
        return cls._built(_catalogue(offers, runs, synonyms, boosts))

    @classmethod
    def _built(cls, catalogue: _Catalogue) -> MatchIndex:
        synonyms = SynonymTable(catalogue.synonyms)
        texts = map(_texts, catalogue.offers)
        index = TextIndex(texts, _FIELD_WEIGHTS, compounds=synonyms.compound_parts, also_spelt=synonyms.spellings)
        return cls(catalogue, synonyms, index, {})

    def changed(
        self,
        offers: Iterable[Offer],
        runs: Iterable[Run],
        synonyms: Iterable[Synonym] | None = None,
        boosts: Mapping[str, Mapping[str, float]] | None = None,
    ) -> MatchIndex:
        """Index what the catalogue is now, as `build` does and with the same answers, but sooner.

        What did not change is shared with this index, which goes on as it is: the texts of offers that are
        equal, all that is known of single words, and the offers that were read closely. How rare each word is
        depends on all offers and is counted afresh. Only another way to put words together (compound
        exceptions) and a catalogue of mostly other words make it build everything anew.
        """
        catalogue = _catalogue(offers, runs, synonyms, boosts)
        known = self._catalogue
        same_rows = catalogue.synonyms == known.synonyms
        table = self._synonyms if same_rows else SynonymTable(catalogue.synonyms)
        if table.compound_parts != self._synonyms.compound_parts:
            return self._built(catalogue)
        kept = [self._place_of_same(offer) for offer in catalogue.offers]
        index = self._index
        if not same_rows or kept != list(range(len(known.offers))):
            rows = [
                _texts(offer) if place is None else place
                for offer, place in zip(catalogue.offers, kept, strict=True)
            ]
            index = self._index.changed(rows, table.spellings)
            if index.wear > _WORN:
                return self._built(catalogue)
        read = dict(self._mentions)
        mentions = {at: read[place] for at, place in enumerate(kept) if place is not None and place in read}
        return type(self)(catalogue, table, index, mentions)

    def _place_of_same(self, offer: Offer) -> int | None:
        place = self._places.get(offer.code)
        return place if place is not None and self._offers[place] == offer else None

    def offer(self, code: str) -> Offer | None:
        """Return the offer with this code, or None."""
        place = self._places.get(code)
        return None if place is None else self._offers[place]

    @cached_property
    def names(self) -> OfferNames:
        """What the offers are called."""
        return OfferNames(self._offers)

    def runs_of(self, code: str) -> Sequence[Run]:
        """All known runs of an offer, soonest first."""
        return self._runs.get(code, ())

    @functools.cached_property
    def places(self) -> frozenset[str]:
        """The names of the places where something is held, as they are written: "Åbro", "Kompetencecentret"."""
        return place_names(
            [*(offer.place for offer in self._offers), *(run.place for run in self._catalogue.runs)]
        )

    def match(self, need: Need, today: date, limit: int = 20) -> Answer:
        """Answer a need with at most `limit` matches.

        The last answers are kept, because a turn asks the same twice: to hear what was picked, and to show it.
        """
        asked = (need, today, limit)
        answer = self._answered.get(asked)
        if answer is None:
            answer = self._match(need, today, limit)
            if len(self._answered) >= _KEPT_ANSWERS:
                self._answered.clear()
            self._answered[asked] = answer
        return answer

    def _match(self, need: Need, today: date, limit: int) -> Answer:
        reading = self._read(need.topic, need.text)
        named = reading.topical
        if not named:
            reading = self._read(need.text, need.text)
        candidates = self._resembling(reading, need, today, limit) if reading.topical else []
        verdict = _verdict(candidates, named)
        shown = _every_topic_early(candidates, reading.concepts)
        if not named or verdict is Verdict.NONE:
            shown = self._with_fitting(shown, need, today, named=named)
            if not named and verdict is Verdict.NONE and any(found.fit.bonus > 0 for found in shown):
                verdict = Verdict.LIKELY
        return Answer(verdict, tuple(self._matched(candidate) for candidate in shown[:limit]))

    def coming(self, need: Need, today: date) -> Answer:
        """List the catalogue for a need that says nothing at all: what starts soonest with free seats first."""
        found = [(open_runs(need, self.runs_of(offer.code), today), offer) for offer in self._offers]
        found.sort(key=lambda pair: (not pair[0], pair[0][0].starts if pair[0] else today, pair[1].title))
        matches = tuple(Match(offer, runs, 0.0, ()) for runs, offer in found)
        return Answer(Verdict.LIKELY if matches else Verdict.NONE, matches)

    def _read(self, topic: str, text: str) -> _Reading:
        """Read the topic's words as concepts, and the ways of speaking that only the whole sentence holds."""
        tokens = self._index.read(topic)
        expansions = self._synonyms.expansions(tokens)
        for positions, compound in self._index.compounds_in(tokens):
            known_as = [meaning for row in self._synonyms.expansions([compound]) for meaning in row.meanings]
            expansions.append(Expansion(positions, (compound, *known_as)))
        concepts = self._reader.read(tokens, expansions)
        if text != topic:
            said = self._index.read(text)
            known = {expansion.meanings for expansion in expansions}
            phrases = [
                expansion
                for expansion in self._synonyms.expansions(said, _SLACK_IN_FRAME)
                if len(expansion.positions) > 1 and expansion.meanings not in known
            ]
            concepts += self._reader.read_phrases(said, phrases)
            expansions += phrases
        meanings = dict.fromkeys(meaning for expansion in expansions for meaning in expansion.meanings)
        texts = ((tokens, 1.0), *((words(meaning), _MEANING_WEIGHT) for meaning in meanings))
        return _Reading(tuple(concepts), texts)

    def _resembling(self, reading: _Reading, need: Need, today: date, limit: int) -> list[_Candidate]:
        """The offers whose text resembles the need, best first, without those far behind the best."""
        head = best_of(self._index.scores(reading.texts), max(_HEAD, 2 * limit))
        candidates = [
            candidate
            for hit in self._index.closer(reading.topical_words, head)
            if (candidate := self._judge(hit.position, hit.score, reading, need, today))
        ]
        self._lift_chosen_before(candidates, reading)
        candidates.sort(key=_best_first)
        least = max(_LEAST_SCORE, _LEAST_SHARE_OF_BEST * candidates[0].score) if candidates else 0.0
        return [candidate for candidate in candidates if candidate.score >= least]

    def _judge(
        self, position: int, likeness: float, reading: _Reading, need: Need, today: date
    ) -> _Candidate | None:
        """Read one offer closely; None if the person excluded it."""
        offer = self._offers[position]
        known_runs = self.runs_of(offer.code)
        runs = open_runs(need, known_runs, today)
        fit = fit_of(need, offer, runs, dated=bool(known_runs))
        if fit.excluded:
            return None
        mentions = self._mentions_at(position)
        supports = tuple(support(concept, mentions) for concept in reading.concepts)
        evidence = _evidence(supports)
        text = _EVIDENCE_SHARE * evidence + (1 - _EVIDENCE_SHARE) * min(1.0, likeness)
        score = max(0.0, text + fit.bonus * min(1.0, text * 2))
        return _Candidate(position, supports, fit, runs, evidence, score)

    def _lift_chosen_before(self, candidates: Iterable[_Candidate], reading: _Reading) -> None:
        """Raise what was chosen before for the need's words, by the share of them that speak for it."""
        terms = [fold(lemma(word)) for word in reading.topical_words if word not in STOP_WORDS]
        spoken = [self._boosts[term] for term in terms if term in self._boosts]
        if not spoken:
            return
        for candidate in candidates:
            code = self._offers[candidate.position].code
            share = sum(speaks.get(code, 0.0) for speaks in spoken) / len(terms)
            candidate.score *= 1 + _CHOSEN_BEFORE * min(1.0, share)

    def _mentions_at(self, position: int) -> dict[str, Mention]:
        """The terms of an offer, read on first use: only offers that somebody's words come near need them."""
        mentions = self._mentions.get(position)
        if mentions is None:
            offer = self._offers[position]
            fields = (
                (1.0, offer.topics),
                (0.95, (offer.title,)),
                (0.5, (offer.outcome,)),
                (0.45, (offer.summary,)),
            )
            mentions = mentions_of(fields, self._index.parts_of)
            self._mentions[position] = mentions
        return mentions

    def _with_fitting(
        self, candidates: Sequence[_Candidate], need: Need, today: date, *, named: bool
    ) -> list[_Candidate]:
        """Add what fits the need's form, area, staff group and time; best first.

        A need that names no topic is answered by these alone. Where nothing has the topic that was named, only
        offers of the form that was asked for come near: those for the same people and months are many.
        """
        if named and need.form is None:
            return list(candidates)
        base = NEAR if named else _LIKELY
        found = {candidate.position: candidate for candidate in candidates}
        for position, offer in enumerate(self._offers):
            runs = open_runs(need, self.runs_of(offer.code), today)
            fit = fit_of(need, offer, runs, dated=bool(self.runs_of(offer.code)))
            if fit.excluded or fit.bonus <= 0 or (named and fit.has_form is not True):
                continue
            known = found.get(position)
            if known is None or known.score < base + fit.bonus:
                supports = known.supports if known else ()
                found[position] = _Candidate(position, supports, fit, runs, 0.0, base + fit.bonus)
        return sorted(found.values(), key=_best_first)

    def _matched(self, candidate: _Candidate) -> Match:
        carried = sorted(candidate.supports, key=lambda found: -found.value * found.concept.weight)
        topics = dict.fromkeys(
            shown
            for found in carried
            if _carries(found)
            for shown in found.shown
            if not all(map(is_generic, words(shown)))
        )
        reasons = [Reason(ReasonKind.TOPIC, shown) for shown in list(topics)[:_MAX_TOPIC_REASONS]]
        said = {reason.words.casefold() for reason in reasons}
        reasons += [reason for reason in candidate.fit.reasons if reason.words.casefold() not in said]
        return Match(
            self._offers[candidate.position],
            candidate.runs,
            round(min(1.0, candidate.score), 4),
            tuple(reasons[:_MAX_REASONS]),
        )


def _best_first(candidate: _Candidate) -> tuple[float, int]:
    return -candidate.score, candidate.position


def _understood(candidates: Sequence[_Candidate]) -> float:
    """The share of the need's concepts that some offer or other answers: several topics have several offers."""
    concepts = zip(*(candidate.supports for candidate in candidates), strict=True)
    return _covered([max(found, key=lambda support_of: support_of.value) for found in concepts])


def _covered(supports: Sequence[Support]) -> float:
    """The share of the need's concepts that an offer answers (0 to 1)."""
    total = answered = 0.0
    for found in supports:
        total += found.concept.weight
        answered += found.concept.weight * found.value
    return answered / total if total else 0.0


def _evidence(supports: Sequence[Support]) -> float:
    """How much of the need an offer answers (0 to 1): its best concept, and the share of all of them."""
    answered = [found for found in supports if found.value]
    if not answered:
        return 0.0
    peak = max(min(1.0, found.concept.weight * _PEAK) * found.value for found in answered)
    return _PEAK_SHARE * peak + (1 - _PEAK_SHARE) * _covered(supports)


def _verdict(candidates: Sequence[_Candidate], named: bool) -> Verdict:
    """Read the verdict off the best evidence.

    `named`: the need named a topic, and not just whom it is for. A short need must be understood as a whole: with
    "kinesisk madlavning" a course on cooking with residents is likely, but not sure.
    """
    best = max(candidates, key=lambda candidate: candidate.evidence, default=None)
    if best is None or best.evidence < _LIKELY:
        return Verdict.NONE
    closest = max(found.value for found in best.supports)
    weighty = sum(found.concept.weight >= _CARRYING_WEIGHT for found in best.supports)
    half_understood = weighty <= _FEW_CONCEPTS and _understood(candidates) < _SURE_COVERED
    sure = named and best.evidence >= _SURE and closest >= _SURE_VALUE and not half_understood
    return Verdict.SURE if sure else Verdict.LIKELY


def _every_topic_early(candidates: Sequence[_Candidate], concepts: Sequence[Concept]) -> list[_Candidate]:
    """Let every topic of the sentence have its best offer among the first, then go on by score.

    "Forflytning samt hygiejne" is two needs: without this, ten offers on hygiene could come before the first on
    the other.
    """
    early: list[_Candidate] = list(candidates[:1])
    for place, concept in enumerate(concepts):
        if concept.weight < _TOPIC_WEIGHT or any(_answers(found, place) for found in early):
            continue
        early += [found for found in candidates if _answers(found, place)][:1]
    return early + [found for found in candidates if found not in early]


def _answers(candidate: _Candidate, place: int) -> bool:
    return candidate.supports[place].value >= _TOPIC_VALUE


def _carries(found: Support) -> bool:
    return found.value >= _CARRYING_VALUE and found.concept.weight >= _CARRYING_WEIGHT
