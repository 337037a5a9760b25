"""`auditlib run` and `auditlib runs`: nights by hand or by cron, and what became of them."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING, Any

import click

from auditlib.commands.answers import DONE, WITHOUT_A_SOURCE, Answer, WrongUse, answered, console, table

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting


@click.command()
@click.option("--as-of", metavar="T", help="The local midnight that ends the audited day, such as 2026-11-21.")
@click.option("--source", "only", multiple=True, metavar="NAME", help="Fetch this source only; may be repeated.")
@click.option("--nights", type=click.IntRange(1), default=1, show_default=True, help="So many nights up to --as-of.")
@click.option("--dry-run", is_flag=True, help="Say what would be fetched and measured, and do nothing.")
@answered
def run(as_of: str | None, only: tuple[str, ...], nights: int, dry_run: bool) -> Answer:
    """Audit a night and publish its figures.

    It fetches, translates, gates, links, measures, rolls up, gates again and publishes. Without
    --as-of it is the day that ended at the last midnight in the zone of audit.toml. With --nights 7
    the seven nights that end there are run one after the other, the oldest first; a night that was
    published before is replayed from what was known then. With --source the others stay as they were
    last known, and the publication says that they are missing. Connections come from AIRFLOW_CONN_…
    variables. A night that was interrupted is resumed.

    \b
    auditlib run
    auditlib run --as-of 2026-11-21 --source zendesk
    auditlib run --nights 7
    auditlib run --dry-run
    """
    from auditlib.pipeline.setting import Setting

    setting = Setting.here()
    _check_names(setting, only)
    midnights = _midnights(setting, as_of, nights)
    if dry_run:
        return _plan(setting, midnights, only)
    return _nights(setting, midnights, only)


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many, the newest first.")
@answered
def runs(limit: int) -> Answer:
    """List the runs, how each ended and why.

    \b
    auditlib runs --limit 5
    """
    from auditlib.commands.setting import existing
    from auditlib.pipeline.standing import day_before
    from auditlib.store import runs as stored

    setting = existing()
    rows = []
    for row in stored.listed(setting.store).head(limit).astype(object).to_dict("records"):
        told = {name: (None if value is None or value != value else value) for name, value in row.items()}
        told["day"] = day_before(setting, str(told["as_of"])).isoformat()
        rows.append({name: told[name] for name in SHOWN})
    heads = ("run", "kind", "day", "state", "publication", "began", "reason")
    lines = [[row["run"], row["kind"], row["day"], row["state"], row["publication"], row["started_at"],
              (row["reason"] or "").split("\n", 1)[0]] for row in rows]  # fmt: skip
    return Answer(rows, [table(*heads, rows=lines)] if rows else ["There is no run yet; `auditlib run` makes one."])


SHOWN = ("run", "kind", "day", "as_of", "state", "publication", "reason", "code_version", "started_at", "finished_at")


def _check_names(setting: Setting, only: tuple[str, ...]) -> None:
    for name in only:
        if name not in setting.sources:
            raise WrongUse(f"audit.toml has no source {name!r}; it has {', '.join(setting.sources)}")


def _midnights(setting: Setting, as_of: str | None, nights: int) -> list[str]:
    """The midnights that end the audited days, the oldest first. Without --as-of, the clock is read: only here."""
    now = datetime.datetime.now(datetime.UTC)
    last = setting.last_midnight(now) if as_of is None else _midnight(setting, as_of)
    ends = datetime.datetime.fromisoformat(last).astimezone(setting.zone).date()
    return [setting.midnight_after((ends - datetime.timedelta(days=back)).isoformat()) for back in range(nights, 0, -1)]


def _midnight(setting: Setting, as_of: str) -> str:
    right = f"write the day that it begins, such as 2026-11-21, for the midnight in {setting.zone.key}"
    try:
        at = datetime.datetime.fromisoformat(as_of)
    except ValueError:
        raise WrongUse(f"--as-of {as_of} is no moment; {right}") from None
    at = at.astimezone(setting.zone) if at.tzinfo else at.replace(tzinfo=setting.zone)
    if at.time() != datetime.time():
        raise WrongUse(f"--as-of {as_of} is no midnight in {setting.zone.key}; {right}")
    return setting.midnight_after((at.date() - datetime.timedelta(days=1)).isoformat())


def _plan(setting: Setting, midnights: list[str], only: tuple[str, ...]) -> Answer:
    from auditlib.pipeline.planning import planned

    plans = [planned(setting, as_of, only) for as_of in midnights]
    lines = []
    for plan in plans:
        resumed = f", resuming run {plan['resumes']}" if plan["resumes"] else ""
        lines.append(f"{plan['kind']} as of {plan['as_of']}{resumed}; nothing is done now")
        lines += [f"  fetch {name}: {what}" for name, what in plan["sources"].items()]
        lines.append("  measure " + "; ".join(f"{n.replace('_', ' ')}: {v}" for n, v in plan["measured"].items()))
    return Answer(plans, lines)


def _nights(setting: Setting, midnights: list[str], only: tuple[str, ...]) -> Answer:
    from auditlib import pipeline

    told, begun = console(stderr=True), time.monotonic()

    def tell(line: str) -> None:
        told.print(f"{time.monotonic() - begun:7.1f} s  {line}")

    done: list[dict[str, Any]] = []
    for as_of in midnights:
        done.append(pipeline.night(as_of, tell=tell, only=only))
    pipeline.write_leaders_file()
    missing = sorted({name for published in done for name in published["missing_sources"]})
    code = WITHOUT_A_SOURCE if missing else DONE
    lines = [
        f"Published as number {one['publication']}: {one['kind']} as of {one['as_of']}, {one['figures']:,} figures"
        for one in done
    ]
    if missing:
        lines.append(f"Without {', '.join(missing)}. First command: auditlib check --night")
    return Answer(done, lines, code)
