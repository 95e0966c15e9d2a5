"""Whole utterances that mean one thing wherever they are said ("annuller", "mine henvendelser", "nr. 2").

What people say is data (`texts/*/utterances.toml`), so that a Danish speaker can add to it without Python.
Only whole utterances count: "kan I hjælpe med demens" is a need, "hjælp" is a call for help.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from centre.requests import CaseNumber
from dialogs.texts import FOLDER, LOCALES

SHORTEST_FUZZY = 6
"""Shorter utterances must be exact: "ret", "nej" and "hej" are one slip from each other, "ældre" from "ændre"."""
LONGER_UTTERANCE = 12
LONGEST_UTTERANCE = 60


class Intent(StrEnum):
    """What a whole utterance can mean."""

    HELP = "help"
    CANCEL = "cancel"
    BACK = "back"
    RESTART = "restart"
    DANISH = "danish"
    ENGLISH = "english"
    MY_REQUESTS = "my_requests"
    QUEUE = "queue"
    USE_CHANNEL = "use_channel"
    FIND_COURSE = "find_course"
    MY_COURSES = "my_courses"
    PAST_COURSES = "past_courses"
    CALENDAR = "calendar"
    APPLICATIONS = "applications"
    TEAM = "team"
    PURPOSES = "purposes"
    NEW_NEED = "new_need"
    RESUME = "resume"
    DRAFTS = "drafts"
    DROP_DRAFT = "drop_draft"
    MY_DATA = "my_data"
    DELETE_MY_DATA = "delete_my_data"
    AM_LEADER = "am_leader"
    AM_EMPLOYEE = "am_employee"
    AM_CONSULTANT = "am_consultant"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HOW_ARE_YOU = "how_are_you"
    WHO_ARE_YOU = "who_are_you"
    WANT_HUMAN = "want_human"
    YES = "yes"
    NO = "no"
    MORE = "more"
    NONE_FITS = "none_fits"
    CORRECT = "correct"
    SEND = "send"
    WITHDRAW = "withdraw"
    UNDO = "undo"
    TAKE = "take"
    NEED_THIS = "need_this"


def intent_of(text: str) -> Intent | None:
    """Return what a whole utterance means, or None. Danish and English both work at any time."""
    said = normalise(text)
    if not said and "?" in text:
        return Intent.HELP
    if not said or len(said) > LONGEST_UTTERANCE:
        return None
    known = _utterances()
    if said in known:
        return known[said]
    if len(said) < SHORTEST_FUZZY:
        return None
    nearest = process.extractOne(said, _long_utterances(), scorer=OSA.distance, score_cutoff=slips_forgiven(said))
    return known[nearest[0]] if nearest else None


def slips_forgiven(said: str) -> int:
    """Return how many letters may be wrong, missing, too many or swapped: one, in a longer utterance two.

    More would make "godt samarbejde" a "godt arbejde" and "send henvendelsen" a "slet henvendelsen".
    """
    return 1 if len(said) < LONGER_UTTERANCE else 2


def normalise(text: str) -> str:
    """Lower-case words with single spaces, without punctuation and emoji around them."""
    return " ".join(re.findall(r"[\w@&'-]+", text.casefold().replace("-", " ")))


_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("en", "et", "første", "one", "first"),
            ("to", "anden", "andet", "two", "second"),
            ("tre", "tredje", "three", "third"),
            ("fire", "fjerde", "four", "fourth"),
            ("fem", "femte", "five", "fifth"),
        ),
        start=1,
    )
    for word in words
}
_PICK = re.compile(
    r"(?:(?:nej|ja|ok|okay|så|gerne|no|yes) )*(?:jeg (?:tager|vælger|vil gerne have) |(?:i'll take|i choose) )?"
    r"(?:(?:vælg|tag|åbn|vis|se|choose|pick|take|open|show) )?"
    r"(?:(?:den|det|the) )?(?:(?:nr|nummer|no|number|mulighed|option|forslag) )?"
    r"(?P<which>\d{1,2}|"
    + "|".join(_ORDINALS)
    + r")(?:'?er(?:en)?)?(?: (?:tak|please|one|mulighed|forslag|kursus|forløb))*"
)


def picked_number(text: str) -> int | None:
    """Read which of a numbered list is meant: "2", "nr. 2", "vælg 2", "den anden", "jeg tager den første"."""
    found = _PICK.fullmatch(normalise(text))
    if not found:
        return None
    which = found["which"]
    return int(which) if which.isdecimal() else _ORDINALS[which]


_DRAFT = re.compile(r"(?:fortsæt|kladde|continue|resume|draft)(?: kladde| draft)? (?:nr )?(\d{1,2})")


def draft_number_in(text: str) -> int | None:
    """Read which draft is meant: "fortsæt 2", "kladde nr. 2"."""
    found = _DRAFT.fullmatch(normalise(text))
    return int(found[1]) if found and int(found[1]) else None


_CORRECTING = re.compile(
    r"(nej|næh|hellere|i stedet|emnet|det handler om|det drejer sig om|jeg men(er|te)|no|rather|instead|i mean"
    r"|it is about)\b",
    re.IGNORECASE,
)


def corrects(text: str) -> bool:
    """Whether a sentence says of itself that it corrects: "nej, …", "hellere …", "det handler om …"."""
    return bool(_CORRECTING.match(text.strip()))


_CASE = re.compile(r"\bkv[\s-]?(\d{4})[\s-]?(\d{1,6})\b|\b(?:sag|case)(?:\s+nr\.?)?\s+(\d{1,6})\b", re.IGNORECASE)


def case_number_in(text: str, year: int) -> CaseNumber | None:
    """Find a case number in a sentence: "KV-2026-0042", "kv 2026 42", or "sag 42" of this year."""
    found = _CASE.search(text)
    if not found:
        return None
    full_year, serial, short = found.groups()
    return CaseNumber(int(full_year), int(serial)) if full_year else CaseNumber(year, int(short))


@cache
def _utterances() -> dict[str, Intent]:
    known: dict[str, Intent] = {}
    for locale in LOCALES:
        table = tomllib.loads((FOLDER / locale / "utterances.toml").read_text("utf-8"))
        for name, said in table.items():
            known.update(dict.fromkeys(map(normalise, said), Intent(name)))
    return known


@cache
def _long_utterances() -> list[str]:
    return [said for said in _utterances() if len(said) >= SHORTEST_FUZZY]
