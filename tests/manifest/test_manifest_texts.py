import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from bot.message_extension import SEARCHED
from manifest.build import manifest
from manifest.commands import commands
from manifest.settings import ManifestSettings
from manifest.template import english_translation, filled, manifest_template

SCHEMAS = Path(__file__).parent / "schemas"
TRANSLATED = {"short", "full", "title", "description", "prompt"}


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text("utf-8"))
    return loaded


def errors(schema_name: str, document: object) -> list[str]:
    validator = Draft4Validator(schema(schema_name), format_checker=Draft4Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def texts(value: Any, path: str = "") -> dict[str, str]:
    """Every text that people read, by its path in the notation of the translation file."""
    found: dict[str, str] = {}
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        child_path = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}".lstrip(".")
        if isinstance(child, str) and key in TRANSLATED:
            found[child_path] = child
        else:
            found |= texts(child, child_path)
    return found


def test_the_manifest_fits_microsofts_schema(settings: ManifestSettings) -> None:
    assert errors("MicrosoftTeams.schema.json", manifest(settings)) == []


def test_the_schema_is_strict_enough_to_find_a_mistake(settings: ManifestSettings) -> None:
    assert errors("MicrosoftTeams.schema.json", manifest(settings) | {"composeExtension": []}) != []


def test_an_unfilled_manifest_is_refused_by_the_schema() -> None:
    assert errors("MicrosoftTeams.schema.json", manifest_template()) != []


def test_the_english_translation_fits_microsofts_schema() -> None:
    assert errors("MicrosoftTeams.Localization.schema.json", english_translation()) == []


def test_manifest_translation_and_schema_are_of_one_version() -> None:
    expected = schema("MicrosoftTeams.schema.json")["properties"]["manifestVersion"]["const"]
    assert manifest_template()["manifestVersion"] == expected
    assert f"/v{expected}/" in manifest_template()["$schema"]
    assert f"/v{expected}/" in english_translation()["$schema"]


def test_every_danish_text_has_its_english_one_and_no_other() -> None:
    english = {path for path in english_translation() if path != "$schema"}
    assert english == set(texts(manifest_template()))


@pytest.mark.parametrize("language", ["da", "en"])
def test_command_texts_fit_the_menus_of_teams(language: str) -> None:
    # 32 and 128 are the limits of the older manifest versions; longer texts are cut off in the menus.
    all_texts = texts(manifest_template()) if language == "da" else english_translation()
    too_long = {
        path: len(text)
        for path, text in all_texts.items()
        if len(text) > {"title": 32, "description": 128}.get(path.rpartition("].")[2], 4000)
    }
    assert too_long == {}


def test_the_short_description_fits_the_app_list() -> None:
    for text in (manifest_template()["description"]["short"], english_translation()["description.short"]):
        assert len(text) <= 80


def test_no_menu_has_more_than_ten_commands_or_two_alike() -> None:
    for scope in ("personal", "team"):
        for language in ("da", "en"):
            titles = [entry.title for entry in commands() if (entry.scope, entry.language) == (scope, language)]
            assert 0 < len(titles) <= 10
            assert len(set(titles)) == len(titles)


def test_command_lists_are_for_the_scopes_that_the_bot_has() -> None:
    bot = manifest_template()["bots"][0]
    assert [scope for entry in bot["commandLists"] for scope in entry["scopes"]] == bot["scopes"]


def test_prompt_starters_come_first_and_have_their_sentence() -> None:
    personal = manifest_template()["bots"][0]["commandLists"][0]["commands"]
    assert [entry["type"] for entry in personal] == ["prompt"] * 3 + ["basic"] * 4
    assert [("prompt" in entry) for entry in personal] == [True] * 3 + [False] * 4


def test_commands_offer_each_language_the_way_to_the_other() -> None:
    personal = [entry for entry in commands() if entry.scope == "personal"]
    assert "English" in {entry.title for entry in personal if entry.language == "da"}
    assert "Dansk" in {entry.title for entry in personal if entry.language == "en"}


def test_a_prompt_starter_can_reach_the_bot_as_title_or_as_sentence() -> None:
    sayable = {entry.title: entry.sayable for entry in commands()}
    assert sayable["Find kurser"] == ("Find kurser", "Hvilke kurser er der om demens i foråret?")
    assert sayable["Mine henvendelser"] == ("Mine henvendelser",)
    assert sayable["Use this channel"] == ("Use this channel",)


def test_every_placeholder_is_filled(settings: ManifestSettings) -> None:
    assert re.findall(r"[$][{]", json.dumps(manifest(settings))) == []


def test_a_placeholder_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled({"name": ["${{UNKNOWN}}"]}, {})


def test_a_value_cannot_change_the_structure_of_the_manifest() -> None:
    assert filled({"name": "${{NAME}}"}, {"NAME": '", "id": "${{NAME}}'}) == {"name": '", "id": "${{NAME}}'}


def test_settings_land_where_teams_reads_them(settings: ManifestSettings) -> None:
    built = manifest(settings)
    assert built["id"] == settings.teams_app_id
    assert built["bots"][0]["botId"] == settings.app_id
    assert built["validDomains"] == [settings.public_host]
    assert built["version"] == settings.version
    assert built["developer"] == {
        "name": settings.developer_name,
        "websiteUrl": settings.developer_url,
        "privacyUrl": settings.privacy_url,
        "termsOfUseUrl": settings.terms_url,
    }


def test_links_to_the_bots_own_host_and_the_given_ones_are_shown_as_cards(environment: dict[str, str]) -> None:
    more = environment | {"KOMPETENCEBOT_LINK_DOMAINS": "Kurser.example.dk, kompetencebot.example.dk,"}
    [handler] = manifest(ManifestSettings.from_environment(more))["composeExtensions"][0]["messageHandlers"]
    assert handler == {"type": "link", "value": {"domains": ["kompetencebot.example.dk", "kurser.example.dk"]}}
    assert errors("MicrosoftTeams.schema.json", manifest(ManifestSettings.from_environment(more))) == []


def test_the_message_extension_searches_with_what_the_bot_reads(settings: ManifestSettings) -> None:
    [extension] = manifest(settings)["composeExtensions"]
    assert extension["botId"] == settings.app_id
    [command] = extension["commands"]
    assert (command["type"], command["initialRun"]) == ("query", True)
    assert command["context"] == ["compose", "commandBox"]
    assert [parameter["name"] for parameter in command["parameters"]] == [SEARCHED]


def test_the_words_of_the_message_extension_fit_their_places() -> None:
    [command] = manifest_template()["composeExtensions"][0]["commands"]
    path = "composeExtensions[0].commands[0]"
    for words in (texts(command, path), {key: english_translation()[key] for key in texts(command, path)}):
        assert len(words) == 4
        assert all(len(text) <= (32 if key.endswith(".title") else 128) for key, text in words.items())


def test_danish_is_the_language_of_whoever_has_neither() -> None:
    assert manifest_template()["localizationInfo"]["defaultLanguageTag"] == "da"
