"""The cases of the queue as a file behind a link."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from bot.downloads import File, NoFileError
from bot.request_export import WRITERS
from bot.sheets import CONTENT_TYPES, TooManyRowsError
from centre.cases import see_cases
from centre.filing import NotFoundError
from centre.queue_query import UnreadableQueryError, query_from_json
from dialogs.texts import texts_in

if TYPE_CHECKING:
    from bot.downloads import Kind
    from bot.links import Claims
    from centre.people import Person
    from centre.ports import Clock, UnitOfWork


def queue_file(clock: Clock) -> Kind:
    """Return the kind of file that has the cases of a query, as they are when it is fetched."""

    async def find(claims: Claims, person: Person, work: UnitOfWork) -> File:
        today, texts = clock.now().date(), texts_in(claims.locale)
        ending = claims.subject.get("file", "")
        try:
            query, write = query_from_json(claims.subject["query"]), WRITERS[ending]
        except (KeyError, UnreadableQueryError) as error:
            raise NotFoundError from error
        cases = see_cases(work, person, query.criteria(person.id, today))

        async def fill(stream: IO[bytes]) -> None:
            try:
                await write(stream, texts.locale, cases)
            except TooManyRowsError as error:
                raise NoFileError(texts("export-too-many-heading"), texts("export-too-many")) from error

        name = texts("export-file", day=today.strftime("%d-%m-%Y"))
        return File(f"{name}.{ending}", CONTENT_TYPES[ending], fill)

    return find
