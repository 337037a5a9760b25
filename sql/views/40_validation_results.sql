-- One row for each rule that a gate looked at in a run, those of runs that were refused included. Read by who is on duty.
CREATE VIEW validation_results AS
SELECT
    v.run AS run, -- The run.
    r.as_of AS as_of, -- The local midnight that it was for.
    v.gate AS gate, -- case log, measures or figures.
    v.scope AS scope, -- The source or the table.
    v.rule AS rule, -- The rule's id in expectations/.
    v.severity AS severity, -- critical refuses, warning is published with the figures, info is noted.
    v.state AS state, -- pass, fail or error; an error never passes.
    v.unexpected_count AS unexpected_count, -- Rows that broke it.
    v.element_count AS element_count, -- Rows that it looked at.
    v.unexpected_percent AS unexpected_percent, -- Rows that broke it, in percent.
    v.observed AS observed, -- What it saw instead, for rules over the whole table.
    v.notes AS notes, -- What a failure means and what to do.
    v.expectation AS expectation, -- The expectation in Great Expectations' words.
    v.column_name AS column_name, -- The column that it speaks of; NULL for the whole table.
    v.error AS error -- Why it could not be evaluated; NULL if it was.
FROM validation_log v
JOIN run_log r ON r.run = v.run
