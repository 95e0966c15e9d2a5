"""What is said about interest and wishes: "skriv mig op", "send det til min leder", "ikke nu til Mads"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Wanted(Enum):
    """What a sentence wants."""

    ADD = auto()
    DROP = auto()
    LIST = auto()
    DEMAND = auto()
    SEND = auto()
    WISHES = auto()
    REPORT = auto()  # to a leader: report the need
    NOT_NOW = auto()


@dataclass(frozen=True, slots=True)
class InterestCommand:
    """What is wanted, and of what or for whom; "" for what is in front of the person."""

    wanted: Wanted
    name: str = ""


_LIST_WORDS = r"(?:interesselisten|listen|interest list|the (?:interest )?list)"
_IT = r"(?:det|den|ønsket|mit ønske|det her|it|this|my wish)"
_AS_WISH = r"(?:som (?:et )?ønske|as a wish)"
_FORMS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.ADD,
        (
            rf"(?:skriv mig (?:op|på {_LIST_WORDS})|sæt mig på {_LIST_WORDS}|put me (?:down|on {_LIST_WORDS}))"
            r"(?: (?:til|på|for) (?P<name>.+))?"
        ),
    ),
    (
        Wanted.DROP,
        (
            rf"(?:slet|tag|fjern|remove|take) (?:mig|me) (?:fra|af|from|off) {_LIST_WORDS}"
            r"(?: (?:til|for) (?P<name>.+))?|tag mig af(?: (?P<other>.+))?|take me off"
        ),
    ),
    (
        Wanted.LIST,
        r"(?:vis )?(?:min interesseliste|mine interesser|mine ønsker)|my (?:interests|wishes|interest list)",
    ),
    (
        Wanted.DEMAND,
        (
            r"(?:vis )?(?:interesse|interessen|interesser|efterspørgsel|efterspørgslen)|hvad er der interesse for"
            r"|interest|interests|demand|what is wanted"
        ),
    ),
    (
        Wanted.SEND,
        (
            rf"send (?:{_IT} )?(?:{_AS_WISH} )?(?:til )?min leder|send (?:{_IT} )?{_AS_WISH}"
            rf"|send {_IT} (?:{_AS_WISH} )?to my (?:leader|manager)"
        ),
    ),
    (
        Wanted.WISHES,
        r"(?:vis )?(?:ønsker|ønskerne|mine medarbejderes ønsker)|(?:show )?(?:wishes|my people's wishes)",
    ),
    (
        Wanted.REPORT,
        r"meld (?:behovet|det)(?: (?:for|fra|til) (?P<name>.+))?|report the need(?: (?:for|of) (?P<other>.+))?",
    ),
    (Wanted.NOT_NOW, r"(?:ikke nu|not now)[,]? (?:til|for|to) (?P<name>.+)"),
)
_PATTERNS = tuple((wanted, re.compile(pattern, re.IGNORECASE)) for wanted, pattern in _FORMS)


def read_interest_command(said: str) -> InterestCommand | None:
    """Read a sentence about interest or wishes; None when it is something else."""
    sentence = " ".join(said.split()).rstrip(".!?")
    for wanted, pattern in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            parts = found.groupdict()
            return InterestCommand(wanted, (parts.get("name") or parts.get("other") or "").strip())
    return None
