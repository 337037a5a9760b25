-- One row for each finding that audit.toml holds: what should be, what is, why, and who does what about it by
-- when. Read by leaders.
CREATE VIEW findings AS
SELECT
    f.position AS position, -- Order in audit.toml.
    f.title AS title, -- The finding in a few words.
    f.period AS period, -- The period in which it was found.
    f.metric AS metric, -- The metric that shows it.
    f.criteria AS criteria, -- What should be.
    f.condition AS condition, -- What is.
    f.cause AS cause, -- Why.
    f.consequence AS consequence, -- What follows from it.
    f.action AS action, -- What is done about it.
    f.owner AS owner, -- Who does it.
    f.due AS due, -- The day by which it is to be done.
    f.done AS done, -- The day on which it was done; NULL while it is open.
    CASE
        WHEN f.done IS NOT NULL THEN 'done'
        WHEN f.due < r.day THEN 'overdue'
        ELSE 'open'
    END AS state -- done, open, or overdue by the last audited day.
FROM finding_log f
LEFT JOIN current_publication held ON held.only = 1
LEFT JOIN run_log r ON r.run = held.run
