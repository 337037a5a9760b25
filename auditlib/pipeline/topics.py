"""Topics in the company's words: each helpdesk's own become the ones that `topics` of its source names.

The case log keeps what the helpdesk said, so that another name is another reading and nothing is lost.
"""

from __future__ import annotations

import numpy as np

from auditlib.pipeline.setting import Setting


def named(setting: Setting, source: np.ndarray, topic: np.ndarray) -> np.ndarray:
    """Topics (None for none) of tickets of these sources, by the names that audit.toml gives them."""
    found = topic.astype(object)
    for name, settings in setting.sources.items():
        if settings.topics:
            mine = np.flatnonzero(source == name)
            found[mine] = [settings.topics.get(word, word) for word in topic[mine].tolist()]
    return found
