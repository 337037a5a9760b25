-- One row for each figure of a definition that changed and whose former version still runs beside it: what the same
-- tickets come to by the one and by the other, in every period that is published. Read by leaders.
CREATE VIEW definition_changes AS
SELECT
    now.metric AS metric, -- The metric's name.
    now.title AS title, -- What leaders call it.
    was.definition_version AS former_version, -- Version of the definition that it had.
    now.definition_version AS version, -- Version that it has now.
    now.statistic AS statistic, -- Such as p90, rate or count.
    now.weighting AS weighting, -- ticket, one_per_ticket or customer.
    now.period AS period, -- week, month or day.
    now.period_start AS period_start, -- First local day of the period.
    was.value AS former_value, -- The figure by the former version; NULL if it is withheld.
    now.value AS value, -- The figure by the version of now; NULL if it is withheld.
    now.value - was.value AS difference, -- How much of the figure is the definition's doing.
    was.n AS former_n, -- Tickets or other units that it rested on by the former version.
    now.n AS n, -- Those that it rests on now.
    was.figure_id AS former_figure_id, -- The former figure, for evidence.
    now.figure_id AS figure_id -- The figure, for evidence.
FROM definition_versions d
JOIN scorecard was ON was.metric = d.metric
JOIN scorecard now ON now.metric = d.former_of AND now.statistic = was.statistic AND now.weighting = was.weighting
    AND now.segment = was.segment AND now.period = was.period AND now.period_start = was.period_start
    AND now.breakdown = was.breakdown AND now.breakdown_value = was.breakdown_value
    AND now.breakdown_2 = was.breakdown_2 AND now.breakdown_value_2 = was.breakdown_value_2
WHERE d.former_of IS NOT NULL AND was.breakdown = 'all' AND was.segment = 'all' AND {holds(d)}
