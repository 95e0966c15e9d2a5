"""The tables. Every row carries its tenant; the repositories beside this file turn rows into the domain's nouns.

A change here needs a migration in `storage/migrations/versions`; the tests compare the two on both databases.
"""

from dataclasses import fields
from datetime import date, time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Computed,
    Enum,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    bindparam,
    text,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, composite, mapped_column

from catalogue.matching import Verdict
from catalogue.need import Form
from catalogue.offers import Area, OfferKind, PriceUnit, SignUp
from catalogue.synonyms import SynonymKind
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.learning import SuggestionState
from centre.notices import NoticeKind
from centre.people import Listing, Role
from centre.requests import OPEN_STATUSES, CaseNumber, EventKind, Kle, Priority, Status, Wish
from centre.settings import Frequency
from centre.synonyms import Origin
from storage.columns import Key, Moment, PlainJson, WordKey, WordList

# SQLite counts rowids only in a column that is declared INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


class DeliveryStatus(StrEnum):
    """Where a notice stands on its way to the reader. WAITING is for a lane whose reader has no bot installed."""

    PENDING = "pending"
    SENDING = "sending"
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class ConversationKind(StrEnum):
    """What kind of Teams conversation a reference leads to."""

    PERSONAL = "personal"
    CHANNEL = "channel"
    TEAM = "team"


class Base(DeclarativeBase):
    """All tables; constraints get predictable names, so that a migration can drop them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        # A code is kept as its text without a CHECK: a new one needs no migration.
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=False,
            length=32,
            values_callable=lambda codes: [code.value for code in codes],
        ),
    }


class PersonRow(Base):
    """One row per person. Imported by e-mail, bound to the Entra object id when first seen in Teams."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("tenant", "entra_id"), UniqueConstraint("tenant", "email"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    tenant: Mapped[str]
    entra_id: Mapped[str | None]
    email: Mapped[str | None]
    name: Mapped[str]
    role: Mapped[Role]
    role_confirmed: Mapped[bool]
    area: Mapped[Area | None]
    department: Mapped[str]
    locale: Mapped[str]
    leader_email: Mapped[str] = mapped_column(server_default="")
    listing: Mapped[Listing] = mapped_column(server_default=Listing.NEVER.value)


class PersonSettingsRow(Base):
    """When one person wants to be told, and who stands in for them. No row: as the product comes."""

    __tablename__ = "person_settings"
    __table_args__ = (Index(None, "tenant", "stand_in_id"),)

    tenant: Mapped[Key]
    person_id: Mapped[Key]
    frequency: Mapped[Frequency]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    quiet_weekends: Mapped[bool]
    paused_until: Mapped[Moment | None]
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    stand_in_id: Mapped[str]
    stand_in_name: Mapped[str]


_APPLIED_SQL = text("status = 'applied'")

URGENCY_SQL = "CASE WHEN priority = 'high' THEN 0 WHEN priority = 'low' THEN 2 ELSE 1 END"
ACT_BY_SQL = "coalesce(due, answer_due)"
QUEUE_ORDER = ("urgency", "act_by", "year", "serial")
_OPEN_CODES = sorted(OPEN_STATUSES)
_UNREAD_SQL = text("words_version <> version")
_OPEN_SQL = text(f"status IN ({', '.join(repr(code.value) for code in _OPEN_CODES)})")


