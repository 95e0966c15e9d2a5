"""What differs from one municipality's app to the next, read from the environment and checked all at once."""

import re
import tomllib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

APP_ID = "KOMPETENCEBOT_APP_ID"
TEAMS_APP_ID = "KOMPETENCEBOT_TEAMS_APP_ID"
PUBLIC_HOST = "KOMPETENCEBOT_PUBLIC_HOST"
LINK_DOMAINS = "KOMPETENCEBOT_LINK_DOMAINS"
DEVELOPER_NAME = "KOMPETENCEBOT_DEVELOPER_NAME"
DEVELOPER_URL = "KOMPETENCEBOT_DEVELOPER_URL"
PRIVACY_URL = "KOMPETENCEBOT_PRIVACY_URL"
TERMS_URL = "KOMPETENCEBOT_TERMS_URL"
VERSION = "KOMPETENCEBOT_MANIFEST_VERSION"
VARIABLES = (
    *(APP_ID, TEAMS_APP_ID, PUBLIC_HOST, LINK_DOMAINS),
    *(DEVELOPER_NAME, DEVELOPER_URL, PRIVACY_URL, TERMS_URL, VERSION),
)

# The manifest schema's own limits: developer.name and the URLs.
DEVELOPER_NAME_LENGTH = 32
URL_LENGTH = 2048

_PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HOST = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE
)
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """One setting that is missing or wrong, said in both languages of the people who install the app.

    Attributes:
        variable: The environment variable.
        english: One sentence that begins with the variable's name.
        danish: The same sentence in Danish.
    """

    variable: str
    english: str
    danish: str


class ManifestSettingsError(ValueError):
    """The settings cannot make an app package; `problems` holds every reason, in the order of the settings."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"- {problem.english}\n  {problem.danish}" for problem in problems))


@dataclass(frozen=True)
class ManifestSettings:
    """The values that fill the placeholders of ``manifest.json``.

    Made by `from_environment`, which is where they are checked.

    Attributes:
        app_id: The bot's application (client) ID in Entra, a lower-case GUID.
        teams_app_id: The Teams app's own GUID; Teams tells an update from a new app by it.
        public_host: Host name at which the bot answers, without scheme, port or path.
        link_domains: Other hosts of the municipality's own, whose links to offers are shown as cards.
        developer_name: Who offers the app, at most 32 characters.
        developer_url: Where people find help with the app, https.
        privacy_url: How personal data is treated, https.
        terms_url: Terms of use, https.
        version: The package's version, three numbers; an update must have a higher one.
    """

    app_id: str
    teams_app_id: str
    public_host: str
    link_domains: tuple[str, ...]
    developer_name: str
    developer_url: str
    privacy_url: str
    terms_url: str
    version: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read and check the settings.

        Four can be left out: the Teams app id is derived from the bot's id, there are no other link domains, the
        terms of use default to the developer's page, and the version is the project's.

        Args:
            environment: Variables by name, usually ``os.environ``; blank counts as missing.

        Returns:
            Settings that give a valid manifest.

        Raises:
            ManifestSettingsError: With every missing or invalid variable.
        """
        given = {name: value.strip() for name, value in environment.items() if value.strip()}
        problems = tuple(problem for check in _CHECKS if (problem := check.problem(given)))
        if problems:
            raise ManifestSettingsError(problems)
        app_id = given[APP_ID].lower()
        return cls(
            app_id=app_id,
            teams_app_id=given.get(TEAMS_APP_ID, derived_teams_app_id(app_id)).lower(),
            public_host=given[PUBLIC_HOST].lower(),
            link_domains=_hosts(given.get(LINK_DOMAINS, "")),
            developer_name=given[DEVELOPER_NAME],
            developer_url=given[DEVELOPER_URL],
            privacy_url=given[PRIVACY_URL],
            terms_url=given.get(TERMS_URL, given[DEVELOPER_URL]),
            version=given.get(VERSION, project_version()),
        )


def derived_teams_app_id(app_id: str) -> str:
    """Return the Teams app's id that belongs to a bot: the same bot always gets the same one (UUID version 5)."""
    return str(uuid.uuid5(uuid.UUID(app_id), "teams-app"))


def project_version() -> str:
    """Return the project's version from ``pyproject.toml``, three numbers separated by dots."""
    return str(tomllib.loads(_PYPROJECT.read_text("utf-8"))["project"]["version"])


