"""Runs, watermarks and publications: what was known when, and what leaders see."""

import sqlalchemy as sa

from auditlib.store.columns import epoch, flag, key, moment, number, table, text, whole

STORE_FACTS = table(
    "store_facts",
    "What this store was made with.",
    text(
        "name",
        "surrogate_key: hex of the key under which surrogates and fingerprints are hashed.",
        primary_key=True,
    ),
    text("value", "Its value.", nullable=False),
)

RUNS = table(
    "run_log",
    "Each run of the audit: what it was for, what it rested on, how it ended.",
    whole("run", "Number of the run, in the order in which they began.", primary_key=True, autoincrement=False),
    text("kind", "night, replay (a past night, from what was known then) or reconstruction.", nullable=False),
    moment("as_of", "The local midnight that ends the audited day: nothing later counts.", nullable=False),
    text("day", "The local day that is audited, such as 2026-03-02."),
    text("state", "running, published, refused, failed or abandoned.", nullable=False),
    text("reason", "Why it was refused or failed, with the first command to type."),
    whole("knows", "The run up to which the case log is read: itself, or for a replay the run of that night."),
    text("code_version", "Version of auditlib.", nullable=False),
    text("config_hash", "Hash of what audit.toml says about figures.", nullable=False),
    text(
        "measure_hash",
        "Section of audit.toml → hash of what it says about measures, as a JSON object.",
        nullable=False,
    ),
    text("definitions", "Metric → version, as a JSON object.", nullable=False),
    text("manifest_hash", "Hash over the landed parts that it read."),
    whole("publication", "Number of the publication that it became; NULL if none."),
    moment("started_at", "When it began, by the clock of the machine; no figure depends on it.", nullable=False),
    moment("finished_at", "When it ended, by the clock of the machine."),
)

RUN_SOURCES = table(
    "run_sources",
    "What each source gave to a run.",
    whole("run", "The run.", primary_key=True, nullable=False),
    text("source", "The source's name.", primary_key=True, nullable=False),
    text("state", "waiting, collected, translated, passed, quiet, missing, refused or paused.", nullable=False),
    text("error", "What went wrong and what to do; NULL if nothing did."),
    epoch("complete_until", "Every change before this moment is known"),
    epoch("loaded_since", "Every ticket changed since this moment is loaded"),
    epoch("counts_until", "Its tickets count up to this moment in the run: never past the midnight"),
    whole("parts", "Landed parts of this run."),
    whole("records_in", "Ticket records that were read."),
    whole("records_out", "… that went into the case log."),
    whole("records_quarantined", "… that went into quarantine."),
    whole("tickets_changed", "Tickets about which something new was learned."),
    text("notices", "Unknown fields and other warnings, as a JSON list.", nullable=False, server_default="[]"),
    text(
        "abilities",
        "What the account turned out to be able to tell, or why not: capability → reason, as a JSON object.",
        nullable=False,
        server_default="{}",
    ),
)

LANDING_PARTS = table(
    "landing_parts",
    "The manifest of the landing: raw answers as they came, kept until they expire.",
    whole("part", "Number of the part, in the order of landing.", primary_key=True, autoincrement=False),
    whole("run", "The run that fetched it.", nullable=False),
    text("source", "The source's name.", nullable=False),
    text("window_name", "live, or the month that was loaded afterwards.", nullable=False),
    text("stream", "The stream whose cursor it advanced.", nullable=False),
    text("path", "Where it lies, below the landing.", nullable=False),
    text("sha256", "Checksum of the file.", nullable=False),
    whole("pages", "Answers in it.", nullable=False),
    whole("bytes", "Size of the file.", nullable=False),
    epoch("complete_until", "Every change before this moment is in the parts up to this one; NULL if not known"),
    whole("translated_by", "The run that read it into the case log; NULL until then."),
    flag("is_expired", "True once the file was removed.", nullable=False, server_default=sa.false()),
)

CURSORS = table(
    "cursors",
    "Where fetching goes on, stored in one transaction with the part that led there.",
    text("source", "The source's name.", primary_key=True),
    text("window_name", "live, or the month that is being loaded.", primary_key=True),
    text("stream", "The stream.", primary_key=True),
    text("cursor", "What the source needs to go on, as a JSON object.", nullable=False),
    whole("run", "The run that advanced it.", nullable=False),
)

