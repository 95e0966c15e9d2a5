"""Danish (and simple English) numbers in digits and in words."""

from __future__ import annotations

_UNITS = ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TENS = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "halvtreds": 50,
    "tres": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
}  # fmt: skip
_WORDS = {
    **{word: value for value, word in enumerate(_UNITS, start=1) if value > 1},
    "én": 1,
    "ét": 1,
    "ti": 10,
    "elleve": 11,
    "tolv": 12,
    "tretten": 13,
    "fjorten": 14,
    "femten": 15,
    "seksten": 16,
    "sytten": 17,
    "atten": 18,
    "nitten": 19,
    **_TENS,
    "hundrede": 100,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}  # fmt: skip

NUMBER = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])|[0-9]{1,7}"
    rf"|(?:(?:{'|'.join(_UNITS)}) ?og ?)?(?:{'|'.join(_TENS)})\b"
    rf"|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)"
)
"""Pattern of one number over lower-case text, without "en" and "et": they are articles far more often."""


def number_value(words: str) -> int:
    """The value of what `NUMBER` matched.

    Raises:
        KeyError: the words are no number.
    """
    if words[0].isdigit():
        return int(words.replace(".", ""))
    if words in _WORDS:
        return _WORDS[words]
    unit, _, tens = words.replace(" ", "").rpartition("og")
    return _UNITS.index(unit) + 1 + _TENS[tens]
