"""`python app.py check`: everything a bot needs to work, looked at once and told in plain words.

Nothing is changed and the bot may be running meanwhile. Each look is made as far as the others allow, so that
one call names all that is wrong. Error codes of Entra:
https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import aiohttp
import requests
from sqlalchemy import exc, text
from yarl import URL

from bot.authentication import OPENID_METADATA_URL
from bot.config import PREFIX, ConfigurationError, Settings, load_settings
from bot.credentials import ask_for_token, http_client_for_entra
from bot.outgoing import proxy_for
from manifest.settings import APP_ID, PUBLIC_HOST, ManifestSettings, ManifestSettingsError
from manifest.settings import VARIABLES as MANIFEST_VARIABLES
from storage.clock import database_now
from storage.database import Database
from storage.engines import SQLITE, open_engines, parse_url, sqlite_file
from storage.errors import DatabaseUnavailableError, SchemaOutdatedError
from storage.schema import check_current

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from sqlalchemy.engine import url as database_url

CONNECTOR_URL = "https://smba.trafficmanager.net/emea/"
"""Where Teams takes the bot's messages; any answer shows that the way is open."""
MOST_CLOCK_SECONDS = 60.0
"""Tokens bear five minutes; a clock that is a minute off is on its way there."""
LEAST_FREE_BYTES = 200 * 1024 * 1024
_ANSWER = aiohttp.ClientTimeout(total=10)