class RequestRow(Base):
    """A filed request. What the queue is ordered by is computed, what it is searched by is written beside."""

    __tablename__ = "requests"
    __table_args__ = (
        UniqueConstraint("tenant", "year", "serial"),
        Index(None, "tenant", "requester_id", "filed_at"),
        Index(None, "tenant", "status", "filed_at"),
        Index(None, "tenant", "status", *QUEUE_ORDER),
        Index(None, "tenant", *QUEUE_ORDER, postgresql_where=_OPEN_SQL, sqlite_where=_OPEN_SQL),
        Index(None, "tenant", "assignee_id", *QUEUE_ORDER, postgresql_where=_OPEN_SQL, sqlite_where=_OPEN_SQL),
        Index(None, "tenant", "area", *QUEUE_ORDER, postgresql_where=_OPEN_SQL, sqlite_where=_OPEN_SQL),
        Index(None, "tenant", "words_version", postgresql_where=_UNREAD_SQL, sqlite_where=_UNREAD_SQL),
    )

    tenant: Mapped[Key]
    id: Mapped[Key]
    version: Mapped[int] = mapped_column()
    year: Mapped[int]
    serial: Mapped[int]
    status: Mapped[Status]
    kle: Mapped[Kle]
    requester_id: Mapped[str]
    requester_name: Mapped[str]
    requester_confirmed: Mapped[bool]
    filed_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    answer_due: Mapped[date]
    assignee_id: Mapped[str]
    assignee_name: Mapped[str]
    priority: Mapped[Priority] = mapped_column(server_default=Priority.NORMAL.value)
    due: Mapped[date | None]
    option_code: Mapped[str] = mapped_column(server_default="")
    option_title: Mapped[str] = mapped_column(server_default="")
    option_run: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[Moment | None]
    urgency: Mapped[int | None] = mapped_column(Computed(URGENCY_SQL))
    act_by: Mapped[date | None] = mapped_column(Computed(ACT_BY_SQL))
    search_text: Mapped[str] = mapped_column(server_default="")
    search_requester: Mapped[str] = mapped_column(server_default="")
    words_version: Mapped[int] = mapped_column(server_default="0")
    need: Mapped[str]
    topic: Mapped[str]
    headcount: Mapped[int | None]
    staff_groups: Mapped[WordList]
    time_words: Mapped[str]
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    form: Mapped[Form | None]
    purpose: Mapped[str]
    budget_dkk: Mapped[int | None]
    on_behalf_of: Mapped[str]
    area: Mapped[Area | None]
    department: Mapped[str]
    offer_code: Mapped[str]
    offer_title: Mapped[str]
    run_code: Mapped[str]
    verdict: Mapped[Verdict]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read once by SQLAlchemy

    number: Mapped[CaseNumber] = composite(CaseNumber, *(part.name for part in fields(CaseNumber)))
    wish: Mapped[Wish] = composite(Wish, *(part.name for part in fields(Wish)))


def is_open(status: InstrumentedAttribute[Status]) -> ColumnElement[bool]:
    """Whether a request is open, in the words of the partial indexes, without which neither database uses them."""
    return status.in_(bindparam("open_statuses", _OPEN_CODES, expanding=True, literal_execute=True))


def has_no_words() -> ColumnElement[bool]:
    """Whether the words of a request are not those of its row, in the words of the partial index."""
    return RequestRow.words_version != RequestRow.version


_KEYS_ONLY = {"sqlite_with_rowid": False}


class RequestWordRow(Base):
    """A request has this word; what the tables of the index are for is in `storage/search_index.py`."""

    __tablename__ = "request_words"
    __table_args__ = _KEYS_ONLY

    tenant: Mapped[Key]
    word: Mapped[WordKey]
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class WordEndingRow(Base):
    """A word that some request has or had, by what is left of it when letters are taken off its front."""

    __tablename__ = "word_endings"
    __table_args__ = _KEYS_ONLY

    tenant: Mapped[Key]
    ending: Mapped[WordKey]
    word: Mapped[WordKey]


