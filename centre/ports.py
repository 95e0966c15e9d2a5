"""What the centre's use cases need from the outside. `storage/` implements it, `app.py` hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from catalogue.offers import Area, Run, SignUp
    from centre.enrolments import Enrolment, EnrolmentEvent, Seats
    from centre.interest import Counted, Interest
    from centre.learning import Choice, KeptSuggestion, Suggestion, SuggestionState
    from centre.notices import Notice, Undelivered
    from centre.own_data import OwnData
    from centre.participants import RunTally
    from centre.people import Person
    from centre.people_list import ListChanges, Progress
    from centre.purpose import Purpose
    from centre.queue_query import Criteria
    from centre.requests import CaseNumber, Event, Request
    from centre.routing import Caretaker, Route, Subject
    from centre.saved_views import SavedView
    from centre.settings import PersonSettings
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

    async def holder_of(self, email: str) -> Person | None:
        """Return whoever has this e-mail (any letter case), seen in Teams or not."""

    async def known_under(self, keys: Collection[str]) -> Mapping[str, Person]:
        """Return the people of these keys (`centre.enrolments.key_of`) by them; unknown keys are left out."""

    async def led_by(self, email: str) -> Sequence[Person]:
        """Return those whose leader has this e-mail, by name, without those who left."""

    async def find(self, words: str, limit: int) -> Sequence[Person]:
        """Return whom these words name, best first: parts of a name or an e-mail, any letter case.

        A typing error in a word is forgiven when nobody fits without. Who left is not found; persons with the id
        "" are known from the list only.
        """

    async def save(self, person: Person) -> None:
        """Insert or update a person; one imported by e-mail is bound to the Entra object id from then on.

        Their enrolments, and what they were to be told of them, are theirs under that id from then on.
        """

    async def leader_emails(self) -> frozenset[str]:
        """Return the e-mails of everybody who leads."""

    async def take_list(
        self, listed: Sequence[Person], *, replace_all: bool, progress: Progress | None = None
    ) -> ListChanges:
        """Insert and update by e-mail; with `replace_all`, see off who is not given.

        What was only imported and is not given is deleted; who was seen in Teams and is not given has left.
        """


class PeoplesSettings(Protocol):
    """When people want to be told, and who stands in for them."""

    async def of(self, people: Collection[str]) -> Mapping[str, PersonSettings]:
        """Return the settings of those of these people who chose any."""

    async def stood_in_for_by(self, person_id: str, today: date) -> Collection[str]:
        """Return the ids of those who are away today and whose stand-in this person is."""

    async def save(self, settings: PersonSettings) -> None:
        """Insert or update one person's settings."""


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

    async def find(self, criteria: Criteria, limit: int, offset: int = 0) -> Sequence[Request]:
        """Requests in the order in which to get to them: by priority, then by due day, then by number."""

    async def count(self, criteria: Criteria) -> int:
        """How many requests `find` has; counting ends at `MOST_COUNTED`."""

    def each(self, criteria: Criteria) -> AsyncGenerator[Request]:
        """All that `find` has, in its order, a few in memory at a time; close it when not read to the end."""

    async def sharing(self, request: Request, limit: int) -> Sequence[Request]:
        """Other open requests that share the most keys of the topic (`centre.similar`) with this one."""

    async def waiting_before(self, request: Request, areas: Collection[Area] | None) -> int:
        """Count the new requests that were filed before this one; counting ends at `MOST_COUNTED`.

        `areas` are those whose requests wait in the same line; None: all of them.
        """

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


