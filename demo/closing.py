"""What the demo ends with: the headlines, one finding that surprises, where things lie, what to try."""

from __future__ import annotations

import pathlib
import sqlite3
from typing import Any, TextIO

# The last month that is over and mature or, where no months are published, the last such week.
LAST = """
SELECT period, period_start FROM headlines WHERE is_over = 'yes' AND period IN ('month', 'week')
GROUP BY period, period_start HAVING max(coalesce(suppressed_reason LIKE 'not mature%', 0)) = 0
ORDER BY period, period_start DESC LIMIT 1
"""
HEADLINES = f"""
SELECT sentence, uncertainty, n, maturity FROM headlines
WHERE (period, period_start) IN ({LAST}) ORDER BY position
"""
# Of all parts of the service whose interval and that of the whole do not meet, the one farthest from the whole.
APART = """
WITH compared AS (
    SELECT part.title, part.breakdown, part.breakdown_value, part.value, part.n, part.ci_low, part.ci_high,
        whole.value AS whole, part.period, part.period_start,
        part.ci_low > whole.ci_high OR part.ci_high < whole.ci_low AS is_apart
    FROM scorecard part
    JOIN scorecard whole USING (metric, statistic, weighting, segment, period, period_start)
    WHERE whole.breakdown = 'all' AND part.breakdown NOT IN ('all', 'source') AND part.breakdown_2 = ''
        AND segment = 'all' AND weighting = 'ticket' AND statistic = 'rate' AND part.value > 0 AND whole.value > 0
)
SELECT *, (SELECT count(*) FROM compared) AS compared, count(*) OVER () AS apart
FROM compared WHERE is_apart ORDER BY abs(ln(value / whole)) DESC LIMIT 1
"""


def closing(store: pathlib.Path, page: str, console: TextIO) -> None:
    """Prints the closing part."""
    with sqlite3.connect(store) as read:
        read.row_factory = sqlite3.Row
        period, begins = read.execute(LAST).fetchone()
        print(f"\nHow good was the service in the {period} from {begins}? (95 % intervals)\n", file=console)
        for number, row in enumerate(read.execute(HEADLINES), 1):
            print(f"  {number}. {row['sentence']}{_uncertainty(row)}", file=console)
        print(f"\nWhat surprises\n\n  {_finding(read.execute(APART).fetchone())}", file=console)
    asked = _short(store.with_name("questions.md"))
    told = {"store": _short(store), "page": _short(page), "questions": asked, "ticket": _ticket(store)}
    print(_ENDING.format(**told), file=console)


def _uncertainty(row: sqlite3.Row) -> str:
    still = "; can still change" if row["maturity"] == "provisional" else ""
    return f" ({row['uncertainty']}, n = {row['n']:,}{still})" if row["uncertainty"] else ""


def _finding(row: sqlite3.Row | None) -> str:
    if row is None:
        return "Nothing: no part of the service lies apart from the whole."
    here, whole, low, high = (f"{100 * row[name]:.0f}" for name in ("value", "whole", "ci_low", "ci_high"))
    interval = f"{low} to {high} %, n = {row['n']:,}"
    return (
        f"{row['title']}: {here} % where {row['breakdown']} is {row['breakdown_value']} ({interval}),\n"
        f"  but {whole} % on the whole, in the {row['period']} from {row['period_start']}.\n"
        f"  Of {row['compared']:,} parts compared with the whole, {row['apart']} lie apart from it; this one farthest."
    )


def _ticket(store: pathlib.Path) -> Any:
    """A ticket with a story: one that was reopened and came back, if there is one."""
    with sqlite3.connect(store) as read:
        return read.execute("SELECT ticket FROM ticket_audit ORDER BY reopens DESC, ticket LIMIT 1").fetchone()[0]


def _short(path: pathlib.Path | str) -> str:
    path = pathlib.Path(path)
    return str(path.relative_to(pathlib.Path.cwd()) if path.is_relative_to(pathlib.Path.cwd()) else path)


_ENDING = """
Where things lie

  the store   {store}   (views headlines, scorecard, ticket_audit …)
  the page    {page}
  questions   {questions}   what a leader asks, with the answers
  the docs    docs/

Try next

  export AUDITLIB_CONFIG=.demo/audit.toml PATH="$PWD/.venv/bin:$PATH"
  auditlib explain {ticket:<17} one ticket's life, and what was measured in it
  auditlib metrics came_back_rate_7d what a figure means, with the examples that test it
  make explore                       the leaders' tables in a browser, with the questions
  make up                            Airflow with this audit, its tasks and their docs
"""
