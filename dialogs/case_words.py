"""What is done to a case in words: "tag sag 42", "giv sag 42 til Grethe", "til sag 42: vi er nu 14"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from centre.cases import Colleague, Given
from centre.requests import OUTSIDE, CaseNumber, EventKind, Option, Priority
from dialogs.areas import area_named
from dialogs.intents import case_number_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalogue.matching import MatchIndex

_NUMBER = r"KV[\s-]?\d{4}[\s-]?\d{1,6}"
_CASE = rf"(?:(?:sag(?:en)?|case)\s+(?:(?:nr|no)\.?\s*)?(?:{_NUMBER}|\d{{1,6}})|{_NUMBER})"
"""A bare number is no case: "tag 2" picks from a list, and "planlæg 12 medarbejdere …" is a need."""
_REST = r"\s*(?:[:,–-]|(?:fordi|because|med|with)\b)?\s*(?P<words>.*)"
_FORMS: tuple[tuple[EventKind, str], ...] = (
    (
        EventKind.HANDED_OVER,
        rf"(?:giv|overdrag|hand over|give)\s+(?P<case>{_CASE})\s+(?:videre\s+)?(?:til|to)\s+(?P<words>.+)",
    ),
    (EventKind.MOVED, rf"(?:flyt|move)\s+(?P<case>{_CASE})\s+(?:over\s+)?(?:til|to)\s+(?P<words>.+)"),
    (EventKind.TAKEN, rf"(?:tag|take)\s+(?P<case>{_CASE})(?P<words>)"),
    (EventKind.RELEASED, rf"(?:slip|frigiv|release)\s+(?P<case>{_CASE})(?P<words>)"),
    (
        EventKind.ASKED,
        rf"(?:spørg|ask)(?:\s+(?:lederen|the leader))?\s+(?:i|om|in|about)\s+(?P<case>{_CASE}){_REST}",
    ),
    (EventKind.PROPOSED, rf"(?:foreslå|propose)\s+(?:i|til|in|for)?\s*(?P<case>{_CASE}){_REST}"),
    (EventKind.PLANNED, rf"(?:planlæg|plan)\s+(?P<case>{_CASE}){_REST}"),
    (EventKind.REJECTED, rf"(?:afvis|reject)\s+(?P<case>{_CASE}){_REST}"),
    (EventKind.REOPENED, rf"(?:genåbn|reopen)\s+(?P<case>{_CASE}){_REST}"),
    (EventKind.COMPLETED, rf"(?P<case>{_CASE})\s+(?:er|is)\s+(?:gennemført|completed)(?P<words>)"),
    (EventKind.EVALUATED, rf"(?P<case>{_CASE})\s+(?:er|is)\s+(?:evalueret|evaluated){_REST}"),
    (EventKind.SOURCING, rf"(?:indhent tilbud|seek offers)\s+(?:til|på|i|for)\s+(?P<case>{_CASE})(?P<words>)"),
    (
        EventKind.POOLED,
        rf"(?:læg|put)\s+(?P<case>{_CASE})\s+(?:i fælles indkøb|in a joint purchase)(?P<words>)",
    ),
    (EventKind.NOTED, rf"(?:note|notat)\s+(?:til|på|i|to|for)\s+(?P<case>{_CASE}){_REST}"),
    (EventKind.PRIORITISED, rf"(?P<case>{_CASE})\s+(?P<words>haster|is urgent)"),
    (
        EventKind.WROTE,
        rf"(?:til|ang\.?|angående|vedr\.?|vedrørende|to|about)\s+(?P<case>{_CASE})\s*[:,–-]\s*(?P<words>.+)",
    ),
)
_TO_THE_CASE = re.compile(
    r"(?:til|ang\.?|angående|vedr\.?|vedrørende|to|about)\s+(?:min |my |the )?(?:sag(?:en)?|case)"
    r"\s*[:,–-]\s*(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _FORMS)
_SURE_NAME = 80
"""rapidfuzz partial_ratio (0-100) from which a name names a colleague ("grethe" is Grethe Lund)."""


@dataclass(frozen=True, slots=True)
class CaseCommand:
    """What is to be done to which case, and the words that came with it."""

    kind: EventKind
    number: CaseNumber
    words: str

    def given(self, colleagues: Sequence[Colleague], index: MatchIndex) -> Given:
        """Return what the words give for the action."""
        match self.kind:
            case EventKind.HANDED_OVER:
                return Given(colleague=colleague_named(self.words, colleagues))
            case EventKind.PROPOSED | EventKind.PLANNED:
                return Given(option=option_named(self.words, index))
            case EventKind.MOVED:
                return Given(area=area_named(self.words))
            case EventKind.PRIORITISED:
                return Given(priority=Priority.HIGH)
            case _:
                return Given(self.words)


def read_case_command(text: str, year: int) -> CaseCommand | None:
    """Read a sentence that does something to a case; None for any other sentence."""
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(text.strip())
        number = _number(found["case"], year) if found else None
        if found and number:
            return CaseCommand(kind, number, found["words"].strip())
    return None


def words_to_the_case(text: str) -> str:
    """Return what somebody writes "til sagen: …" without saying which; "" for any other sentence."""
    found = _TO_THE_CASE.fullmatch(text.strip())
    return found["words"].strip() if found else ""


def _number(words: str, year: int) -> CaseNumber | None:
    """Read a case's number; "sagen nr. 42" is this year's."""
    return case_number_in(words, year) or CaseNumber(year, int(re.findall(r"\d+", words)[-1]))


def colleague_named(words: str, colleagues: Sequence[Colleague]) -> Colleague | None:
    """Return the colleague that words name; None when nobody or more than one fits."""
    names = {colleague.id: colleague.name.casefold() for colleague in colleagues}
    found = process.extract(
        words.casefold().strip(" .!"), names, scorer=fuzz.partial_ratio, score_cutoff=_SURE_NAME
    )
    best = [person_id for _, score, person_id in found if score == found[0][1]]
    return next((colleague for colleague in colleagues if [colleague.id] == best), None)


def option_named(words: str, index: MatchIndex) -> Option | None:
    """Return the offer that words name: a code of the catalogue, or what was found elsewhere in free words."""
    said = words.strip()
    known = index.offer(said.upper())
    if known:
        return Option(known.code, known.title)
    return Option(OUTSIDE, said) if said else None
