"""HTTP/1.1 as bare as it can be, so that a load costs little beside the servers that it measures.

`Line` is a kept connection that asks one thing at a time. `FakeTeams` takes what bots send to the connector, and
publishes the keys that their tokens are checked with. Both read only messages with a Content-Length, which is what
all engines write.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"
_CREATED = b'{"id":"1700000000000"}'


class _Messages(asyncio.Protocol):
    """Cuts a stream of bytes into messages with head and body."""

    def __init__(self) -> None:
        self._buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what has arrived whole."""
        self._buffer += data
        while (end := self._buffer.find(_END_OF_HEAD)) >= 0:
            head = self._buffer[:end]
            length = _LENGTH.search(head)
            message_ends = end + len(_END_OF_HEAD) + (int(length[1]) if length else 0)
            if len(self._buffer) < message_ends:
                return
            body = self._buffer[end + len(_END_OF_HEAD) : message_ends]
            self._buffer = self._buffer[message_ends:]
            self.message_received(head, body)

    def message_received(self, head: bytes, body: bytes) -> None:
        """Take one message."""
        raise NotImplementedError


class Line(_Messages):
    """A kept connection to a server."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    @classmethod
    async def to(cls, port: int) -> Line:
        """Connect to a server of this machine."""
        _, line = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return line

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a whole request; return the answer's status and body."""
        assert self.transport
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        assert self.transport
        self.transport.close()

    def message_received(self, head: bytes, body: bytes) -> None:
        """Give the answer to who asked."""
        assert self._answer
        self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits for an answer."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError())


class FakeTeams:
    """The connector and the keys. `arrival` is done when the next message arrives in a conversation.

    `documents` are the answers to GET by the last part of the path.
    """

    def __init__(self) -> None:
        self.documents: dict[str, bytes] = {}
        self.port = 0
        self._awaited: dict[str, asyncio.Future[None]] = {}
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen on a free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening."""
        assert self._server
        self._server.close()

    def service_url(self, server: str) -> str:
        """Return the service URL of one server's conversations, which are told apart by it."""
        return f"http://127.0.0.1:{self.port}/{server}/"

    def arrival(self, place: str) -> asyncio.Future[None]:
        """Return what is done when a message arrives at `server/conversation id`."""
        self._awaited[place] = asyncio.get_running_loop().create_future()
        return self._awaited[place]

    def took(self, place: str) -> None:
        """Take a message."""
        awaited = self._awaited.pop(place, None)
        if awaited and not awaited.done():
            awaited.set_result(None)


class _Connection(_Messages):
    """One connection of a bot to the fake Teams."""

    def __init__(self, teams: FakeTeams) -> None:
        super().__init__()
        self._teams = teams

    def message_received(self, head: bytes, _body: bytes) -> None:
        """Answer a request."""
        assert self.transport
        method, path = head.split(b" ", 2)[:2]
        if method == b"GET":
            name = path.partition(b"?")[0].rpartition(b"/")[2].decode()
            self.transport.write(_answer(b"200 OK", self._teams.documents.get(name, b"{}")))
            return
        self.transport.write(_answer(b"201 Created", _CREATED))
        parts = path.decode().split("/")  # "", server, "v3", "conversations", conversation, "activities"
        self._teams.took(f"{parts[1]}/{unquote(parts[4])}")


def _answer(status: bytes, body: bytes) -> bytes:
    length = b"\r\nContent-Length: %d\r\n\r\n" % len(body)
    return b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json" + length + body


def post(body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return a whole request to `/api/messages`."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
