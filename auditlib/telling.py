"""What may be said of an error: our own words, and of all others only what they are and where.

The message of somebody else's error may quote a customer or a password.
"""

from __future__ import annotations

import pathlib
import traceback

HOUSE = pathlib.Path(__file__).parent


def said(error: BaseException) -> str:
    """An error in words that may be stored, sent and shown."""
    kind = type(error).__name__
    if type(error).__module__.startswith("auditlib."):
        return f"{kind}: {error}"
    return f"{kind} {place(error)}"


def place(error: BaseException) -> str:
    """Where in our code an error arose."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if pathlib.Path(frame.filename).is_relative_to(HOUSE)
    ]
    if not ours:
        return "outside the audit's own code"
    file = pathlib.Path(ours[-1].filename).relative_to(HOUSE.parent)
    return f"in {file.as_posix()}, line {ours[-1].lineno}"
