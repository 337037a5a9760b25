"""How similar the words of tickets are, pair by pair, by their stored sketches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auditlib.caselog.sketches import SKETCH_SIZE

PAIRS_AT_ONCE = 50_000
"""So that the words of all pairs that are compared at once take some 100 MiB at most."""


def similarities(sketches: Sequence[bytes], left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each pair (places in `sketches`) the Jaccard similarity of 0–1 and the words of the shorter text.

    The same as `caselog.sketches.similarity` of each pair: exact up to 64 words, beyond that
    estimated from the 64 smallest hashes of the union (Broder 1997).
    """
    words = np.frombuffer(b"".join(sketches), dtype="<u4").astype(np.int64)
    count = np.array([len(one) // 4 for one in sketches], np.int64)
    begin = np.cumsum(count) - count
    found = np.zeros(len(left))
    for first in range(0, len(left), PAIRS_AT_ONCE):
        part = slice(first, first + PAIRS_AT_ONCE)
        found[part] = _of_pairs(words, begin, count, left[part], right[part])
    return found, np.minimum(count[left], count[right]) if len(left) else np.zeros(0, np.int64)


def _of_pairs(
    words: np.ndarray, begin: np.ndarray, count: np.ndarray, left: np.ndarray, right: np.ndarray
) -> np.ndarray:
    n = len(left)
    both = np.concatenate([_words(words, begin, count, left), _words(words, begin, count, right)])
    both.sort()
    is_first = np.append(True, both[1:] != both[:-1])[: len(both)]
    pair = both[is_first] >> 32
    is_shared = np.append(~is_first[1:], False)[: len(both)][is_first]
    nth = np.arange(len(pair)) - np.searchsorted(pair, pair)
    is_whole = (count[left] < SKETCH_SIZE) & (count[right] < SKETCH_SIZE)
    counts = is_whole[pair] | (nth < SKETCH_SIZE)
    union = np.bincount(pair[counts], minlength=n)
    shared = np.bincount(pair[counts & is_shared], minlength=n)
    compared = (count[left] > 0) & (count[right] > 0)
    return np.where(compared, shared / np.maximum(union, 1), 0.0)


def _words(words: np.ndarray, begin: np.ndarray, count: np.ndarray, of: np.ndarray) -> np.ndarray:
    """The hashes of each pair's text, behind the pair's number: one sortable number each."""
    many = count[of]
    nth = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return (np.repeat(np.arange(len(of)), many) << 32) | words[np.repeat(begin[of], many) + nth]