class RequestTopicRow(Base):
    """An open request has this key of its topic."""

    __tablename__ = "request_topics"
    __table_args__ = _KEYS_ONLY

    tenant: Mapped[Key]
    topic: Mapped[WordKey]
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class RequestEventRow(Base):
    """One line of a request's audit trail; only ever added."""

    __tablename__ = "request_events"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "request_id"], ["requests.tenant", "requests.id"]),
        Index(None, "tenant", "request_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    tenant: Mapped[str]
    request_id: Mapped[str]
    at: Mapped[Moment]
    actor_id: Mapped[str]
    actor_name: Mapped[str]
    kind: Mapped[EventKind]
    before: Mapped[Status | None]
    after: Mapped[Status]
    detail: Mapped[PlainJson]


class CaseCounterRow(Base):
    """The last case number given in a year."""

    __tablename__ = "case_counters"

    tenant: Mapped[Key]
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class QueueChannelRow(Base):
    """The main channel of a tenant's queue: it holds what no other channel was chosen for."""

    __tablename__ = "queue_channels"

    tenant: Mapped[Key]
    team_id: Mapped[str]
    channel_id: Mapped[str]
    name: Mapped[str]


class RouteRow(Base):
    """The channel of one area, or of one topic; the other of the two is ""."""

    __tablename__ = "queue_routes"

    tenant: Mapped[Key]
    area: Mapped[Key]
    topic: Mapped[Key]
    team_id: Mapped[str]
    channel_id: Mapped[str]
    name: Mapped[str]


class CaretakerRow(Base):
    """Who is handed the new cases of one area, or of one topic; the other of the two is ""."""

    __tablename__ = "caretakers"

    tenant: Mapped[Key]
    area: Mapped[Key]
    topic: Mapped[Key]
    person_id: Mapped[str]
    person_name: Mapped[str]


class StateRow(Base):
    """Where one person stands in one conversation."""

    __tablename__ = "states"

    tenant: Mapped[Key]
    conversation_id: Mapped[Key]
    person_id: Mapped[Key]
    version: Mapped[int] = mapped_column()
    data: Mapped[PlainJson]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read once by SQLAlchemy


class InboxRow(Base):
    """An activity that was handled. `replies` are kept until they are spoken."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "handled_at"),)

    tenant: Mapped[Key]
    conversation_id: Mapped[Key]
    activity_id: Mapped[Key]
    handled_at: Mapped[Moment]
    replies: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))


class ConversationRow(Base):
    """How to reach a conversation later."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "tenant", "person_id"),)

    tenant: Mapped[Key]
    conversation_id: Mapped[Key]
    kind: Mapped[ConversationKind]
    person_id: Mapped[str]
    service_url: Mapped[str]
    reference: Mapped[PlainJson]


class ChannelCardRow(Base):
    """Which message in which channel shows a request."""

    __tablename__ = "channel_cards"

    tenant: Mapped[Key]
    request_id: Mapped[Key]
    conversation_id: Mapped[str]
    activity_id: Mapped[str]


class MovedCardRow(Base):
    """A message that showed a request before its card moved to another channel, and still has to say so."""

    __tablename__ = "moved_cards"

    tenant: Mapped[Key]
    request_id: Mapped[Key]
    conversation_id: Mapped[Key]
    activity_id: Mapped[Key]


class OfferRow(Base):
    """An offer of the catalogue. A code is never reused, so a retired one stays for the requests that name it."""

    __tablename__ = "offers"

    tenant: Mapped[Key]
    code: Mapped[Key]
    title: Mapped[str]
    summary: Mapped[str]
    outcome: Mapped[str]
    topics: Mapped[WordList]
    areas: Mapped[WordList]
    staff_groups: Mapped[WordList]
    kind: Mapped[OfferKind]
    length: Mapped[str]
    price_dkk: Mapped[int | None]
    price_unit: Mapped[PriceUnit]
    provider: Mapped[str]
    place: Mapped[str]
    online: Mapped[bool]
    seats: Mapped[int | None]
    link: Mapped[str]
    language: Mapped[str]
    sign_up: Mapped[SignUp] = mapped_column(server_default=SignUp.LEADER.value)
    retired: Mapped[bool]
    added_on: Mapped[date | None]


class RunRow(Base):
    """A dated run of an offer."""

    __tablename__ = "runs"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "offer_code"], ["offers.tenant", "offers.code"]),
        Index(None, "tenant", "offer_code"),
        Index(None, "tenant", "ends"),
    )

    tenant: Mapped[Key]
    code: Mapped[Key]
    offer_code: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]
    place: Mapped[str]
    online: Mapped[bool]
    seats: Mapped[int]
    taken: Mapped[int]
    deadline: Mapped[date | None]
    begins_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    link: Mapped[str] = mapped_column(server_default="")
    retired: Mapped[bool]
    added_on: Mapped[date | None]


