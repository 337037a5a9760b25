"""The lines of keys, tables and list elements, in texts that try to mislead."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditlib.config import lines

WORDS = st.text(st.sampled_from("ab.#'\"[]{}=,\n\\ é"), max_size=6)
SCALARS = st.one_of(
    st.integers(-9, 9).map(str),
    st.sampled_from(["true", "2025-01-01", "07:30:00", "1.5e3", "nan", "2025-01-01 07:30:00Z"]),
    WORDS.map(lambda word: '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'),
    WORDS.map(lambda word: '"""' + word.replace("\\", "\\\\").replace('"', '\\"') + '"""'),
    st.sampled_from(["'#'", "'''a\n'b'''", '""""a"""', '"""a"""""', "'''a'''''", '"\\u00e9"', "''", '""""""']),
)
BLANKS = st.sampled_from(["", " ", "\n", ' # ] } "\n', "\n\n\t"])
KEYS = st.sampled_from(["a", "b-1", '"c.d"', "'e # f'", '"\\u0067"', "h.i", 'j . "k"'])


def _list_of(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(BLANKS, values, BLANKS).map("".join), max_size=3)
    return st.tuples(items, BLANKS).map(lambda parts: "[" + ",".join(parts[0]) + parts[1] + "]")


def _table_of(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(KEYS, values, max_size=3)
    return pairs.map(lambda found: "{ " + ", ".join(f"{key} = {value}" for key, value in found.items()) + " }")


VALUES = st.recursive(SCALARS, lambda values: _list_of(values) | _table_of(values), max_leaves=6)
PAIRS = st.dictionaries(KEYS, VALUES, max_size=3).map(
    lambda found: "".join(f"{key} = {value} # ] = [\n" for key, value in found.items())
)
HEADERS = st.sampled_from(["[t]", "[ t . u ]", "[[v]]", "[v.w]", "[[v.x]]", "[v.x.y]", '[["z z"]]  # [no]'])


@given(PAIRS, st.lists(st.tuples(HEADERS, BLANKS, PAIRS), max_size=5))
def test_every_key_table_and_element_has_a_line(first: str, tables: list[tuple[str, str, str]]) -> None:
    text = first + "".join(f"{header}\n{blank}{pairs}" for header, blank, pairs in tables)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # a table twice, or one that is a key elsewhere
    index = lines.index(text)
    assert set(index) == set(_places(data, ()))
    rows = text.split("\n")
    for place, line in index.items():
        name = place[-1]
        if isinstance(name, str) and name.isalpha() and name not in "gk":
            assert name in rows[line - 1]


def _places(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if place:
        yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*place, key))
