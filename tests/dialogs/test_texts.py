"""Texts: the two languages say the same things, code and texts fit together, and prose stays out of code."""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from catalogue.matches import Verdict
from catalogue.need import Form
from catalogue.offers import Area, OfferKind
from centre import cases, enrolment_news
from centre.enrolments import LIVE, EnrolmentEventKind, EnrolmentStatus
from centre.queue_query import Whose
from centre.requests import EventKind, Kle, Priority, Status
from centre.settings import Frequency
from centre.states import Needs
from dialogs import casework, enrolment_cases, enrolments
from dialogs.cards.enrolment_case import _CAN_WORD
from dialogs.cards.purpose import QUESTIONS
from dialogs.cards.welcome import EMPLOYEE, LEADER, STAFF
from dialogs.enrolment_words import read_enrolment_command
from dialogs.export_words import export_asked_in
from dialogs.interest_words import read_interest_command
from dialogs.participants_words import Asks, read_asked
from dialogs.purpose_words import keeps_answer
from dialogs.questions import questions
from dialogs.settings_words import read_settings
from dialogs.texts import FOLDER, LOCALES, MissingTextError, texts_in

PROJECT = Path(__file__).parents[2]
SIDES = (LEADER, EMPLOYEE, STAFF)


def names(values: object) -> list[str]:
    return [str(value.value).replace("_", "-") for value in values]  # type: ignore[attr-defined]


SEVERAL = (
    EventKind.TAKEN,
    EventKind.HANDED_OVER,
    EventKind.RELEASED,
    EventKind.ASKED,
    EventKind.ANSWERED,
    EventKind.WROTE,
    EventKind.NOTED,
    EventKind.SOURCING,
    EventKind.POOLED,
    EventKind.PROPOSED,
    EventKind.PLANNED,
    EventKind.COMPLETED,
    EventKind.EVALUATED,
    EventKind.REJECTED,
    EventKind.REOPENED,
    EventKind.PRIORITISED,
    EventKind.MOVED,
)
"""What can be said of several cases at once (`dialogs.case_words`)."""
NEVER_BY_HAND = {
    EventKind.FILED, EventKind.EDITED, EventKind.WITHDRAWN, EventKind.RESTORED, EventKind.LEADER_LEFT,
}  # fmt: skip
"""What nobody does with a button or sentence of `dialogs.casework`."""

DYNAMIC = {
    "matches-{}": [f"matches-{verdict.value}" for verdict in Verdict],
    "form-{}": [f"form-{name}" for name in names(Form)],
    "kind-{}": [f"kind-{name}" for name in names(OfferKind)],
    "area-{}": [f"area-{area.value}" for area in Area],
    "status-{}": [f"status-{name}" for name in names(Status)],
    "kle-{}": [f"kle-{kle.name.lower()}" for kle in Kle],
    "language-{}": [f"language-{locale}" for locale in LOCALES],
    "help-{}": [f"help-{side}" for side in SIDES],
    "welcome-{}": [f"welcome-{side}" for side in SIDES],
    "starter-{}-{}": [f"starter-{side}-{number}" for side, number in product(SIDES, (1, 2, 3))],
    "starter-{}-{}-says": [f"starter-{side}-{number}-says" for side, number in product(SIDES, (1, 2, 3))],
    "priority-{}": [f"priority-{name}" for name in names(Priority)],
    "queue-{}": [f"queue-{whose.value}" for whose in Whose if whose is not Whose.ANYBODY],
    "queue-priority-{}": [f"queue-priority-{name}" for name in names(Priority)],
    "several-{}": [f"several-{name}" for name in names(SEVERAL)],
    "demo-now-{}": [f"demo-now-{side}" for side in SIDES],
    "event-{}": [f"event-{name}" for name in names(EventKind)],
    "said-{}": [f"said-{name}" for name in names(casework._SAID)],
    "news-{}": [f"news-{name}" for name in names(cases._TELL_LEADER)],
    "case-done-{}": [f"case-done-{name}" for name in names(set(EventKind) - NEVER_BY_HAND)],
    "case-missing-{}": [f"case-missing-{name}" for name in names(Needs)],
    "purpose-question-{}": [f"purpose-question-{name}" for name in QUESTIONS],
    "button-purpose-{}": ["button-purpose-share", "button-purpose-unshare"],
    "enrolment-{}": [f"enrolment-{name}" for name in names(EnrolmentStatus)],
    "enrolment-news-{}": [f"enrolment-news-{name}" for name in names(enrolment_news._TELL_PERSON)],
    "enrolment-done-{}": [
        f"enrolment-done-{name}" for name in names({*enrolments.BUTTONS.values(), EnrolmentEventKind.LEAVE_ASKED})
    ],
    "button-enrol-{}": ["button-enrol-left", "button-enrol-seat-taken", "button-enrol-seat-passed"],
    "enrolment-case-done-{}": [f"enrolment-case-done-{name}" for name in names(enrolment_cases.DECISIONS)],
    "enrolment-case-by-{}": [f"enrolment-case-by-{name}" for name in names(_CAN_WORD)],
    "team-outcome-{}": [f"team-outcome-{name}" for name in names(LIVE)],
    "interest-added-{}": ["interest-added-offer", "interest-added-topic"],
    "asking-unsure-{}": [f"asking-unsure-{what}" for what in ("length", "price", "both")],
    "question-{}": [f"question-{key}" for key in questions().values()],
    "settings-choice-{}": [f"settings-choice-{name}" for name in names(Frequency)],
    "settings-now-{}": [f"settings-now-{name}" for name in names(Frequency)],
}
"""Keys that code puts together, and what they can become."""

