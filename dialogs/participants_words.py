"""What the centre says about a run's people: "deltagere DEM-01-H1", "alle undtagen Mads mødte", "fjern Lene"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 400
"""Characters; a longer sentence is about something else."""


class Asks(StrEnum):
    """What is asked for."""

    RUNS = "runs"
    LIST = "list"
    ATTENDANCE = "attendance"  # the card to tick
    EXPORT = "export"
    ALL_CAME = "all_came"
    ALL_BUT_CAME = "all_but_came"
    NONE_CAME = "none_came"
    THESE_CAME = "these_came"
    THESE_STAYED_AWAY = "these_stayed_away"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence about a run: `code` is what names it, "" where it is the run in view; `names` are people's."""

    asks: Asks
    code: str = ""
    names: tuple[str, ...] = ()
    words: str = ""
    file: str = ""


_SHOW = r"(?:(?:vis|se|åbn|hent|show|open|see)\s+(?:mig\s+)?)?"
_PEOPLE = r"(?:deltager(?:e|ne|liste|listen)?|participants?|participant list|list of participants|attendees)"
_OF = r"(?:\s+(?:på|for|til|i|af|of|on|for|in))?(?:\s+(?:hold(?:et)?|forløb(?:et)?|run|course))?"
_CODE = r"(?P<code>\S.*)"
_CAME = r"(?:mødte(?:\s+(?:op|frem))?|kom|var\s+der|came|were\s+there|was\s+there|showed\s+up)"
_AT = r"(?:\s+(?:på|til|for|at|to|on)\s+(?:hold(?:et)?\s+|run\s+)?(?P<code>[^\s,]+))?"
_ALL = r"(?:alle(?:\s+sammen)?|everyone|everybody|all)"
_BUT = r"(?:undtagen|på\s+nær|bortset\s+fra|pånær|except|but|apart\s+from)"
_BECAUSE = r"(?:\s*[:,–]\s*(?:fordi\s+|da\s+|because\s+)?|\s+(?:fordi|da|because)\s+)(?P<words>.+)"
_FORMS: tuple[tuple[Asks, str], ...] = (
    (
        Asks.RUNS,
        rf"{_SHOW}(?:hold|holdene|alle\s+hold|kommende\s+hold|hold\s+med\s+deltagere|runs|all\s+runs|coming\s+runs)",
    ),
    (
        Asks.EXPORT,
        (
            rf"(?:eksport(?:er|ér)?|export)\s+(?:the\s+)?{_PEOPLE}"
            rf"(?:{_OF}\s+(?P<code>\S+?))?(?:\s+(?:som|i|til|as|in|to)\s+(?P<file>csv|excel|xlsx))?"
        ),
    ),
    (Asks.LIST, rf"{_SHOW}{_PEOPLE}(?:{_OF}\s+{_CODE})?"),
    (
        Asks.ATTENDANCE,
        (
            rf"{_SHOW}(?:(?:registr[eé]r|gem|ret|marker|mark|correct)\s+)?(?:the\s+)?(?:fremmøde(?:t)?|attendance)"
            rf"(?:{_OF}\s+{_CODE})?"
        ),
    ),
    (Asks.ALL_BUT_CAME, rf"{_ALL}\s+{_BUT}\s+(?P<names>.+?)\s+{_CAME}{_AT}"),
    (Asks.ALL_BUT_CAME, rf"{_ALL}\s+{_CAME}{_AT}\s*,?\s+{_BUT}\s+(?P<names>.+)"),
    (Asks.ALL_CAME, rf"{_ALL}\s+{_CAME}{_AT}"),
    (Asks.NONE_CAME, rf"(?:ingen|nobody|no\s+one)\s+{_CAME}{_AT}"),
    (
        Asks.THESE_STAYED_AWAY,
        rf"(?P<names>.+?)\s+(?:{_CAME}\s+(?:alligevel\s+)?ikke|did\s+not\s+come|didn't\s+come){_AT}",
    ),
    (Asks.THESE_CAME, rf"(?P<names>.+?)\s+{_CAME}(?:\s+alligevel)?{_AT}"),
    (
        Asks.REMOVE,
        (
            rf"(?:fjern|remove)\s+(?P<names>[^:,]+?)(?:\s+(?:fra|from)\s+(?:hold(?:et)?\s+)?(?P<code>\S*\d\S*?))?"
            rf"(?:\s+(?:fra|from)\s+(?:holdet|listen|the\s+run|the\s+list))?(?:{_BECAUSE})?"
        ),
    ),
)
_PATTERNS = tuple((asks, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for asks, pattern in _FORMS)
_BETWEEN_NAMES = re.compile(r"\s*,\s*(?:og\s+|and\s+)?|\s+(?:og|and|samt)\s+|\s*&\s*", re.IGNORECASE)
_FILE = re.compile(r"(?:(?:som|i|til|as|in|to)\s+)?(?P<file>csv|excel|xlsx)", re.IGNORECASE)
_LOOKS_LIKE_A_CODE = re.compile(r"[^\s,.!?]*\d[^\s,.!?]*")


def read_asked(said: str) -> Asked | None:
    """Read what a sentence asks about a run's people; None when it is about something else."""
    sentence = " ".join(said.split()).rstrip(".!? ")
    if len(sentence) > LONGEST:
        return None
    for asks, pattern in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            parts = {name: (value or "").strip() for name, value in found.groupdict().items()}
            names = parts.get("names", "")
            several = asks is not Asks.REMOVE
            listed = _BETWEEN_NAMES.split(names) if several else [names]
            file = parts.get("file", "").lower()
            return Asked(
                asks,
                parts.get("code", ""),
                tuple(name for name in listed if name),
                parts.get("words", ""),
                "csv" if file == "csv" else "xlsx" if file else "",
            )
    return None


def looks_like_a_code(words: str) -> bool:
    """Whether words may be the code of a run or an offer: one word with a digit in it."""
    return bool(_LOOKS_LIKE_A_CODE.fullmatch(words))
