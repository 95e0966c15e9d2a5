"""Parts of a machine that not every machine has: where they are looked for, and what is said without them."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

MISSING = "Not on this machine: "
"""How the reason of a skip begins when a component, and not the test, is the cause."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(component: str, why: str) -> NoReturn:
    """Skip the test, or the module, for want of a component; it is listed at the very end of the run.

    With `KOMPETENCEBOT_REQUIRE_ALL=1`, as in continuous integration, the test fails instead.
    """
    if os.environ.get("KOMPETENCEBOT_REQUIRE_ALL") == "1":
        pytest.fail(f"{component} is required here but could not be had: {why}", pytrace=False)
    pytest.skip(f"{MISSING}{component} ({why})", allow_module_level=True)


def chromium() -> str:
    """Return the path of Chromium or Chrome; `KOMPETENCEBOT_TEST_CHROMIUM` goes before the PATH."""
    given = os.environ.get("KOMPETENCEBOT_TEST_CHROMIUM")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing("Chromium", f"none of {', '.join(BROWSERS)} is on the PATH")
    return found
