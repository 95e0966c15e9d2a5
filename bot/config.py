"""The settings of a running bot, read once at start from `KOMPETENCEBOT_*` environment variables.

A bot with a wrong setting must not start half-configured: an empty app id, for example, silently turns the
SDK's authentication off. So every setting is checked before anything is opened, all problems are reported at
once, and each is one sentence that names the variable and says what to do. Addresses of Microsoft's sign-in
services are no settings at all: production cannot be pointed elsewhere by an environment variable.
"""

import difflib
import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from centre.retention import DAYS, LONGEST_DAYS, Kept

PREFIX = "KOMPETENCEBOT_"

_Value = TypeVar("_Value", bound=str)

AppType = Literal["SingleTenant", "UserAssignedMSI"]
LogFormat = Literal["json", "text"]

_APP_TYPES: dict[str, AppType] = {"singletenant": "SingleTenant", "userassignedmsi": "UserAssignedMSI"}
_LOG_FORMATS: dict[str, LogFormat] = {"json": "json", "text": "text"}
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_DATABASE_DRIVERS = ("sqlite+aiosqlite", "postgresql+psycopg")
_BOOLEANS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?")
_HIGHEST_PORT = 65_535
_NEAR_MISS = 0.85
_FROM_FILES = ("APP_PASSWORD", "DATABASE_URL", "LINK_KEY", "LINK_KEY_PREVIOUS")
_SHORTEST_KEY = 32
"""Characters; `openssl rand -base64 32` makes 44."""
_MAKE_A_KEY = "set it to what `openssl rand -base64 32` prints, the same on every replica"
_LONGEST_NOTICE = 10  # a stop takes at most 20 seconds in all, see bot/stopping.py
_MOST_PER_MINUTE = 1_000_000


class ConfigurationError(Exception):
    """The environment does not make a bot that may start.

    Attributes:
        problems: One plain sentence for each problem, in the order of the settings.
        settings: What could be read, with the default in place of what is wrong; for looking on, not for starting.
        wrong: Names of the variables, without their prefix, that stand at their default because of that.
    """

    def __init__(self, problems: list[str], settings: "Settings", wrong: frozenset[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.settings = settings
        self.wrong = wrong


class Settings(BaseModel):
    """What the environment decides. Immutable; secrets do not show when it is printed.

    Attributes:
        app_id: The bot's app registration in Entra; empty only in anonymous mode.
        app_password: The registration's client secret; empty for a managed identity and in anonymous mode.
        app_type: How the bot signs in to Teams. `MultiTenant` bots can no longer be created in Azure.
        tenant_id: The municipality's own tenant; empty only in anonymous mode.
        allowed_tenants: Tenants whose people are answered. Empty only in anonymous mode, where it means any.
        database_url: SQLAlchemy URL, `sqlite+aiosqlite` or `postgresql+psycopg`.
        host: Address that the HTTP server listens on.
        port: Port that the HTTP server listens on.
        public_host: Host name at which Teams reaches the bot; goes into the app manifest.
        link_key: Seals links to files; empty where it is derived from `app_password`.
        link_key_previous: Opens the links that are still out after a change of the key.
        demo: Run against the Agents Playground, with sample data and a changeable role.
        anonymous: Take requests without a token. Never on an address that other machines reach.
        log_level: Lowest level of the bot's own log lines.
        log_format: One JSON object per line, or coloured text for a developer.
        playground_port: Port of the Agents Playground; used in the demo only.
        metrics_port: Port of `/metrics` alone; 0 serves it on `port`, to this machine only.
        otlp_endpoint: Collector that traces are sent to; empty for none.
        stop_notice_seconds: How long a stopping bot says so on `/readyz` before it closes its port.
        person_per_minute: Messages and clicks of one person that each replica takes a minute; 0 for any number.
        tenant_per_minute: The same for everybody of a tenant together.
        keep_days: How many days each kind of thing about people is kept; 0 for good.
    """

    model_config = ConfigDict(frozen=True)

    app_id: str = ""
    app_password: SecretStr = SecretStr("")
    app_type: AppType = "SingleTenant"
    tenant_id: str = ""
    allowed_tenants: frozenset[str] = frozenset()
    database_url: str = "sqlite+aiosqlite:///data/kompetencebot.sqlite"
    host: str = "0.0.0.0"  # noqa: S104 - a container is reached from outside; anonymous mode is held to loopback
    port: int = 3978
    public_host: str = ""
    link_key: SecretStr = SecretStr("")
    link_key_previous: SecretStr = SecretStr("")
    demo: bool = False
    anonymous: bool = False
    log_level: str = "INFO"
    log_format: LogFormat = "json"
    playground_port: int = 56150
    metrics_port: int = 0
    otlp_endpoint: str = ""
    stop_notice_seconds: int = 3
    person_per_minute: int = 120
    tenant_per_minute: int = 12_000
    keep_days: Mapping[Kept, int] = Field(default_factory=lambda: dict(DAYS))


_VARIABLES = tuple(
    PREFIX + name
    for name in (
        *(field.upper() for field in Settings.model_fields if field != "keep_days"),
        *(f"KEEP_{kept.name}_DAYS" for kept in Kept),
        *(f"{secret}_FILE" for secret in _FROM_FILES),
    )
)


def load_settings(environ: Mapping[str, str], others: Collection[str] = ()) -> Settings:
    """Read and check every setting.

    Args:
        environ: The process environment. An empty value counts as not set, because composing tools pass those on.
        others: Variables with our prefix that other commands read, so that they are not taken for misspellings.

    Returns:
        Settings that the bot can start with.

    Raises:
        ConfigurationError: With every problem, not just the first.
    """
    reader = _Reader(environ)
    demo = reader.boolean("DEMO", default=False)
    anonymous = reader.boolean("ANONYMOUS", default=demo)
    if demo and not anonymous:
        reader.problem(
            "ANONYMOUS", "is off while KOMPETENCEBOT_DEMO is on, and a demo has no tokens; remove one of them."
        )
    tenant_id = reader.guid("TENANT_ID")
    host = reader.text("HOST", default="127.0.0.1" if anonymous else "0.0.0.0")  # noqa: S104 - see Settings.host
    settings = Settings(
        app_id=reader.guid("APP_ID"),
        app_password=SecretStr(reader.secret("APP_PASSWORD")),
        app_type=reader.app_type(),
        tenant_id=tenant_id,
        allowed_tenants=reader.guids("ALLOWED_TENANTS") or frozenset(filter(None, [tenant_id])),
        database_url=reader.database_url(default=Settings().database_url),
        host=host,
        port=reader.port("PORT", default=Settings().port),
        public_host=reader.public_host(),
        link_key=SecretStr(reader.link_key()),
        link_key_previous=SecretStr(reader.secret("LINK_KEY_PREVIOUS")),
        demo=demo,
        anonymous=anonymous,
        log_level=reader.choice("LOG_LEVEL", {level.lower(): level for level in _LOG_LEVELS}, default="INFO"),
        log_format=reader.choice("LOG_FORMAT", _LOG_FORMATS, default="text" if demo else "json"),
        playground_port=reader.port("PLAYGROUND_PORT", default=Settings().playground_port),
        metrics_port=reader.port("METRICS_PORT", default=0) if reader.text("METRICS_PORT") else 0,
        otlp_endpoint=reader.http_address("OTLP_ENDPOINT"),
        stop_notice_seconds=reader.whole_number(
            "STOP_NOTICE_SECONDS",
            _LONGEST_NOTICE,
            default=0 if anonymous else Settings().stop_notice_seconds,
            of="seconds",
        ),
        # In the demo one browser is a whole town.
        person_per_minute=reader.whole_number(
            "PERSON_PER_MINUTE",
            _MOST_PER_MINUTE,
            default=0 if anonymous else Settings().person_per_minute,
            of="messages (0: any number)",
        ),
        tenant_per_minute=reader.whole_number(
            "TENANT_PER_MINUTE",
            _MOST_PER_MINUTE,
            default=0 if anonymous else Settings().tenant_per_minute,
            of="messages (0: any number)",
        ),
        keep_days={
            kept: reader.whole_number(
                f"KEEP_{kept.name}_DAYS", LONGEST_DAYS, default=DAYS[kept], of="days (0: for good)"
            )
            for kept in Kept
        },
    )
    reader.problems += _identity_problems(settings, reader) if not anonymous else _anonymous_problems(settings)
    if settings.metrics_port == settings.port:
        reader.problem("METRICS_PORT", "is the port of the bot itself; choose another, or leave it out.")
    reader.problems += _misspellings(environ, {*_VARIABLES, *others})
    if reader.problems:
        raise ConfigurationError(reader.problems, settings, frozenset(reader.wrong))
    return settings


class _Reader:
    """Reads single variables and gathers what is wrong with them; a wrong value reads as the default."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []
        self.wrong: set[str] = set()

    def problem(self, name: str, sentence: str) -> None:
        self.problems.append(f"{PREFIX}{name} {sentence}")
        self.wrong.add(name)

    def text(self, name: str, default: str = "") -> str:
        return self._environ.get(PREFIX + name, "").strip() or default

    def boolean(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value not in _BOOLEANS:
            self.problem(name, "must be true or false.")
        return _BOOLEANS.get(value, default)

    def choice(self, name: str, choices: Mapping[str, _Value], *, default: _Value) -> _Value:
        value = self.text(name)
        if value and value.lower() not in choices:
            self.problem(name, f"is {value!r}; it must be one of {', '.join(map(str, choices.values()))}.")
        return choices.get(value.lower(), default)

    def guid(self, name: str) -> str:
        value = self.text(name).lower()
        if value and not _GUID.fullmatch(value):
            self.problem(name, f"is {value!r}, which is not an id like 11111111-2222-3333-4444-555555555555.")
            return ""
        return value

    def guids(self, name: str) -> frozenset[str]:
        values = [part.strip().lower() for part in self.text(name).split(",") if part.strip()]
        for value in values:
            if not _GUID.fullmatch(value):
                self.problem(name, f"has {value!r}, which is not a tenant id; separate several ids with commas.")
        return frozenset(values)

    def app_type(self) -> AppType:
        if self.text("APP_TYPE").lower() == "multitenant":
            self.problem(
                "APP_TYPE", "is MultiTenant, which Azure no longer creates; use SingleTenant or UserAssignedMSI."
            )
            return "SingleTenant"
        return self.choice("APP_TYPE", _APP_TYPES, default="SingleTenant")

    def secret(self, name: str) -> str:
        """Read a setting from its variable, or from the file that the variable with `_FILE` names."""
        given, file = self.text(name), self.text(f"{name}_FILE")
        if given and file:
            self.problem(f"{name}_FILE", f"and {PREFIX}{name} are both set; keep only one.")
        if not file:
            return given
        try:
            content = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            self.problem(f"{name}_FILE", f"names {file!r}, which cannot be read: {reason}.")
            return ""
        if not content:
            self.problem(f"{name}_FILE", f"names {file!r}, which is empty.")
        return content

    def link_key(self) -> str:
        key = self.secret("LINK_KEY")
        if 0 < len(key) < _SHORTEST_KEY:
            self.problem("LINK_KEY", f"is too short; {_MAKE_A_KEY}.")
        return key

    def port(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= _HIGHEST_PORT):
            self.problem(name, f"is {value!r}; it must be a number from 1 to {_HIGHEST_PORT}.")
            return default
        return int(value)

    def whole_number(self, name: str, most: int, *, default: int, of: str) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and int(value[:9]) <= most):
            self.problem(name, f"is {value!r}; it must be a whole number of {of} from 0 to {most}.")
            return default
        return int(value)

    def http_address(self, name: str) -> str:
        value = self.text(name)
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            self.problem(name, f"is {value!r}; give an address such as http://collector:4318.")
            return ""
        return value

    def database_url(self, default: str) -> str:
        value = self.secret("DATABASE_URL") or default
        if urlsplit(value).scheme not in _DATABASE_DRIVERS:
            # The value may hold a password, so the sentence does not repeat it.
            self.problem("DATABASE_URL", "must begin with sqlite+aiosqlite:/// or postgresql+psycopg://.")
        return value

    def public_host(self) -> str:
        value = self.text("PUBLIC_HOST").lower()
        if value and not _HOST_NAME.fullmatch(value):
            self.problem("PUBLIC_HOST", f"is {value!r}; give the bare host name, such as bot.kommune.dk.")
        return value


def _identity_problems(settings: Settings, reader: _Reader) -> Iterator[str]:
    """What a bot that checks tokens must have."""
    if not settings.app_id and "APP_ID" not in reader.wrong:
        yield f"{PREFIX}APP_ID is missing; set the bot's app id, or {PREFIX}DEMO=true to try it without Teams."
    if not settings.tenant_id and "TENANT_ID" not in reader.wrong:
        yield f"{PREFIX}TENANT_ID is missing; set the id of your own Entra tenant."
    password = settings.app_password.get_secret_value()
    if settings.app_type == "SingleTenant" and not password and "APP_PASSWORD_FILE" not in reader.wrong:
        yield f"{PREFIX}APP_PASSWORD is missing; set it or {PREFIX}APP_PASSWORD_FILE to the bot's client secret."
    if settings.app_type == "UserAssignedMSI" and password:
        yield f"{PREFIX}APP_PASSWORD is set, but a managed identity (UserAssignedMSI) has none; remove it."
    if settings.app_type == "UserAssignedMSI" and not settings.link_key and "LINK_KEY_FILE" not in reader.wrong:
        yield f"{PREFIX}LINK_KEY is missing; a managed identity has no secret to derive it from, so {_MAKE_A_KEY}."
    if not settings.public_host and "PUBLIC_HOST" not in reader.wrong:
        yield (
            f"{PREFIX}PUBLIC_HOST is missing; set the host name at which Teams reaches the bot, such as "
            "bot.kommune.dk: links to files lead there."
        )


def _anonymous_problems(settings: Settings) -> Iterator[str]:
    """What a bot that takes anybody's word must not have."""
    if settings.app_id:
        yield (
            f"{PREFIX}APP_ID is set while {PREFIX}ANONYMOUS or {PREFIX}DEMO turns the checking of tokens off; "
            "remove one of them."
        )
    if not is_loopback(settings.host):
        yield (
            f"{PREFIX}HOST is {settings.host!r}, which other machines can reach; without tokens only a loopback "
            "address such as 127.0.0.1 is allowed."
        )


def is_loopback(host: str) -> bool:
    """Say whether a host name or address can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _misspellings(environ: Mapping[str, str], known: Collection[str]) -> Iterator[str]:
    """Variables that look like a setting but are none: a misspelt database URL must not mean an empty database."""
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in known:
            continue
        if near := difflib.get_close_matches(name, _VARIABLES, n=1, cutoff=_NEAR_MISS):
            yield f"{name} is no setting; did you mean {near[0]}?"
