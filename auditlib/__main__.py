"""The command line: `auditlib VERB …`, or `python -m auditlib VERB …`."""

from __future__ import annotations


def main() -> None:
    """Parses the words, calls the verb, and ends with its exit code."""
    from auditlib.commands import auditlib

    auditlib(prog_name="auditlib")


if __name__ == "__main__":
    main()
