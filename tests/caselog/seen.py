"""What the rules see in a message, in words."""

from auditlib.caselog.text import markers


def seen(body: str, by_customer: bool) -> str:
    """The names of its markers, in their order."""
    return " ".join(sorted(found.marker.name for found in markers(body, by_customer)))
