import pytest

from manifest.settings import VARIABLES, ManifestSettings, ManifestSettingsError, project_version


def problems(environment: dict[str, str]) -> list[str]:
    with pytest.raises(ManifestSettingsError) as caught:
        ManifestSettings.from_environment(environment)
    return [problem.variable for problem in caught.value.problems]


def test_everything_missing_is_said_at_once_in_both_languages() -> None:
    with pytest.raises(ManifestSettingsError) as caught:
        ManifestSettings.from_environment({})
    assert [problem.variable for problem in caught.value.problems] == [
        "KOMPETENCEBOT_APP_ID",
        "KOMPETENCEBOT_PUBLIC_HOST",
        "KOMPETENCEBOT_DEVELOPER_NAME",
        "KOMPETENCEBOT_DEVELOPER_URL",
        "KOMPETENCEBOT_PRIVACY_URL",
    ]
    assert "KOMPETENCEBOT_PUBLIC_HOST is missing" in str(caught.value)
    assert "KOMPETENCEBOT_PUBLIC_HOST mangler" in str(caught.value)


def test_the_list_of_variables_is_the_list_of_what_is_checked() -> None:
    everything_wrong = dict.fromkeys(VARIABLES, "wrong\tvalue" * 4)
    assert problems(everything_wrong) == list(VARIABLES)


def test_a_blank_value_counts_as_missing(environment: dict[str, str]) -> None:
    assert problems(environment | {"KOMPETENCEBOT_DEVELOPER_NAME": "  "}) == ["KOMPETENCEBOT_DEVELOPER_NAME"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KOMPETENCEBOT_APP_ID", "not-a-guid"),
        ("KOMPETENCEBOT_APP_ID", "{1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f}"),
        ("KOMPETENCEBOT_TEAMS_APP_ID", "42"),
        ("KOMPETENCEBOT_PUBLIC_HOST", "https://kompetencebot.example.dk"),
        ("KOMPETENCEBOT_PUBLIC_HOST", "kompetencebot.example.dk/api/messages"),
        ("KOMPETENCEBOT_PUBLIC_HOST", "kompetencebot.example.dk:3978"),
        ("KOMPETENCEBOT_PUBLIC_HOST", "localhost"),
        ("KOMPETENCEBOT_PUBLIC_HOST", "127.0.0.1"),
        ("KOMPETENCEBOT_PUBLIC_HOST", "*.example.dk"),
        ("KOMPETENCEBOT_LINK_DOMAINS", "kurser.example.dk, *.example.dk"),
        ("KOMPETENCEBOT_LINK_DOMAINS", "https://kurser.example.dk"),
        ("KOMPETENCEBOT_DEVELOPER_NAME", "Kompetencecenter Velfærd i kommunen"),
        ("KOMPETENCEBOT_DEVELOPER_URL", "http://www.example.dk"),
        ("KOMPETENCEBOT_DEVELOPER_URL", "www.example.dk"),
        ("KOMPETENCEBOT_PRIVACY_URL", "https://"),
        ("KOMPETENCEBOT_PRIVACY_URL", "https://[www.example.dk"),
        ("KOMPETENCEBOT_TERMS_URL", "https://www.example.dk/vilkår for brug"),
        ("KOMPETENCEBOT_MANIFEST_VERSION", "1.2"),
        ("KOMPETENCEBOT_MANIFEST_VERSION", "1.02.0"),
    ],
)
def test_a_wrong_value_is_named(environment: dict[str, str], variable: str, value: str) -> None:
    assert problems(environment | {variable: value}) == [variable]


def test_a_problem_shows_the_value_and_the_rule(environment: dict[str, str]) -> None:
    with pytest.raises(
        ManifestSettingsError, match=r"KOMPETENCEBOT_MANIFEST_VERSION is “1\.2”, but must be three numbers"
    ):
        ManifestSettings.from_environment(environment | {"KOMPETENCEBOT_MANIFEST_VERSION": "1.2"})


def test_what_can_be_derived_is_derived(settings: ManifestSettings) -> None:
    assert settings.terms_url == settings.developer_url
    assert settings.version == project_version()


def test_the_derived_teams_app_id_never_changes(settings: ManifestSettings) -> None:
    # Teams would take a new id for a new app beside the old one.
    assert settings.teams_app_id == "3229e124-791a-577f-bde4-a2415ceeb25b"
    assert settings.teams_app_id != settings.app_id


def test_given_values_win_over_derived_ones(environment: dict[str, str]) -> None:
    settings = ManifestSettings.from_environment(
        environment
        | {
            "KOMPETENCEBOT_TEAMS_APP_ID": "AAAAAAAA-1234-5678-9ABC-1A2B3C4D5E6F",
            "KOMPETENCEBOT_TERMS_URL": "https://www.example.dk/vilkaar",
            "KOMPETENCEBOT_MANIFEST_VERSION": "2.10.3",
        }
    )
    assert settings.teams_app_id == "aaaaaaaa-1234-5678-9abc-1a2b3c4d5e6f"
    assert settings.terms_url == "https://www.example.dk/vilkaar"
    assert settings.version == "2.10.3"


def test_ids_and_host_are_brought_to_one_spelling(environment: dict[str, str]) -> None:
    settings = ManifestSettings.from_environment(
        environment
        | {
            "KOMPETENCEBOT_APP_ID": " 1A2B3C4D-1234-5678-9ABC-1A2B3C4D5E6F ",
            "KOMPETENCEBOT_PUBLIC_HOST": "Kompetencebot.Example.DK",
        }
    )
    assert settings.app_id == "1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f"
    assert settings.public_host == "kompetencebot.example.dk"
