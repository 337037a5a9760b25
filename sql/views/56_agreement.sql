-- One row for each source and figure that the helpdesk gives itself: on how many tickets it agrees with its own rules.
-- Read by leaders.
CREATE VIEW agreement AS
SELECT
    c.source AS source, -- The source's name.
    c.metric AS metric, -- Our name of the figure: by the helpdesk's own rules, or targets missed of one kind.
    c.helpdesk_metric AS helpdesk_metric, -- The helpdesk's name of it.
    COUNT(*) AS compared, -- Tickets of which the helpdesk gives a value.
    SUM(CASE WHEN c.agrees = 'yes' THEN 1 ELSE 0 END) AS agree, -- Those on which both say the same.
    SUM(CASE WHEN c.agrees = 'no' THEN 1 ELSE 0 END) AS differ, -- Those on which they do not.
    SUM(CASE WHEN c.reason IN ('unknown', 'not_measurable') THEN 1 ELSE 0 END) AS unexplained -- Those of them without a reason.
FROM compared c
GROUP BY c.source, c.metric, c.helpdesk_metric
