"""The documents that the code already knows: `python -m auditlib.pages.docs` writes them below docs/.

With a folder (`python -m auditlib.pages.docs company/docs`) they go there, and speak also of the metrics
that `[extend]` of audit.toml names.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterable

from auditlib import metrics
from auditlib.metric import facts
from auditlib.pages import dictionary, helpdesks, metric_pages, rules, text_rules

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
OWN = ("metrics",)
"""Folders in which nothing else lies: what is not written any more is removed."""


def pages(extra: Iterable[str] = ()) -> dict[str, str]:
    """Path below docs/ → what has to stand there."""
    from auditlib import commands

    families = metrics.load_all(extra)
    own_rules = {
        name: facts(module).expectations
        for modules in families.values()
        for name, module in modules.items()
        if facts(module).expectations
    }
    return {
        **metric_pages.pages(families),
        "helpdesks.md": helpdesks.page(families),
        "data-dictionary.md": dictionary.page(families),
        "expectations.md": rules.page(own_rules),
        "text-rules.md": text_rules.page(),
        "command-line.md": commands.help_page().rstrip() + "\n",
    }


def orphans(docs: pathlib.Path, wanted: Iterable[str]) -> list[pathlib.Path]:
    """Files in generated folders that nothing generates any more."""
    written = {docs / name for name in wanted}
    return [path for folder in OWN for path in sorted((docs / folder).rglob("*.md")) if path not in written]


def write(docs: pathlib.Path = DOCS, extra: Iterable[str] = ()) -> list[pathlib.Path]:
    """Writes every page that is not as it has to be, and removes orphans; gives what changed."""
    wanted = pages(extra)
    changed = orphans(docs, wanted)
    for path in changed:
        path.unlink()
    for name, text in wanted.items():
        path = docs / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _asked(arguments: list[str]) -> list[pathlib.Path]:
    if not arguments:
        return write()
    from auditlib import config

    return write(pathlib.Path(arguments[0]), config.load().extend.metrics)


if __name__ == "__main__":
    for path in _asked(sys.argv[1:]):
        print(path, file=sys.stderr)
