"""The picture of `benchmarks.scale`: how time per query, building and memory grow, ours as the thick line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.scale import Row

_PANELS = (
    ("p50_ms", "median time per query, ms"),
    ("build_s", "time to build, s"),
    ("memory_mb", "memory beside the documents, MiB"),
)
_LEAST = 0.01
_MARKERS = "osD^v<>Pph*X"


def plot(rows: Sequence[Row], picture: Path) -> None:
    """Draw the rows as an SVG (or what the picture's ending says); logarithmic both ways."""
    matplotlib = import_module("matplotlib")
    matplotlib.use("agg")
    # The same picture from the same rows: no random ids, no date.
    matplotlib.rcParams.update({"svg.hashsalt": "scale", "svg.fonttype": "none", "font.size": 9})
    pyplot = import_module("matplotlib.pyplot")
    figure, panels = pyplot.subplots(1, len(_PANELS), figsize=(13, 4.6))
    names = list(dict.fromkeys(row.engine for row in rows))
    for panel, (key, title) in zip(panels, _PANELS, strict=True):
        for place, name in enumerate(names):
            ours = name.startswith("ours")
            measured = [row for row in rows if row.engine == name and getattr(row, key) is not None]
            panel.plot(
                [row.documents for row in measured],
                [max(_LEAST, getattr(row, key)) for row in measured],
                label=name,
                color=("#8a1538" if name == "ours" else "#d0587e") if ours else pyplot.get_cmap("tab20")(place),
                linewidth=3 if ours else 1.2,
                marker=_MARKERS[place % len(_MARKERS)],
                markersize=4,
                zorder=3 if ours else 2,
            )
        panel.set(xscale="log", yscale="log", xlabel="documents", title=title)
        panel.grid(alpha=0.3)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncol=5, frameon=False)
    figure.tight_layout(rect=(0, 0.16, 1, 1))
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, metadata={"Date": None} if picture.suffix == ".svg" else None)
    pyplot.close(figure)
