"""`auditlib explain`: one ticket's life as a short story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from auditlib.commands.answers import Answer, WrongUse, answered, table


@click.command()
@click.argument("ticket")
@click.option("--all", "everything", is_flag=True, help="Tags, fields and service levels too.")
@answered
def explain(ticket: str, everything: bool) -> Answer:
    """Tell one ticket's life, and what decided its measures.

    TICKET is the source's name, a colon and the helpdesk's number. Numbers in brackets are lines of
    the story. It tells what the publication knew that leaders see, in the zone of audit.toml, and
    never what anybody wrote.

    \b
    auditlib explain sandbox:4711
    """
    from auditlib.commands.setting import existing, published
    from auditlib.pipeline.explaining import life
    from auditlib.store import engine, lives

    setting = existing()
    run = published(setting)
    with engine.reading(setting.store.engine) as c:
        key = lives.ticket_key(c, run, ticket)
        withheld = lives.quarantined(c, run, ticket)
    if key is None:
        raise WrongUse(_unknown(ticket, list(setting.sources), withheld))
    told = life(setting, run, key)
    if told is None:
        raise WrongUse(f"{ticket} was created after {run.as_of}, where the published figures end; ask after tonight")
    data = {"ticket": ticket, "run": run.run, "as_of": run.as_of, **told, "quarantined": withheld}
    return Answer(data, _shown(data, setting.zone.key, everything))


def _unknown(ticket: str, sources: list[str], withheld: list[str]) -> str:
    source, colon, _ = ticket.partition(":")
    if not colon or source not in sources:
        return f"{ticket!r} names no source of audit.toml; write {sources[0]}:4711, with one of {', '.join(sources)}"
    if withheld:
        return f"{ticket} is in quarantine and in no figure: {'; '.join(withheld)}"
    return f"the case log has no ticket {ticket}; it may be older than what is loaded, or out of the source's scope"


def _shown(data: Mapping[str, Any], zone: str, everything: bool) -> list[Any]:
    about = [data[name] for name in ("channel", "topic", "priority", "tier", "language", "region") if data[name]]
    parts: list[Any] = [f"{data['ticket']}: {data['status']}; {', '.join(about)}; as of {data['as_of']}"]
    if data["url"]:
        parts.append(f"Read it at {data['url']}")
    if data["exclusion"]:
        parts.append(f"Out of every figure: {data['exclusion']['reason']} ({data['exclusion']['code']})")
    parts += [f"In quarantine: {reason}" for reason in data["quarantined"]]
    told = "what" if everything else "briefly"
    lines = [
        (f"({line['line']})", line["local"], line["who"], "; ".join(line[told])) for line in data["story"] if line[told]
    ]
    parts.append(table("", f"when ({zone})", "who", "what", rows=lines))
    parts += _measures(data["measures"])
    if data["turns"]:
        parts.append(
            table("turn", "waited", "business", "from → to", "answered by", "team", rows=_turns(data["turns"]))
        )
    parts += [_link(data["ticket"], link) for link in data["links"]]
    if (data["episode"] or {}).get("contacts", 1) > 1:
        channels = data["episode"]["channels"]
        on = "one channel" if channels == 1 else f"{channels} channels"
        parts.append(f"Its issue took {data['episode']['contacts']} tickets on {on}.")
    teams = [f"{moment}: {team}" for moment, team in data["teams"].items() if team]
    parts.append("Team as of " + ", ".join(teams))
    return parts


def _measures(measures: list[Mapping[str, Any]]) -> list[Any]:
    rows: list[tuple] = []
    nothing: list[str] = []
    for measure in measures:
        if measure["value"] is None and measure["state"] in (None, "not_applicable"):
            nothing.append(measure["measure"])
            continue
        note = f"measured now it would be {_value(measure, 'would_be')}" if measure["differs"] else ""
        value = measure["state"] if measure["value"] is None else _value(measure, "value")
        rows.append((measure["measure"], value, " ".join(f"({line})" for line in measure["decided_by"]), note))
    if not any(note for *_, note in rows):
        rows = [row[:3] for row in rows]
    heads = ("measure", "value", "decided by", "but")[: len(rows[0]) if rows else 3]
    shown = [table(*heads, rows=rows)]
    return [*shown, f"No value, or not yet: {', '.join(nothing)}"] if nothing else shown


def _value(measure: Mapping[str, Any], name: str) -> str:
    value = measure[name]
    if value is None:
        return "no value"
    if measure["unit"] == "minutes":
        return minutes(value)
    if measure["unit"] == "share":
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def minutes(value: float | None) -> str:
    """A duration for people: minutes, and hours or days where they are many."""
    if value is None:
        return "–"
    if value < 120:
        return f"{value:.4g} min"
    hours = value / 60
    return f"{value:,.0f} min ({hours:.1f} h)" if hours < 48 else f"{value:,.0f} min ({hours / 24:.1f} days)"


def _turns(turns: list[Mapping[str, Any]]) -> list[tuple]:
    rows = []
    for turn in turns:
        state = turn.get("next_reply_minutes_state")
        waited = state if state != "observed" else minutes(turn.get("next_reply_minutes"))
        business = minutes(turn.get("next_reply_business_minutes"))
        ends = " → ".join(f"({line})" for line in turn["decided_by"])
        rows.append((turn["turn"], waited, business, ends, turn.get("responder"), turn.get("responder_team")))
    return rows


LAYERS = {
    "explicit": "named it",
    "said": "said so",
    "topic": "same topic, {:.0%} sure",
    "words": "similar words, {:.0%} sure",
}
KINDS = {"parallel": "Beside it, about the same issue, is open", "forwarded": "The call was put through with"}


def _link(ticket: str, link: Mapping[str, Any]) -> str:
    sure = LAYERS[link["layer"]].format(link["score"])
    if link["kind"] != "repeat":
        other = link["later"] if link["earlier"] == ticket else link["earlier"]
        return f"{KINDS[link['kind']]} {other}, since {link['came_back_at']} ({sure})"
    if link["earlier"] == ticket:
        return f"The customer came back about it with {link['later']} at {link['came_back_at']} ({sure})"
    return f"It came back about {link['earlier']}, solved at {link['solved_at']} ({sure})"
