"""Saved views: queries of the queue that somebody of the centre gave a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.states import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from centre.people import Person
    from centre.ports import UnitOfWork
    from centre.queue_query import QueueQuery

MOST_VIEWS = 20
"""Views of one person; more than anybody keeps apart."""
LONGEST_NAME = 40


class TooManyViewsError(Exception):
    """This person has as many views as one may have."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query and what its owner calls it."""

    name: str
    query: QueueQuery

    @property
    def key(self) -> str:
        """The name as it is compared: letter case and spaces do not count."""
        return view_key(self.name)


def view_key(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return " ".join(name.casefold().split())[:LONGEST_NAME]


async def save_view(work: UnitOfWork, person: Person, view: SavedView) -> None:
    """Keep a view, in place of an earlier one of the same name.

    Raises:
        NotAllowedError: the queue is not this person's to see.
        TooManyViewsError: there is room for no more.
    """
    _staff_only(person)
    own = await work.saved_views.of(person.id)
    if len(own) >= MOST_VIEWS and view.key not in {kept.key for kept in own}:
        raise TooManyViewsError
    await work.saved_views.put(person.id, view)


async def own_views(work: UnitOfWork, person: Person) -> Sequence[SavedView]:
    """Return a person's views by name.

    Raises:
        NotAllowedError: the queue is not this person's to see.
    """
    _staff_only(person)
    return await work.saved_views.of(person.id)


async def delete_view(work: UnitOfWork, person: Person, name: str) -> bool:
    """Delete a view; False when there was none of that name.

    Raises:
        NotAllowedError: the queue is not this person's to see.
    """
    _staff_only(person)
    return await work.saved_views.delete(person.id, view_key(name))


def _staff_only(person: Person) -> None:
    if not person.staff:
        raise NotAllowedError
