"""Words of exports in the case log's own: statuses, channels, kinds, activities."""

from __future__ import annotations

from auditlib.caselog import ratings
from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.sources import Settings, SourceChanged
from auditlib.sources._exports.cells import BadCell, shape
from auditlib.sources._exports.columns import quoted

STATUSES = {
    **{name: name for name in Status.__members__},
    "pending": "pending_customer", "waiting on customer": "pending_customer", "hold": "on_hold",
    "on-hold": "on_hold", "on hold": "on_hold", "resolved": "solved",
}  # fmt: skip
CHANNELS = {
    "email": "email", "web": "web", "chat": "chat", "messaging": "messaging", "phone": "phone",
    "voice": "voice", "counter": "counter", "api": "api", "social": "social",
    "e-mail": "email", "mail": "email", "web form": "web", "webform": "web", "portal": "web",
    "website": "web", "form": "web", "feedback widget": "web", "live chat": "chat",
    "whatsapp": "messaging", "sms": "messaging", "messenger": "messaging", "telephone": "phone", "call": "phone", 
    "inbound call": "phone", "walk-in": "counter", "in person": "counter", "twitter": "social", "facebook": "social",
    "instagram": "social",
}  # fmt: skip
ROLES = {
    "customer": "customer", "end-user": "customer", "end user": "customer", "requester": "customer",
    "contact": "customer", "agent": "agent", "admin": "agent", "light agent": "agent", "staff": "agent",
    "bot": "bot", "unknown": "unknown",
}  # fmt: skip
IGNORE = "ignore"
KINDS = [kind for kind in Kind.__members__ if kind != "due"]
"""A helpdesk's own due date is only compared, and only with rules that we know: an export's are nobody's."""


def status(found: str, settings: Settings) -> str:
    """A status in our words. One that nobody mapped stops the source: guessed, it would change figures."""
    ours = settings.statuses.get(found) or STATUSES.get(found.lower())
    if ours is None:
        raise SourceChanged(
            f"{settings.name}: the status {found[:60]!r} is not mapped; in its [[source]] in "
            f"audit.toml write "
            f'statuses = {{ {quoted(found[:60])} = "open" }}, or new, pending_customer, on_hold, '
            f"solved, closed"
        )
    return ours


def channel(found: str | None) -> str:
    """A channel in our words; what is none of them is unknown."""
    return CHANNELS.get((found or "").lower(), "unknown")


def kind(found: str) -> str:
    """What happened, in our words."""
    if found.lower() not in KINDS:
        raise BadCell(
            "unknown_kind",
            f"column 'kind' holds {shape(found)}; one of {', '.join(KINDS)} would be right",
        )
    return found.lower()


def actor_class(found: str | None) -> str | None:
    """Who acted as the file knows it of this very event; None if it does not say."""
    if found is None:
        return None
    if found.lower() not in ActorClass.__members__:
        right = ", ".join(ActorClass.__members__)
        raise BadCell("wrong_type", f"column 'actor_class' holds {shape(found)}; one of {right} would be right")
    return found.lower()


def rating(found: str, settings: Settings) -> str:
    """A survey's answer as the case log writes it: a bare number stands on the scale of the options."""
    scale = settings.options.get("rating_scale")
    written = f"{scale}:{found}" if scale and found[:1].isdigit() and ":" not in found else found.lower()
    try:
        ratings.code(written)
    except ratings.UnknownRating as unknown:
        raise BadCell(
            "unknown_rating",
            f"column 'new' holds {shape(found)}; {unknown}. A bare number needs rating_scale = \"1-5\" in the options",
        ) from None
    return written


def role(found: str) -> str:
    """A person's role in our words."""
    if found.lower() not in ROLES:
        raise BadCell(
            "wrong_type",
            f"column 'role' holds {shape(found)}; customer, agent, bot or unknown would be right",
        )
    return ROLES[found.lower()]


def activity(found: str, settings: Settings) -> tuple[str, str | None] | None:
    """An activity of an event log as kind and new value; None if it is to be ignored."""
    written = settings.options.get("activities", {}).get(found)
    if written is None and found.lower() in Kind.__members__:
        written = found.lower()
    if written is None:
        raise SourceChanged(
            f"{settings.name}: the activity {found[:60]!r} is not mapped; in the options of its "
            f"[[source]] in "
            f'audit.toml write activities = {{ {quoted(found[:60])} = "status=solved" }}, or message, '
            "message=internal, created, assignee, group … or ignore"
        )
    if written == IGNORE:
        return None
    happened, _, value = written.partition("=")
    return kind(happened), value or None
