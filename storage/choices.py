"""Counts of which offer was chosen for which words, and the suggestions that came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from centre.learning import Choice, KeptSuggestion, Suggestion, SuggestionState
from storage.models import ChoiceRow, SuggestionRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.catalogue_version import CatalogueVersion


class StoredChoices:
    """Implements `centre.ports.Choices`."""

    def __init__(self, session: AsyncSession, tenant: str, version: CatalogueVersion) -> None:
        self._session = session
        self._tenant = tenant
        self._version = version

    async def count(self, words: Sequence[str], offer_code: str) -> Sequence[int]:
        """Count one more choice of the offer for each of the words; return their new counts.

        The words are counted in order, so that two requests with the same words never wait for each other in
        a ring.
        """
        values = [
            {"tenant": self._tenant, "word": word, "offer_code": offer_code, "times": 1}
            for word in sorted(set(words))
        ]
        if not values:
            return []
        insert = insert_for(self._session, ChoiceRow).values(values)
        by_key = [ChoiceRow.tenant, ChoiceRow.word, ChoiceRow.offer_code]
        statement = insert.on_conflict_do_update(index_elements=by_key, set_={"times": ChoiceRow.times + 1})
        return list(await self._session.scalars(statement.returning(ChoiceRow.times)))

    async def make_known(self) -> None:
        """Make all replicas read the counts anew; nobody's request waits for an import because of it."""
        await self._version.count_up_unless_held()

    async def counts(self, least: int) -> Sequence[Choice]:
        """Return the counts of the words that occur in at least `least` requests."""
        mine = ChoiceRow.tenant == self._tenant
        often = select(ChoiceRow.word).where(mine).group_by(ChoiceRow.word)
        often = often.having(func.sum(ChoiceRow.times) >= least)
        query = (
            select(ChoiceRow.word, ChoiceRow.offer_code, ChoiceRow.times)
            .where(mine, ChoiceRow.word.in_(often))
            .order_by(ChoiceRow.word, ChoiceRow.offer_code)
        )
        return [Choice(*row) for row in await self._session.execute(query)]

    async def suggestions(self) -> Sequence[KeptSuggestion]:
        """Return every suggestion that was made, in the order of their numbers."""
        query = select(SuggestionRow).where(SuggestionRow.tenant == self._tenant).order_by(SuggestionRow.number)
        rows = await self._session.scalars(query.execution_options(populate_existing=True))
        return [KeptSuggestion(row.number, Suggestion(row.word, row.meaning), row.state) for row in rows]

    async def suggest(self, new: Sequence[Suggestion]) -> None:
        """Give suggestions that were not made before the next numbers; the others are passed over."""
        await self._version.hold()
        known = await self.suggestions()
        last = known[-1].number if known else 0
        made = {kept.suggestion for kept in known}
        fresh = [suggestion for suggestion in dict.fromkeys(new) if suggestion not in made]
        self._session.add_all(
            SuggestionRow(
                tenant=self._tenant,
                number=number,
                word=suggestion.word,
                meaning=suggestion.meaning,
                state=SuggestionState.OPEN,
            )
            for number, suggestion in enumerate(fresh, last + 1)
        )
        await self._session.flush()

    async def settle(self, number: int, state: SuggestionState) -> None:
        """Note what became of a suggestion."""
        await self._session.execute(
            update(SuggestionRow)
            .where(SuggestionRow.tenant == self._tenant, SuggestionRow.number == number)
            .values(state=state),
            execution_options={"synchronize_session": False},
        )
