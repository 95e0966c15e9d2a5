"""Log lines: one JSON object each, tied to a turn by its reference id, and without people in them.

A log is read by more people than a conversation is, so no line holds a message's text, a name or an address.
Exceptions need the same care: their words often quote the data that broke them (a database error quotes the
whole row). A line therefore keeps an exception's type and the places it passed, never its words.
"""

import logging
import secrets
import sys
import traceback
from types import TracebackType
from typing import TextIO, cast

import structlog
from structlog.contextvars import bind_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.config import LogFormat

# Letters and digits that cannot be mistaken for each other when a person reads them out on the telephone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_REFERENCE_LENGTH = 8
_MOST_PLACES = 30

ExceptionTriple = tuple[type[BaseException], BaseException, TracebackType | None]


def new_reference() -> str:
    """Make a reference id of eight characters and tie it to every log line of the current task."""
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LENGTH))
    bind_contextvars(reference=reference)
    return reference


def current_reference() -> str:
    """Return the reference id of the current task, or make one where none was made yet."""
    bound = structlog.contextvars.get_contextvars().get("reference")
    return bound if isinstance(bound, str) else new_reference()


def set_up_logging(level: str, log_format: LogFormat, stream: TextIO | None = None) -> None:
    """Send the bot's lines and those of its libraries to one stream in one shape.

    Args:
        level: Lowest level of the bot's own lines. Libraries speak from WARNING only: some of them write whole
            requests, and with them messages, at lower levels.
        log_format: `json` for machines, `text` for a developer's terminal.
        stream: Where lines go; standard output if not given.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _places_of_exception,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=(stream or sys.stdout).isatty())
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("kompetencebot").setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def logger(room: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a room or module, below the common name `kompetencebot`."""
    return structlog.stdlib.get_logger(f"kompetencebot.{room}")


def _places_of_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by the exception's type, that of its causes, and the places it passed."""
    exc_info = event.pop("exc_info", None)
    event.pop("exception", None)
    error = _exception(exc_info)
    if error is not None:
        event["error"] = " < ".join(_type_names(error))
        event["places"] = _places(error)
    return event


def _exception(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return cast("ExceptionTriple", exc_info)[1]
    return sys.exc_info()[1] if exc_info else None


def _type_names(error: BaseException) -> list[str]:
    names: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(names) < _MOST_PLACES:
        names.append(f"{type(cause).__module__}.{type(cause).__qualname__}".removeprefix("builtins."))
        cause = cause.__cause__ or cause.__context__
    return names


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
