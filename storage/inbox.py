"""Which activities were handled: Teams sends one again when no answer came within 15 seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from storage.models import InboxRow
from storage.states import copy_of_plain_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

# Built once: building statements anew took longer than running them.
_INBOX = InboxRow.__table__
assert isinstance(_INBOX, Table)
_IS = (
    _INBOX.c.tenant == bindparam("of_tenant"),
    _INBOX.c.conversation_id == bindparam("in_conversation"),
    _INBOX.c.activity_id == bindparam("activity"),
)
_SEEN = select(_INBOX.c.replies).where(*_IS)
_CLOSE = insert(_INBOX)
_MARK_SPOKEN = update(_INBOX).where(*_IS).values(replies=bindparam("none"))


@dataclass(frozen=True, slots=True)
class Seen:
    """An activity that was handled. `replies` were never spoken (the process died in between); None: they were."""

    replies: list[dict[str, Any]] | None

    @property
    def spoken(self) -> bool:
        """Whether the person has the answer."""
        return self.replies is None


class Inbox:
    """The handled activities of one tenant.

    A turn asks `seen` first and calls `close` last, in one transaction. Of two turns with the same activity at
    the same time one commits; the other gets a ConflictError, runs again and finds it `seen`.
    """

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def seen(self, conversation_id: str, activity_id: str) -> Seen | None:
        """Return what became of this activity; None when it is new."""
        connection = await self._session.connection()
        row = (await connection.execute(_SEEN, self._key(conversation_id, activity_id))).one_or_none()
        return None if row is None else Seen(row.replies)

    async def close(self, conversation_id: str, activity_id: str, replies: Sequence[dict[str, Any]]) -> None:
        """Note that the activity is handled, with the replies that are to be spoken after the commit.

        Raises:
            ConflictError: another turn has handled it.
            TypeError: a reply is not plain JSON.
        """
        connection = await self._session.connection()
        row = {
            "tenant": self._tenant,
            "conversation_id": conversation_id,
            "activity_id": activity_id,
            "handled_at": datetime.now(UTC),
            "replies": copy_of_plain_json(list(replies)) or None,
        }
        await connection.execute(_CLOSE, row)

    async def mark_spoken(self, handled: Sequence[tuple[str, str]]) -> None:
        """Forget the replies of these (conversation, activity): what people write is not kept for nothing."""
        connection = await self._session.connection()
        rows = [{**self._key(conversation, activity), "none": None} for conversation, activity in handled]
        await connection.execute(_MARK_SPOKEN, rows)

    async def purge(self, older_than: datetime) -> int:
        """Forget activities handled before this moment and return how many."""
        statement = delete(InboxRow).where(InboxRow.tenant == self._tenant, InboxRow.handled_at < older_than)
        connection = await self._session.connection()
        return (await connection.execute(statement)).rowcount

    def _key(self, conversation_id: str, activity_id: str) -> dict[str, str]:
        return {"of_tenant": self._tenant, "in_conversation": conversation_id, "activity": activity_id}