_REFUSALS = {
    7000215: "the client secret is wrong. It must be the secret's Value, shown once, and not its Secret ID",
    7000222: "the client secret has expired. Make a new one: docs/installation.md, Renewing the secret",
    700016: f"there is no such app in this tenant. Compare {PREFIX}APP_ID and {PREFIX}TENANT_ID with Entra",
    90002: f"there is no such tenant. Compare {PREFIX}TENANT_ID with Entra",
    7000112: "the app is disabled. Enable it in Entra, under Enterprise applications",
    700027: "the certificate is not the one that the app registration knows",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: What.
        words: How it is; if it is wrong, what to do.
        mark: `ok`, `WRONG`, or `note` for what could not or need not be looked at here.
    """

    subject: str
    words: str
    mark: str = "ok"

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to do something."""
        return self.mark == "WRONG"

    def __str__(self) -> str:
        return f"{self.mark:<6} {self.subject}: {self.words}"


def _wrong(subject: str, words: str) -> Finding:
    return Finding(subject, words, "WRONG")


async def look_at_everything(
    environ: Mapping[str, str],
    *,
    http_client: requests.Session | None = None,
    doors: Mapping[str, str] | None = None,
) -> AsyncIterator[Finding]:
    """Yield what was found, in the order in which it is mended best.

    Args:
        environ: The process environment.
        http_client: Only tests give one, to answer in Entra's place; no setting reaches this parameter.
        doors: Only tests give others than Microsoft's: addresses that must answer, by what they are for.
    """
    try:
        settings, wrong = load_settings(environ, MANIFEST_VARIABLES), frozenset[str]()
        yield Finding("Configuration", "every setting is in order.")
    except ConfigurationError as error:
        settings, wrong = error.settings, error.wrong
        for problem in error.problems:
            yield _wrong("Configuration", problem)
    if not wrong & {"DATABASE_URL", "DATABASE_URL_FILE"}:
        async for finding in _database(settings):
            yield finding
    if settings.anonymous:
        yield Finding("Credentials", "the demo and anonymous mode have none.", "note")
        return
    async for finding in _microsoft(settings, http_client or http_client_for_entra(), doors or _DOORS):
        yield finding
    for finding in _manifest(environ):
        yield finding


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        url = parse_url(settings.database_url)
    except (ValueError, exc.ArgumentError):
        yield _wrong(
            "Database", f"{PREFIX}DATABASE_URL cannot be read as an address. README.md shows one of each kind."
        )
        return
    for finding in _file(url):
        yield finding
    try:
        await check_current(settings.database_url)
    except SchemaOutdatedError as error:
        yield _wrong("Tables", f"{error}. Run: python app.py db upgrade")
        return
    except DatabaseUnavailableError as error:
        yield _wrong("Database", f"{_name(url)} cannot be reached: {_first_line(error, url)}")
        return
    # Without the lock of `Database.open`: this only reads, and the bot may have the file.
    database = Database(url, open_engines(url), None)
    try:
        async for finding in _open_database(settings, database, url):
            yield finding
    except DatabaseUnavailableError as error:
        yield _wrong("Database", f"{_name(url)} broke off: {_first_line(error, url)}")
    finally:
        await database.close()


async def _open_database(settings: Settings, database: Database, url: database_url.URL) -> AsyncIterator[Finding]:
    yield Finding("Database", f"{_name(url)} answers.")
    yield Finding("Tables", "they are up to date.")
    if url.get_backend_name() != SQLITE:
        async with database.session(read_only=True) as session:
            theirs = await database_now(session)
            ours = datetime.now(UTC)
            only_reads = (await session.execute(text("SELECT pg_is_in_recovery()"))).scalar_one()
        if only_reads:
            yield _wrong("Database", "this server only reads; it is a standby. Name the primary server.")
        yield _clock("the database server", ours - theirs)
    for tenant in sorted(settings.allowed_tenants):
        async with database.read_only(tenant) as work:
            queue = await work.channels.queue()
        if queue is None:
            yield _wrong(
                "Queue channel",
                f"tenant {tenant} has chosen none, so requests reach nobody. Add the app to the centre's team and "
                "press “Brug denne kanal” (docs/installation.md, step 6).",
            )
        else:
            yield Finding("Queue channel", f"tenant {tenant} has one.")


def _file(url: database_url.URL) -> Iterator[Finding]:
    """Look at a SQLite file's folder and disk."""
    if url.get_backend_name() != SQLITE:
        return
    folder = sqlite_file(url).absolute().parent
    while not folder.exists():
        folder = folder.parent
    in_question = [folder, *([sqlite_file(url)] if sqlite_file(url).exists() else [])]
    for path in in_question:
        if not os.access(path, os.W_OK):
            yield _wrong(
                "Database", f"this user may not write to {path}. Change its owner, or run check as the bot."
            )
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        yield _wrong("Database", f"only {free // 2**20} MB are free where {folder} is. Make room.")


def _name(url: database_url.URL) -> str:
    if url.get_backend_name() == SQLITE:
        return str(sqlite_file(url))
    return f"PostgreSQL {url.database} at {url.host or 'the local socket'}"


def _first_line(error: Exception, url: database_url.URL) -> str:
    """Return the driver's own words, which name host and user; the password never."""
    line = (str(error).strip().splitlines() or ["no answer"])[0]
    return line.replace(url.password, "…") if url.password else line


async def _microsoft(
    settings: Settings, http_client: requests.Session, doors: Mapping[str, str]
) -> AsyncIterator[Finding]:
    if _can_ask(settings):
        for finding in await asyncio.to_thread(lambda: list(_credentials(settings, http_client))):
            yield finding
    else:
        yield Finding("Credentials", "not asked for, because settings for them are missing.", "note")
    async with aiohttp.ClientSession(timeout=_ANSWER) as session:
        for purpose, address in doors.items():
            yield await _door(session, purpose, address)


_DOORS = {"keys that tokens are checked with": OPENID_METADATA_URL, "the bot's messages to Teams": CONNECTOR_URL}


async def _door(session: aiohttp.ClientSession, purpose: str, address: str) -> Finding:
    host = address.split("/")[2]
    try:
        async with session.get(address, allow_redirects=False, proxy=proxy_for(URL(address))):
            return Finding("Network", f"{host} answers ({purpose}).")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return _wrong(
            "Network",
            f"{host} cannot be reached ({purpose}; {type(error).__name__}). Let HTTPS out to it, port 443, or "
            "set HTTPS_PROXY.",
        )


def _can_ask(settings: Settings) -> bool:
    managed = settings.app_type == "UserAssignedMSI"
    return bool(settings.app_id and settings.tenant_id and (managed or settings.app_password.get_secret_value()))


def _credentials(settings: Settings, http_client: requests.Session) -> Iterator[Finding]:
    """Ask for a token as the bot does; compare the clocks by the answer. Blocks."""
    dates: list[datetime] = []

    def note_date(response: requests.Response, *_: object, **__: object) -> None:
        if date := response.headers.get("Date"):
            dates.append(parsedate_to_datetime(date))

    http_client.hooks["response"].append(note_date)
    try:
        yield _token(settings, ask_for_token(settings, http_client))
    except requests.exceptions.SSLError:
        yield _wrong(
            "Credentials",
            "login.microsoftonline.com shows a certificate that is not trusted here. If a proxy opens TLS, except "
            "this host from it, or name its certificate in REQUESTS_CA_BUNDLE.",
        )
    except requests.exceptions.RequestException as error:
        yield _unreachable(settings, type(error).__name__)
    # MSAL raises this for a tenant whose address answers with anything but its configuration.
    except ValueError:
        yield _wrong(
            "Credentials", f"Entra knows no tenant {settings.tenant_id}. Compare {PREFIX}TENANT_ID with Entra."
        )
    except Exception as error:  # noqa: BLE001 - MSAL lets errors of several libraries through
        yield _wrong(
            "Credentials", f"Entra answers in a way that nobody expects: {type(error).__name__}. Try again."
        )
    if dates:
        yield _clock("Microsoft's sign-in", datetime.now(UTC) - dates[-1])


def _token(settings: Settings, answer: Mapping[str, Any]) -> Finding:
    if isinstance(answer.get("access_token"), str):
        return Finding("Credentials", "Entra gives a token.")
    for code in answer.get("error_codes") or ():
        if code in _REFUSALS:
            return _wrong("Credentials", f"Entra gives no token: {_REFUSALS[code]}.")
    said = answer.get("error"), *(f"AADSTS{code}" for code in answer.get("error_codes") or ())
    who = "The managed identity" if settings.app_type == "UserAssignedMSI" else "Entra"
    return _wrong("Credentials", f"{who} gives no token: {', '.join(map(str, said))}.")


def _unreachable(settings: Settings, why: str) -> Finding:
    if settings.app_type == "UserAssignedMSI":
        return _wrong(
            "Credentials",
            f"no managed identity answers here ({why}). It exists only on a machine in Azure that the identity "
            "has been assigned to; elsewhere use SingleTenant and a client secret.",
        )
    return _wrong(
        "Credentials",
        f"login.microsoftonline.com cannot be reached ({why}), so nobody can tell whether they are right. Let "
        "HTTPS out to it, port 443, or set HTTPS_PROXY.",
    )


def _clock(other: str, ahead: timedelta) -> Finding:
    """Compare clocks; the answer took some moments, and a Date header has whole seconds."""
    seconds = ahead.total_seconds()
    if abs(seconds) < MOST_CLOCK_SECONDS:
        return Finding("Clock", f"it agrees with {other}.")
    direction = "ahead of" if seconds > 0 else "behind"
    return _wrong(
        "Clock",
        f"this machine is {abs(seconds):.0f} seconds {direction} {other}. Tokens are refused from 300 seconds on, "
        "and reminders come at the wrong time. Turn time synchronisation on (timedatectl set-ntp true).",
    )


def _manifest(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the settings of the app package, where any of them is set: it may be built elsewhere."""
    own = [name for name in MANIFEST_VARIABLES if name not in {APP_ID, PUBLIC_HOST}]
    if not any(environ.get(name, "").strip() for name in own):
        yield Finding("App package", "its settings are not given here; make manifest says what it needs.", "note")
        return
    try:
        ManifestSettings.from_environment(environ)
    except ManifestSettingsError as error:
        for problem in error.problems:
            yield _wrong("App package", problem.english)
    else:
        yield Finding("App package", "its settings are in order.")
