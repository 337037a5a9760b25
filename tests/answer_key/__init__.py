"""The audit of the sandbox agrees with what the sandbox intended, ticket by ticket and to the second."""

from auditlib.caselog.rows import moment
from tests.answer_key.conftest import AS_OF, TICKETS

__all__ = ["AS_OF", "TICKETS", "happened"]


def happened(at: str | None) -> bool:
    """Whether a moment of the answer key lies before the audit's watermark."""
    return at is not None and moment(at) < moment(AS_OF)
