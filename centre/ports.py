"""What the centre's use cases need from the outside. `storage/` implements it, `app.py` hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from centre.learning import Choice, KeptSuggestion, Suggestion, SuggestionState
    from centre.notices import Notice
    from centre.people import Person
    from centre.requests import CaseNumber, Event, Request
    from centre.synonyms import KeptSynonym, SynonymKey


class ConflictError(Exception):
    """Somebody else changed the same rows first. The turn is rolled back and runs again."""


@dataclass(frozen=True, slots=True)
class Channel:
    """The Teams channel that holds the centre's queue."""

    tenant: str
    team_id: str
    channel_id: str
    name: str


class People(Protocol):
    """The people of one tenant."""

    async def get(self, person_id: str) -> Person | None:
        """Return the person with this Entra object id."""

    async def by_email(self, email: str) -> Person | None:
        """Return the imported person with this e-mail (any letter case) who has not been seen in Teams yet."""

    async def save(self, person: Person) -> None:
        """Insert or update a person; one imported by e-mail is bound to the Entra object id from then on."""


class Requests(Protocol):
    """The requests of one tenant."""

    async def next_number(self, year: int) -> CaseNumber:
        """Take the year's next case number; gapless, because it is given back when the transaction fails."""

    async def add(self, request: Request) -> None:
        """Insert a new request.

        Raises:
            ConflictError: a request with this id is there already.
        """

    async def get(self, request_id: str) -> Request | None:
        """Return the request with this id."""

    async def by_number(self, number: CaseNumber) -> Request | None:
        """Return the request with this case number."""

    async def of_requester(self, person_id: str, limit: int, offset: int = 0) -> Sequence[Request]:
        """A person's own requests, newest first."""

    async def open_ones(self, limit: int, offset: int = 0) -> Sequence[Request]:
        """Requests the centre has not finished, oldest first."""

    async def save(self, request: Request) -> Request:
        """Update a request whose `version` is the one that was read; return it with its new version.

        Raises:
            ConflictError: the row has another version by now.
        """

    async def record(self, event: Event) -> int:
        """Append to the audit trail and return the event's id."""

    async def event(self, event_id: int) -> Event | None:
        """Return one line of the audit trail."""

    async def events(self, request_id: str) -> Sequence[Event]:
        """The audit trail of a request, oldest first."""


class Channels(Protocol):
    """Which channel holds the queue."""

    async def queue(self) -> Channel | None:
        """Return the tenant's queue channel."""

    async def choose_queue(self, channel: Channel) -> None:
        """Make this the queue channel, in place of any earlier one."""


class Notices(Protocol):
    """The way into the outbox."""

    async def add(self, notice: Notice) -> None:
        """Write a notice into the running transaction; one with a known `dedup_key` is left as it is."""


class Synonyms(Protocol):
    """A tenant's own rows of synonyms; every change makes all replicas read them anew."""

    async def own(self) -> Sequence[KeptSynonym]:
        """Return the rows, in the order of their keys."""

    async def to_change(self) -> Mapping[SynonymKey, KeptSynonym]:
        """Return the rows; whoever else wants to change them waits until this transaction ends."""

    async def put(self, rows: Iterable[KeptSynonym]) -> None:
        """Insert or update rows by their keys."""

    async def delete(self, keys: Iterable[SynonymKey]) -> None:
        """Delete the rows with these keys; those that are not there are passed over."""


class Choices(Protocol):
    """How often which offer was chosen for which words, and what was suggested because of it."""

    async def count(self, words: Sequence[str], offer_code: str) -> Sequence[int]:
        """Count one more choice of the offer for each of the words; return their new counts."""

    async def make_known(self) -> None:
        """Make all replicas read the counts anew."""

    async def counts(self, least: int) -> Sequence[Choice]:
        """Return the counts of the words that occur in at least `least` requests."""

    async def suggestions(self) -> Sequence[KeptSuggestion]:
        """Return every suggestion that was made, in the order of their numbers."""

    async def suggest(self, new: Sequence[Suggestion]) -> None:
        """Give suggestions that were not made before the next numbers; the others are passed over."""

    async def settle(self, number: int, state: SuggestionState) -> None:
        """Note what became of a suggestion."""


class UnitOfWork(Protocol):
    """One transaction over one tenant's rows."""

    tenant: str
    people: People
    requests: Requests
    channels: Channels
    notices: Notices
    synonyms: Synonyms
    choices: Choices


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The time now, with time zone Europe/Copenhagen."""