class EnrolmentRow(Base):
    """One person's seat, or wish for a seat, on one run. `leave_asked_at` and the like are as in the noun."""

    __tablename__ = "enrolments"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "run_code"], ["runs.tenant", "runs.code"]),
        UniqueConstraint("tenant", "run_code", "person_id"),
        Index(None, "tenant", "person_id"),
        Index(None, "tenant", "run_code", "applied_at"),
        Index(None, "tenant", "leader_id", postgresql_where=_APPLIED_SQL, sqlite_where=_APPLIED_SQL),
    )

    tenant: Mapped[Key]
    id: Mapped[Key]
    version: Mapped[int] = mapped_column()
    run_code: Mapped[str]
    offer_code: Mapped[str]
    title: Mapped[str]
    person_id: Mapped[str]
    person_name: Mapped[str]
    sign_up: Mapped[SignUp]
    status: Mapped[EnrolmentStatus]
    applied_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    area: Mapped[Area | None]
    department: Mapped[str]
    leader_id: Mapped[str]
    leader_name: Mapped[str]
    signed_up_by: Mapped[str]
    holds_seat: Mapped[bool]
    offered_until: Mapped[Moment | None]
    leave_asked_at: Mapped[Moment | None]
    attended: Mapped[bool | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read once by SQLAlchemy


class EnrolmentEventRow(Base):
    """One line of an enrolment's audit trail; only ever added."""

    __tablename__ = "enrolment_events"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "enrolment_id"], ["enrolments.tenant", "enrolments.id"]),
        Index(None, "tenant", "enrolment_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    tenant: Mapped[str]
    enrolment_id: Mapped[str]
    at: Mapped[Moment]
    actor_id: Mapped[str]
    actor_name: Mapped[str]
    kind: Mapped[EnrolmentEventKind]
    before: Mapped[EnrolmentStatus | None]
    after: Mapped[EnrolmentStatus]
    detail: Mapped[PlainJson]


class PurposeRow(Base):
    """The purpose agreement of an enrolment: what the person and their leader have said, and when."""

    __tablename__ = "purposes"
    __table_args__ = (ForeignKeyConstraint(["tenant", "enrolment_id"], ["enrolments.tenant", "enrolments.id"]),)

    tenant: Mapped[Key]
    enrolment_id: Mapped[Key]
    version: Mapped[int] = mapped_column()
    begun_at: Mapped[Moment]
    deadline: Mapped[Moment]
    edition: Mapped[int]
    closed_at: Mapped[Moment | None]
    person_practice: Mapped[str]
    person_whom: Mapped[str]
    person_sign: Mapped[str]
    person_answered_at: Mapped[Moment | None]
    person_confirmed_at: Mapped[Moment | None]
    person_shares: Mapped[bool]
    person_by_id: Mapped[str]
    person_by_name: Mapped[str]
    leader_practice: Mapped[str]
    leader_whom: Mapped[str]
    leader_sign: Mapped[str]
    leader_answered_at: Mapped[Moment | None]
    leader_confirmed_at: Mapped[Moment | None]
    leader_shares: Mapped[bool]
    leader_by_id: Mapped[str]
    leader_by_name: Mapped[str]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read once by SQLAlchemy


class InterestRow(Base):
    """One person's interest in an offer or a topic; the columns are as in the noun."""

    __tablename__ = "interests"
    __table_args__ = (
        Index(None, "tenant", "person_id"),
        Index(None, "tenant", "offer_code"),
        Index(None, "tenant", "leader_id"),
    )

    tenant: Mapped[Key]
    id: Mapped[Key]
    person_id: Mapped[str]
    at: Mapped[Moment]
    area: Mapped[Area | None]
    offer_code: Mapped[str]
    topic: Mapped[str]
    words: Mapped[str]
    leader_id: Mapped[str]
    told_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]


class CatalogueVersionRow(Base):
    """Counts the changes of what a tenant's needs are matched with, so that every replica notices them."""

    __tablename__ = "catalogue_versions"

    tenant: Mapped[Key]
    version: Mapped[int]


class SynonymRow(Base):
    """A tenant's own row of synonyms; `key` is its words in the form in which they are compared."""

    __tablename__ = "synonyms"

    tenant: Mapped[Key]
    key: Mapped[Key]
    kind: Mapped[SynonymKind] = mapped_column(primary_key=True)
    words: Mapped[str]
    meanings: Mapped[WordList]
    origin: Mapped[Origin]
    off: Mapped[bool]


