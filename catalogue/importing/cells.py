"""What staff may write in a cell, and what it means.

A reader returns the value or says in Danish what is wrong. It gets a cell that `cleaned` has passed and that
is not empty.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from catalogue.cpr import mask_cpr
from catalogue.importing.problems import quoted
from catalogue.working_days import on_working_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from catalogue.importing.sheet import Cell

T = TypeVar("T")

NEAR_ENOUGH = 70
"""How alike (0 to 100, rapidfuzz ratio) a word must be to be suggested: one or two slips in a word of eight."""

SEPARATED = re.compile(r"[,;|\n]")
CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2})(?:[.:]\d{2})?)?", re.IGNORECASE)
HOURS, MINUTES = 24, 60
WHOLE_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:[.\s]\d{3}){1,3}|\d{1,12})(?:[.,]0{1,9})?")
KRONER = re.compile(
    r"(?:kr\.?|dkk)?\s*([-−]?)(\d{1,3}(?:[.\s]\d{3}){1,3}|\d{1,12})(?:[.,]00?|,-)?\s*(?:kr\.?|kroner|dkk)?",
    re.IGNORECASE,
)
NO_PRICE = frozenset({"ukendt", "aftales", "efter aftale", "pris efter aftale"})
FREE = frozenset({"gratis", "ingen", "uden beregning"})
MOST_KRONER = 10_000_000

RELATIVE_DAY = re.compile(r"\+(\d{1,4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?")
DANISH_DAY = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./ -]\s*(\d{4}|\d{2})(?:[T ][\d:.]+)?")
WRITTEN_DAY = re.compile(r"(\d{1,2})\.?\s*([a-zæøå]{3,9})\.?\s*(\d{4})", re.IGNORECASE)
EXCEL_DAY = re.compile(r"[3-7]\d{4}")
"""A date that Excel shows as a plain number: 30000 is in 1982, 79999 in 2119."""
EXCEL_EPOCH: Final = date(1899, 12, 30)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 2000, 2100

DIGIT = re.compile(r"\d")
EXCEL_ERROR = re.compile(r"#(?:REF!|VALUE!|N/A|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What word processors leave behind inside words: soft hyphens and marks without width."""
ODD_SPACE = re.compile("[\t\u00a0\u2007\u2009\u202f]")
LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and the marks that turn the direction of text around."""


class CellError(ValueError):
    """A cell cannot be understood; the message is for staff, in Danish, and never repeats a CPR number."""


def folded(text: str) -> str:
    """The letters and digits only, for comparing headings and fixed words: "E-læring:" is "elæring"."""
    return re.sub(r"[\W_]+", "", text.casefold().replace("&", "og").replace("é", "e"))


def cleaned(cell: Cell) -> Cell:
    """The cell without what nobody sees, refused where it holds what nobody should store.

    Raises:
        CellError: An error value of Excel, a hidden control character, or a CPR number.
    """
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if not text.isprintable():
        text = LINE_BREAK.sub("\n", ODD_SPACE.sub(" ", UNSEEN.sub("", text))).strip()
        if CONTROL.search(text):
            raise CellError("Teksten indeholder skjulte styretegn. Slet den, og skriv den igen.")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if DIGIT.search(text) and mask_cpr(text) != text:
        raise CellError("Her står noget, der ligner et CPR-nummer. Fjern det.")
    if text.startswith("#") and EXCEL_ERROR.fullmatch(text):
        raise CellError(f"Formlen i cellen giver en fejl i Excel ({text}).")
    return text


def one_line(most: int) -> Callable[[Cell], str]:
    """A text of at most so many characters, its line breaks made into spaces."""

    def read(cell: Cell) -> str:
        return _not_longer(" ".join(_text(cell).split()), most)

    return read


def several_lines(most: int) -> Callable[[Cell], str]:
    """A text of at most so many characters that keeps its line breaks."""

    def read(cell: Cell) -> str:
        return _not_longer("\n".join(" ".join(line.split()) for line in _text(cell).split("\n")), most)

    return read


def several_words(most: int, most_each: int) -> Callable[[Cell], tuple[str, ...]]:
    """A list with commas between, in its order, nothing twice; the first spelling counts."""

    def read(cell: Cell) -> tuple[str, ...]:
        words: dict[str, str] = {}
        for part in SEPARATED.split(_text(cell)):
            if word := " ".join(part.split()):
                words.setdefault(word.casefold(), _not_longer(word, most_each))
        if len(words) > most:
            raise CellError(f"Der står {len(words)}, og der må højst stå {most}.")
        return tuple(words.values())

    return read


def whole_number(least: int, most: int) -> Callable[[Cell], int]:
    """A whole number in its bounds: "12", "1.200", or "12.0" as some systems write it."""

    def read(cell: Cell) -> int:
        text = _text(cell)
        match = WHOLE_NUMBER.fullmatch(text)
        if match is None:
            raise CellError(f"{quoted(text)} er ikke et helt tal.")
        return _within(_signed(match), least, most)

    return read


def kroner(cell: Cell) -> int | None:
    """A price in whole kroner: "1.250 kr.", "kr. 1.250,00", "gratis"; None for "efter aftale"."""
    text = _text(cell)
    if text.casefold() in FREE:
        return 0
    if text.casefold() in NO_PRICE:
        return None
    match = KRONER.fullmatch(text)
    if match is None:
        raise CellError(f"{quoted(text)} er ikke en pris i hele kroner. Skriv fx »1.250 kr.« eller »gratis«.")
    return _within(_signed(match), 0, MOST_KRONER)


def day(today: date) -> Callable[[Cell], date]:
    """A day: 2027-03-01, 01-03-2027, 1.3.2027, 1/3 2027, 1. marts 2027, a real date, or "+30".

    "+30" is that many days from `today`, moved on to the next working day: the sample catalogue uses it to
    stay ahead of the calendar.
    """

    def read(cell: Cell) -> date:
        if not isinstance(cell, str):
            return _in_our_time(cell)
        if relative := RELATIVE_DAY.fullmatch(cell):
            return on_working_day(today + timedelta(days=int(relative[1])))
        return _in_our_time(_written_day(cell))

    return read


def clock_time(cell: Cell) -> time:
    """A clock time: "9", "9.00", "09:30", "kl. 9.30"; seconds, which Excel adds, are left out."""
    text = _text(cell)
    match = CLOCK.fullmatch(text)
    if match is None or int(match[1]) >= HOURS or int(match[2] or 0) >= MINUTES:
        raise CellError(f"{quoted(text)} er ikke et klokkeslæt. Skriv fx »9.00«.")
    return time(int(match[1]), int(match[2] or 0))


def link(cell: Cell) -> str:
    """A web address of at most 500 characters."""
    text = _not_longer(_text(cell), 500)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in {"http", "https"} or any(char.isspace() for char in text):
        raise CellError(f"{quoted(text)} er ikke en webadresse, der begynder med https://.")
    return text


class Choice(Generic[T]):
    """One of some fixed words.

    Args:
        noun: What the choice is called in messages, such as "Form".
        words: The words offered to staff, and their values.
        others: Further words that are understood.
    """

    def __init__(self, noun: str, words: Mapping[str, T], others: Mapping[str, T] | None = None) -> None:
        self.noun = noun
        self.words = tuple(words)
        self._values = {folded(word): value for word, value in [*words.items(), *(others or {}).items()]}

    def __call__(self, cell: Cell) -> T:
        """Read one word.

        Raises:
            CellError: It is none of them; the message has the nearest or all of them.
        """
        text = _text(cell)
        try:
            return self._values[folded(text)]
        except KeyError:
            nearest = nearest_word(text, self.words)
            hint = f"Mente du »{nearest}«?" if nearest else f"Vælg mellem {spoken_list(self.words)}."
            raise CellError(f"{self.noun} {quoted(text)} kendes ikke. {hint}") from None


def nearest_word(text: str, words: Iterable[str]) -> str | None:
    """The word that somebody probably meant, if one is near enough."""
    found = process.extractOne(text, list(words), scorer=fuzz.ratio, processor=folded, score_cutoff=NEAR_ENOUGH)
    return found[0] if found else None


def spoken_list(words: Iterable[str]) -> str:
    """The words in quotation marks with commas and "og" between."""
    marked = [f"»{word}«" for word in words]
    return " og ".join([", ".join(marked[:-1]), marked[-1]]) if len(marked) > 1 else "".join(marked)


def danish_day(day: date) -> str:
    """A day as staff write it in the file."""
    return f"{day:%d-%m-%Y}"


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    raise CellError(
        f"Excel har lavet indholdet om til en dato ({danish_day(cell)}). Gør cellen til tekst, og skriv det igen."
    )


def _not_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise CellError(f"Teksten er på {len(text)} tegn og må højst være på {most}.")
    return text


def _signed(match: re.Match[str]) -> int:
    size = int(re.sub(r"[.\s]", "", match[2]))
    return -size if match[1] else size


def _within(number: int, least: int, most: int) -> int:
    if number < least:
        raise CellError(f"Tallet er {number} og skal være mindst {least}.")
    if number > most:
        raise CellError(f"Tallet er {number} og må højst være {most}.")
    return number


def _written_day(text: str) -> date:
    if EXCEL_DAY.fullmatch(text):
        return EXCEL_EPOCH + timedelta(days=int(text))
    if match := ISO_DAY.fullmatch(text):
        year, month, number = int(match[1]), int(match[2]), int(match[3])
    elif match := DANISH_DAY.fullmatch(text):
        year, month, number = int(match[3]), int(match[2]), int(match[1])
        year += FIRST_YEAR if len(match[3]) == len("27") else 0
    elif (match := WRITTEN_DAY.fullmatch(text)) and match[2][:3].casefold() in MONTHS:
        year, month, number = int(match[3]), MONTHS.index(match[2][:3].casefold()) + 1, int(match[1])
    else:
        raise CellError(f"{quoted(text)} er ikke en dato. Skriv den som 01-03-2027.")
    try:
        return date(year, month, number)
    except ValueError:
        raise CellError(f"Datoen {quoted(text)} findes ikke i kalenderen.") from None


def _in_our_time(day: date) -> date:
    if isinstance(day, datetime):
        day = day.date()
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise CellError(f"Datoen {danish_day(day)} ligger uden for årene {FIRST_YEAR} til {LAST_YEAR - 1}.")
    return day
