import json
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from manifest.build import build, main, manifest
from manifest.settings import ManifestSettings
from manifest.template import FOLDER, manifest_template

WHITE = (255, 255, 255)
# Microsoft's icon guidance: a 96 x 96 symbol in the middle of 192 x 192 survives every crop.
SAFE_ZONE = (48, 48, 144, 144)


def pixels(image: Image.Image) -> list[tuple[int, ...]]:
    data = image.tobytes()
    return list(struct.iter_unpack(f"{len(image.getbands())}B", data))


def test_the_package_holds_what_teams_asks_for_at_its_root(settings: ManifestSettings, tmp_path: Path) -> None:
    with zipfile.ZipFile(build(settings, tmp_path / "new folder" / "app.zip")) as package:
        assert package.namelist() == ["manifest.json", "en.json", "color.png", "outline.png"]
        assert package.testzip() is None
        assert json.loads(package.read("manifest.json")) == manifest(settings)


def test_every_file_that_the_manifest_names_is_in_the_package(settings: ManifestSettings, tmp_path: Path) -> None:
    template = manifest_template()
    named = {
        *template["icons"].values(),
        *(language["file"] for language in template["localizationInfo"]["additionalLanguages"]),
    }
    with zipfile.ZipFile(build(settings, tmp_path / "app.zip")) as package:
        assert named <= set(package.namelist())


def test_the_same_settings_give_the_same_bytes(settings: ManifestSettings, tmp_path: Path) -> None:
    first = build(settings, tmp_path / "first.zip").read_bytes()
    assert build(settings, tmp_path / "second.zip").read_bytes() == first


def test_danish_letters_are_readable_in_the_package(settings: ManifestSettings, tmp_path: Path) -> None:
    with zipfile.ZipFile(build(settings, tmp_path / "app.zip")) as package:
        assert "Hjælp" in package.read("manifest.json").decode("utf-8")


def test_the_command_line_builds_the_package(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out_path = tmp_path / "app.zip"
    assert main(["--out", str(out_path)], environment) == 0
    assert zipfile.is_zipfile(out_path)
    assert f"{out_path} is ready" in capsys.readouterr().out


def test_the_command_line_says_what_is_missing_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out_path = tmp_path / "app.zip"
    assert main(["--out", str(out_path)], {}) == 1
    assert "KOMPETENCEBOT_APP_ID mangler" in capsys.readouterr().err
    assert not out_path.exists()


def test_the_colour_icon_is_a_full_square_in_the_accent_colour_around_its_symbol() -> None:
    icon = Image.open(FOLDER / "color.png")
    assert (icon.format, icon.size, icon.mode) == ("PNG", (192, 192), "RGB")
    accent = manifest_template()["accentColor"].removeprefix("#")
    background = tuple(bytes.fromhex(accent))
    symbol = icon.crop(SAFE_ZONE)
    icon.paste(background, SAFE_ZONE)
    assert set(pixels(icon)) == {background}
    assert WHITE in pixels(symbol)


def test_the_outline_icon_is_white_on_transparent_and_fills_its_square() -> None:
    icon = Image.open(FOLDER / "outline.png")
    assert (icon.format, icon.size, icon.mode) == ("PNG", (32, 32), "RGBA")
    assert {pixel[:3] for pixel in pixels(icon)} == {WHITE}
    alpha = icon.getchannel("A")
    assert alpha.getextrema() == (0, 255)
    assert alpha.getbbox() == (0, 0, 32, 32)