class Enrolments(Protocol):
    """Who takes part in what, in one tenant. People are named by `centre.enrolments.key_of`."""

    async def hold_run(self, run_code: str) -> Seats | None:
        """Lock a run until the transaction ends, and return how its seats stand; None when it is not on offer."""

    async def runs(self, run_codes: Collection[str]) -> Mapping[str, Run]:
        """Return runs by their codes, those that were taken off too."""

    async def length_of(self, offer_code: str) -> str:
        """Return how long an offer is, in the catalogue's words; "" when there is no such offer."""

    async def runs_with_people(self) -> frozenset[str]:
        """Return the codes of the runs that anybody ever signed up for."""

    async def seats_held(self, run_codes: Collection[str]) -> Mapping[str, int]:
        """Count the seats kept for who signed up here; runs without any are left out."""

    async def add(self, enrolment: Enrolment) -> Enrolment:
        """Insert an enrolment.

        Raises:
            ConflictError: the person is enrolled on this run already.
        """

    async def save(self, enrolment: Enrolment) -> Enrolment:
        """Update an enrolment whose `version` is the one that was read; return it with its new version.

        Raises:
            ConflictError: the row has another version by now.
        """

    async def get(self, enrolment_id: str) -> Enrolment | None:
        """Return the enrolment with this id."""

    async def of_person_on(self, run_code: str, person_key: str) -> Enrolment | None:
        """Return a person's enrolment on a run, whatever became of it."""

    async def of_person(self, person_key: str) -> Sequence[Enrolment]:
        """Return a person's enrolments, whatever became of them, by the run's first day, latest first."""

    async def of_people(self, person_keys: Collection[str]) -> Sequence[Enrolment]:
        """Return the live enrolments of several people, in the order in which they signed up."""

    async def of_run(self, run_code: str) -> Sequence[Enrolment]:
        """Return a run's enrolments, whatever became of them, in the order in which people signed up."""

    async def first_in_line(self, run_code: str) -> Enrolment | None:
        """Return who has waited longest for a seat of a run."""

    async def ahead_in_line(self, enrolment: Enrolment) -> int:
        """Count those who have waited longer for a seat of the same run."""

    async def awaiting(self, leader_keys: Collection[str]) -> Sequence[Enrolment]:
        """Return the applications that await the answer of these leaders, oldest first."""

    async def tallies(
        self, *, code: str = "", not_over_on: date | None = None, limit: int, offset: int = 0
    ) -> Sequence[RunTally]:
        """Count who is where on runs, those that were taken off too.

        With a `code`: the run of that code or the runs of that offer, latest first, whether or not anybody is on
        them; in any letter case where none is spelt as given. Otherwise the runs with people on them that are not
        over on a day, soonest first.
        """

    async def mark(self, events: Sequence[EnrolmentEvent], *, attended: bool) -> None:
        """Note for the enrolments of these events that the person was there, or was not, and record the events."""

    async def make_seats_known(self) -> None:
        """Make all replicas read anew which runs have free seats."""

    async def record(self, event: EnrolmentEvent) -> int:
        """Append to the audit trail and return the event's id."""

    async def event(self, event_id: int) -> EnrolmentEvent | None:
        """Return one line of the audit trail."""

    async def events(self, enrolment_id: str) -> Sequence[EnrolmentEvent]:
        """The audit trail of an enrolment, oldest first."""


class Purposes(Protocol):
    """The purpose agreements of one tenant, by their enrolments."""

    async def add(self, purpose: Purpose) -> Purpose:
        """Insert an agreement.

        Raises:
            ConflictError: the enrolment has one already.
        """

    async def save(self, purpose: Purpose) -> Purpose:
        """Update an agreement whose `version` is the one that was read; return it with its new version.

        Raises:
            ConflictError: the row has another version by now.
        """

    async def get(self, enrolment_id: str) -> Purpose | None:
        """Return the agreement of an enrolment, a closed one too."""

    async def of(self, enrolment_ids: Collection[str]) -> Mapping[str, Purpose]:
        """Return the agreements of those of these enrolments that have one, closed ones too."""

    async def of_run(self, run_code: str) -> Sequence[Purpose]:
        """Return a run's agreements, the oldest first; the closed ones are left out."""

    async def led(self, leader_keys: Collection[str], person_keys: Collection[str]) -> Sequence[Enrolment]:
        """Return the enrolments with a live agreement of these people, or of who named one of these leaders.

        The soonest run comes first.
        """

    async def sign_up_of(self, offer_code: str) -> SignUp | None:
        """Return who approves those who sign up for an offer; None when there is no such offer."""


