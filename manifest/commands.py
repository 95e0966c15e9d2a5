"""What Teams offers people to say to the bot: the command lists of the manifest, in both languages.

Teams puts a command's text in the message box as the reader's language has it, and it arrives as any other
message. So the conversation must understand every text that `commands` returns.
"""

from dataclasses import dataclass
from typing import Any, Literal

from manifest.template import english_translation, manifest_template

Scope = Literal["personal", "team"]
Language = Literal["da", "en"]


@dataclass(frozen=True)
class Command:
    """One entry of a command list in one language.

    Attributes:
        scope: Where it is offered: the personal chat or the channels of a team.
        language: The language of the reader's Teams.
        title: What the menu shows; clients that know no prompts also send it.
        prompt: The whole sentence that Teams sends for a prompt starter, None for a plain command.
    """

    scope: Scope
    language: Language
    title: str
    prompt: str | None

    @property
    def sayable(self) -> tuple[str, ...]:
        """The texts that can reach the bot when this entry is chosen."""
        return (self.title,) if self.prompt in (None, self.title) else (self.title, str(self.prompt))


def commands() -> tuple[Command, ...]:
    """Return every command of the manifest in Danish and in English, in the order of the menus."""
    return tuple(
        command
        for list_index, command_list in enumerate(manifest_template()["bots"][0]["commandLists"])
        for scope in command_list["scopes"]
        for index, entry in enumerate(command_list["commands"])
        for command in _in_both_languages(scope, entry, f"bots[0].commandLists[{list_index}].commands[{index}]")
    )


def _in_both_languages(scope: Scope, entry: dict[str, Any], path: str) -> tuple[Command, Command]:
    english = english_translation()
    return (
        Command(scope, "da", entry["title"], entry.get("prompt")),
        Command(scope, "en", english[f"{path}.title"], english.get(f"{path}.prompt")),
    )
