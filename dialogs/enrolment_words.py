"""What is said about enrolments: "tilmeld mig DEM-01", "meld mig fra", "godkend Mads", "afslå Mads, fordi …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from centre.enrolments import EnrolmentEventKind

Kind = EnrolmentEventKind

_BECAUSE = r"(?:\s*(?:[:,–]|\s-\s)\s*|\s+)(?:fordi|da|because)\s+(?P<words>.+)"
_REFUSES = r"(?:afslå|giv afslag til|sig nej til|refuse|decline)"
_LEAVES = (
    r"(?:meld mig fra|meld fra|afmeld mig|afmeld|framelding|jeg melder fra|jeg kan ikke komme|sign me off"
    r"|cancel my seat)"
)
_SEAT = r"(?:pladsen|the seat)(?:\s+(?:på|on)\s+(?P<name>.+))?"
_FORMS: tuple[tuple[EnrolmentEventKind, str], ...] = (
    (Kind.APPROVED, r"(?:godkend|godkender|sig ja til|approve)(?:\s+(?P<name>[^:,]+))?"),
    (Kind.REFUSED, rf"{_REFUSES}(?:\s+(?P<name>[^:,]+?))?{_BECAUSE}"),
    (Kind.REFUSED, rf"{_REFUSES}\s+(?P<name>[^:,]+)[:,]\s*(?P<words>.+)"),
    (Kind.REFUSED, rf"{_REFUSES}(?:\s+(?P<name>[^:,]+))?"),
    (Kind.ASKED, r"(?:spørg|ask)\s+(?P<name>[^:,]+)\s*[:,]\s*(?P<words>.+)"),
    (Kind.ANSWERED, r"(?:svar|svar til (?:min )?leder(?:en)?|answer)\s*[:,]\s*(?P<words>.+)"),
    (Kind.LEFT, rf"{_LEAVES}(?:\s+(?:på|til|fra|on|from|at))?(?:\s+(?P<name>.+))?"),
    (Kind.SEAT_TAKEN, rf"(?:ja,? )?(?:jeg )?(?:tag|tager|take)(?: gerne| imod)? {_SEAT}"),
    (Kind.SEAT_PASSED, rf"(?:nej tak til|giv slip på|no thanks to) {_SEAT}"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _FORMS)
_JOIN = re.compile(
    r"(?:(?:jeg vil (?:gerne )?)?(?:tilmeld(?:es|e)?|meld)(?:\s+(?:mig|me))?(?:\s+(?:til|på))?"
    r"|skriv mig (?:op )?(?:på|til)|sign me up for|enrol me in)\s+(?P<what>.+)",
    re.IGNORECASE,
)
_NOT_ME = re.compile(r"^(?:fra|from)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EnrolmentCommand:
    """What is to be done, to whose or which enrolment (`name`), and the words that came with it."""

    kind: EnrolmentEventKind
    name: str = ""
    words: str = ""


def read_enrolment_command(said: str) -> EnrolmentCommand | None:
    """Read a sentence that does something to an enrolment; None when it is something else."""
    sentence = said.strip().rstrip(".!")
    for kind, pattern in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            parts = found.groupdict()
            return EnrolmentCommand(kind, (parts.get("name") or "").strip(), (parts.get("words") or "").strip())
    return None


def wants_to_join(said: str) -> str:
    """Return what somebody wants to sign up for ("DEM-01-H1", "nr. 2", "den om demens"), "" when nothing."""
    found = _JOIN.fullmatch(said.strip().rstrip(".!"))
    what = found["what"].strip() if found else ""
    return "" if _NOT_ME.match(what) else what
