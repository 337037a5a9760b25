-- One row for each figure of the scorecard and each measure of ticket_audit: by what definition. Read by leaders.
CREATE VIEW definitions AS
SELECT
    d.metric AS metric, -- The figure's or measure's name.
    d.version AS version, -- Version of its definition.
    d.title AS title, -- What leaders call it.
    d.sentence AS sentence, -- What it is, in one sentence.
    d.page AS page, -- Its page in the documentation.
    d.family AS family, -- The family that it is measured with.
    d.leg AS leg, -- attitude, process or outcome.
    d.unit AS unit, -- minutes, share or count.
    d.better AS better, -- lower, higher or neither; empty for a measure that is no figure.
    d.statistics AS statistics, -- Statistics that it is published as; empty if it is no figure.
    d.date_basis AS date_basis, -- Which moment puts a ticket into a period.
    d.attributed_at AS attributed_at, -- Whose team it is charged to: the one at created, reply or solve.
    d.counter_metric AS counter_metric, -- What gets worse when it is improved on paper only.
    d.former_of AS former_of, -- What this is the former version of, while it runs beside it; NULL for those of today.
    d.owner AS owner, -- Who answers for the definition.
    d.checked_by AS checked_by, -- Who checked it.
    d.review_by AS review_by, -- Until when it is to be looked at again.
    r.as_of AS since -- The midnight of the night that first used it.
FROM definition_versions d
JOIN run_log r ON r.run = d.from_run
WHERE {holds(d)}