SPEAKING = {"texts", "say", "whisper", "FormProblem"}

HEARD = {
    "dialogs/intents.py": "what people say, to be recognised",
    "dialogs/search.py": "how questions begin",
    "dialogs/questions.py": "what people say before they ask",
    "dialogs/asking_words.py": "words around a question",
    "dialogs/course_words.py": "how limits, places and days are said",
    "dialogs/offer_answers.py": "words in front of a number",
    "dialogs/queue.py": "words for courses",
    "dialogs/queue_words.py": "what people call cases, to be recognised",
    "dialogs/export_words.py": "how a file is asked for",
    "dialogs/views.py": "how views are saved and asked for",
    "dialogs/areas.py": "what areas are called",
    "dialogs/case_words.py": "what staff and leaders say of a case",
    "dialogs/purpose_words.py": "what people say of a purpose agreement",
    "dialogs/enrolment_words.py": "what people say of signing up and leaving",
    "dialogs/team.py": "what leaders say of their people",
    "dialogs/own_leader.py": "what people say of what they do not know",
    "dialogs/interest_words.py": "what people say of what they wait for and wish",
    "dialogs/routing.py": "what staff say of channels",
    "dialogs/settings_words.py": "what people say of when to tell them",
    "dialogs/participants_words.py": "what the centre says about a run's people",
    "dialogs/conversation.py": "verbs in front of a case number",
    "dialogs/need.py": "the label in front of a purpose",
    "dialogs/named_offer.py": "how one offer is asked for",
    "bot/notifier.py": "why a notice waits, for the log and the outbox",
}
"""Where words are heard or logged, never said to anybody."""


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - fluent's name for it
        self.found.add(node.id.name)