@dataclass(frozen=True)
class _Rule:
    """What a right value is, for the program and in both languages."""

    accepts: Callable[[str], bool]
    english: str
    danish: str


@dataclass(frozen=True)
class _Check:
    """One variable: what it is for, in both languages, and its rule."""

    variable: str
    english_purpose: str
    danish_purpose: str
    rule: _Rule
    required: bool = True

    def problem(self, given: Mapping[str, str]) -> Problem | None:
        value = given.get(self.variable)
        if value is None and self.required:
            return self._told(f"is missing: {self.english_purpose}", f"mangler: {self.danish_purpose}")
        if value is not None and not self.rule.accepts(value):
            return self._told(
                f"is “{value}”, but must be {self.rule.english}", f"er »{value}«, men skal være {self.rule.danish}"
            )
        return None

    def _told(self, english: str, danish: str) -> Problem:
        return Problem(self.variable, f"{self.variable} {english}.", f"{self.variable} {danish}.")


def _is_guid(value: str) -> bool:
    return _GUID.fullmatch(value) is not None


def _is_host(value: str) -> bool:
    return _HOST.fullmatch(value) is not None


def _hosts(value: str) -> tuple[str, ...]:
    """Return the host names of a list with commas, each once."""
    return tuple(dict.fromkeys(host.strip().lower() for host in value.split(",") if host.strip()))


def _are_hosts(value: str) -> bool:
    return all(map(_is_host, _hosts(value)))


def _is_version(value: str) -> bool:
    return _VERSION.fullmatch(value) is not None


def _is_developer_name(value: str) -> bool:
    return len(value) <= DEVELOPER_NAME_LENGTH


def _is_https_url(value: str) -> bool:
    if len(value) > URL_LENGTH or any(letter.isspace() for letter in value):
        return False
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    return address.scheme == "https" and _is_host(address.hostname or "")


_A_GUID = _Rule(
    _is_guid,
    "a GUID such as 1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f",
    "en GUID som 1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f",
)
_A_HOST = _Rule(
    _is_host,
    "a host name alone, such as kompetencebot.example.dk",
    "et værtsnavn alene, som kompetencebot.eksempel.dk",
)
_AN_ADDRESS = _Rule(
    _is_https_url,
    "an https address such as https://www.example.dk/page",
    "en https-adresse som https://www.eksempel.dk/side",
)
_A_SHORT_NAME = _Rule(
    _is_developer_name,
    f"at most {DEVELOPER_NAME_LENGTH} characters long",
    f"på højst {DEVELOPER_NAME_LENGTH} tegn",
)
_A_VERSION = _Rule(_is_version, "three numbers such as 1.2.3", "tre tal som 1.2.3")

_CHECKS = (
    _Check(
        APP_ID,
        "the application (client) ID of the bot's app registration in Entra",
        "program-id'et (klient) fra bottens appregistrering i Entra",
        _A_GUID,
    ),
    _Check(TEAMS_APP_ID, "the Teams app's own id", "Teams-appens eget id", _A_GUID, required=False),
    _Check(
        PUBLIC_HOST,
        "the host name at which Teams reaches the bot",
        "det værtsnavn, som Teams kan nå botten på",
        _A_HOST,
    ),
    _Check(
        LINK_DOMAINS,
        "the municipality's other hosts with pages of offers",
        "kommunens andre værter med sider om forløb",
        _Rule(
            _are_hosts,
            "host names separated by commas, such as kurser.example.dk,intra.example.dk",
            "værtsnavne med komma imellem, som kurser.eksempel.dk,intra.eksempel.dk",
        ),
        required=False,
    ),
    _Check(
        DEVELOPER_NAME,
        "who offers the app, for example the municipality",
        "hvem der står bag appen, fx kommunen",
        _A_SHORT_NAME,
    ),
    _Check(
        DEVELOPER_URL,
        "the page where people find help with the app",
        "siden, hvor man kan få hjælp til appen",
        _AN_ADDRESS,
    ),
    _Check(
        PRIVACY_URL,
        "the page that says how personal data is treated",
        "siden, der fortæller, hvordan personoplysninger behandles",
        _AN_ADDRESS,
    ),
    _Check(TERMS_URL, "the page with the terms of use", "siden med vilkår for brug", _AN_ADDRESS, required=False),
    _Check(VERSION, "the version of the app package", "app-pakkens version", _A_VERSION, required=False),
)
