-- One row for each period and team (or another part): what is claimed to be resolved, what strictly is, what customers
-- confirmed, and how the gap divides by how cases ended. All are shares of the same cases. Read by leaders.
CREATE VIEW say_do_gap AS
SELECT
    period AS period, -- week or month: that in which the cases were created.
    period_start AS period_start, -- First local day of the period.
    period_end AS period_end, -- Last local day of the period.
    segment AS segment, -- all, or a segment of audit.toml.
    breakdown AS breakdown, -- all, team, channel and so on.
    breakdown_value AS breakdown_value, -- The team, channel and so on; empty for all.
    breakdown_2 AS breakdown_2, -- A second breakdown; empty if there is none.
    breakdown_value_2 AS breakdown_value_2, -- Its value; empty if there is none.
    weighting AS weighting, -- ticket or customer: what counts once.
    MAX(CASE WHEN metric = 'say_do_gap' THEN n END) AS n, -- Cases in scope for which there was time; 0 where even that would tell too much.
    MAX(CASE WHEN metric = 'strict_resolution_rate' THEN value END)
        + MAX(CASE WHEN metric = 'say_do_gap' THEN value END) AS claimed, -- Solved or closed, by whomever: strict and gap together.
    MAX(CASE WHEN metric = 'strict_resolution_rate' THEN value END) AS strict, -- Really resolved: confirmed, silent for long enough, or answered well enough by a bot.
    MAX(CASE WHEN metric = 'confirmed_resolution_rate' THEN value END) AS confirmed, -- Resolved, and the customer said so; NULL, like the parts below, where only the gap is published.
    MAX(CASE WHEN metric = 'say_do_gap' THEN value END) AS gap, -- The say–do gap: claimed, and not strictly resolved.
    MAX(CASE WHEN metric = 'say_do_gap' THEN ci_low END) AS gap_ci_low, -- Lower end of the gap's 95 % interval.
    MAX(CASE WHEN metric = 'say_do_gap' THEN ci_high END) AS gap_ci_high, -- Upper end of the gap's 95 % interval.
    MAX(CASE WHEN metric = 'failed_rate' THEN value END) AS failed, -- Of the gap: the customer reopened it or came back.
    MAX(CASE WHEN metric = 'unanswered_closed_rate' THEN value END) AS closed_unanswered, -- Of the gap: nobody had answered the customer's last message.
    MAX(CASE WHEN metric = 'auto_closed_rate' THEN value END) AS auto_closed, -- Of the gap: a rule closed it while it waited on the customer.
    MAX(CASE WHEN metric = 'withdrawn_rate' THEN value END) AS withdrawn, -- Of the gap: the customer needed nothing any more.
    MAX(CASE WHEN metric = 'declined_rate' THEN value END) AS declined, -- Of the gap: the answer was no.
    MAX(CASE WHEN metric = 'bot_only_rate' THEN value END) AS bot_only, -- Of the strictly resolved: no human ever wrote.
    MAX(CASE WHEN metric = 'say_do_gap' THEN maturity END) AS maturity, -- final, or provisional while it can still change by itself.
    MAX(CASE WHEN metric = 'say_do_gap' THEN suppressed_reason END) AS suppressed_reason, -- Why there are no values; NULL if there are.
    MAX(CASE WHEN metric = 'say_do_gap' THEN figure_id END) AS figure_id -- The gap's figure, for evidence and restatements.
FROM scorecard
WHERE statistic = 'rate' AND metric IN (
    'strict_resolution_rate', 'confirmed_resolution_rate', 'say_do_gap', 'failed_rate',
    'unanswered_closed_rate', 'auto_closed_rate', 'withdrawn_rate', 'declined_rate', 'bot_only_rate'
)
GROUP BY
    period, period_start, period_end, segment, breakdown, breakdown_value, breakdown_2, breakdown_value_2, weighting
