"""Files behind links: `GET /hent/<token>`, checked afresh at every fetch.

A link opens as often as one likes until it expires: Teams and mail scanners fetch links before people do, so one
that opens once would often be spent when its person comes. What the person may see is asked again each time.

A file is made whole before its first byte is sent: nobody gets half of one, and a slow line keeps no transaction
open.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass, replace
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Protocol

from aiohttp import hdrs, web

from bot.links import WrongLinkError
from bot.logs import current_reference, logger
from bot.pages import HEADERS, attachment, page
from centre.filing import NotFoundError
from centre.ports import ConflictError
from centre.states import NotAllowedError
from dialogs.texts import texts_in
from storage.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping

    from bot.links import Claims, Links
    from centre.people import Person
    from centre.ports import UnitOfWork
    from dialogs.texts import Texts
    from storage.database import Database

MOST_AT_ONCE = 2
"""Files being made at a time in one process; conversations come first."""

_log = logger("downloads")


class NoFileError(Exception):
    """There is no such file to be had; the page says so, and what to do instead."""

    def __init__(self, heading: str, advice: str) -> None:
        super().__init__()
        self.heading = heading
        self.advice = advice


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody may have: its name, its type, and how it is written; only a GET has it written."""

    name: str
    content_type: str
    write: Callable[[IO[bytes]], Awaitable[object]]


class Kind(Protocol):
    """A kind of file, registered in `bot.service` by the name that `dialogs` makes links with."""

    async def __call__(self, claims: Claims, person: Person, work: UnitOfWork, /) -> File:
        """Find the file that a link means, for the person as they are now.

        Raises:
            NotAllowedError: the person may not have it (any more).
            NotFoundError: it is not there, or not theirs to see.
            NoFileError: it cannot be made.
        """


class Downloads:
    """Answers requests for files."""

    def __init__(
        self,
        database: Database,
        links: Links,
        kinds: Mapping[str, Kind],
        is_staff: Callable[[str, str], Awaitable[bool]],
        tenants: Collection[str] = (),
    ) -> None:
        """Name what can be had.

        Args:
            database: Where the files' rows are.
            links: Reads the tokens.
            kinds: By their names, which stay as long as links with them are out.
            is_staff: Says whether a person of a tenant is of the centre's staff now.
            tenants: Those whose people are answered; empty means any, which only an anonymous bot has.
        """
        self._database = database
        self._links = links
        self._kinds = kinds
        self._is_staff = is_staff
        self._tenants = tenants
        self._making = asyncio.Semaphore(MOST_AT_ONCE)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Answer with the file, or with a page that says how to get a new link."""
        try:
            claims = self._links.read(request.match_info["token"])
        except WrongLinkError:
            return _wrong(texts_in(""))
        texts = texts_in(claims.locale)
        if self._links.has_expired(claims):
            return page(HTTPStatus.GONE, texts.locale, texts("link-expired-heading"), texts("link-expired"))
        try:
            return await self._answer(claims, wants_content=request.method != hdrs.METH_HEAD)
        except (NotAllowedError, NotFoundError):
            return _wrong(texts)
        except NoFileError as error:
            return page(HTTPStatus.NOT_FOUND, texts.locale, error.heading, error.advice)
        except (DatabaseUnavailableError, ConflictError):
            _log.warning("download_not_made", kind=claims.kind)
            return _failed(HTTPStatus.SERVICE_UNAVAILABLE, texts)
        except Exception:  # noqa: BLE001 - a person reads the answer, so it is a page and no JSON
            _log.exception("download_failed", kind=claims.kind)
            return _failed(HTTPStatus.INTERNAL_SERVER_ERROR, texts)

    async def _answer(self, claims: Claims, *, wants_content: bool) -> web.StreamResponse:
        kind = self._kinds.get(claims.kind)
        if kind is None or (self._tenants and claims.tenant not in self._tenants):
            raise NotFoundError
        staff = await self._is_staff(claims.tenant, claims.person_id)
        own_turn = self._making if wants_content else nullcontext()
        async with own_turn, self._database.read_only(claims.tenant) as work:
            known = await work.people.get(claims.person_id)
            if known is None:
                raise NotFoundError
            file = await kind(claims, replace(known, staff=staff), work)
            if not wants_content:
                return _headers_only(file)
            content = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
            try:
                await file.write(content)
            except BaseException:
                content.close()
                raise
        _log.info("downloaded", kind=claims.kind, bytes=content.tell())
        content.seek(0)
        return web.Response(body=content, headers=_headers(file))


def _headers(file: File) -> dict[str, str]:
    return {
        **HEADERS,
        hdrs.CONTENT_TYPE: file.content_type,
        hdrs.CONTENT_DISPOSITION: attachment(file.name),
    }


def _headers_only(file: File) -> web.StreamResponse:
    """Answer a HEAD: how long the file will be is not known before it is made."""
    return web.Response(headers=_headers(file))


def _wrong(texts: Texts) -> web.Response:
    return page(HTTPStatus.NOT_FOUND, texts.locale, texts("link-wrong-heading"), texts("link-wrong"))


def _failed(status: HTTPStatus, texts: Texts) -> web.Response:
    reference = texts("link-reference", reference=current_reference())
    return page(status, texts.locale, texts("link-failed-heading"), texts("link-failed"), reference)
