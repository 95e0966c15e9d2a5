"""What is said about purpose agreements: "formål DEM-01-H1", "bekræft", "ret formål", "del med centret"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dialogs.intents import normalise

if TYPE_CHECKING:
    from centre.purpose import Answers

_WHOSE = r"(?:\s+(?:for|på|til|med|om|with|of|on))?(?:\s+(?P<what>.+))?"
_AGREEMENT = r"(?:formål(?:et)?|formålsaftale(?:n|r|rne)?|purpose(?: agreements?)?)"


class Wish(StrEnum):
    """What somebody wants to do with an agreement."""

    SEE = "see"
    CONFIRM = "confirm"
    CHANGE = "change"
    SHARE = "share"
    UNSHARE = "unshare"


_SEES = (
    r"(?:vis |se |show )?(?:min |my )?(?:formål|formålsaftalen?|purpose(?: agreement)?)"
    r"(?:\s+(?:for|på|med|with|of|on))?(?:\s+(?P<what>.+))?"
)
_CENTRE = r"(?:kompetencecentret|centret|the centre)"
_FORMS: tuple[tuple[Wish, str], ...] = (
    (Wish.CONFIRM, rf"(?:jeg )?(?:bekræft|bekræfter|confirm)(?: {_AGREEMENT})?{_WHOSE}"),
    (Wish.CHANGE, rf"(?:ret|ændr|ændre|change|edit) (?:min |mit |my |the )?{_AGREEMENT}{_WHOSE}"),
    (
        Wish.UNSHARE,
        rf"(?:del ikke|stop med at dele|stop sharing)(?: {_AGREEMENT})?(?: længere)?(?: (?:med|with) {_CENTRE})?",
    ),
    (Wish.SHARE, rf"(?:del|share)(?: {_AGREEMENT})?(?: (?P<what>.+?))? (?:med|with) {_CENTRE}"),
    (Wish.SEE, _SEES),
)
_PATTERNS = tuple((wish, re.compile(pattern, re.IGNORECASE)) for wish, pattern in _FORMS)
_KEEPS = frozenset(
    {"behold", "behold det", "det samme", "samme", "uændret", "næste", "videre"}
    | {"keep", "keep it", "the same", "same", "unchanged", "next"}
)
_SAVES = frozenset({"gem", "gem svar", "gem det", "save", "save it"})
_NUMBERED = re.compile(r"(?:^|\n)\s*(?:svar\s*|answer\s*)?([123])\s*[.:)]\s*")


@dataclass(frozen=True, slots=True)
class PurposeCommand:
    """What is to be done, and to which agreement: a run, a course or a person, "" for the only one."""

    wish: Wish
    what: str = ""


def read_purpose_command(said: str) -> PurposeCommand | None:
    """Read a sentence that is about an agreement; None when it is something else."""
    sentence = " ".join(said.split()).rstrip(".!")
    for wish, pattern in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return PurposeCommand(wish, (found.groupdict().get("what") or "").strip())
    return None


def keeps_answer(said: str) -> bool:
    """Whether words leave an answer as it is: "behold", "det samme"."""
    return normalise(said) in _KEEPS


def saves(said: str) -> bool:
    """Whether words only say that it is done: "gem"."""
    return normalise(said) in _SAVES


def with_answers(before: Answers, question: str, said: str) -> Answers:
    """Return the answers with what was said: to the question asked, or to those that it numbers ("1. … 2. …")."""
    parts = _NUMBERED.split(said.strip())
    if len(parts) < 3 or parts[0]:  # noqa: PLR2004 - what is before a number, the number, what follows it
        return replace(before, **{question: said.strip()})
    names = dict(zip("123", ("practice", "whom", "sign"), strict=True))
    given = {
        names[number]: " ".join(words.split()) for number, words in zip(parts[1::2], parts[2::2], strict=True)
    }
    return replace(before, **{name: words for name, words in given.items() if words})
