-- One row for each weekly series with its control chart, or with the reason why it has none yet. Read by leaders.
CREATE VIEW control_charts AS
SELECT
    c.metric AS metric, -- The metric's name.
    c.statistic AS statistic, -- Such as p90, rate or count.
    c.breakdown AS breakdown, -- all or team.
    c.breakdown_value AS breakdown_value, -- The team; empty for all.
    c.begins AS begins, -- First day that a decision of audit.toml lets the chart begin with; empty for the first chart.
    c.state AS state, -- frozen, provisional (fewer than twenty weeks), or none.
    c.lacking AS lacking, -- Why there is no chart; NULL if there is one.
    c.reason AS reason, -- Why the baseline is not the first one; NULL if it is.
    c.kind AS kind, -- p, p′ (Laney), XmR, or XmR of logarithms.
    c.centre AS centre, -- The baseline's rate or mean; of logarithms the mean logarithm.
    c.spread AS spread, -- Mean moving range; of rates how much more they vary than independent cases would.
    c.points AS points, -- Weeks in the baseline.
    c.baseline_from AS baseline_from, -- First day of its first week.
    c.baseline_to AS baseline_to, -- First day of its last week.
    c.figures AS figures, -- The figures that it was computed from, as a JSON list of figure_id.
    c.definition_version AS definition_version, -- Version of the figure's definition.
    c.rule_version AS rule_version -- Version of the rules that tell a signal.
FROM chart_log c
WHERE {holds(c)}
