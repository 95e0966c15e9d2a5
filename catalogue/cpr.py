"""Masking CPR numbers: a citizen's or an employee's number must never be stored, shown or logged.

A CPR number is ddmmyy-xxxx. People type it with a hyphen, a space, a dash of another length, dots or slashes, or
with digits from another keyboard; a replacement number (erstatnings-CPR) has 60 added to its day. What has no
plausible date in front (phone numbers, case numbers, EAN) is left alone.
"""

from __future__ import annotations

import re
import unicodedata

MASK = "[CPR fjernet]"

_SEPARATOR = (
    r"[ \t\u00a0\u00ad\u2000-\u200d\u202f\u2060\u3000\ufeff\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d/\\._:·•*|~]"
)
_GAP = _SEPARATOR + "{0,3}"
_SHORT_MONTHS = rf"(?!(?:31|91){_GAP}(?:02|04|06|09|11))(?!(?:30|90){_GAP}02)"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DIGITS = 10
_CPR = re.compile(
    rf"(?<![0-9]){_SHORT_MONTHS}(?:"
    rf"{_DAY}{_GAP}{_MONTH}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{4}}"
    rf"|{_DAY}{_MONTH}[0-9]{{2}}{_SEPARATOR}{{1,3}}[0-9]{{2}}{_SEPARATOR}[0-9]{{2}}"
    rf"|{_DAY}{_GAP}{_MONTH}{_GAP}(?:19|20)[0-9]{{2}}-[0-9]{{4}}"
    r")(?![0-9])"
)


def mask_cpr(text: str) -> str:
    """Replace every CPR number in a text by `[CPR fjernet]`.

    Doing it twice changes nothing more. A ten-digit number that happens to begin with a date is masked too:
    the two cannot be told apart (CPR numbers issued since 2007 need not satisfy the old modulus 11 check).
    """
    if sum(map(str.isdecimal, text)) < _DIGITS:
        return text
    ascii_digits = text if text.isascii() else "".join(map(_ascii_digit, text))
    pieces: list[str] = []
    copied_to = 0
    for number in _CPR.finditer(ascii_digits):
        pieces += (text[copied_to : number.start()], MASK)
        copied_to = number.end()
    return "".join(pieces) + text[copied_to:]


def _ascii_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
