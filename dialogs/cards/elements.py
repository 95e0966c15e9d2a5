"""The few elements all cards are built of, on Microsoft's typed card models.

What a person wrote never goes through `heading` or `paragraph`: all else are RichTextBlock runs, which Teams
shows to the letter, while a TextBlock would read Markdown links and images out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from microsoft_teams.cards import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    DateInput,
    ExecuteAction,
    NumberInput,
    OpenUrlAction,
    RichTextBlock,
    ShowCardAction,
    Spacing,
    SubmitAction,
    TeamsCardProperties,
    TextBlock,
    TextColor,
    TextInput,
    TextRun,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_TEXT = 1200
"""A longer text of somebody's own is cut in a card (cards must stay under 25 KB); the request keeps it all."""
LONGEST_LINE = 500
"""As long as a purpose may be."""
LONGEST_TITLE = 240
LONGEST_BUTTON = 40
LONGEST_INPUT = 500
_MARKUP = str.maketrans(dict.fromkeys("[]<>*_`#\\", " "))


@dataclass(frozen=True, slots=True)
class Card:
    """A card and the sentences that stand for it in notifications, old clients and screen readers.

    `version` is the oldest version of Adaptive Cards that has all its elements.
    """

    summary: str
    body: Sequence[CardElement]
    actions: Sequence[Action] = field(default=())
    locale: str = "da"
    version: Literal["1.3", "1.5"] = "1.5"

    def json(self) -> dict[str, Any]:
        """Return the card as Teams takes it."""
        # Clients may read Markdown out of the one and SSML out of the other, and people's words are in them.
        spoken = unmarked(self.summary)
        card = AdaptiveCard(
            version=self.version,
            lang=self.locale,
            body=list(self.body),
            actions=list(self.actions) or None,
            fallback_text=spoken,
            speak=spoken,
            msteams=TeamsCardProperties(width="full"),
        )
        data: dict[str, Any] = card.model_dump(by_alias=True, exclude_none=True, mode="json")
        return data


def heading(text: str) -> TextBlock:
    """A card's title; our own words only."""
    return TextBlock(text=text, weight="Bolder", size="Large", wrap=True, style="heading")


def title(text: str) -> RichTextBlock:
    """A card's title with somebody's words in it: a name, or what an offer is called."""
    return _runs(TextRun(text=shorten(text, LONGEST_TITLE), weight="Bolder", size="Large"))


def subheading(text: str, spacing: Spacing = "Default") -> RichTextBlock:
    """The title of a part of a card; catalogue words may be in it."""
    return _runs(TextRun(text=shorten(text, LONGEST_TITLE), weight="Bolder", size="Medium"), spacing=spacing)


def paragraph(text: str, spacing: Spacing = "Default") -> TextBlock:
    """A paragraph of our own words."""
    return TextBlock(text=text, wrap=True, spacing=None if spacing == "Default" else spacing)


def plain(text: str, spacing: Spacing = "Default", limit: int = LONGEST_TEXT) -> RichTextBlock:
    """A paragraph of somebody's words, shown to the letter."""
    return _runs(TextRun(text=shorten(text, limit)), spacing=spacing)


def quote(label: str, text: str) -> Container:
    """Somebody's own words set apart."""
    return panel(hint(label), plain(text, spacing="None"))


def panel(*items: CardElement) -> Container:
    """A part of a card on a ground of its own: the one thing to see first, or somebody's own words."""
    return Container(style="emphasis", items=list(items), spacing="Small")


def reason(text: str) -> RichTextBlock:
    """Why something fits. In the accent colour: the theme's green is too light to read on white."""
    return _runs(TextRun(text=shorten(text, LONGEST_LINE), color="Accent", size="Small"), spacing="None")


def small(text: str, spacing: Spacing = "None") -> RichTextBlock:
    """A small line that matters, close to the line above it."""
    return _runs(TextRun(text=shorten(text, LONGEST_LINE), size="Small"), spacing=spacing)


def hint(text: str, spacing: Spacing = "Small") -> RichTextBlock:
    """A small, subdued line."""
    return _runs(TextRun(text=shorten(text, LONGEST_LINE), is_subtle=True, size="Small"), spacing=spacing)


def status(word: str, colour: TextColor, *details: str) -> RichTextBlock:
    """A small line that begins with a status as a coloured word; empty details are left out."""
    rest = "".join(f" · {detail}" for detail in details if detail)
    return _runs(
        TextRun(text=word, color=colour, size="Small", weight="Bolder"),
        TextRun(text=shorten(rest, LONGEST_LINE), is_subtle=True, size="Small"),
        spacing="None",
    )


def line(label: str, value: str, spacing: Spacing = "Small") -> RichTextBlock:
    """One fact: "Hvor mange: 12". Reads well at phone width, where columns do not."""
    return _runs(
        TextRun(text=f"{label}: ", is_subtle=True), TextRun(text=shorten(value, LONGEST_LINE)), spacing=spacing
    )


def status_line(label: str, word: str, colour: TextColor, detail: str) -> RichTextBlock:
    """A status as a fact: "Status: Ny", the word in its colour."""
    runs = [TextRun(text=f"{label}: ", is_subtle=True), TextRun(text=word, color=colour, weight="Bolder")]
    if detail:
        runs.append(TextRun(text=shorten(f" · {detail}", LONGEST_LINE)))
    return _runs(*runs, spacing="Small")


