"""From the bytes of a request to an activity that the rest of the bot can rely on.

The SDK's own reading turns a list into the text "['a']", lets `NaN` and a thousand nested brackets through, and
raises whatever comes up. Here a body is an activity of the right shape, or it is refused in one sentence.
"""

import json
import re
from typing import Any

from botbuilder.schema import Activity

from bot.activity_json import read_as

MOST_DEPTH = 40
"""Levels of JSON in JSON. A card's answer in an activity has about eight."""

_LONGEST_ID = 1024
_IDENTITY_KEYS = ("id", "name", "aadObjectId", "tenantId", "conversationType", "role", "aadGroupId")
_TEXT_KEYS = (
    *("type", "id", "channelId", "serviceUrl", "locale", "name", "replyToId", "deliveryMode", "action"),
    *("timestamp", "localTimestamp", "localTimezone", "textFormat", "label", "valueType"),
)
_PARTIES = ("from", "recipient", "conversation")
_PLACES = ("tenant", "team", "channel")
_ENTRY_KEYS = ("id", "type", "name", "aadObjectId", "contentType")
_LISTS = ("attachments", "entities", "membersAdded", "membersRemoved", "reactionsAdded", "reactionsRemoved")
# PostgreSQL takes no NUL and UTF-8 no half of a surrogate pair; JSON can carry both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BodyError(Exception):
    """The body is no activity. The message is a plain sentence without anything of the body in it."""


def read_activity(body: bytes) -> Activity:
    """Read and check the body of a request.

    Args:
        body: UTF-8 JSON.

    Returns:
        The activity, in which every text can be stored and sent.

    Raises:
        BodyError: The body is not JSON, not an activity, or nested too deep.
    """
    try:
        document = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise BodyError("The body is not UTF-8.") from error
    except RecursionError as error:
        raise BodyError("The JSON is nested too deep.") from error
    except ValueError as error:
        raise BodyError("The body is not valid JSON.") from error
    if not isinstance(document, dict):
        raise BodyError("The body is not a JSON object.")
    document = _storable(document, MOST_DEPTH)
    _check_shape(document)
    try:
        activity: Activity = read_as(Activity, document)
    except ValueError as error:
        raise BodyError("The body is not an activity.") from error
    return activity


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _storable(value: Any, depth: int) -> Any:
    """Return the value with characters that no database takes replaced by U+FFFD."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise BodyError("The JSON is nested too deep.")
    if isinstance(value, list):
        return [_storable(item, depth - 1) for item in value]
    return {_storable(key, depth): _storable(item, depth - 1) for key, item in value.items()}


def _check_shape(document: dict[str, Any]) -> None:
    """Refuse what the SDK would silently turn into something else."""
    for key in ("type", "conversation", "serviceUrl"):
        if not document.get(key):
            raise BodyError(f"The activity has no {key}.")
    _check_texts(document, _TEXT_KEYS)
    _check_kinds(document, ("text",), str, "a string")
    _check_kinds(document, ("channelData", *_PARTIES), dict, "an object")
    _check_kinds(document, _LISTS, list, "a list")
    for key in _LISTS:
        for entry in document.get(key) or []:
            if not isinstance(entry, dict):
                raise BodyError(f"The activity's {key} is not a list of objects.")
            _check_texts(entry, _ENTRY_KEYS)
    for key in _PARTIES:
        _check_texts(document.get(key) or {}, _IDENTITY_KEYS)
    channel_data = document.get("channelData") or {}
    _check_kinds(channel_data, _PLACES, dict, "an object")
    for key in _PLACES:
        _check_texts(channel_data.get(key) or {}, _IDENTITY_KEYS)
    if not document["conversation"].get("id"):
        raise BodyError("The activity's conversation has no id.")


def _check_kinds(document: dict[str, Any], keys: tuple[str, ...], kind: type, kind_name: str) -> None:
    for key in keys:
        if document.get(key) is not None and not isinstance(document[key], kind):
            raise BodyError(f"The activity's {key} is not {kind_name}.")


def _check_texts(entry: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        value = entry.get(key)
        if value is not None and (not isinstance(value, str) or len(value) > _LONGEST_ID):
            raise BodyError(f"The activity's {key} is not a short string.")
