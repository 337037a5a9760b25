"""What every formula makes of the same invented tickets: `python -m tests.meanings` keeps it for new versions.

The tickets are drawn once and for all, from a fixed seed. `meanings.toml` has, for each metric and
version of its definition, a hash of the values that its formula gives them. A formula whose values
change while its version stays the same changes its meaning silently: the test says so. This command
adds versions that the file does not know yet, and never replaces what it knows.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import pathlib
import random
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any, TypeVar

from auditlib import metrics
from auditlib.metric import facts
from auditlib.timelines import Timelines
from auditlib.worked_examples import Example, in_words, said, timelines

KEPT = pathlib.Path(__file__).with_name("meanings.toml")
HEAD = "# Metric → version of its definition → hash of its values on the frozen tickets. See tests/meanings.py.\n"
TICKETS = 400
BEGIN = datetime.datetime(2026, 1, 5, 7)
T = TypeVar("T")
CUSTOMER = ("writes", "writes: update_request", "writes: returning", "thanks", "writes: confirmation",
            "writes: withdrawal", "rating: good", "rating: bad with comment", "rating: 1-5:3")  # fmt: skip
AGENT = ("writes", "writes: 12 letters", "writes: acknowledgement", "writes: refusal", "writes: refusal alternative",
         "notes", "promises: within 24 hours", "promises: by Friday", "promises: soon",
         "promises: within 4 business hours", "promises: by 3/4", "status: open", "status: pending_customer",
         "status: on_hold", "status: solved", "status: solved", "group: billing", "group: repairs", "assignee: Ann",
         "assignee: Bob")  # fmt: skip
RULES = ("status: closed", "status: solved", "group: repairs", "assignee: Ann", "priority: urgent", "priority: normal",
         "policy: Gold", "policy: Iron", "rating: offered", "rating: offered", "notes", "writes")  # fmt: skip
WHO: dict[str, Sequence[str]] = {
    "customer": CUSTOMER, "customer_side": CUSTOMER[:4], "agent Ann": AGENT, "agent Bob": AGENT, "agent Cyd": AGENT,
    "bot Max": ("writes", "writes: acknowledgement", "status: solved", "group: billing"), "automation": RULES,
}  # fmt: skip
WEIGHED = ("customer",) * 5 + ("agent Ann",) * 4 + ("agent Bob",) * 3 + ("automation",) * 3 + tuple(WHO)
GAPS = (0, 1, 7, 45, 60, 240, 480, 1440, 2880, 10080, 20160)
POLICIES = tuple(
    dict(zip(("policy", "promises", "priority", "minutes", "clock"), row, strict=True))
    for row in (
        ("Gold", "first_reply", "urgent", "30", "business"), ("Gold", "first_reply", "normal", "240", "business"),
        ("Gold", "next_reply", "normal", "480", "business"), ("Gold", "resolution", "normal", "2880", "calendar"),
        ("Iron", "first_reply", "normal", "1440", "calendar"), ("Iron", "requester_wait", "urgent", "600", "business"),
    )
)  # fmt: skip
AGREEMENTS = tuple(
    dict(zip(("agreement", "within", "business", "real"), row, strict=True))
    for row in (("Gold", "response", "120", ""), ("Gold", "keep_in_loop", "480", ""), ("Gold", "resolve", "", "5760"))
)


@functools.cache
def frozen() -> tuple[Timelines, tuple[str, ...]]:
    """The tickets, always the same, and their names."""
    drawn = tuple(_drawn(random.Random(20260105)))
    title = "Example: promised: Mon-Sat 08:00-20:00 Europe/Berlin, as of 2026-06-01 00:00"
    names = tuple(dict.fromkeys(row["ticket"] for row in drawn))
    return timelines(Example(title, drawn, (), POLICIES, AGREEMENTS)), names


def _drawn(rng: random.Random) -> Iterator[dict[str, str]]:
    def one(of: Sequence[T]) -> T:  # `random` alone is promised to stay the same in every version of Python
        return of[int(rng.random() * len(of))]

    for number in range(TICKETS):
        name = f"T{number}"
        at = BEGIN + datetime.timedelta(minutes=int(rng.random() * 60 * 24 * 100))
        about = {"customer": f"C{int(rng.random() * 150)}", "topic": one(("lamps", "bills", "")),
                 "channel": one(("email", "web", "phone", "chat")), "window": one(("7", "7", "14"))}  # fmt: skip
        if number and rng.random() < 0.1:
            about[one(("follow_up_of", "quotes"))] = f"T{int(rng.random() * number)}"
        if rng.random() < 0.1:
            about[one(("order", "incident"))] = f"O{int(rng.random() * 20)}"
        first = one(("customer",) * 9 + ("agent Ann",))
        yield {"ticket": name, "when": f"{at:%Y-%m-%d %H:%M}", "who": first, "what": "writes", **about}
        for _ in range(int(rng.random() * 14)):
            at += datetime.timedelta(minutes=one(GAPS))
            who = one(WEIGHED)
            yield {"ticket": name, "when": f"{at:%Y-%m-%d %H:%M}", "who": who, "what": one(WHO[who])}
        if number and rng.random() < 0.06:
            end = one((f"merged: T{int(rng.random() * number)}", "deletes"))
            yield {"ticket": name, "when": f"{at:%Y-%m-%d %H:%M}", "who": "agent Ann", "what": end}


def meaning(module: ModuleType) -> str:
    """A hash of everything that a formula says of the frozen tickets, to the millionth."""
    metric, (t, names) = facts(module), frozen()
    told = hashlib.sha256()
    for column, how in sorted(metric.columns.items()):
        value = in_words(metric.unit, module.value(t, **how), names)
        units = t.units(metric.of)
        for row, (ticket, number) in enumerate(zip(units.ticket.tolist(), units.number.tolist(), strict=True)):
            one, state = said(value, row)
            shown = f"{one:.6f}" if isinstance(one, float) else one
            told.update(f"{column}\t{names[ticket]}\t{number}\t{shown}\t{state}\n".encode())
    return told.hexdigest()[:20]


def meanings() -> dict[str, tuple[str, str]]:
    """family/metric → version and hash, of every metric of the package."""
    return {
        f"{family}/{name}": (facts(module).version, meaning(module))
        for family, of in metrics.load_all().items()
        for name, module in of.items()
    }


def former() -> dict[str, tuple[str, str]]:
    """family/metric → former version and hash of the formula that runs beside the one of today."""
    return {
        f"{family}/{name}": (version, meaning(_with(module, module.previous)))
        for family, of in metrics.load_all().items()
        for name, module in of.items()
        if (version := facts(module).previous)
    }


def _with(module: ModuleType, formula: Callable[..., Any]) -> ModuleType:
    """The metric with another formula."""
    made = ModuleType(module.__name__, module.__doc__)
    vars(made).update({"METRIC": facts(module), "value": formula, "__file__": module.__file__})
    return made


def kept() -> dict[str, dict[str, str]]:
    """What `meanings.toml` has."""
    return tomllib.loads(KEPT.read_text()) if KEPT.exists() else {}


def silent(held: dict[str, dict[str, str]], now: dict[str, tuple[str, str]]) -> list[str]:
    """Formulas that mean something else under the same version, in sentences; none if there are none."""
    return [
        f"{name} {version} gives other values than it did: raise its version (values change: the first number), "
        "or take the change back"
        for name, (version, told) in now.items()
        if held.get(name, {}).get(version, told) != told
    ]


def main() -> int:
    """Keeps the meanings of new versions; refuses to if one changed under its version."""
    held, now = kept(), meanings()
    if changed := [*silent(held, now), *silent(held, former())]:
        print("\n".join(changed), file=sys.stderr)
        return 1
    for name, (version, told) in now.items():
        held.setdefault(name, {}).setdefault(version, told)
    lines = [
        f'["{name}"]\n' + "".join(f'"{version}" = "{told}"\n' for version, told in sorted(versions.items()))
        for name, versions in sorted(held.items())
    ]
    KEPT.write_text(HEAD + "\n" + "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
