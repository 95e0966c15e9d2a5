"""Which open requests ask for the same, so that the centre can buy or plan for several at once.

A request is found by its keys: what its topic is made of (compounds taken apart, endings taken off, words that
nearly every need holds left out), all of that together, and the offer that was chosen. Storage keeps the keys of
open requests, so that a card costs a few look-ups however many requests are open. What is found is then laid side
by side: it is the same when most of the shorter topic is in the longer one, or the same offer was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.concepts import is_generic
from catalogue.text import compound_parts, content_words, fold, lemma, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from centre.ports import UnitOfWork
    from centre.requests import Request, Wish

MOST_SIMILAR = 3
"""As many as one looks through while deciding on a case."""
LOOKED_AT = 20
"""Requests with the most keys in common that are laid beside the one that is asked about."""
MOST_ROOTS = 8
"""Roots of a topic that count; a leader who writes a page has named it by then."""
_MOSTLY = 0.5


async def similar_requests(work: UnitOfWork, request: Request) -> Sequence[Request]:
    """Return open requests that ask for the same, the closest first and the newest first among equals."""
    found = await work.requests.sharing(request, LOOKED_AT)
    near = [(likeness(request.wish, other.wish), other) for other in found]
    near.sort(key=lambda pair: (pair[0], pair[1].number), reverse=True)
    return [other for closeness, other in near if closeness][:MOST_SIMILAR]


def topic_keys(wish: Wish) -> frozenset[str]:
    """Return the keys that a request is found by; they are stored."""
    roots = topic_roots(wish)
    together = {"+".join(sorted(roots))} if len(roots) > 1 else set()
    return roots | together | ({f"={wish.offer_code}"} if wish.offer_code else set())


def topic_roots(wish: Wish) -> frozenset[str]:
    """Return what a topic is made of: "mødet med borgere med demens" is demens, as is "demens"."""
    roots = (root for word in content_words(wish.topic or wish.need) for root in _roots(word))
    return frozenset(list(dict.fromkeys(roots))[:MOST_ROOTS])


def likeness(one: Wish, other: Wish) -> float:
    """Return how much two ask for the same: 0 for something else, at most 2."""
    mine, others = topic_roots(one), topic_roots(other)
    shared = len(mine & others)
    same_offer = bool(one.offer_code) and one.offer_code == other.offer_code
    if not same_offer and (not shared or shared <= _MOSTLY * min(len(mine), len(others))):
        return 0.0
    return same_offer + (shared / len(mine | others) if shared else 0.0)


def _roots(word: str) -> Iterable[str]:
    if word.isdigit() or is_generic(word):
        return ()
    parts = compound_parts(word) or (lemma(word),)
    return [stem(fold(part)) for part in parts if not is_generic(part)]