def facts(pairs: Sequence[tuple[str, str]]) -> list[CardElement]:
    """Several facts; those without a value are left out."""
    return [line(label, value) for label, value in pairs if value]


def small_print(pairs: Sequence[tuple[str, str]]) -> RichTextBlock:
    """Facts for the record, in one subdued line."""
    return hint(" · ".join(f"{label}: {value}" for label, value in pairs if value))


def section(*items: CardElement) -> Container:
    """A part of a card with a line above it."""
    return Container(items=list(items), separator=True, spacing="Medium")


def submit(
    words: str, verb: str, nonce: str = "", *, main: bool = False, tooltip: str = "", **data: str
) -> SubmitAction:
    """A button for the personal chat; its click carries the card's inputs too.

    `tooltip` tells buttons with the same words apart for those who hear the card.
    """
    return SubmitAction(
        title=shorten(words, LONGEST_BUTTON),
        style="positive" if main else "default",
        tooltip=shorten(tooltip, LONGEST_TITLE) or None,
        data={"verb": verb, "nonce": nonce, **data},
    )


def bare_submit(
    words: str, verb: str, nonce: str = "", *, main: bool = False, tooltip: str = "", **data: str
) -> SubmitAction:
    """A button that must work whatever is typed in the card's inputs."""
    action = submit(words, verb, nonce, main=main, tooltip=tooltip, **data)
    action.associated_inputs = "none"
    return action


def execute(words: str, verb: str, *, main: bool = False, **data: str) -> ExecuteAction:
    """A button in a channel, where the answer to the one who pressed stays between them and the bot."""
    return ExecuteAction(
        title=shorten(words, LONGEST_BUTTON),
        style="positive" if main else "default",
        verb=verb,
        data={"verb": verb, **data},
    )


def unfold(words: str, *items: CardElement, actions: Sequence[Action]) -> ShowCardAction:
    """A button that opens a small form below the card."""
    form = AdaptiveCard(version="1.5", body=list(items), actions=list(actions))
    return ShowCardAction(title=shorten(words, LONGEST_BUTTON), card=form)


def date_input(name: str, label: str, value: str = "") -> DateInput:
    """A labelled day; `value` as ISO 8601."""
    return DateInput(id=name, label=label, value=value or None)


def buttons(*actions: Action) -> ActionSet:
    """Buttons inside a card, close to what they are about."""
    return ActionSet(actions=list(actions), spacing="Small")


def link(words: str, url: str, tooltip: str = "", *, main: bool = False) -> OpenUrlAction:
    """A button that opens a page; `tooltip` tells buttons with the same words apart."""
    action = OpenUrlAction(title=words, url=url, style="positive" if main else None)
    return action.with_tooltip(tooltip) if tooltip else action


def text_input(
    name: str, label: str, value: str = "", placeholder: str = "", *, lines: bool = False, needed: str = ""
) -> TextInput:
    """A labelled text field; `needed` is what is said when it is left empty, "" where it may be."""
    return TextInput(
        id=name,
        label=label,
        value=value or None,
        placeholder=placeholder,
        is_multiline=lines,
        max_length=LONGEST_INPUT,
        is_required=True if needed else None,
        error_message=needed or None,
    )


def number_input(
    name: str, label: str, value: int | None, placeholder: str, low: int, high: int, wrong: str
) -> NumberInput:
    """A labelled number field; `wrong` is what is said of a number that is too low or too high."""
    return NumberInput(
        id=name, label=label, value=value, placeholder=placeholder, min=low, max=high, error_message=wrong
    )


def choice_input(
    name: str,
    label: str,
    choices: Mapping[str, str],
    value: str = "",
    placeholder: str = "",
    *,
    needed: str = "",
) -> ChoiceSetInput:
    """A labelled list to choose one from; `choices` maps values to their words, `needed` as in `text_input`."""
    return ChoiceSetInput(
        id=name,
        label=label,
        choices=[Choice(title=shorten(words, LONGEST_TITLE), value=key) for key, words in choices.items()],
        value=value or None,
        placeholder=placeholder,
        style="compact",
        is_required=True if needed else None,
        error_message=needed or None,
    )


def choices_input(
    name: str, label: str, choices: Mapping[str, str], value: str = "", *, needed: str = ""
) -> ChoiceSetInput:
    """A labelled list to choose several from; what is chosen comes back as values with commas between them."""
    field = choice_input(name, label, choices, value, needed=needed)
    field.is_multi_select = True
    field.style = "expanded"
    field.wrap = True
    return field


def sentences(*parts: str) -> str:
    """Join what stands for a card into sentences that can be read aloud."""
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)


def unmarked(text: str) -> str:
    """Return the text without what a client may read as Markdown or HTML."""
    return text.translate(_MARKUP)


def shorten(text: str, limit: int) -> str:
    """Cut at a limit with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _runs(*runs: CardElement, spacing: Spacing = "Default") -> RichTextBlock:
    return RichTextBlock(inlines=list(runs), spacing=None if spacing == "Default" else spacing)
