"""`audit.toml`: an example of a company, what is read from it, and what mistakes in it are told as."""

from __future__ import annotations

import pathlib

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
EXAMPLE = (HERE / "audit.toml").read_text("utf-8")


def written(company: pathlib.Path, text: str) -> pathlib.Path:
    path = company / "audit.toml"
    path.write_text(text, "utf-8")
    return path
