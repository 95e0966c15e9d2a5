"""What the environment may say, and what each mistake is answered with."""

from pathlib import Path

import pytest

from bot.config import ConfigurationError, Settings, load_settings
from tests.bot.fake_teams import APP_ID, FOREIGN_TENANT, TENANT

TEAMS = {
    "KOMPETENCEBOT_APP_ID": APP_ID,
    "KOMPETENCEBOT_APP_PASSWORD": "hemmelig",
    "KOMPETENCEBOT_TENANT_ID": TENANT,
    "KOMPETENCEBOT_PUBLIC_HOST": "bot.kommunen.example",
}


KEY = "q8Jr0nM1s4Yt7Vw2Zx5Cb9Ek3Hg6Lp0Ua"


def problems(**changes: str) -> list[str]:
    return problems_of({**TEAMS, **{f"KOMPETENCEBOT_{name}": value for name, value in changes.items()}})


def problems_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(environ)
    for problem in caught.value.problems:
        assert problem.startswith("KOMPETENCEBOT_")
        assert problem.endswith((".", "?"))
    return caught.value.problems


def test_an_app_id_a_secret_a_tenant_and_a_host_are_enough() -> None:
    settings = load_settings({**TEAMS, "PATH": "/bin"})
    assert settings.app_id == APP_ID
    assert settings.app_type == "SingleTenant"
    assert settings.allowed_tenants == {TENANT}
    assert settings.host == "0.0.0.0"  # noqa: S104 - behind the municipality's own proxy
    assert settings.port == 3978
    assert settings.database_url == "sqlite+aiosqlite:///data/kompetencebot.sqlite"
    assert settings.log_format == "json"
    assert not settings.anonymous


def test_an_empty_environment_does_not_start_a_bot_that_takes_anybodys_word() -> None:
    app_id, tenant, password, host = problems_of({})
    assert app_id.startswith("KOMPETENCEBOT_APP_ID is missing")
    assert tenant.startswith("KOMPETENCEBOT_TENANT_ID is missing")
    assert password.startswith("KOMPETENCEBOT_APP_PASSWORD is missing")
    assert host.startswith("KOMPETENCEBOT_PUBLIC_HOST is missing")


def test_an_empty_value_counts_as_not_set() -> None:
    assert problems(APP_ID=" ")[0].startswith("KOMPETENCEBOT_APP_ID is missing")
    assert load_settings({**TEAMS, "KOMPETENCEBOT_PORT": ""}).port == 3978


def test_every_mistake_is_reported_at_once() -> None:
    found = problems(
        APP_ID="min-bot",
        TENANT_ID="kommune.onmicrosoft.com",
        ALLOWED_TENANTS=f"{TENANT}, nogen",
        PORT="abc",
        DATABASE_URL="mysql://root:kodeord@db/x",
        LOG_LEVEL="loud",
        DEMO="måske",
        PUBLIC_HOST="https://bot.kommune.dk/",
    )
    named = {problem.split(" ")[0].removeprefix("KOMPETENCEBOT_") for problem in found}
    assert named == {
        *("APP_ID", "TENANT_ID", "ALLOWED_TENANTS", "PORT", "DATABASE_URL", "LOG_LEVEL", "DEMO", "PUBLIC_HOST"),
    }
    assert len(found) == len(named)
    assert "kodeord" not in " ".join(found)


def test_a_multi_tenant_bot_is_refused_in_a_sentence() -> None:
    [problem] = problems(APP_TYPE="MultiTenant")
    assert "which Azure no longer creates" in problem


def test_a_managed_identity_has_no_secret() -> None:
    identity = {**TEAMS, "KOMPETENCEBOT_APP_TYPE": "UserAssignedMSI", "KOMPETENCEBOT_LINK_KEY": KEY}
    assert "remove it" in problems_of(identity)[0]
    del identity["KOMPETENCEBOT_APP_PASSWORD"]
    assert load_settings(identity).app_type == "UserAssignedMSI"


def test_the_secret_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("fra-fil\n", encoding="utf-8")
    environ = {**TEAMS, "KOMPETENCEBOT_APP_PASSWORD": "", "KOMPETENCEBOT_APP_PASSWORD_FILE": str(file)}
    assert load_settings(environ).app_password.get_secret_value() == "fra-fil"


def test_a_secret_file_that_is_missing_empty_or_one_too_many_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    [missing] = problems(APP_PASSWORD="", APP_PASSWORD_FILE=str(tmp_path / "none"))
    assert "cannot be read" in missing
    [empty] = problems(APP_PASSWORD="", APP_PASSWORD_FILE=str(tmp_path / "empty"))
    assert "is empty" in empty
    both = problems(APP_PASSWORD_FILE=str(tmp_path / "empty"))
    assert "both set" in both[0]


def test_a_managed_identity_needs_a_key_for_links_and_is_told_how_to_make_one() -> None:
    [problem] = problems(APP_TYPE="UserAssignedMSI", APP_PASSWORD="")
    assert problem.startswith("KOMPETENCEBOT_LINK_KEY is missing")
    assert "openssl rand -base64 32" in problem


