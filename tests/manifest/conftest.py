import pytest

from manifest.settings import ManifestSettings

BOT_ID = "1a2b3c4d-1234-5678-9abc-1a2b3c4d5e6f"


@pytest.fixture
def environment() -> dict[str, str]:
    """The least that a municipality must set."""
    return {
        "KOMPETENCEBOT_APP_ID": BOT_ID,
        "KOMPETENCEBOT_PUBLIC_HOST": "kompetencebot.example.dk",
        "KOMPETENCEBOT_DEVELOPER_NAME": "Vejen Kommune",
        "KOMPETENCEBOT_DEVELOPER_URL": "https://www.example.dk/kompetencecenter",
        "KOMPETENCEBOT_PRIVACY_URL": "https://www.example.dk/privatliv",
    }


@pytest.fixture
def settings(environment: dict[str, str]) -> ManifestSettings:
    return ManifestSettings.from_environment(environment)