class ChoiceRow(Base):
    """How often an offer was chosen for a need with this word. Nothing says whose needs they were, or when."""

    __tablename__ = "choices"

    tenant: Mapped[Key]
    word: Mapped[Key]
    offer_code: Mapped[Key]
    times: Mapped[int]


class SuggestionRow(Base):
    """A synonym that choices suggested to the staff; its number stays, so that they can name it."""

    __tablename__ = "synonym_suggestions"
    __table_args__ = (UniqueConstraint("tenant", "word", "meaning"),)

    tenant: Mapped[Key]
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str]
    meaning: Mapped[str]
    state: Mapped[SuggestionState]


class SavedViewRow(Base):
    """A query of the queue that a person gave a name; `key` is the name in the form in which it is compared."""

    __tablename__ = "saved_views"

    tenant: Mapped[Key]
    person_id: Mapped[Key]
    key: Mapped[Key]
    name: Mapped[str]
    query: Mapped[PlainJson]


class NoticeRow(Base):
    """A notice on its way; the columns are explained in `storage/outbox.py`."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("tenant", "dedup_key"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    tenant: Mapped[str]
    audience: Mapped[str]
    kind: Mapped[NoticeKind]
    request_id: Mapped[str]
    event_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    enrolment_id: Mapped[str] = mapped_column(server_default="")
    interest_id: Mapped[str] = mapped_column(server_default="")
    dedup_key: Mapped[str]
    created: Mapped[Moment]
    due: Mapped[Moment]
    expires: Mapped[Moment]
    status: Mapped[DeliveryStatus]
    not_before: Mapped[Moment]
    attempts: Mapped[int]
    token: Mapped[int]
    last_error: Mapped[str]


class LaneRow(Base):
    """How fast a lane of the outbox may go on; explained in `storage/lanes.py`."""

    __tablename__ = "outbox_lanes"
    __table_args__ = (Index(None, "ready_at"),)

    tenant: Mapped[Key]
    audience: Mapped[Key]
    ready_at: Mapped[Moment]
    paid_until: Mapped[Moment]


def unfinished(status: InstrumentedAttribute[DeliveryStatus]) -> ColumnElement[bool]:
    """Whether a notice is still to be delivered.

    The codes are written into the SQL as literals: with bound parameters neither database can know that the
    partial indexes below fit the query.
    """
    codes = [DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.WAITING]
    return status.in_(bindparam("unfinished", codes, expanding=True, literal_execute=True))


def stuck(status: InstrumentedAttribute[DeliveryStatus]) -> ColumnElement[bool]:
    """Whether a notice waits for its reader or failed, in the words of its partial index."""
    codes = [DeliveryStatus.WAITING, DeliveryStatus.DEAD]
    return status.in_(bindparam("stuck", codes, expanding=True, literal_execute=True))


def undelivered(status: InstrumentedAttribute[DeliveryStatus]) -> ColumnElement[bool]:
    """Whether a notice was not delivered, in the words of its partial index."""
    codes = [DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.WAITING, DeliveryStatus.DEAD]
    return status.in_(bindparam("undelivered", codes, expanding=True, literal_execute=True))


_UNFINISHED_SQL = text("status IN ('pending', 'sending', 'waiting')")

Index(None, NoticeRow.not_before, NoticeRow.id, postgresql_where=_UNFINISHED_SQL, sqlite_where=_UNFINISHED_SQL)
Index(
    None,
    NoticeRow.tenant,
    NoticeRow.audience,
    NoticeRow.due,
    NoticeRow.id,
    postgresql_where=_UNFINISHED_SQL,
    sqlite_where=_UNFINISHED_SQL,
)
_UNDELIVERED_SQL = text("status IN ('pending', 'sending', 'waiting', 'dead')")

Index(
    None,
    NoticeRow.tenant,
    NoticeRow.request_id,
    postgresql_where=_UNDELIVERED_SQL,
    sqlite_where=_UNDELIVERED_SQL,
)
_STUCK_SQL = text("status IN ('waiting', 'dead')")

Index(None, NoticeRow.tenant, NoticeRow.id, postgresql_where=_STUCK_SQL, sqlite_where=_STUCK_SQL)
