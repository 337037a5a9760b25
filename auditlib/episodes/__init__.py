"""Repeat contact: which tickets are one customer's, which are one issue, who has to come back."""

from auditlib.episodes.candidates import LONGEST_WINDOW
from auditlib.episodes.chains import chains, linked
from auditlib.episodes.components import components
from auditlib.episodes.links import RULE_VERSION, SIMULATED, same_issue

__all__ = ["LONGEST_WINDOW", "RULE_VERSION", "SIMULATED", "chains", "components", "linked", "same_issue"]
