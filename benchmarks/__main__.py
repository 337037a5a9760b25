"""`python -m benchmarks`: runs them and says which bars are met; exit code 1 if one is not."""

from __future__ import annotations

import importlib
import json
import platform

import click

from benchmarks.results import Finding

NAMES = ("clocks", "metric_core", "chains", "outcomes", "translate", "stores", "night", "audit", "a_year")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--size", type=click.IntRange(100), help="Tickets, instead of each benchmark's own number.")
@click.option("--json", "as_json", is_flag=True, help="Rows of JSON instead of lines to read.")
def main(names: tuple[str, ...], size: int | None, as_json: bool) -> None:
    """Measures the hot paths in CPU seconds, each against its baseline of the same run.

    \b
    python -m benchmarks
    python -m benchmarks metric_core chains --size 1000000
    """
    if not as_json:
        click.echo(f"{platform.machine()}, Python {platform.python_version()}; CPU seconds, peaks of whole processes")
    missed = [finding for name in names or NAMES for finding in _shown(name, size, as_json) if finding.is_met is False]
    if missed:
        raise SystemExit(f"{len(missed)} not met: " + ", ".join(f"{f.benchmark}: {f.way}" for f in missed))


def _shown(name: str, size: int | None, as_json: bool) -> list[Finding]:
    module = importlib.import_module(f"benchmarks.{name}")
    if not as_json:
        title = (module.__doc__ or "").splitlines()[0]
        click.echo(f"\n{name} ({size or module.SIZE:,} tickets): {title}")
    found = []
    for finding in module.run(size or module.SIZE):
        click.echo(json.dumps(finding.as_json()) if as_json else finding.line())
        found.append(finding)
    return found


if __name__ == "__main__":
    main()
