"""Who was not told of a case, for the centre to see: on the case's card and in the morning's digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from centre.notices import Undelivered
    from centre.ports import UnitOfWork
    from centre.requests import Wish
    from dialogs.texts import Texts


@dataclass(frozen=True, slots=True)
class Untold:
    """Somebody who was not told; `waits`: until they install the app, otherwise it failed for good."""

    number: str
    name: str
    waits: bool


async def untold_of(
    work: UnitOfWork, undelivered: Iterable[Undelivered], holds: Callable[[Wish], bool] = lambda _: True
) -> list[Untold]:
    """Name people and cases, each pair once, in the order in which they come; `holds` says of which cases."""
    found: dict[Untold, None] = {}
    for notice in undelivered:
        request = await work.requests.get(notice.request_id)
        person = await work.people.get(notice.audience)
        if request and person and holds(request.wish):
            found[Untold(str(request.number), person.name, notice.waits)] = None
    return list(found)


def untold_words(texts: Texts, one: Untold) -> str:
    """Say of which case somebody was not told, and what to do."""
    key = "undelivered-waits" if one.waits else "undelivered-failed"
    return texts(key, name=one.name, number=one.number)


def untold_fact(texts: Texts, untold: Iterable[Untold]) -> str:
    """Name who was not told of the case at hand, "" for nobody."""
    return ", ".join(
        texts("undelivered-short-waits" if one.waits else "undelivered-short-failed", name=one.name)
        for one in untold
    )
