"""What every test run has: at its very end, one line for each component that could not be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.components import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable


pytest_plugins = ["tests.databases"]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Say what was left out after pytest's own last line, where nobody overlooks it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    left_out = tests_left_out(report.longrepr for report in reporter.stats.get("skipped", []))
    for component, number in left_out.items():
        reporter.write_line(f"!!! NOT TESTED: {number} tests, because of {component} !!!", red=True, bold=True)


def tests_left_out(reasons: Iterable[object]) -> dict[str, int]:
    """Count the skipped tests for each missing component.

    Args:
        reasons: What pytest keeps for a skip: path, line and `Skipped: <reason>`.

    Returns:
        The number of tests by the component's name and why it could not be had.
    """
    left_out: dict[str, int] = {}
    for reason in reasons:
        text = str(reason[2]) if isinstance(reason, tuple) else str(reason)
        _, marked, component = text.partition(MISSING)
        if marked:
            left_out[component] = left_out.get(component, 0) + 1
    return left_out
