"""The few elements all cards are built of, on Microsoft's typed card models.

What a person wrote goes through `plain` and `line` only: they are RichTextBlock runs, which Teams shows
to the letter, while a TextBlock would read Markdown links and images out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from microsoft_teams.cards import (
    Action,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    ExecuteAction,
    NumberInput,
    OpenUrlAction,
    RichTextBlock,
    Spacing,
    SubmitAction,
    TeamsCardProperties,
    TextBlock,
    TextInput,
    TextRun,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ACTIONS = 6
"""Teams shows six buttons at most; more are a mistake of ours."""
LONGEST_TEXT = 1200
"""A longer text of somebody's own is cut in a card (cards must stay under 25 KB); the request keeps it all."""
LONGEST_BUTTON = 40


@dataclass(frozen=True, slots=True)
class Card:
    """A card and the one sentence that stands for it in notifications, old clients and screen readers."""

    summary: str
    body: Sequence[CardElement]
    actions: Sequence[Action] = field(default=())
    locale: str = "da"

    def json(self) -> dict[str, Any]:
        """Return the card as Teams takes it."""
        card = AdaptiveCard(
            version="1.5",
            lang=self.locale,
            body=list(self.body),
            actions=list(self.actions)[:MOST_ACTIONS] or None,
            fallback_text=self.summary,
            speak=self.summary,
            msteams=TeamsCardProperties(width="full"),
        )
        data: dict[str, Any] = card.model_dump(by_alias=True, exclude_none=True, mode="json")
        return data


def heading(text: str) -> TextBlock:
    """A card's title; our own words only."""
    return TextBlock(text=text, weight="Bolder", size="Large", wrap=True, style="heading")


def subheading(text: str) -> RichTextBlock:
    """The title of a part of a card; catalogue words may be in it."""
    return _runs(TextRun(text=text, weight="Bolder", size="Medium"))


def paragraph(text: str) -> TextBlock:
    """A paragraph of our own words."""
    return TextBlock(text=text, wrap=True)


def plain(text: str) -> RichTextBlock:
    """A paragraph of somebody's words, shown to the letter."""
    return _runs(TextRun(text=shorten(text, LONGEST_TEXT)))


def quote(text: str) -> Container:
    """Somebody's words set apart."""
    return Container(style="emphasis", items=[plain(text)], spacing="Small")


def reason(text: str) -> RichTextBlock:
    """Why something fits, in the colour of good news."""
    return _runs(TextRun(text=shorten(text, LONGEST_TEXT), color="Good", size="Small"), spacing="Small")


def hint(text: str) -> RichTextBlock:
    """A subdued line."""
    return _runs(TextRun(text=shorten(text, LONGEST_TEXT), is_subtle=True, size="Small"), spacing="Small")


def line(label: str, value: str) -> RichTextBlock:
    """One fact: "Hvor mange: 12". Reads well at phone width, where columns do not."""
    return _runs(
        TextRun(text=f"{label}: ", weight="Bolder"), TextRun(text=shorten(value, LONGEST_TEXT)), spacing="Small"
    )


def facts(pairs: Sequence[tuple[str, str]]) -> list[CardElement]:
    """Several facts; those without a value are left out."""
    return [line(label, value) for label, value in pairs if value]


def section(*items: CardElement) -> Container:
    """A part of a card with a line above it."""
    return Container(items=list(items), separator=True, spacing="Medium")


def submit(title: str, verb: str, nonce: str = "", *, main: bool = False, **data: str) -> SubmitAction:
    """A button for the personal chat; its click carries the card's inputs too."""
    return SubmitAction(
        title=shorten(title, LONGEST_BUTTON),
        style="positive" if main else "default",
        data={"verb": verb, "nonce": nonce, **data},
    )


def bare_submit(title: str, verb: str, nonce: str = "", **data: str) -> SubmitAction:
    """A button that must work whatever is typed in the card's inputs."""
    action = submit(title, verb, nonce, main=False, **data)
    action.associated_inputs = "none"
    return action


def execute(title: str, verb: str, *, main: bool = False, **data: str) -> ExecuteAction:
    """A button in a channel, where the answer to the one who pressed stays between them and the bot."""
    return ExecuteAction(
        title=shorten(title, LONGEST_BUTTON),
        style="positive" if main else "default",
        verb=verb,
        data={"verb": verb, **data},
    )


def link(title: str, url: str) -> OpenUrlAction:
    """A button that opens a page."""
    return OpenUrlAction(title=title, url=url)


def text_input(name: str, label: str, value: str = "", placeholder: str = "", *, lines: bool = False) -> TextInput:
    """A labelled text field."""
    return TextInput(
        id=name, label=label, value=value or None, placeholder=placeholder, is_multiline=lines, max_length=500
    )


def number_input(name: str, label: str, value: int | None, placeholder: str, low: int, high: int) -> NumberInput:
    """A labelled number field."""
    return NumberInput(id=name, label=label, value=value, placeholder=placeholder, min=low, max=high)


def choice_input(
    name: str, label: str, choices: Mapping[str, str], value: str = "", placeholder: str = ""
) -> ChoiceSetInput:
    """A labelled list to choose one from; `choices` maps values to their words."""
    return ChoiceSetInput(
        id=name,
        label=label,
        choices=[Choice(title=words, value=key) for key, words in choices.items()],
        value=value or None,
        placeholder=placeholder,
        style="compact",
    )


def shorten(text: str, limit: int) -> str:
    """Cut at a limit with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _runs(*runs: CardElement, spacing: Spacing = "Default") -> RichTextBlock:
    return RichTextBlock(inlines=list(runs), spacing=None if spacing == "Default" else spacing)
