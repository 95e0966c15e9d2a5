"""The words of requests as rows, so that a rare word among very many requests is found at once.

Three tables: which requests have which word, which words there are with every ending of each ("demens", "emens",
… "ns"), and which open requests have which key of their topic (`centre.similar`). A part of a word is the
beginning of one of its endings, so that the search for any part is a range of an index. That matters in Danish,
where "håndtering" is looked for in "medicinhåndtering".

The index only narrows a search; what is in the request's own row decides. So it may hold too much, but must not
miss anything: `requests.words_version` says which version of a request its words are of, and a request that was
written without them (by the previous release, or before there was an index) is looked through whole until
`complete` comes by. A word that very many requests have narrows nothing, and is not looked up.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, literal, select, tuple_, union, union_all, update

from catalogue.text import STOP_WORDS, fold
from centre.requests import OPEN_STATUSES, CaseNumber
from centre.similar import topic_keys
from storage.models import RequestRow, RequestTopicRow, RequestWordRow, WordEndingRow, has_no_words
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select, Subquery
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

    from centre.requests import Wish
    from storage.models import Base

SHORTEST = 2
LONGEST_WORD = 60
LONGEST_PART = LONGEST_WORD // 2
"""Letters of a searched word that are looked up. A longer word is kept in pieces that overlap by as many."""
MOST_NARROWED = 10_000
"""Requests with a word up to which looking them up is quicker than walking down the queue until enough have it."""
NEWEST = 30
"""Requests looked at per key of a topic."""
_RUN = re.compile(r"[^\W_]+")


@cache
def common_words() -> frozenset[str]:
    """Return what is not kept, because nearly every request has it."""
    return frozenset(map(fold, STOP_WORDS)) | {"kv"}


def words_in(folded: str) -> set[str]:
    """Return the words that a request with this text is found by."""
    runs = set(_RUN.findall(folded)) - common_words()
    return {piece for run in runs if len(run) >= SHORTEST for piece in _pieces(run)}


def part_to_look_up(searched: str) -> str:
    """Return which part of a searched word (folded, without spaces) the index can find; "" if it can find none."""
    part = max(_RUN.findall(searched), key=len, default="")[:LONGEST_PART]
    known = len(part) >= SHORTEST and not any(part in word for word in common_words())
    return part if known else ""


def endings_of(word: str) -> list[str]:
    """Return a word and all that is left of it when letters are taken off its front."""
    return [word[start:] for start in range(len(word) - SHORTEST + 1)]


def _pieces(run: str) -> Iterable[str]:
    """Cut what is longer than any word, so that every part of `LONGEST_PART` letters is whole in some piece."""
    last = max(1, len(run) - LONGEST_PART)
    return (run[start : start + LONGEST_WORD] for start in range(0, last, LONGEST_PART))


class SearchIndex:
    """The index of one tenant's requests."""

    def __init__(self, session: AsyncSession, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    async def write(self, after: RequestRow, words_before: set[str], keys_before: frozenset[str]) -> None:
        """Let a request be found by what its row says now."""
        words, keys = words_in(after.search_text), index_keys(after)
        mine = (after.year, after.serial)
        await self._add(
            RequestWordRow, [_entry(self._tenant, "word", word, mine) for word in words - words_before]
        )
        await self._add(RequestTopicRow, [_entry(self._tenant, "topic", key, mine) for key in keys - keys_before])
        await self._add_endings(words - words_before)
        await self._remove(RequestWordRow, RequestWordRow.word, words_before - words, mine)
        await self._remove(RequestTopicRow, RequestTopicRow.topic, keys_before - keys, mine)

    async def complete(self, limit: int) -> int:
        """Write the words of requests that were written without; return how many were.

        Replicas that do so at once take different requests.
        """
        unread = select(RequestRow).where(RequestRow.tenant == self._tenant, has_no_words())
        query = unread.order_by(RequestRow.words_version.desc()).limit(limit)  # by its index, as in `narrowed`
        rows = (await self._session.scalars(query.with_for_update(skip_locked=True))).all()
        words = {row.id: words_in(row.search_text) for row in rows}
        await self._add(
            RequestWordRow,
            [_entry(self._tenant, "word", word, (row.year, row.serial)) for row in rows for word in words[row.id]],
        )
        await self._add(
            RequestTopicRow,
            [
                _entry(self._tenant, "topic", key, (row.year, row.serial))
                for row in rows
                for key in index_keys(row)
            ],
        )
        await self._add_endings(set(chain.from_iterable(words.values())))
        await self._session.execute(
            update(RequestRow)
            .where(RequestRow.tenant == self._tenant, RequestRow.id.in_([row.id for row in rows]))
            .values(words_version=RequestRow.version)
            .execution_options(synchronize_session=False)
        )
        return len(rows)

    async def narrowed(self, searched: Sequence[str]) -> Subquery | None:
        """Return the numbers of every request with all of these words, and of few others, to join with.

        Where each of them is in very many requests (or is no word) there is nothing to narrow by.
        """
        parts = [part for part in dict.fromkeys(map(part_to_look_up, searched)) if part]
        if not parts:
            return None
        counts = [self._numbers_with(part).limit(MOST_NARROWED + 1).subquery() for part in parts]
        counted = [select(func.count()).select_from(found).scalar_subquery() for found in counts]
        unread = select(RequestRow.year, RequestRow.serial).where(
            RequestRow.tenant == self._tenant, has_no_words()
        )
        # PostgreSQL takes nearly every request to be unread, and would look through them all for the hardly ever
        # any; asked in this order it looks into the index that has those only.
        newest_unread = unread.with_only_columns(RequestRow.serial).order_by(RequestRow.words_version.desc())
        *numbers, some_unread = (
            await self._session.execute(select(*counted, newest_unread.limit(1).scalar_subquery()))
        ).one()
        number, rarest = min(zip(numbers, parts, strict=True))
        if number > MOST_NARROWED:
            return None
        with_word = self._numbers_with(rarest)
        return (with_word.distinct() if some_unread is None else union(with_word, unread)).subquery()

    async def sharing(self, wish: Wish, but: CaseNumber, limit: int) -> Sequence[CaseNumber]:
        """Return the numbers of the open requests with the most keys of a topic, among the newest of each key."""
        lists = [
            select(RequestTopicRow.year, RequestTopicRow.serial)
            .where(RequestTopicRow.tenant == self._tenant, RequestTopicRow.topic == key)
            .order_by(RequestTopicRow.year.desc(), RequestTopicRow.serial.desc())
            .limit(NEWEST)
            .subquery()
            for key in sorted(topic_keys(wish))
        ]
        if not lists:
            return []
        found = union_all(*(select(newest.c.year, newest.c.serial) for newest in lists)).subquery()
        query = (
            select(found.c.year, found.c.serial)
            .where(tuple_(found.c.year, found.c.serial) != tuple_(literal(but.year), literal(but.serial)))
            .group_by(found.c.year, found.c.serial)
            .order_by(func.count().desc(), found.c.year.desc(), found.c.serial.desc())
            .limit(limit)
        )
        return [CaseNumber(*row) for row in await self._session.execute(query)]

    def _numbers_with(self, part: str) -> Select[int, int]:
        """The numbers of requests with a word that this is a part of."""
        after = part[:-1] + chr(ord(part[-1]) + 1)
        words = select(WordEndingRow.word).where(
            WordEndingRow.tenant == self._tenant, WordEndingRow.ending >= part, WordEndingRow.ending < after
        )
        return select(RequestWordRow.year, RequestWordRow.serial).where(
            RequestWordRow.tenant == self._tenant, RequestWordRow.word.in_(words)
        )

    async def _add_endings(self, words: set[str]) -> None:
        """Make new words known, in one order, so that two requests never wait for each other in a ring."""
        known = select(WordEndingRow.word).where(
            WordEndingRow.tenant == self._tenant,
            WordEndingRow.ending.in_(words),
            WordEndingRow.word == WordEndingRow.ending,
        )
        new = words - set(await self._session.scalars(known)) if words else words
        entries = [
            {"tenant": self._tenant, "ending": ending, "word": word} for word in new for ending in endings_of(word)
        ]
        await self._add(WordEndingRow, sorted(entries, key=lambda entry: (entry["ending"], entry["word"])))

    async def _add(
        self, table: type[Base], entries: Sequence[dict[str, str | int]] | Sequence[dict[str, str]]
    ) -> None:
        if entries:
            await self._session.execute(insert_for(self._session, table).on_conflict_do_nothing(), list(entries))

    async def _remove(
        self,
        table: type[RequestWordRow | RequestTopicRow],
        column: InstrumentedAttribute[str],
        values: Iterable[str],
        number: tuple[int, int],
    ) -> None:
        if gone := sorted(values):
            mine = and_(table.tenant == self._tenant, table.year == number[0], table.serial == number[1])
            await self._session.execute(
                delete(table).where(mine, column.in_(gone)).execution_options(synchronize_session=False)
            )


def index_keys(row: RequestRow) -> frozenset[str]:
    """Return the keys of its topic that a request is found by; a closed one has none."""
    return topic_keys(row.wish) if row.status in OPEN_STATUSES else frozenset()


def _entry(tenant: str, name: str, value: str, number: tuple[int, int]) -> dict[str, str | int]:
    return {"tenant": tenant, name: value, "year": number[0], "serial": number[1]}
