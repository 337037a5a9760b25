"""`auditlib erase`: what names a customer goes, what was measured stays."""

from __future__ import annotations

import click

from auditlib.commands.answers import REFUSED, Answer, answered


@click.command()
@click.argument("customer")
@click.option("--yes", is_flag=True, help="Do not ask.")
@answered
def erase(customer: str, yes: bool) -> Answer:
    """Take out of the store and the landing what names a customer.

    CUSTOMER is an e-mail address, or source:id as the views show it. Everybody who is held to be the
    same customer goes with it. Their tickets stay measured under a surrogate, so published figures
    stay what they are and can still be proved; what the helpdesk delivers of them again is taken in
    without names. Erase them in the helpdesk first. It cannot be undone.

    \b
    auditlib erase jane@example.org
    auditlib erase sandbox:4711 --yes
    """
    from auditlib.commands.setting import existing
    from auditlib.pipeline import erasing

    setting = existing()
    planned = erasing.plan(setting, customer)
    who = planned.customer
    data = {
        "people": sorted(":".join(named) for named in who.people.values()),
        "tickets": sorted(":".join(named) for named in who.tickets.values()),
        "organizations": sorted(":".join(named) for named in who.organizations.values()),
        "landed_parts": [path for _, path in planned.parts],
        "audit_toml": planned.named,
    }
    lines = [
        f"{len(who.people)} people, "
        f"{len(who.tickets)} tickets and {len(who.organizations)} organizations lose their names:",
        *(f"  {', '.join(data[kind])}" for kind in ("people", "tickets", "organizations") if data[kind]),
        f"{len(planned.parts)} landed parts that mention them are removed.",
        *planned.named,
    ]
    if not yes:
        click.echo("\n".join(lines), err=True)
        if not click.confirm("Erase them for good?", default=False, err=True):
            return Answer({**data, "erased": False}, ["Nothing was erased."], REFUSED)
    number = erasing.carry_out(setting, planned)
    done = f"Erased; it is kept in `store_facts` as ERASURE {number}, with surrogates and without names."
    return Answer({**data, "erased": True, "erasure": number}, [*(lines if yes else []), done])
