"""The threat model names every door of the server, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

from bot.adapter import adapter_for
from bot.config import Settings
from bot.offer_pages import OFFERS_PATH
from bot.server import create_app
from bot.service import error_text

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")


async def test_it_names_every_address_of_the_server() -> None:
    settings = Settings(anonymous=True, host="127.0.0.1")

    async def nothing(*_: object) -> dict[str, bool]:
        return {}

    app = create_app(settings, adapter_for(settings, error_text), nothing, health=nothing)  # type: ignore[arg-type]
    routes = {f"{route.method} {route.resource.canonical}" for route in app.router.routes() if route.resource}
    routes = {route for route in routes if not route.startswith("HEAD")} | {f"GET {OFFERS_PATH}{{code}}"}
    assert len(routes) == 6
    assert {route for route in routes if f"`{route}`" not in PAGE} == set()


def test_every_file_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:bot|catalogue|storage|tests|deploy|requirements)/[\w./-]*)`", PAGE)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []
