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
class _Check:
    """One variable's rule: what it is for, and what a right value looks like, in both languages."""

    variable: str
    required: bool
    accepts: Callable[[str], bool]
    english_purpose: str
    danish_purpose: str
    english_rule: str
    danish_rule: str

    def problem(self, given: Mapping[str, str]) -> Problem | None:
        value = given.get(self.variable)
        if value is None and self.required:
            return self._told(f"is missing: {self.english_purpose}", f"mangler: {self.danish_purpose}")
        if value is not None and not self.accepts(value):
            return self._told(
                f"is “{value}”, but must be {self.english_rule}", f"er »{value}«, men skal være {self.danish_rule}"
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


_GUID_RULE = (
    "a GUID such as 1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f",
    "en GUID som 1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f",
)
_URL_RULE = (
    "an https address such as https://www.example.dk/page",
    "en https-adresse som https://www.eksempel.dk/side",
)

_CHECKS = (
    _Check(
        APP_ID,
        required=True,
        accepts=_is_guid,
        english_purpose="the application (client) ID of the bot's app registration in Entra",
        danish_purpose="program-id'et (klient) fra bottens appregistrering i Entra",
        english_rule=_GUID_RULE[0],
        danish_rule=_GUID_RULE[1],
    ),
    _Check(
        TEAMS_APP_ID,
        required=False,
        accepts=_is_guid,
        english_purpose="the Teams app's own id",
        danish_purpose="Teams-appens eget id",
        english_rule=_GUID_RULE[0],
        danish_rule=_GUID_RULE[1],
    ),
    _Check(
        PUBLIC_HOST,
        required=True,
        accepts=_is_host,
        english_purpose="the host name at which Teams reaches the bot",
        danish_purpose="det værtsnavn, som Teams kan nå botten på",
        english_rule="a host name alone, such as kompetencebot.example.dk",
        danish_rule="et værtsnavn alene, som kompetencebot.eksempel.dk",
    ),
    _Check(
        LINK_DOMAINS,
        required=False,
        accepts=_are_hosts,
        english_purpose="the municipality's other hosts with pages of offers",
        danish_purpose="kommunens andre værter med sider om forløb",
        english_rule="host names separated by commas, such as kurser.example.dk,intra.example.dk",
        danish_rule="værtsnavne med komma imellem, som kurser.eksempel.dk,intra.eksempel.dk",
    ),
    _Check(
        DEVELOPER_NAME,
        required=True,
        accepts=_is_developer_name,
        english_purpose="who offers the app, for example the municipality",
        danish_purpose="hvem der står bag appen, fx kommunen",
        english_rule=f"at most {DEVELOPER_NAME_LENGTH} characters long",
        danish_rule=f"på højst {DEVELOPER_NAME_LENGTH} tegn",
    ),
    _Check(
        DEVELOPER_URL,
        required=True,
        accepts=_is_https_url,
        english_purpose="the page where people find help with the app",
        danish_purpose="siden, hvor man kan få hjælp til appen",
        english_rule=_URL_RULE[0],
        danish_rule=_URL_RULE[1],
    ),
    _Check(
        PRIVACY_URL,
        required=True,
        accepts=_is_https_url,
        english_purpose="the page that says how personal data is treated",
        danish_purpose="siden, der fortæller, hvordan personoplysninger behandles",
        english_rule=_URL_RULE[0],
        danish_rule=_URL_RULE[1],
    ),
    _Check(
        TERMS_URL,
        required=False,
        accepts=_is_https_url,
        english_purpose="the page with the terms of use",
        danish_purpose="siden med vilkår for brug",
        english_rule=_URL_RULE[0],
        danish_rule=_URL_RULE[1],
    ),
    _Check(
        VERSION,
        required=False,
        accepts=_is_version,
        english_purpose="the version of the app package",
        danish_purpose="app-pakkens version",
        english_rule="three numbers such as 1.2.3",
        danish_rule="tre tal som 1.2.3",
    ),
)
