"""find: conversations by words, names, order numbers and filters."""

from __future__ import annotations

import argparse
from dataclasses import replace

from careconsole.cli.printing import DONE, put_json_list, put_table, say
from careconsole.cli.queue import as_json, table_row, whole
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.finding import find
from careconsole.model.finding import QueryFault, parse_query
from careconsole.model.instant import to_us


async def find_some(seat: Seat, options: argparse.Namespace) -> int:
    """Print what is found, with the words around the place. Raises Wrong for a query without a meaning."""
    try:
        asked = " ".join(options.query)
        query = parse_query(asked, seat.views)
        if query.is_empty and asked.strip():
            raise Wrong(f"There is no word in {asked[:40]!a} to look for.")
        async with seat.reading_in_order() as desk:
            found = await find(desk, query, options.limit)
            rows = [
                (await whole(desk, each.row) if options.json else each.row, each.excerpt)
                for each in found.rows
            ]
            now_us = to_us(desk.now())
    except QueryFault as fault:
        raise Wrong(str(fault)) from fault
    if options.json:
        put_json_list({**as_json(row), "excerpt": excerpt} for row, excerpt in rows)
    else:
        put_table(
            [table_row(replace(row, text=excerpt), now_us) for row, excerpt in rows], right=frozenset({0, 2})
        )
    if not rows:
        say("Nothing found.")
    if found.hidden:
        say(f"{found.count_words}; the first {len(rows)} are shown. --limit N shows more.")
    return DONE