@cache
def messages(locale: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((FOLDER / locale).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.found
    return found


def modules() -> list[Path]:
    """Everything that speaks: dialogs, and the part of bot that words replies."""
    speaking = [path for path in (PROJECT / "bot").rglob("*.py") if "dialogs.texts" in path.read_text("utf-8")]
    return sorted([*(PROJECT / "dialogs").rglob("*.py"), *speaking])


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def trees() -> list[tuple[str, ast.Module]]:
    return [(name_of(path), ast.parse(path.read_text("utf-8"))) for path in modules()]


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def template(node: ast.JoinedStr) -> str:
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def asked_for(node: ast.expr) -> list[str]:
    """The keys in a call's first argument: a literal, either side of an `if`, or a template."""
    match node:
        case ast.Constant(str(key)):
            return [key]
        case ast.IfExp(body=body, orelse=orelse):
            return [*asked_for(body), *asked_for(orelse)]
        case ast.JoinedStr():
            assert template(node) in DYNAMIC, f"{template(node)} belongs into DYNAMIC"
            return DYNAMIC[template(node)]
        case _:
            return []


def test_both_languages_have_the_same_texts() -> None:
    assert messages("da").keys() == messages("en").keys()


def test_both_languages_use_the_same_variables() -> None:
    differing = {
        key: (used, messages("en")[key]) for key, used in messages("da").items() if used != messages("en")[key]
    }
    assert differing == {}


def test_both_languages_keep_their_texts_in_the_same_files() -> None:
    files = [{path.name for path in (FOLDER / locale).iterdir()} for locale in LOCALES]
    assert files[0] == files[1]


def test_every_text_that_code_asks_for_is_there() -> None:
    missing = {
        (module, key)
        for module, tree in trees()
        for node in ast.walk(tree)
        if called(node) in SPEAKING and isinstance(node, ast.Call) and node.args
        for key in asked_for(node.args[0])
        if key not in messages("da")
    }
    assert missing == set()


def test_every_text_is_asked_for() -> None:
    literal = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    dynamic = {key for keys in DYNAMIC.values() for key in keys}
    assert messages("da").keys() - literal - dynamic == set()


def test_no_template_of_keys_is_left_over() -> None:
    written = {template(node) for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    assert DYNAMIC.keys() - written == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_can_be_worded(locale: str) -> None:
    texts = texts_in(locale)
    for key, variables in messages(locale).items():
        for value in (0, 1, 2):
            words = texts(key, **dict.fromkeys(variables, value))
            assert words.strip(), key
            assert "{" not in words, key


@pytest.mark.parametrize("locale", LOCALES)
def test_a_missing_text_or_variable_is_an_error_and_never_shown(locale: str) -> None:
    with pytest.raises(MissingTextError):
        texts_in(locale)("no-such-text")
    with pytest.raises(MissingTextError):
        texts_in(locale)("filed", number="KV-2026-0001")


def test_texts_point_to_words_that_are_understood() -> None:
    """What a text tells people to write, in its quotation marks, must do something when they write it."""
    from dialogs.intents import case_number_in, intent_of, picked_number  # noqa: PLC0415 - beside its only use

    commands = {
        "hjælp", "annuller", "tilbage", "english", "dansk", "forfra", "fortsæt", "mine henvendelser", "kø",
        "jeg er leder", "jeg er medarbejder", "jeg er konsulent", "vis flere", "ret", "ingen af dem", "send",
        "fortryd",
    }  # fmt: skip
    quoted = {
        words.strip(" .?").casefold()
        for path in (FOLDER / "da").glob("*.ftl")
        for words in re.findall(r"»([^»«{}]+)«", path.read_text("utf-8"))
    }
    assert commands <= quoted
    unheard = {words for words in quoted if len(words.split()) <= 2 and not intent_of(words)}
    unheard = {words for words in unheard if not picked_number(words) and case_number_in(words, 2026) is None}
    unheard = {words for words in unheard if read_settings(words, date(2026, 11, 22)) is None}
    unheard = {words for words in unheard if export_asked_in(words) is None}
    unheard = {words for words in unheard if (asked := read_asked(words)) is None or asked.asks is Asks.REMOVE}
    unheard = {words for words in unheard if read_enrolment_command(words) is None}
    unheard = {words for words in unheard if not keeps_answer(words)}
    unheard = {words for words in unheard if read_interest_command(words) is None}
    unheard -= {"se", "tilmeld medarbejdere", "tilmeld mig"}  # buttons
    assert unheard == {
        "kun online",
        "efter påske",
        "fjern online",
        "fjern prisen",
        "mine visninger",
        "fordeling",
    }, "refinements, and what the centre says; anything else needs an utterance"


def test_no_prose_is_in_code() -> None:
    """A sentence, or a word with Danish letters, in code is a text that is in no language file."""
    found = {(module, node.value) for module, tree in trees() if module not in HEARD for node in sentences(tree)}
    assert found == set()


@pytest.mark.parametrize("module", HEARD)
def test_words_in_code_are_still_only_heard(module: str) -> None:
    tree = ast.parse((PROJECT / module).read_text("utf-8"))
    assert sentences(tree), "nothing is left to allow"
    said = {id(part) for node in ast.walk(tree) if called(node) in SPEAKING for part in ast.walk(node)}
    assert [node.value for node in sentences(tree) if id(node) in said] == []


def sentences(tree: ast.Module) -> list[ast.Constant]:
    """String literals that read as prose: Danish letters or three words; no docstrings, no errors of ours."""
    passed_over: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed_over.add(id(node.value))
        elif isinstance(node, ast.Raise | ast.Assert):
            passed_over |= {id(part) for part in ast.walk(node)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over
        if re.search(r"[æøå]", node.value, re.IGNORECASE) or len(re.findall(r"[^\W\d_]{2,} ", node.value)) >= 2
    ]
