"""Where a person stands in a conversation: plain JSON, with a version that nobody overwrites unseen."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm.exc import StaleDataError

from centre.ports import ConflictError
from storage.models import StateRow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class StateKey:
    """Whose state: one person in one conversation (a channel is one conversation with many people)."""

    conversation_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class StoredState:
    """A state as it was saved. `version` is what `States.save` wants to see again."""

    data: dict[str, Any]
    version: int


class States:
    """The states of one tenant."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def load(self, key: StateKey) -> StoredState | None:
        """Return the state; None when nobody has saved one."""
        row = await self._session.get(StateRow, self._primary_key(key))
        return None if row is None else StoredState(copy_of_plain_json(row.data), row.version)

    async def save(self, key: StateKey, data: dict[str, Any], seen_version: int | None) -> int:
        """Save a state over the version that was loaded and return the version it has now.

        `seen_version` None says "there was no row". Data that did not change keeps its version.

        Raises:
            ConflictError: there is another version by now, or a row where none was seen.
            TypeError: the data is more than plain JSON; a path says where.
        """
        plain = copy_of_plain_json(data)
        if seen_version is None:
            row = StateRow(tenant=self._tenant, data=plain, **_columns(key))
            self._session.add(row)
            await self._session.flush()
            return row.version
        known = await self._session.get(StateRow, self._primary_key(key))
        if known is None or known.version != seen_version:
            raise ConflictError(f"the state is not at version {seen_version}")
        known.data = plain
        try:
            await self._session.flush()
        except StaleDataError as error:
            raise ConflictError("the state was changed by another turn") from error
        return known.version

    async def drop(self, key: StateKey) -> None:
        """Forget the state, so that the next turn starts afresh."""
        row = await self._session.get(StateRow, self._primary_key(key))
        if row is not None:
            await self._session.delete(row)
            await self._session.flush()

    def _primary_key(self, key: StateKey) -> tuple[str, str, str]:
        return (self._tenant, key.conversation_id, key.person_id)


def _columns(key: StateKey) -> dict[str, str]:
    return {"conversation_id": key.conversation_id, "person_id": key.person_id}


def copy_of_plain_json(value: Any, path: str = "$") -> Any:
    """Copy dicts, lists, texts, numbers, booleans and None; nothing that would come back as something else.

    Subclasses are refused too: an enum member would return as a text, a named tuple as a list.

    Raises:
        TypeError: something else is in it; `path` names the place as in `$.draft.when`.
    """
    kind = type(value)
    if value is None or kind in (str, int, bool) or (kind is float and isfinite(value)):
        return value
    if kind is list:
        return [copy_of_plain_json(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if kind is dict:
        return {_key(key, path): copy_of_plain_json(item, f"{path}.{key}") for key, item in value.items()}
    raise TypeError(f"{path} is {value!r} ({kind.__name__}), which is not plain JSON")


def _key(key: Any, path: str) -> str:
    if type(key) is not str:
        raise TypeError(f"{path} has the key {key!r}, which is not a text")
    return key
