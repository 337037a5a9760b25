"""Keys looked up in arrays that are in order: surrogates come by the hundred thousand, and hashing them is slower."""

from __future__ import annotations

import numpy as np


def looked_up(keys: np.ndarray, ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each key would stand in an array that is in order, and whether it stands there."""
    if not len(ordered):
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), bool)
    place = np.searchsorted(ordered, keys).clip(max=len(ordered) - 1)
    return place, ordered[place] == keys


def is_among(keys: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Which keys stand in an array that is in order."""
    return looked_up(keys, ordered)[1]
