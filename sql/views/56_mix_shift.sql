-- One row for each group of each week in which a headline rate changed beyond noise: how much of the change is another
-- mix of cases, and how much another way of serving them. The parts add up to the change. Read by leaders.
CREATE VIEW mix_shift AS
SELECT
    m.metric AS metric, -- The headline's name.
    COALESCE(d.title, m.metric) AS title, -- What leaders call it.
    m.period_start AS period_start, -- First day of the week.
    {week_end(m.period_start)} AS period_end, -- Last day of the week.
    m.previous_start AS previous_start, -- First day of the week before.
    m.rate_before AS rate_before, -- The whole rate of the week before.
    m.rate_now AS rate_now, -- The whole rate of this week.
    m.change AS change, -- rate_now less rate_before: what mix_part and rate_part of all groups add up to.
    m.dimension AS dimension, -- By what the cases are told apart, such as channel.
    m.dimension_value AS dimension_value, -- The group; (not shown) for all that are hidden; empty if there are no parts.
    m.n_before AS n_before, -- The group's cases in the week before.
    m.n_now AS n_now, -- The group's cases in this week.
    m.group_rate_before AS group_rate_before, -- The group's rate in the week before; NULL without a case.
    m.group_rate_now AS group_rate_now, -- The group's rate in this week; NULL without a case.
    m.mix_part AS mix_part, -- What the group's other share of the cases explains.
    m.rate_part AS rate_part, -- What the group's other rate explains.
    m.reason AS reason, -- Why there are no parts; NULL if there are.
    m.figure_id AS figure_id, -- This week's figure.
    m.previous_figure_id AS previous_figure_id -- The figure of the week before.
FROM mix_shift_log m
LEFT JOIN definition_versions d ON d.metric = m.metric AND {holds(d)}
WHERE {holds(m)}
