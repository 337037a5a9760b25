-- One row for each value that a figure had, publication by publication: what leaders saw when. Read by analysts.
CREATE VIEW revision_triangle AS
SELECT
    f.metric AS metric, -- The metric's name.
    f.statistic AS statistic, -- Such as p90, rate or count.
    f.weighting AS weighting, -- ticket, one_per_ticket or customer.
    f.segment AS segment, -- all, or a segment of audit.toml.
    f.period AS period, -- week, month or day.
    f.period_start AS period_start, -- First local day of the period.
    f.period_end AS period_end, -- Last local day of the period.
    f.breakdown AS breakdown, -- all, team and so on.
    f.breakdown_value AS breakdown_value, -- The team and so on; empty for all.
    f.breakdown_2 AS breakdown_2, -- A second breakdown; empty if there is none.
    f.breakdown_value_2 AS breakdown_value_2, -- Its value; empty if there is none.
    p.publication AS publication, -- Number of the publication from which on it was seen.
    r.day AS day, -- The local day that was audited then.
    CASE WHEN r.day >= f.period_end THEN 'yes' ELSE 'no' END AS is_over, -- yes, or no while days of the period were still to come.
    ROW_NUMBER() OVER (PARTITION BY f.cell_id ORDER BY p.publication) AS nth, -- 1 for the first value, 2 for the one that replaced it, and so on.
    ROW_NUMBER() OVER (PARTITION BY f.cell_id ORDER BY p.publication DESC) AS from_latest, -- 1 for the value that leaders see now.
    f.value AS value, -- The value; NULL if it was withheld.
    f.value - LAG(f.value) OVER (PARTITION BY f.cell_id ORDER BY p.publication) AS revision, -- By how much it differs from the value that it replaced.
    f.version AS definition_version, -- Version of the definition.
    f.maturity AS maturity, -- final, or provisional when it could still change by itself.
    f.figure_id AS figure_id -- The figure, for evidence and restatements.
FROM figures f
JOIN publications p ON p.run = f.publication_run AND p.kind = 'night'
JOIN run_log r ON r.run = f.publication_run