class Channels(Protocol):
    """Which channels hold the queue, and who looks after what (`centre.routing` says what that means)."""

    async def queue(self) -> Channel | None:
        """Return the tenant's main channel, which holds what no other channel was chosen for."""

    async def choose_queue(self, channel: Channel) -> None:
        """Make this the main channel, in place of any earlier one."""

    async def routes(self) -> Sequence[Route]:
        """Return the channels of single areas and topics."""

    async def open_route(self, route: Route) -> None:
        """Give a subject a channel of its own, in place of any earlier one."""

    async def close_route(self, subject: Subject) -> None:
        """Let a subject go to the main channel again."""

    async def close_routes(self) -> None:
        """Let everything go to the main channel."""

    async def caretakers(self) -> Sequence[Caretaker]:
        """Return who is handed which new cases."""

    async def set_caretaker(self, caretaker: Caretaker) -> None:
        """Hand a subject's new cases to somebody, in place of whoever had them."""

    async def remove_caretaker(self, subject: Subject) -> None:
        """Hand a subject's new cases to nobody."""


class Notices(Protocol):
    """The way into the outbox."""

    async def add(self, notice: Notice) -> None:
        """Write a notice into the running transaction; one with a known `dedup_key` is left as it is."""

    async def cases_waiting_for(self, audience: str) -> Collection[str]:
        """Return the ids of the cases that somebody should have been told of by now and was not yet."""

    async def undelivered(self, request_id: str = "") -> Sequence[Undelivered]:
        """What people (of one case, or of all) should have been told by now and were not, oldest first."""


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


class Interests(Protocol):
    """Who waits for what, in one tenant."""

    async def put(self, interest: Interest) -> None:
        """Insert an interest, or replace the one with its id."""

    async def get(self, interest_id: str) -> Interest | None:
        """Return the interest with this id."""

    async def drop(self, interest_id: str) -> None:
        """Delete an interest."""

    async def of_person(self, person_key: str) -> Sequence[Interest]:
        """Return what a person still waits for, newest first."""

    async def sent_to(self, leader_keys: Collection[str]) -> Sequence[Interest]:
        """Return the wishes that these leaders were sent, oldest first."""

    async def offers_waited_for(self) -> frozenset[str]:
        """Return the codes of the offers that somebody waits for."""

    async def waiting_for(self, offer_codes: Collection[str]) -> Sequence[Interest]:
        """Return who waits for these offers, longest first."""

    async def counts(self) -> Sequence[Counted]:
        """Count who waits, by offer or topic and by area."""

    async def coming_runs(self, offer_code: str, today: date) -> Sequence[Run]:
        """Return an offer's runs that can still be signed up for, soonest first, and how their seats stand."""


class SavedViews(Protocol):
    """Queries of the queue that people gave a name."""

    async def of(self, person_id: str) -> Sequence[SavedView]:
        """Return a person's views, in the order of their names; those that no longer read are left out."""

    async def put(self, person_id: str, view: SavedView) -> None:
        """Insert a view, or replace the person's own of the same name."""

    async def delete(self, person_id: str, key: str) -> bool:
        """Delete a person's view by the key of its name; False when there is none."""


class PeoplesData(Protocol):
    """What is kept about single people of one tenant."""

    async def of(self, person_id: str, today: date) -> OwnData:
        """Count what is kept about a person."""

    async def forget(self, person_id: str, today: date) -> None:
        """Take out everything of a person's own that is finished (`centre.own_data`)."""


class UnitOfWork(Protocol):
    """One transaction over one tenant's rows."""

    tenant: str
    people: People
    settings: PeoplesSettings
    requests: Requests
    enrolments: Enrolments
    purposes: Purposes
    interests: Interests
    channels: Channels
    notices: Notices
    synonyms: Synonyms
    choices: Choices
    saved_views: SavedViews
    own_data: PeoplesData


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The time now, with time zone Europe/Copenhagen."""
