"""What leaders put their names to: signatures of periods, and findings with what is done about them."""

from auditlib.store.columns import moment, table, text, whole

SIGNATURES = table(
    "signature_log",
    "Each signature of a period's figures, append-only: a later one does not undo an earlier.",
    whole("signature", "Number of the signature.", primary_key=True, autoincrement=False),
    text("period", "week, month or day.", nullable=False),
    text("period_start", "First local day of the period.", nullable=False),
    text("period_end", "Last local day of the period.", nullable=False),
    whole("publication", "The publication whose figures were signed.", nullable=False),
    whole("run", "Its run.", nullable=False),
    text("signed_by", "Who signed.", nullable=False),
    moment("signed_at", "When, by the clock of the machine.", nullable=False),
    text("comment", "What they said; NULL if nothing."),
    text("exceptions", "What was open when they signed, as a JSON list of sentences.", nullable=False),
    whole("figures", "Figures that the signature covers.", nullable=False),
    text("previous_head", "Head of the signature before; empty for the first.", nullable=False),
    text(
        "head",
        "Hash over the previous head and every figure covered, with the hashes of their members.",
        nullable=False,
    ),
)

FINDINGS = table(
    "finding_log",
    "The findings of audit.toml as of the last publication.",
    whole("position", "Order in audit.toml, from 1.", primary_key=True, autoincrement=False),
    text("title", "The finding in a few words.", nullable=False),
    text("period", "The period in which it was found, such as 2026-W43; NULL if it is none's."),
    text("metric", "The metric that shows it; NULL if none does."),
    text("criteria", "What should be.", nullable=False),
    text("condition", "What is.", nullable=False),
    text("cause", "Why."),
    text("consequence", "What follows from it."),
    text("action", "What is done about it."),
    text("owner", "Who does it."),
    text("due", "The day by which it is to be done."),
    text("done", "The day on which it was done; NULL while it is open."),
)
