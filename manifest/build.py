"""Build the zip that a Teams administrator uploads: ``python -m manifest.build``.

The same settings give the same bytes on every machine, so that a changed package means a changed app.
"""

import argparse
import io
import json
import os
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from manifest.settings import ManifestSettings, ManifestSettingsError
from manifest.template import (
    FOLDER,
    MANIFEST_FILE,
    TRANSLATION_FILE,
    english_translation,
    filled,
    manifest_template,
)

DEFAULT_OUT_PATH = Path("dist") / "kompetencebot.zip"
ICON_FILES = ("color.png", "outline.png")

# The oldest moment that the zip format can hold; a build's own time would make every build differ.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3


def manifest(settings: ManifestSettings) -> dict[str, Any]:
    """Return the Teams app manifest of one municipality, every placeholder filled."""
    built = dict(
        filled(
            manifest_template(),
            {
                "APP_ID": settings.app_id,
                "TEAMS_APP_ID": settings.teams_app_id,
                "PUBLIC_HOST": settings.public_host,
                "DEVELOPER_NAME": settings.developer_name,
                "DEVELOPER_URL": settings.developer_url,
                "PRIVACY_URL": settings.privacy_url,
                "TERMS_URL": settings.terms_url,
                "VERSION": settings.version,
            },
        )
    )
    domains = built["composeExtensions"][0]["messageHandlers"][0]["value"]["domains"]
    domains += [host for host in settings.link_domains if host not in domains]
    return built


def build(settings: ManifestSettings, out_path: Path = DEFAULT_OUT_PATH) -> Path:
    """Write the app package and return where it is.

    Args:
        settings: Checked settings, from `ManifestSettings.from_environment`.
        out_path: The zip to write; its folder is made, an older package is replaced.

    Raises:
        OSError: When the file cannot be written.
    """
    out_path.parent.mkdir(parents=True, exist_ok=True)
    out_path.write_bytes(_zipped(_package_files(settings)))
    return out_path


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] | None = None) -> int:
    """Build from the environment's settings and say where the package is, or everything that is wrong.

    Returns:
        Exit status: 0 when the package was written, 1 when settings are missing or invalid.
    """
    parser = argparse.ArgumentParser(prog="python -m manifest.build", description="Build the Teams app package.")
    parser.add_argument(
        "--out", type=Path, default=DEFAULT_OUT_PATH, help="the zip to write (default: %(default)s)"
    )
    out_path = parser.parse_args(arguments).out
    try:
        settings = ManifestSettings.from_environment(os.environ if environment is None else environment)
    except ManifestSettingsError as error:
        sys.stderr.write(
            f"The app package cannot be built yet. Set these variables:\n"
            f"App-pakken kan ikke bygges endnu. Sæt disse variabler:\n{error}\n"
        )
        return 1
    build(settings, out_path)
    sys.stdout.write(
        f"{out_path} is ready: version {settings.version}, bot {settings.app_id}, "
        f"Teams app {settings.teams_app_id}.\n"
        f"Upload it in the Teams admin centre (see docs/installation.md).\n"
    )
    return 0


def _package_files(settings: ManifestSettings) -> dict[str, bytes]:
    return {
        MANIFEST_FILE: _json_bytes(manifest(settings)),
        TRANSLATION_FILE: _json_bytes(english_translation()),
        **{name: (FOLDER / name).read_bytes() for name in ICON_FILES},
    }


def _json_bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    # Stored, not compressed: versions of zlib compress differently.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _ORDINARY_FILE
            package.writestr(entry, content)
    return buffer.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
