"""A queue that is longer than anybody counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from storage import Database

FILED = "'2026-03-02 12:00:00+00'"


async def file_many(database: Database, tenant: str, number: int) -> None:
    """File new requests with the serials 1 to `number` of 2026, due on 9 March, and nothing else of them."""
    columns = (
        "tenant, id, version, year, serial, status, kle, requester_id, requester_name, requester_confirmed, "
        "filed_at, changed_at, answer_due, assignee_id, assignee_name, need, topic, staff_groups, time_words, "
        "purpose, on_behalf_of, department, offer_code, offer_title, run_code, verdict"
    )
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})"  # noqa: S608
    values = (
        f"'{tenant}', CAST(i AS TEXT), 1, 2026, i, 'new', '81.39.15', '', '', true, {FILED}, "
        f"{FILED}, '2026-03-09', '', '', '', '', '[]', '', '', '', '', '', '', '', 'none'"
    )
    async with database.session() as session:
        await session.execute(text(f"{numbers} INSERT INTO requests ({columns}) SELECT {values} FROM n"))  # noqa: S608
        await session.commit()
