"""What every turn begins with, in one question.

Before it can think, a turn needs five things that are found by their keys: whether its activity was handled, who
it is, whom they stand in for, how the conversation is reached, where they stood. Asking took longer than finding:
one by one, they were a fifth of a turn (docs/turn-cost.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, and_, bindparam, literal, select

from storage.conversations import Conversation
from storage.inbox import Seen
from storage.models import ConversationRow, InboxRow, PersonRow, PersonSettingsRow, StateRow
from storage.people import person_in
from storage.settings import away_on
from storage.states import StateKey

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from centre.people import Person
    from storage.states import States, StoredState

_TENANT: BindParameter[str] = bindparam("of_tenant")
_HERE: BindParameter[str] = bindparam("in_conversation")
_WHO: BindParameter[str] = bindparam("of_person")
_INBOX, _PEOPLE, _SETTINGS = InboxRow.__table__.c, PersonRow.__table__.c, PersonSettingsRow.__table__.c
_CONVERSATIONS, _STATES = ConversationRow.__table__.c, StateRow.__table__.c
_TURN = select(literal(1).label("turn")).subquery("turn")
_FOUND = (
    _TURN.outerjoin(
        InboxRow.__table__,
        and_(
            _INBOX.tenant == _TENANT,
            _INBOX.conversation_id == _HERE,
            _INBOX.activity_id == bindparam("activity"),
        ),
    )
    .outerjoin(PersonRow.__table__, and_(_PEOPLE.tenant == _TENANT, _PEOPLE.entra_id == _WHO))
    .outerjoin(
        ConversationRow.__table__,
        and_(_CONVERSATIONS.tenant == _TENANT, _CONVERSATIONS.conversation_id == bindparam("place")),
    )
    .outerjoin(
        StateRow.__table__,
        and_(_STATES.tenant == _TENANT, _STATES.conversation_id == _HERE, _STATES.person_id == _WHO),
    )
    .outerjoin(
        PersonSettingsRow.__table__,
        and_(_SETTINGS.tenant == _TENANT, _SETTINGS.stand_in_id == _WHO, away_on(bindparam("today"))),
    )
)
# Built once: building statements anew took longer than running them. The person's columns keep their names.
_OPEN: Select[Any] = select(
    *_PEOPLE,
    _INBOX.activity_id.label("handled"),
    _INBOX.replies,
    _CONVERSATIONS.conversation_id.label("place"),
    _CONVERSATIONS.kind,
    _CONVERSATIONS.service_url,
    _CONVERSATIONS.reference,
    _CONVERSATIONS.person_id.label("whose"),
    _STATES.version.label("state_version"),
    _STATES.data.label("state"),
    _SETTINGS.person_id.label("absent"),
).select_from(_FOUND)


@dataclass(frozen=True, slots=True)
class Opened:
    """What is stored when a turn begins; None where there is nothing."""

    seen: Seen | None
    person: Person | None
    stands_in_for: frozenset[str]
    conversation: Conversation | None
    state: StoredState | None


class Opening:
    """Asks for what a turn of one tenant begins with."""

    def __init__(self, session: AsyncSession, tenant: str, states: States) -> None:
        self._session = session
        self._tenant = tenant
        self._states = states

    async def read(
        self, conversation_id: str, place: str, activity_id: str, person_id: str, today: date
    ) -> Opened:
        """Return what is stored of a turn.

        Args:
            conversation_id: Where it takes place, with its thread.
            place: The conversation as it is remembered, without the thread.
            activity_id: What Teams calls the activity.
            person_id: The Entra object id.
            today: Decides who is away.
        """
        connection = await self._session.connection()
        values = {
            "of_tenant": self._tenant,
            "in_conversation": conversation_id,
            "place": place,
            "activity": activity_id,
            "of_person": person_id,
            "today": today,
        }
        rows = (await connection.execute(_OPEN, values)).all()  # one for each who is away
        row = rows[0]
        conversation = state = None
        if row.place is not None:
            conversation = Conversation(row.place, row.kind, row.service_url, row.reference, row.whose)
        if row.state_version is not None:
            state = self._states.take(StateKey(conversation_id, person_id), row.state, row.state_version)
        return Opened(
            seen=None if row.handled is None else Seen(row.replies),
            person=None if row.entra_id is None else person_in(row),
            stands_in_for=frozenset(row.absent for row in rows if row.absent is not None),
            conversation=conversation,
            state=state,
        )
