"""The way out through the municipality's proxy."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from botbuilder.schema import Activity, ConversationAccount, ConversationReference
from yarl import URL

from bot.connector import Connector
from bot.credentials import NoCredentials
from bot.delivery import Backoff, Outcome
from bot.outgoing import proxy_for, proxy_to
from bot.service_url import ServiceUrls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

TEAMS = "https://smba.trafficmanager.net/emea/"


@pytest.fixture(autouse=True)
def _environment_is_read_anew() -> Iterator[None]:
    proxy_to.cache_clear()
    yield
    proxy_to.cache_clear()


@asynccontextmanager
async def proxy() -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy that notes what it is asked for, and lets nobody through."""
    asked: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode().strip())
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def test_messages_to_teams_leave_through_the_environments_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with proxy() as (address, asked):
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("https_proxy", address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        reference = ConversationReference(conversation=ConversationAccount(id="a:1"), service_url=TEAMS)
        async with Connector(NoCredentials(), ServiceUrls(), backoff=Backoff(attempts=1)) as connector:
            sent = await connector.send(reference, Activity(type="message", text="hej"))
    assert asked == ["CONNECT smba.trafficmanager.net:443 HTTP/1.1"]
    assert sent.outcome is Outcome.RETRY_LATER


def test_what_is_near_is_spoken_to_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://proxy.kommune.example:8080")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "near.example")
    assert proxy_for(URL("http://127.0.0.1:56150/_connector")) is None
    assert proxy_for(URL("https://near.example/x")) is None
    assert proxy_for(URL(TEAMS)) == "http://proxy.kommune.example:8080"
