-- One row for each figure of the latest publication: a metric, a statistic, a period and perhaps a team or another
-- breakdown. Values are never to be summed or averaged: percentiles and rates of parts do not add up to the whole.
-- Read by leaders.
CREATE VIEW scorecard AS
WITH nights AS (
    SELECT run, as_of, published_at FROM publications WHERE kind = 'night'
),
known AS ( -- The latest value of each cell; one that another version of its definition has replaced is over.
    SELECT
        figures.*,
        nights.published_at,
        ROW_NUMBER() OVER (
            PARTITION BY metric, statistic, weighting, segment, period, period_start,
                breakdown, breakdown_value, breakdown_2, breakdown_value_2
            ORDER BY publication_run DESC, CASE WHEN suppressed_reason = 'no member any more' THEN 1 ELSE 0 END
        ) AS age
    FROM figures
    JOIN nights ON nights.run = figures.publication_run
),
held AS (
    SELECT * FROM known WHERE age = 1
),
last_signature AS ( -- Of a period that was signed more than once the last one counts.
    SELECT period, period_start, MAX(run) AS run FROM signature_log GROUP BY period, period_start
),
signed AS ( -- Each cell as the publication showed it that was signed, whatever replaced it since.
    SELECT
        f.metric, f.statistic, f.weighting, f.segment, f.period, f.period_start,
        f.breakdown, f.breakdown_value, f.breakdown_2, f.breakdown_value_2, f.value,
        ROW_NUMBER() OVER (
            PARTITION BY f.metric, f.statistic, f.weighting, f.segment, f.period, f.period_start,
                f.breakdown, f.breakdown_value, f.breakdown_2, f.breakdown_value_2
            ORDER BY f.publication_run DESC, CASE WHEN f.suppressed_reason = 'no member any more' THEN 1 ELSE 0 END
        ) AS age
    FROM last_signature s
    JOIN figures f ON f.period = s.period AND f.period_start = s.period_start AND f.publication_run <= s.run
    JOIN nights ON nights.run = f.publication_run
),
beside AS ( -- The row before in time, which is the previous period only if the two adjoin.
    SELECT
        held.*,
        LAG(value) OVER cell AS value_before,
        LAG(figure_id) OVER cell AS figure_before,
        LAG(period_end) OVER cell AS end_before
    FROM held
    WINDOW cell AS (
        PARTITION BY metric, statistic, weighting, segment, period,
            breakdown, breakdown_value, breakdown_2, breakdown_value_2
        ORDER BY period_start
    )
),
compared AS (
    SELECT
        beside.*,
        CASE WHEN {day_after(end_before)} = period_start THEN value_before END AS previous_value,
        CASE WHEN {day_after(end_before)} = period_start THEN figure_before END AS previous_figure_id
    FROM beside
)
SELECT
    c.metric AS metric, -- The metric's name.
    COALESCE(d.title, c.metric) AS title, -- What leaders call it.
    d.leg AS leg, -- attitude, process or outcome: which leg of the service it speaks of.
    CASE
        WHEN c.statistic IN ('count', 'distinct', 'standing') THEN 'count'
        WHEN c.statistic = 'rate' THEN 'share'
        WHEN c.statistic = 'per_100' THEN 'per 100'
        ELSE d.unit
    END AS unit, -- minutes, share (0 to 1), count or per 100.
    d.better AS better, -- lower, higher or neither.
    c.statistic AS statistic, -- Such as p50 and p90 of durations, rate or count.
    c.weighting AS weighting, -- ticket (every ticket, or turn, promise … where that is what is counted), one_per_ticket or customer: what counts once.
    c.date_basis AS date_basis, -- Which moment puts a ticket into a period: created, replied, solved or opened.
    c.segment AS segment, -- all, or a segment of audit.toml.
    c.period AS period, -- week, month or day.
    c.period_start AS period_start, -- First local day of the period.
    c.period_end AS period_end, -- Last local day of the period.
    c.breakdown AS breakdown, -- all, team, channel and so on.
    c.breakdown_value AS breakdown_value, -- The team, channel and so on; empty for all.
    c.breakdown_2 AS breakdown_2, -- A second breakdown; empty if there is none.
    c.breakdown_value_2 AS breakdown_value_2, -- Its value; empty if there is none.
    c.value AS value, -- The figure; NULL with the reason in suppressed_reason.
    c.n AS n, -- Tickets or turns that it rests on; 0 where even that would tell too much.
    c.numerator AS numerator, -- Of rates and counts: how many.
    c.denominator AS denominator, -- Of rates: of how many.
    c.ci_low AS ci_low, -- Lower end of the 95 % interval; NULL for full counts.
    c.ci_high AS ci_high, -- Upper end of the 95 % interval; NULL for full counts.
    c.previous_value AS previous_value, -- The value of the period just before; NULL if there is none.
    c.value - c.previous_value AS change, -- value less previous_value.
    change.change_ci_low AS change_ci_low, -- Lower end of the change's 95 % interval; NULL for full counts, and where it is open.
    change.change_ci_high AS change_ci_high, -- Upper end of the change's 95 % interval; NULL for full counts, and where it is open.
    CASE
        WHEN change.change_ci_low > 0 OR change.change_ci_high < 0 THEN 'yes'
        WHEN change.change_ci_low IS NULL OR change.change_ci_high IS NULL THEN NULL
        ELSE 'no'
    END AS changed_beyond_noise, -- yes if the change's interval leaves out zero, or no; NULL without an interval. One row in twenty says yes by chance.
    c.target AS target, -- The target that held when the period began; NULL if none.
    c.meets_target AS meets_target, -- yes, no or too close to tell; NULL without a target.
    c.maturity AS maturity, -- final, or provisional while it can still change by itself.
    c.reliability AS reliability, -- sufficient, limited or undetermined.
    c.coverage AS coverage, -- Share of the tickets in scope that could be measured.
    c.sources AS sources, -- Sources that it rests on, comma between.
    c.missing_sources AS missing_sources, -- Sources that were missing, comma between.
    c.suppressed_reason AS suppressed_reason, -- Why there is no value; NULL if there is one.
    c.version AS definition_version, -- Version of the definition.
    latest.as_of AS as_of, -- The midnight up to which events count, of the latest publication.
    c.published_at AS published_at, -- When this value was first published.
    CASE WHEN c.suppressed_reason LIKE 'privacy%' THEN NULL ELSE signed.value END AS signed_value, -- The value that was signed; value less signed_value is what changed since. NULL if the period is not signed, and where the figure is withheld for privacy now.
    signed.metric IS NOT NULL AS is_signed, -- Whether somebody signed this figure; false says that nobody answers for it yet.
    c.figure_id AS figure_id -- The figure, for evidence and restatements.
FROM compared c
CROSS JOIN (
    SELECT p.as_of FROM current_publication held JOIN publications p ON p.publication = held.publication
) latest
LEFT JOIN figure_changes change ON change.figure_id = c.figure_id AND change.previous_figure_id = c.previous_figure_id
LEFT JOIN signed ON signed.age = 1 AND signed.metric = c.metric AND signed.statistic = c.statistic
    AND signed.weighting = c.weighting AND signed.segment = c.segment
    AND signed.period = c.period AND signed.period_start = c.period_start
    AND signed.breakdown = c.breakdown AND signed.breakdown_value = c.breakdown_value
    AND signed.breakdown_2 = c.breakdown_2 AND signed.breakdown_value_2 = c.breakdown_value_2
LEFT JOIN definition_versions d ON d.metric = c.metric AND {holds(d)}
