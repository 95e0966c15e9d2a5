"""Which offers fit this need, how surely, and why.

Two steps. `catalogue.text_index` finds the offers whose text resembles the need (character n-grams, lemmas and
compound parts, synonym meanings added); then the head of that list is read closely, concept by concept
(`catalogue.concepts`), and compared with the need's form, area, staff group and time (`catalogue.fit`). The
verdict is read off the concepts, because a likeness of letters alone says nothing about meaning.

The numbers below were set on the tuning half of `benchmarks/needs.jsonl`, those of the text index on public
Danish sets (`benchmarks/match.py` prints both). `catalogue/text_index.py` says what won and what did not. A word
that stands in an offer's summary only (0.45) carries no promise on its own: at 0.6 "kaffe" and "cykle" were likely,
and 3 instead of 1 of the 38 unanswerable tuning needs were promised something, while no answerable one gained.
A wished form weighs 0.16: at 0.04 "sidemandsoplæring i medicin" had it on place ten, and at 0.12 on place four.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catalogue.concepts import Concept, ConceptReader, Mention, Support, is_generic, mentions_of, support
from catalogue.fit import Fit, fit_of, open_runs
from catalogue.matches import NEAR, Answer, Match, Reason, ReasonKind, Verdict
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
        offers: Sequence[Offer],
        runs: Iterable[Run],
        synonyms: Iterable[Synonym],
        boosts: Mapping[str, Mapping[str, float]],
    ) -> None:
        """Use `build`."""
        self._boosts = boosts
        self._offers = tuple(offers)
        self._by_code = {offer.code: offer for offer in self._offers}
        self._runs: dict[str, tuple[Run, ...]] = {}
        for run in sorted(runs, key=lambda run: (run.starts, run.code)):
            self._runs[run.offer_code] = (*self._runs.get(run.offer_code, ()), run)
        self._synonyms = SynonymTable(synonyms)
        self._index = TextIndex(
            ((offer.title, " ".join(offer.topics), offer.outcome, offer.summary) for offer in self._offers),
            _FIELD_WEIGHTS,
            compounds=self._synonyms.compound_parts,
            also_spelt=self._synonyms.spellings,
        )
        self._reader = ConceptReader(self._index.rarity, self._index.parts_of, self._index.alike)
        self._mentions: dict[int, dict[str, Mention]] = {}

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
        return cls(tuple(offers), runs, starter_synonyms() if synonyms is None else synonyms, boosts or {})

    def offer(self, code: str) -> Offer | None:
        """Return the offer with this code, or None."""
        return self._by_code.get(code)

    def runs_of(self, code: str) -> Sequence[Run]:
        """All known runs of an offer, soonest first."""
        return self._runs.get(code, ())

    def match(self, need: Need, today: date, limit: int = 20) -> Answer:
        """Answer a need with at most `limit` matches."""
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
        expansions += [
            Expansion(positions, (compound,)) for positions, compound in self._index.compounds_in(tokens)
        ]
        concepts = self._reader.read(tokens, expansions)
        if text != topic:
            said = self._index.read(text)
            known = {expansion.meanings for expansion in expansions}
            phrases = [
                expansion
                for expansion in self._synonyms.expansions(said)
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
    total = sum(found.concept.weight for found in supports)
    return sum(found.concept.weight * found.value for found in supports) / total if total else 0.0


def _evidence(supports: Sequence[Support]) -> float:
    """How much of the need an offer answers (0 to 1): its best concept, and the share of all of them."""
    peak = max((min(1.0, found.concept.weight * _PEAK) * found.value for found in supports), default=0.0)
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
