"""What nights knew of measures: what was read of a later night is not read again for an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.ordered import is_among, looked_up
from auditlib.store import bulk
from auditlib.store.measures import in_run
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS

KEY, BEGAN = "ticket_key", "from_run"


@dataclass(frozen=True)
class _Read:
    """Rows of a table as a night knew them, of some tickets or all (None)."""

    run: Run
    only: np.ndarray | None
    rows: pd.DataFrame


@dataclass(frozen=True)
class Readings:
    """The rows of tables as nights know them.

    Two nights agree in nearly all rows, and reading them is most of what figures cost. So of a night before one that
    was read, only those rows are asked for that were replaced in between, or that lie elsewhere. `keeps` is False
    where no other night will be asked for: then nothing is held.
    """

    keeps: bool = True
    _latest: dict[str, _Read] = field(default_factory=dict)

    def described(
        self, c: sa.Connection, run: Run, names: Sequence[str], only: np.ndarray | None = None
    ) -> pd.DataFrame:
        """These facts of some tickets, or all, as a run knows them, with their cause and version, by surrogate."""
        rows = self._rows(c, run, TICKET_FACTS, (*names, "causes"), only)
        return rows.sort_values(KEY, ignore_index=True)

    def measured(
        self,
        c: sa.Connection,
        run: Run,
        family: sa.Table,
        names: Sequence[str],
        tickets: pd.DataFrame,
        only: np.ndarray | None = None,
    ) -> tuple[pd.DataFrame, np.ndarray]:
        """Measures as a run knows them, and each one's row in `tickets`: what figures are made of.

        `tickets` is what `described` gives, of all or `only` of some; the cause is that of the later version of the
        two.
        """
        rows = self._rows(c, run, family, (*names, "causes"), only)
        place, known = looked_up(rows[KEY].to_numpy(np.int64), tickets[KEY].to_numpy(np.int64))
        if not known.all():
            rows, place = rows[known].reset_index(drop=True), place[known]
        is_newer = tickets[BEGAN].to_numpy(np.int64)[place] > rows[BEGAN].to_numpy(np.int64)
        latest = np.where(is_newer, tickets.causes.to_numpy(object)[place], rows.causes.to_numpy(object))
        latest[pd.isna(latest)] = ""
        return rows.drop(columns=BEGAN).assign(causes=pd.Series(latest, dtype=object)), place

    def _rows(
        self, c: sa.Connection, run: Run, table: sa.Table, names: Sequence[str], only: np.ndarray | None
    ) -> pd.DataFrame:
        """These columns and `from_run` of the rows that a run knows of some tickets (in order), or of all."""
        wanted = [*dict.fromkeys((KEY, *names, BEGAN))]
        later = self._latest.get(table.name)
        if later is not None and _tells(later, run, wanted):
            return _before(c, later, run, table, wanted, only)
        known = _asked(c, table, wanted, in_run(table, run), only)
        if self.keeps:
            self._latest[table.name] = _Read(run, only, known)
        return known


def _tells(later: _Read, run: Run, wanted: Sequence[str]) -> bool:
    return later.run.is_night and run.is_night and run.run <= later.run.run and set(wanted) <= set(later.rows)


def _before(
    c: sa.Connection, later: _Read, run: Run, table: sa.Table, wanted: list[str], only: np.ndarray | None
) -> pd.DataFrame:
    """What an earlier night knew: what the later one still knows or no longer does, and tickets it did not ask for."""
    if only is None and later.only is not None:
        return _asked(c, table, wanted, in_run(table, run), None)
    kept = later.rows[BEGAN].to_numpy(np.int64) <= run.run
    seen, unseen = only, np.zeros(0, np.int64)
    if only is not None:
        kept &= is_among(later.rows[KEY].to_numpy(np.int64), only)
    if only is not None and later.only is not None:
        there = is_among(only, later.only)
        seen, unseen = only[there], only[~there]
    was_replaced = table.c.to_run.is_not(None) & (table.c.to_run > run.run) & (table.c.to_run <= later.run.run)
    found = [later.rows.loc[kept, wanted], _asked(c, table, wanted, in_run(table, run) & was_replaced, seen)]
    if len(unseen):
        found.append(_asked(c, table, wanted, in_run(table, run), unseen))
    told = [rows for rows in found if len(rows)]
    return pd.concat(told, ignore_index=True) if told else found[0].reset_index(drop=True)


def _asked(
    c: sa.Connection, table: sa.Table, wanted: Sequence[str], known: sa.ColumnElement[bool], only: np.ndarray | None
) -> pd.DataFrame:
    among = sa.true() if only is None else bulk.among(c, table.c[KEY], only)
    return bulk.frame(c, sa.select(*(table.c[name] for name in wanted)).where(known, among))
