"""A need and its answer as a line of JSON, or explained for people (`python app.py match`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from catalogue.matching import Answer, Match
    from catalogue.need import Found, Need


def json_line(query: str, need: Need, answer: Answer) -> dict[str, Any]:
    """Return everything as plain JSON; dates as ISO 8601, what was not said as null."""
    return {
        "query": query,
        "verdict": answer.verdict.value,
        "matches": [_match(match) for match in answer.matches],
        "need": {
            "topic": need.topic,
            "headcount": _value(need.headcount),
            "staff_group": ", ".join(group.value for group in need.staff_groups) or None,
            "earliest": _iso(need.earliest),
            "latest": _iso(need.latest),
            "form": _value(need.form),
            "area": _value(need.area),
        },
    }


def explained(need: Need, answer: Answer) -> str:
    """Return the same for people, in several lines."""
    read = {name: value for name, value in json_line(need.text, need, answer)["need"].items() if value is not None}
    lines = [need.text, "  " + ", ".join(f"{name}: {value}" for name, value in read.items())]
    lines.append(f"  {answer.verdict.value}:")
    lines += [
        f"  {match.score:.2f}  {match.offer.code}  {match.offer.title}"
        f"  [{', '.join(reason.words for reason in match.reasons)}]"
        for match in answer.matches
    ]
    return "\n".join(lines)


def _match(match: Match) -> dict[str, Any]:
    return {
        "code": match.offer.code,
        "title": match.offer.title,
        "kind": match.offer.kind.value,
        "topics": list(match.offer.topics),
        "score": match.score,
        "reasons": [reason.words for reason in match.reasons],
    }


def _value(found: Found[Any] | None) -> Any:
    return None if found is None else getattr(found.value, "value", found.value)


def _iso(found: Found[Any] | None) -> str | None:
    return None if found is None else found.value.isoformat()