def test_a_key_for_links_is_long_and_can_come_from_a_file(tmp_path: Path) -> None:
    [problem] = problems(LINK_KEY="kort")
    assert problem.startswith("KOMPETENCEBOT_LINK_KEY is too short")
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")
    (tmp_path / "before").write_text("den gamle", encoding="utf-8")
    files = {"LINK_KEY_FILE": tmp_path / "key", "LINK_KEY_PREVIOUS_FILE": tmp_path / "before"}
    settings = load_settings({**TEAMS, **{f"KOMPETENCEBOT_{name}": str(file) for name, file in files.items()}})
    assert settings.link_key.get_secret_value() == KEY
    assert settings.link_key_previous.get_secret_value() == "den gamle"
    [missing] = problems(APP_TYPE="UserAssignedMSI", APP_PASSWORD="", LINK_KEY_FILE=str(tmp_path / "none"))
    assert missing.startswith("KOMPETENCEBOT_LINK_KEY_FILE names")


def test_the_secret_does_not_show_when_settings_are_printed() -> None:
    settings = load_settings(TEAMS)
    assert "hemmelig" not in repr(settings)
    assert "hemmelig" not in settings.model_dump_json()


def test_more_tenants_can_be_allowed() -> None:
    settings = load_settings({**TEAMS, "KOMPETENCEBOT_ALLOWED_TENANTS": f"{TENANT.upper()}, {FOREIGN_TENANT},"})
    assert settings.allowed_tenants == {TENANT, FOREIGN_TENANT}


def test_a_demo_needs_nothing_and_stays_on_this_machine() -> None:
    settings = load_settings({"KOMPETENCEBOT_DEMO": "true"})
    assert (settings.demo, settings.anonymous, settings.host) == (True, True, "127.0.0.1")
    assert settings.allowed_tenants == frozenset()
    assert settings.log_format == "text"


EVERYWHERE = "0.0.0.0"  # noqa: S104 - the point of the test


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "10.0.0.5", "bot.kommune.dk", "localhost.evil.example"])
def test_an_anonymous_bot_that_others_could_reach_does_not_start(host: str) -> None:
    [problem] = problems_of({"KOMPETENCEBOT_ANONYMOUS": "1", "KOMPETENCEBOT_HOST": host})
    assert problem.startswith("KOMPETENCEBOT_HOST is")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_an_anonymous_bot_may_listen_on_any_loopback_address(host: str) -> None:
    settings = load_settings({"KOMPETENCEBOT_ANONYMOUS": "yes", "KOMPETENCEBOT_HOST": host})
    assert settings.anonymous


def test_an_app_id_without_authentication_is_a_contradiction() -> None:
    assert problems(ANONYMOUS="true")[0].startswith("KOMPETENCEBOT_APP_ID is set while")


def test_a_demo_with_authentication_is_a_contradiction() -> None:
    assert any("a demo has no tokens" in problem for problem in problems(DEMO="true", ANONYMOUS="false"))


@pytest.mark.parametrize("port", ["0", "65536", "-1", "3978.5", "³", "9" * 5000])
def test_a_port_is_a_number_that_exists(port: str) -> None:
    assert problems(PORT=port)[0].startswith("KOMPETENCEBOT_PORT is")


def test_a_misspelt_variable_is_found() -> None:
    [problem] = problems(DATABASE_URI="postgresql+psycopg://db/x")
    assert problem == "KOMPETENCEBOT_DATABASE_URI is no setting; did you mean KOMPETENCEBOT_DATABASE_URL?"


def test_variables_of_other_tools_are_left_alone() -> None:
    assert load_settings({**TEAMS, "KOMPETENCEBOT_TEST_POSTGRES": "x"}).app_id == APP_ID


def test_settings_do_not_change_while_the_bot_runs() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1


def test_the_databases_address_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "database_url"
    file.write_text("postgresql+psycopg://bot:hemmelig@db/bot\n")
    settings = load_settings({**TEAMS, "KOMPETENCEBOT_DATABASE_URL_FILE": str(file)})
    assert settings.database_url == "postgresql+psycopg://bot:hemmelig@db/bot"
    [told] = problems(DATABASE_URL_FILE=str(tmp_path / "none"))
    assert told.startswith("KOMPETENCEBOT_DATABASE_URL_FILE names")
    file.write_text("mysql://bot:hemmelig@db/bot")
    [told] = problems(DATABASE_URL_FILE=str(file))
    assert "hemmelig" not in told


def test_what_operations_may_set_is_checked() -> None:
    [told] = problems(METRICS_PORT="3978")
    assert told.startswith("KOMPETENCEBOT_METRICS_PORT is the port of the bot itself")
    [told] = problems(OTLP_ENDPOINT="collector:4318")
    assert told.startswith("KOMPETENCEBOT_OTLP_ENDPOINT is 'collector:4318'")
    [told] = problems(STOP_NOTICE_SECONDS="15")
    assert told.startswith("KOMPETENCEBOT_STOP_NOTICE_SECONDS is '15'")
    settings = load_settings(
        {
            **TEAMS,
            "KOMPETENCEBOT_METRICS_PORT": "9464",
            "KOMPETENCEBOT_OTLP_ENDPOINT": "http://collector:4318",
            "KOMPETENCEBOT_STOP_NOTICE_SECONDS": "5",
        }
    )
    assert (settings.metrics_port, settings.otlp_endpoint, settings.stop_notice_seconds) == (
        9464,
        "http://collector:4318",
        5,
    )
