"""Zendesk's words in the case log's: statuses, channels, actors and time zones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditlib.caselog.rows import BadRecord
from auditlib.caselog.words import Status
from auditlib.sources import Settings
from auditlib.sources._shared.statuses import unmapped
from auditlib.sources._shared.values import word
from auditlib.sources._zendesk import shapes

STATUSES = {
    "new": "new",
    "open": "open",
    "pending": "pending_customer",
    "hold": "on_hold",
    "solved": "solved",
    "closed": "closed",
    "deleted": "deleted",
}

# Each is told by its type or by its number: https://developer.zendesk.com/documentation/ticketing/reference-guides/via-types/
_CHANNELS = {
    "email": "email mail 4",
    "web": "web web_form help_center helpcenter web_widget mobile mobile_sdk iphone android forum topic logmein_rescue "
    "feedback_tab dropbox get_satisfaction 0 15 16 17 48 49 50 56",
    "chat": "chat chat_offline_message chat_transcript 29",
    "messaging": "native_messaging whatsapp line wechat telegram viber sms apple_business_chat "
    "sunshine_conversations_api sunshine_conversations_twilio_sms google_business_messages "
    "google_rcs kakaotalk messaging messagebird_sms slack_connect mailgun unity_sdk playstation 57",
    "phone": "phone phone_call_inbound phone_call_outbound 34 35",
    "voice": "voice voicemail api_voicemail api_phone_call_inbound api_phone_call_outbound 33 44 45 46",
    "api": "api web_service ticket_sharing sharing batch import resource_push lotus closed_ticket 5 14 20 27 31",
    "social": "twitter twitter_dm twitter_favorite facebook facebook_post facebook_message instagram_dm "
    "instagram any_channel channel_integration x_corp_dm 23 26 30 38 41 55",
    "unknown": "sample_ticket sample_interactive_ticket rule linked_problem merge system other none 8 9 19",
}
CHANNEL = {theirs: ours for ours, words in _CHANNELS.items() for theirs in words.split()}


RATINGS = {
    "good": "good", "bad": "bad", "good_with_comment": "good with comment", "bad_with_comment": "bad with comment",
    **{str(score): f"1-5:{score}" for score in range(1, 6)},
}  # fmt: skip
"""Scores of `satisfaction_score` as the case log writes answers; accounts that score in stars tell numbers."""


def number(value: Any) -> int | None:
    """The id in a field's value; audits write ids as text."""
    text = word(value)
    if text is None or text.isdigit():
        return int(text) if text else None
    raise BadRecord("a field that names a record holds no number")


class Statuses:
    """Which status of the case log a ticket is in, the company's own statuses included."""

    def __init__(self, custom: Iterable[shapes.CustomStatus], settings: Settings) -> None:
        self._source = settings.name
        self._mapped = dict(settings.statuses)
        self._custom = {status.id: status for status in custom}

    def of(self, status: str | None, custom: int | None = None) -> str:
        """The case log's word; a status that nobody mapped stops the source with the line to add."""
        if status == "closed" or status == "deleted":
            # A closed ticket keeps the custom status in which it was solved: closed says more.
            return status
        own = self._custom.get(custom or 0)
        theirs = status or (own.status_category if own else "")
        if not theirs:
            raise BadRecord("a custom status that the account does not show is told without its category")
        ours = self._mapped.get(own.agent_label if own else "") or self._mapped.get(theirs) or STATUSES.get(theirs)
        if ours is None or ours not in Status.__members__:
            raise unmapped(self._source, theirs)
        return ours


def classify(author: int | None, via: shapes.Via | None, bots: frozenset[str]) -> tuple[str | None, str | None]:
    """Actor and class of an event, as far as the event itself tells: a rule is no person."""
    channel = via.channel if via else None
    if channel in ("rule", "automation", 8):
        return None, "automation"
    if author is None:
        return None, "unknown"
    if author < 0:
        return None, "system"
    actor = str(author)
    if actor in bots or (isinstance(channel, str) and channel.startswith("answer_bot")):
        return actor, "bot"
    return actor, None
