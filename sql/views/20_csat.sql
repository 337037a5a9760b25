-- One row for each period and team (or another part): satisfaction, how many were asked and answered, and between which
-- bounds satisfaction lies whatever the silent would have said. Read by leaders.
CREATE VIEW csat AS
SELECT
    period AS period, -- week or month.
    period_start AS period_start, -- First local day of the period.
    period_end AS period_end, -- Last local day of the period.
    segment AS segment, -- all, or a segment of audit.toml.
    breakdown AS breakdown, -- all, team and so on.
    breakdown_value AS breakdown_value, -- The team and so on; empty for all.
    breakdown_2 AS breakdown_2, -- A second breakdown; empty if there is none.
    breakdown_value_2 AS breakdown_value_2, -- Its value; empty if there is none.
    MAX(CASE WHEN metric = 'csat' THEN value END) AS csat, -- Good among the good and bad answers that were given in the period.
    MAX(CASE WHEN metric = 'csat' THEN n END) AS answers, -- Those answers.
    MAX(CASE WHEN metric = 'csat' THEN ci_low END) AS csat_ci_low, -- Lower end of its 95 % interval, which speaks of those who answer.
    MAX(CASE WHEN metric = 'csat' THEN ci_high END) AS csat_ci_high, -- Upper end of that interval.
    MAX(CASE WHEN metric = 'survey_coverage' THEN value END) AS coverage, -- Solved cases (by the week of the solve) whose customer was asked.
    MAX(CASE WHEN metric = 'survey_response_rate' THEN value END) AS response, -- Surveys offered in the period that were answered.
    MAX(CASE WHEN metric = 'survey_response_rate' THEN n END) AS offered, -- Those surveys.
    MAX(CASE WHEN metric = 'csat_at_least' THEN value END) AS at_least, -- Good among all offered: if nobody of the silent is content.
    MAX(CASE WHEN metric = 'csat_at_most' THEN value END) AS at_most, -- Good or silent among all offered: if everybody of the silent is content.
    MAX(CASE WHEN metric = 'csat' THEN suppressed_reason END) AS suppressed_reason, -- Why csat has no value; NULL if it has.
    MAX(CASE WHEN metric = 'csat' THEN figure_id END) AS figure_id -- The figure of csat, for evidence and restatements.
FROM scorecard
WHERE statistic = 'rate' AND weighting = 'ticket' AND metric IN (
    'csat', 'survey_coverage', 'survey_response_rate', 'csat_at_least', 'csat_at_most'
)
GROUP BY period, period_start, period_end, segment, breakdown, breakdown_value, breakdown_2, breakdown_value_2
