-- One row for each reason why a published figure changed: the parts of a figure add up to its change. Read by leaders.
CREATE VIEW restatements AS
SELECT
    p.publication AS publication, -- Number of the publication that changed it.
    p.as_of AS as_of, -- The midnight that it speaks of.
    p.published_at AS published_at, -- When it became visible.
    f.metric AS metric, -- The metric's name.
    f.statistic AS statistic, -- Such as p90, rate or count.
    f.weighting AS weighting, -- ticket, one_per_ticket or customer.
    f.segment AS segment, -- all, or a segment of audit.toml.
    f.period AS period, -- week, month or day.
    f.period_start AS period_start, -- First local day of the period.
    f.breakdown AS breakdown, -- all, team and so on.
    f.breakdown_value AS breakdown_value, -- The team and so on; empty for all.
    f.breakdown_2 AS breakdown_2, -- A second breakdown; empty if there is none.
    f.breakdown_value_2 AS breakdown_value_2, -- Its value; empty if there is none.
    was.value AS value_before, -- The value that was replaced; NULL if it was withheld.
    f.value AS value, -- The value that replaced it; NULL if it is withheld.
    r.position AS position, -- Order in which the reasons were applied.
    r.reason AS reason, -- Such as LATE_EVENT, TEAM_REMAP or MATURATION; several, comma between, where their parts cannot be told apart.
    CASE
        WHEN r.reason IN ('MATURATION', 'TIME_PASSED') THEN 'scheduled'
        WHEN was.maturity = 'provisional' AND r.reason IN ('NEW_TICKET', 'LATE_EVENT', 'TIED', 'BACKFILL', 'source_returned')
            THEN 'scheduled'
        ELSE 'correction'
    END AS kind, -- scheduled: it was announced as provisional, and time or new events completed it; or correction.
    r.tickets AS tickets, -- Members that this reason added, removed or changed.
    r.part AS part, -- How much of the change it explains; NULL if one of the two values is none.
    f.figure_id AS figure_id -- The new figure.
FROM restatement_parts r
JOIN figures f ON f.figure_id = r.figure_id
JOIN figures was ON was.figure_id = f.supersedes
JOIN publications p ON p.run = f.publication_run AND p.kind = 'night'