WINDOWS = table(
    "windows",
    "Parts of a source's history, newest first: what is loaded and what is still to come.",
    text("source", "The source's name.", primary_key=True),
    text("window_name", "live, or a month such as 2026-03.", primary_key=True),
    epoch("since", "Tickets changed from here", nullable=False),
    epoch("until", "… to here; NULL for the live window"),
    flag(
        "is_again",
        "True for what is read once more: it was loaded without what an account could not read.",
        nullable=False,
        server_default=sa.false(),
    ),
    whole("done_run", "The run that finished loading it; NULL until then."),
)

WATERMARKS = table(
    "watermarks",
    "How far each source is known completely. Only a complete collection advances it.",
    text("source", "The source's name.", primary_key=True),
    epoch("complete_until", "Every change before this moment is in the case log", nullable=False),
    epoch("loaded_since", "Every ticket changed since this moment is in the case log", nullable=False),
    whole("run", "The run that advanced it.", nullable=False),
)

WORKLIST = table(
    "worklist",
    "The tickets that a run measures, each with the bucket that it shares with all it is tied to.",
    whole("run", "The run.", primary_key=True, nullable=False),
    whole("bucket", "0, 1, …", primary_key=True, nullable=False),
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    text("causes", "Why it is measured again: reason codes, comma between.", nullable=False),
)

VALIDATION_RESULTS = table(
    "validation_log",
    "What every rule found at every gate.",
    whole("run", "The run.", primary_key=True, nullable=False),
    text("gate", "case log, measures or figures.", primary_key=True, nullable=False),
    text("scope", "The source or the table.", primary_key=True, nullable=False),
    text("rule", "The rule's id in expectations/.", primary_key=True, nullable=False),
    text("expectation", "The expectation in Great Expectations' words.", nullable=False),
    text("column_name", "The column that it speaks of; NULL for the whole table."),
    text("severity", "critical refuses, warning is published with the figures, info is noted.", nullable=False),
    text("state", "pass, fail or error; an error never passes.", nullable=False),
    text("notes", "What a failure means and what to do.", nullable=False),
    whole("element_count", "Rows that it looked at."),
    whole("unexpected_count", "Rows that broke it."),
    number("unexpected_percent", "… in percent."),
    text("observed", "What it saw instead, for rules over the whole table."),
    text("error", "Why it could not be evaluated; NULL if it was."),
)

PUBLICATIONS = table(
    "publications",
    "Runs that passed every gate, numbered in the order in which they became visible.",
    whole("publication", "Number of the publication.", primary_key=True, autoincrement=False),
    whole("run", "The run.", nullable=False, unique=True),
    text("kind", "night, replay or reconstruction; only nights become current.", nullable=False),
    moment("as_of", "The midnight that it speaks of.", nullable=False),
    moment("published_at", "When it became visible, by the clock of the machine.", nullable=False),
    text("sources", "The sources that it rests on, as a JSON list.", nullable=False),
    text("missing_sources", "The sources that were missing, as a JSON list.", nullable=False),
    whole("figures", "Figures that it added.", nullable=False),
)

CURRENT_PUBLICATION = table(
    "current_publication",
    "The one row that is flipped: which publication leaders see.",
    whole("only", "Always 1.", primary_key=True, autoincrement=False),
    whole("publication", "The publication.", nullable=False),
    whole("run", "Its run.", nullable=False),
)

TEAM_LEADS = table(
    "team_leads",
    "Which database login sees the tickets of which team, as audit.toml says.",
    text("lead", "Name of the login.", primary_key=True),
    text("team", "Name of the team.", primary_key=True),
)

ALERTS = table(
    "alerts",
    "What was reported to people, one alert a run.",
    whole("run", "The run.", primary_key=True, nullable=False),
    text("kind", "failed, refused, source_missing or late.", primary_key=True),
    text("body", "Cause, first command to type, what leaders see meanwhile.", nullable=False),
)
