"""What Intercom and Jira Service Management would say themselves, in seconds: for comparison with what they do say.

https://github.com/intercom/Intercom-OpenAPI, conversation_statistics, and the SLAs with which Atlassian's templates
begin: https://support.atlassian.com/jira-service-management-cloud/docs/create-service-level-agreements-slas/

Beside ours they stand so that both can be compared; nothing is measured with them.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.talk import Talk


class AsOthers(Talk):
    """Where Intercom's and Jira's own clocks begin and end."""

    def seconds_between(self, began: np.ndarray, ended: np.ndarray) -> np.ndarray:
        """Seconds between two moments per ticket; NaN unless both have come, in this order."""
        return np.where((ended != NEVER) & (began <= ended), ended - began, np.nan)

    @cached_property
    def intercom_contact(self) -> np.ndarray:
        """Position of the contact's first words: all of Intercom's statistics run from there."""
        return self.first(self.is_said)

    @cached_property
    def intercom_closes(self) -> np.ndarray:
        """Closes in a later second than the contact's first words."""
        return self.solves & self._since_contact

    @cached_property
    def intercom_reopens(self) -> np.ndarray:
        """Reopenings in a later second than the contact's first words, which may reopen it themselves."""
        return self.reopens & self._since_contact

    @cached_property
    def jira_response(self) -> np.ndarray:
        """Position of the first comment for customers that is no customer's, or of the first solve before it."""
        is_comment = self.is_message & self.is_public & ~self.by_customer
        began = self.tickets["created_at"][self.events["ticket"]]
        # What an agent raises for a customer is the description, which is no comment.
        return self.first((is_comment & (self.events["occurred_at"] > began)) | self.solves)

    @cached_property
    def _since_contact(self) -> np.ndarray:
        return self.events["occurred_at"] > self.at(self.intercom_contact)[self.events["ticket"]]
