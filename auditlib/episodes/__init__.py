"""Repeat contact: which tickets are one customer's, which are one issue, who has to come back."""

from auditlib.episodes.components import components
from auditlib.episodes.links import RULE_VERSION, chains, same_issue

__all__ = ["RULE_VERSION", "chains", "components", "same_issue"]
