"""Write down what this release remembers at every step: `python -m tests.dialogs.write_memories 0.2.0`.

Run once for each release, from the project's folder. The file stays for good: later releases must read it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.demo.sample import read_sample
from catalogue.matching import MatchIndex
from storage.schema import migrate
from storage.states import StateKey
from tests.chat import A_SUNDAY_MORNING, TENANT, Town
from tests.dialogs.standing import STANDING

if TYPE_CHECKING:
    from tests.chat import Chat

FOLDER = Path(__file__).parent / "memories"


async def memory_of(town: Town, chat: Chat) -> dict[str, Any]:
    async with town.database.read_only(TENANT) as work:
        stored = await work.states.load(key_of(chat))
    assert stored is not None
    return stored.data


def key_of(chat: Chat) -> StateKey:
    return StateKey(f"a:personal-{chat.person_id}", chat.person_id)


async def _memories() -> dict[str, Any]:
    index = MatchIndex.build(*read_sample(A_SUNDAY_MORNING.date()))
    memories = {}
    for name, step in STANDING.items():
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/town.sqlite"
            await migrate(url)
            town = Town(url, index)
            await town.open()
            memories[name] = await memory_of(town, await step(town))
            await town.close()
    return memories


def main(release: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(asyncio.run(_memories()), ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / f"{release}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
