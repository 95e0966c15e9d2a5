"""What offers are called: finding the one that is meant by its code, its title or its web address.

A code may be any text, so in what people say only a code with a letter and a digit in it is taken for one ("12" is
a number of people and "DEM" a topic). A title of one or two words is as often a topic that somebody asks about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from catalogue.offers import Offer

LEAST_TITLE_WORDS = 3
_TOKEN = re.compile(r"\w[\w./-]*")
_WORD = re.compile(r"[^\W_]+")


class OfferNames:
    """The names of one catalogue's offers, read without regard to capitals, hyphens and punctuation."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        """Where two offers share a title or an address, the first is meant."""
        self._codes: dict[str, Offer] = {}
        self._names: dict[str, Offer] = {}
        self._addresses: dict[str, Offer] = {}
        self._words: list[tuple[Offer, list[str], list[str]]] = []
        for offer in offers:
            self._codes.setdefault(offer.code.casefold(), offer)
            title = _plain(offer.title)
            if title.count(" ") + 1 >= LEAST_TITLE_WORDS:
                self._names.setdefault(title, offer)
            if _tells_itself(offer.code):
                self._names.setdefault(_plain(offer.code), offer)
            topics = _WORD.findall(" ".join(offer.topics).casefold())
            self._words.append((offer, title.split(), topics))
            if offer.link:
                self._addresses.setdefault(_address(offer.link), offer)

    def with_code(self, code: str) -> Offer | None:
        """Return the offer with this code, in any letter case."""
        return self._codes.get(code.strip().casefold())

    def called(self, name: str) -> Offer | None:
        """Return the offer whose code or whole title this is."""
        return self._names.get(_plain(name))

    def in_sentence(self, sentence: str) -> Offer | None:
        """Return the offer whose code stands somewhere in the sentence."""
        tokens = (token.rstrip("./-") for token in _TOKEN.findall(sentence))
        known = (self._codes.get(token.casefold()) for token in tokens if _tells_itself(token))
        return next(filter(None, known), None)

    def titled(self, typed: str) -> Sequence[Offer]:
        """Return the offers whose title begins with what was typed, when that is more than one word."""
        began = _plain(typed)
        if " " not in began:
            return []
        return [offer for offer, title, _ in self._words if " ".join(title).startswith(began)]

    def beginning(self, typed: str) -> Sequence[Offer]:
        """Return the offers that have a word beginning like each that was typed; titles before topics.

        That is what somebody looks for who is still writing: "konf", "demens hj".
        """
        started = _WORD.findall(typed.casefold())
        if not started:
            return []
        by_title = [offer for offer, title, _ in self._words if _begin(started, title)]
        by_topic = [offer for offer, title, topics in self._words if _begin(started, title + topics)]
        return list(dict.fromkeys([*by_title, *by_topic]))

    def at_address(self, url: str) -> Offer | None:
        """Return the offer whose own page this is."""
        return self._addresses.get(_address(url))


def _begin(started: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in started)


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


def _tells_itself(code: str) -> bool:
    return any(letter.isalpha() for letter in code) and any(letter.isdecimal() for letter in code)


def _address(url: str) -> str:
    """Return what of an address names the page: neither the scheme nor the fragment nor a slash at the end."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}{query}"
