"""How to reach people and channels later, without being spoken to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, select

from storage.models import ConversationKind, ConversationRow
from storage.states import copy_of_plain_json
from storage.upsert import insert_for

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

# Built once: building statements anew took longer than running them.
_CONVERSATIONS = ConversationRow.__table__
assert isinstance(_CONVERSATIONS, Table)
_OF_TENANT = select(
    _CONVERSATIONS.c.conversation_id,
    _CONVERSATIONS.c.kind,
    _CONVERSATIONS.c.service_url,
    _CONVERSATIONS.c.reference,
    _CONVERSATIONS.c.person_id,
).where(_CONVERSATIONS.c.tenant == bindparam("of_tenant"))
_GET = _OF_TENANT.where(_CONVERSATIONS.c.conversation_id == bindparam("id"))
_PERSONAL = _OF_TENANT.where(
    _CONVERSATIONS.c.person_id == bindparam("of_person"), _CONVERSATIONS.c.kind == ConversationKind.PERSONAL
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation the bot may speak in.

    `person_id` is whose personal chat it is, "" for channels and teams. `reference` is what the connector
    needs to speak there, as plain JSON.
    """

    conversation_id: str
    kind: ConversationKind
    service_url: str
    reference: dict[str, Any]
    person_id: str = ""


class Conversations:
    """The conversations of one tenant."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def remember(self, conversation: Conversation, known: Conversation | None = None) -> None:
        """Insert or update a conversation; nothing is written when it is as it is `known` already.

        A person has one personal chat: a new one takes the place of the one before.
        """
        if known == conversation:
            return
        if conversation.kind is ConversationKind.PERSONAL:
            await self._forget_other_personal_chats(conversation)
        values = asdict(conversation) | {"reference": copy_of_plain_json(conversation.reference)}
        statement = insert_for(self._session, ConversationRow).values(tenant=self._tenant, **values)
        keys = [ConversationRow.tenant, ConversationRow.conversation_id]
        await self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))

    async def personal(self, person_id: str) -> Conversation | None:
        """Return the personal chat with this person."""
        return await self._one(_PERSONAL, {"of_tenant": self._tenant, "of_person": person_id})

    async def get(self, conversation_id: str) -> Conversation | None:
        """Return the conversation with this Teams id."""
        return await self._one(_GET, {"of_tenant": self._tenant, "id": conversation_id})

    async def forget(self, conversation_id: str) -> None:
        """Delete the reference: the bot was removed or blocked there."""
        await self._session.execute(
            delete(ConversationRow).where(
                ConversationRow.tenant == self._tenant, ConversationRow.conversation_id == conversation_id
            )
        )

    async def _forget_other_personal_chats(self, conversation: Conversation) -> None:
        await self._session.execute(
            delete(ConversationRow).where(
                ConversationRow.tenant == self._tenant,
                ConversationRow.person_id == conversation.person_id,
                ConversationRow.kind == ConversationKind.PERSONAL,
                ConversationRow.conversation_id != conversation.conversation_id,
            )
        )

    async def _one(self, query: Select[Any], values: dict[str, str]) -> Conversation | None:
        connection = await self._session.connection()
        row = (await connection.execute(query, values)).first()
        return None if row is None else Conversation(**row._mapping)  # noqa: SLF001 - a public attribute of rows
