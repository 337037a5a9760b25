"""The text of a ticket: subjects and bodies, made from the plan when somebody reads them."""

from __future__ import annotations

from auditlib.sandbox.company import Company
from auditlib.sandbox.phrases import said
from auditlib.sandbox.plan import Message, Plan

ANSWERED_BY_MAIL = ("chase", "inform", "complain", "thanks", "confirm")
QUOTE = """

On Monday at 10:12, Nordlicht Home <support@nordlicht.example> wrote:
> Hello,
> thank you for your message. We are looking into it. Is there anything else that we can do for you?
> Sorry for the delay, and kind regards
> Nordlicht Home"""
BY_AGENTS_IN_ENGLISH = ("note", "hand_over", "merged_away", "merged_into", "phone_summary")


def subject(plan: Plan) -> str:
    """The subject line of a ticket."""
    if plan.kind == "problem":
        return "Outage of the device gateway"
    occasion = {"spam": "spam", "monitoring": "monitoring"}.get(plan.facts.in_scope, f"subject_{plan.topic}")
    text = said(plan.customer.language, occasion, plan.salt, product=plan.product, order=plan.order)
    return f"Re: {text}" if plan.follows else text


def body(plan: Plan, message: Message, author_name: str) -> str:
    """What somebody wrote, in the customer's language where the phrase book has it."""
    customer = plan.customer
    language = "en" if message.occasion in BY_AGENTS_IN_ENGLISH else customer.language
    quoted = plan.quotes or plan.facts.repeat_of or plan
    details = {
        "product": plan.product,
        "order": plan.order,
        "name": customer.name,
        "email": customer.emails[0],
        "phone": customer.phone or "+49 30 5550000",
        "agent": author_name,
        "due": message.due,
        "ticket": plan.id if message.occasion == "auto_reply" else quoted.id,
    }
    text = said(language, message.occasion, message.number, **details)
    return text + QUOTE if message.occasion in ANSWERED_BY_MAIL and message.number % 5 == 0 else text


def names(company: Company) -> dict[int, str]:
    """Who signs: the names of all who answer."""
    return {a.id: a.name for a in company.agents}
