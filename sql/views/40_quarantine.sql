-- One row for each ticket and reason why it cannot be trusted: it is out of every figure. Read by analysts and by who
-- is on duty.
CREATE VIEW quarantine AS
SELECT
    q.source AS source, -- The source's name.
    q.ticket AS ticket, -- The helpdesk's own id, or the place of a record without one.
    q.reason AS reason, -- A short code, or the id of the rule that failed.
    q.detail AS detail, -- What was found and what would be right.
    r.as_of AS since -- The midnight of the night that put it there.
FROM quarantine_versions q
JOIN run_log r ON r.run = q.from_run
WHERE {holds(q)}
