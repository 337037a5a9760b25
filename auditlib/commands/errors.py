"""An error as one sentence, its exit code, and the first command to type."""

from __future__ import annotations

from auditlib.commands.answers import FAILED, REFUSED, WRONG, WrongUse
from auditlib.telling import place

Told = tuple[int, str, str | None]


def told(error: Exception) -> Told:
    """(exit code, sentence, first command) of an error.

    Only errors of our own say their message: it names what was found and what would be right. Any
    other may quote a customer or a password, so it is told by its kind and its place in the code.
    """
    from auditlib.config import ConfigError
    from auditlib.exports import ExportError
    from auditlib.landing import SourceError
    from auditlib.metric import MetricError
    from auditlib.sources import CredentialsRefused, SourceChanged
    from auditlib.store import StoreError

    if isinstance(error, WrongUse | StoreError | MetricError | ExportError):
        return WRONG, str(error), None
    if type(error).__name__ == "Unsignable":
        return REFUSED, str(error), None
    if isinstance(error, ConfigError):
        return WRONG, str(error), None
    if type(error).__name__ == "Refused" and type(error).__module__.startswith("auditlib.pipeline"):
        return REFUSED, str(error), "auditlib check --night"
    if isinstance(error, CredentialsRefused | SourceChanged):
        return WRONG, str(error), "auditlib check"
    if isinstance(error, SourceError):
        return FAILED, str(error), "auditlib check"
    if is_of_the_database(error):
        right = "see `store` in audit.toml, or the variable AUDITLIB_STORE"
        return FAILED, f"the store cannot be reached or read ({_kind(error)}); {right}", "auditlib check"
    return FAILED, f"{_kind(error)} {place(error)}; the command failed", "the same with --debug"


def is_of_the_database(error: Exception) -> bool:
    """Whether the store itself failed, not what we asked of it."""
    return type(error).__name__ in ("OperationalError", "DatabaseError") and "sqlalchemy" in type(error).__module__


def _kind(error: Exception) -> str:
    return type(error).__name__
