"""Danish text for matching: folding, tokens, lemmas, compound parts and stop words.

Everything that compares words compares their *folded* form, in which æ, ø and å are ae, oe and aa, because people
on foreign or small keyboards write both. Lemmas and compounds come from simplemma's Danish word list; lookups are
cached, since a catalogue repeats its words and so do the people who ask for it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})
_WORD = re.compile(r"(?:(?<![^\W_])[^\W\d_][-‐‑](?=[^\W\d_]{3}))?[^\W_]+(?:[.](?=\d)\d+)?")
_ENDING_AFTER_APOSTROPHE = re.compile(
    r"(?<=[^\W_])['’´](?:en|et|er|erne|ernes|ens|ets|s|e|ere|n|t)\b", re.IGNORECASE
)
_LONGEST_WORD = 60
_MIN_COMPOUND = 7
_MIN_PART = 3
_MIN_HEAD = 4
_LINKS = ("", "s", "e")
_CACHED_WORDS = 20_000


def word_list(name: str) -> frozenset[str]:
    """Read a list of words that ships beside this module; lines that start with # are remarks."""
    text = (resources.files("catalogue") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


STOP_WORDS = word_list("stop")
"""Words that carry no topic."""

_NO_FIRST_PART = word_list("not_first_part")
_NO_HEAD = word_list("not_head")


def fold(text: str) -> str:
    """Return `text` in the form in which words are compared: lower case, ASCII for Danish letters, no accents."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Split `text` into its words in lower case, in order, with their Danish letters.

    A hyphen separates ("SOSU-assistent" is two words) except after a single letter ("e-læring" is one,
    "elæring"); an ending after an apostrophe is dropped ("ADHD'en" is "adhd"). What is longer than any Danish
    word is left out.
    """
    lowered = _ENDING_AFTER_APOSTROPHE.sub("", unicodedata.normalize("NFC", text)).lower()
    found = (word.replace("-", "").replace("‐", "").replace("‑", "") for word in _WORD.findall(lowered))
    return [word for word in found if len(word) <= _LONGEST_WORD]


def content_words(text: str) -> list[str]:
    """Return the words of `text` without stop words and single letters."""
    return [word for word in words(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


_DICTIONARIES = DefaultDictionaryFactory()
_LEMMATIZER = Lemmatizer(
    cache_max_size=1, lemmatization_strategy=DefaultStrategy(dictionary_factory=_DICTIONARIES)
)


@cache
def _danish_words() -> Mapping[str, str]:
    """The Danish word list, form to lemma: 790,000 forms, read from simplemma on first use (half a second)."""
    words_to_lemmas: Mapping[str, str] = _DICTIONARIES.get_dictionary("da")
    return words_to_lemmas


def is_known(word: str) -> bool:
    """Whether the Danish word list has `word` (lower case, Danish letters)."""
    return _danish_words().get(word) is not None


@lru_cache(maxsize=_CACHED_WORDS)
def danish_spelling(word: str) -> str:
    """Return `word` with æ, ø and å where they were typed as ae, oe and aa, if that makes it a known word."""
    if is_known(word):
        return word
    for typed, letters in (("ae", "æ"), ("oe", "ø"), ("aa", "å")):
        if typed in word:
            respelled = word.replace(typed, letters)
            if is_known(respelled):
                return respelled
    respelled = word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    if respelled != word and (is_known(respelled) or _split(respelled)):
        return respelled
    return word


@cache
def _near_groups() -> dict[str, tuple[str, ...]]:
    """Folded lemma to the folded lemmas that people use for it."""
    text = (resources.files("catalogue") / "words" / "near.txt").read_text(encoding="utf-8")
    near: dict[str, dict[str, None]] = {}
    for line in text.splitlines():
        group = [] if line.startswith("#") else [fold(word) for word in line.split()]
        for term in group:
            near.setdefault(term, {}).update(dict.fromkeys(other for other in group if other != term))
    return {term: tuple(others) for term, others in near.items()}


def near_words(term: str) -> tuple[str, ...]:
    """Return the folded lemmas that people use for this one in everyday speech ("hjælpe": "støtte")."""
    return _near_groups().get(term, ())


def _pairs(name: str) -> dict[str, str]:
    """Read a list of pairs, one per line, that ships beside this module."""
    text = (resources.files("catalogue") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return dict(lines)


_LEMMAS = _pairs("lemmas")


@lru_cache(maxsize=_CACHED_WORDS)
def lemma(word: str) -> str:
    """Return the dictionary form of one lower-case word; a compound gets the dictionary form of its head."""
    if word in _LEMMAS:
        return _LEMMAS[word]
    spelled = danish_spelling(word)
    if spelled in _LEMMAS:
        return _LEMMAS[spelled]
    parts = () if is_known(spelled) else _split(spelled)
    if parts:
        head = parts[-1]
        return spelled[: len(spelled) - len(head)] + lemma(head)
    return str(_LEMMATIZER.lemmatize(spelled, lang="da")).lower()


@lru_cache(maxsize=_CACHED_WORDS)
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the lemmas of a compound's parts ("medicinhåndtering": medicin, håndtering), if it is one."""
    return tuple(lemma(part) for part in _split(lemma(word)))


@lru_cache(maxsize=_CACHED_WORDS)
def _split(word: str) -> tuple[str, ...]:
    """Split a compound at the joint whose parts are known: the longest head first."""
    if len(word) < _MIN_COMPOUND or not word.isalpha():
        return ()
    for at in range(_MIN_PART, len(word) - _MIN_HEAD + 1):
        head = word[at:]
        if head in _NO_HEAD or not is_known(head):
            continue
        first = _first_part(word[:at])
        if first:
            return (*first, head)
    return ()


def _first_part(text: str) -> tuple[str, ...]:
    """Read `text` as the first part of a compound, with or without a linking letter; empty if it is none."""
    for link in _LINKS:
        bare = text.removesuffix(link) if link else text
        if len(bare) < _MIN_PART or (link and bare == text) or bare in _NO_FIRST_PART:
            continue
        if is_known(bare):
            return (bare,)
    for link in _LINKS:
        bare = text.removesuffix(link) if link else text
        if not link or bare != text:
            inner = _split(bare)
            if inner:
                return inner
    return ()


_DERIVATIONS = tuple(sorted(word_list("derivations"), key=lambda ending: (-len(ending), ending)))
_MIN_STEM = 4


@lru_cache(maxsize=_CACHED_WORDS)
def stem(term: str) -> str:
    """Return what a folded lemma shares with its derivations: "dokumentere" and "dokumentation" share "dokument".

    Unlike a snowball stemmer it works on lemmas and takes one ending only, so different words rarely meet.
    """
    for ending in _DERIVATIONS:
        if term.endswith(ending) and len(term) - len(ending) >= _MIN_STEM:
            bare = term[: -len(ending)]
            return bare[:-1] if len(bare) > _MIN_STEM and bare[-1] == bare[-2] else bare
    return term
