"""Where a person stands in a conversation: plain JSON, with a version that nobody overwrites unseen."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from centre.ports import ConflictError
from storage.models import StateRow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

# Built once: building statements anew took longer than running them.
_STATES = StateRow.__table__
assert isinstance(_STATES, Table)
_OF: dict[Any, Any] = {
    _STATES.c.tenant: bindparam("of_tenant"),
    _STATES.c.conversation_id: bindparam("in_conversation"),
    _STATES.c.person_id: bindparam("of_person"),
}
_IS = [column == value for column, value in _OF.items()]
_CONTENT: dict[Any, Any] = {_STATES.c.version: bindparam("version"), _STATES.c.data: bindparam("data")}
_LOAD = select(_STATES.c.version, _STATES.c.data).where(*_IS)
_INSERT = insert(_STATES).values({**_OF, **_CONTENT})
_UPDATE = update(_STATES).where(*_IS, _STATES.c.version == bindparam("seen_version")).values(_CONTENT)
_DROP = delete(_STATES).where(*_IS)


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
        self._loaded: dict[StateKey, StoredState] = {}

    async def load(self, key: StateKey) -> StoredState | None:
        """Return the state; None when nobody has saved one."""
        connection = await self._session.connection()
        row = (await connection.execute(_LOAD, self._row(key))).one_or_none()
        return None if row is None else self.take(key, row.data, row.version)

    def take(self, key: StateKey, data: dict[str, Any], version: int) -> StoredState:
        """Return a state that was read with something else, as if it had been loaded."""
        self._loaded[key] = StoredState(copy_of_plain_json(data), version)
        return StoredState(data, version)

    async def save(self, key: StateKey, data: dict[str, Any], seen_version: int | None) -> int:
        """Save a state over the version that was loaded and return the version it has now.

        `seen_version` None says "there was no row". Data that is as it was loaded keeps its version.

        Raises:
            ConflictError: there is another version by now, or a row where none was seen.
            TypeError: the data is more than plain JSON; a path says where.
        """
        plain = copy_of_plain_json(data)
        if seen_version is not None and self._loaded.get(key) == StoredState(plain, seen_version):
            return seen_version
        connection = await self._session.connection()
        version = (seen_version or 0) + 1
        row = self._row(key) | {"data": plain, "version": version}
        if seen_version is None:
            await connection.execute(_INSERT, row)
        elif (await connection.execute(_UPDATE, row | {"seen_version": seen_version})).rowcount != 1:
            raise ConflictError(f"the state is not at version {seen_version}")
        self._loaded[key] = StoredState(plain, version)
        return version

    async def drop(self, key: StateKey) -> None:
        """Forget the state, so that the next turn starts afresh."""
        connection = await self._session.connection()
        await connection.execute(_DROP, self._row(key))
        self._loaded.pop(key, None)

    def _row(self, key: StateKey) -> dict[str, Any]:
        return {"of_tenant": self._tenant, "in_conversation": key.conversation_id, "of_person": key.person_id}


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
