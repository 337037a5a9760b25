-- Eight rows a period, each with a plain sentence; what is not built yet says so. Read by leaders.
CREATE VIEW headlines AS
WITH wanted (position, metric, statistic, leg, title, words) AS (
    VALUES
    (1, 'tickets_created', '%', 'process', 'Tickets created',
        'Customers opened {value} tickets.'),
    (2, 'first_reply_business_minutes', 'p90', 'process', 'First reply, business time',
        'Nine in ten customers had a first reply by a human within {value} of opening time.'),
    (3, 'customer_wait_minutes', 'p90', 'process', 'Customer''s whole wait',
        'Nine in ten customers waited for us less than {value} in all.'),
    (4, 'backlog', '%', 'process', 'Backlog',
        '{value} tickets were open at the end.'),
    (5, 'strict_resolution_rate', 'rate', 'outcome', 'Strictly resolved',
        '{value} of cases were really resolved: answered, solved, and neither reopened nor brought again.'),
    (6, 'say_do_gap', '%', 'outcome', 'Say–do gap',
        'Between what is claimed solved and what strictly is lie {value}.'),
    (7, 'came_back_rate_7d', 'rate', 'outcome', 'Came back within 7 days',
        '{value} of solved cases brought their customer back about the same issue within seven days.'),
    (8, 'chasers_per_100_tickets', '%', 'process', 'Chasers per 100 tickets',
        'In every hundred tickets customers had to ask {value} times where their answer is.')
),
whole AS ( -- What is not broken down.
    SELECT * FROM scorecard WHERE breakdown = 'all' AND segment = 'all'
),
periods AS (
    SELECT DISTINCT
        whole.period, whole.period_start, whole.period_end, whole.as_of,
        CASE WHEN whole.period_end <= r.day THEN 'yes' ELSE 'no' END AS is_over
    FROM whole
    CROSS JOIN current_publication held
    JOIN run_log r ON r.run = held.run
),
paired AS ( -- Each headline in each period; ticket before customer, if it is published by both weightings.
    SELECT
        p.period, p.period_start, p.period_end, p.as_of, p.is_over, w.position, w.metric, w.statistic AS asked, w.words,
        COALESCE(d.title, w.title) AS title, w.leg, d.version AS known, s.figure_id, s.statistic, s.unit, s.value, s.n,
        s.ci_low, s.ci_high, s.previous_value, s.change, s.changed_beyond_noise, s.target, s.meets_target, s.maturity,
        s.reliability, s.suppressed_reason, s.definition_version, s.published_at, s.signed_value, s.is_signed,
        ROW_NUMBER() OVER (
            PARTITION BY p.period, p.period_start, w.position ORDER BY s.weighting DESC, s.statistic
        ) AS choice
    FROM periods p
    CROSS JOIN wanted w
    LEFT JOIN definition_versions d ON d.metric = w.metric AND {holds(d)}
    LEFT JOIN whole s ON s.metric = w.metric AND s.statistic LIKE w.statistic
        AND s.period = p.period AND s.period_start = p.period_start
),
spoken AS ( -- The value in words: minutes up to two hours, then hours; shares in percent.
    SELECT
        paired.*,
        CASE
            WHEN value IS NULL THEN NULL
            WHEN unit = 'minutes' AND value < 120 THEN CAST(CAST(ROUND(CAST(value AS NUMERIC), 0) AS BIGINT) AS TEXT) || ' minutes'
            WHEN unit = 'minutes' THEN CAST(ROUND(CAST(value / 60.0 AS NUMERIC), 1) AS TEXT) || ' hours'
            WHEN unit = 'share' AND metric = 'say_do_gap' THEN CAST(ROUND(CAST(value * 100 AS NUMERIC), 1) AS TEXT) || ' percentage points'
            WHEN unit = 'share' THEN CAST(ROUND(CAST(value * 100 AS NUMERIC), 1) AS TEXT) || ' %'
            WHEN value = CAST(value AS BIGINT) THEN CAST(CAST(value AS BIGINT) AS TEXT)
            ELSE CAST(ROUND(CAST(value AS NUMERIC), 1) AS TEXT)
        END AS in_words,
        CASE WHEN unit = 'minutes' AND value < 120 THEN CAST(CAST(ROUND(CAST(ci_low AS NUMERIC), 0) AS BIGINT) AS TEXT)
            ELSE CAST(ROUND(CAST(ci_low * factor AS NUMERIC), 1) AS TEXT) END AS low_in_words,
        CASE WHEN unit = 'minutes' AND value < 120 THEN CAST(CAST(ROUND(CAST(ci_high AS NUMERIC), 0) AS BIGINT) AS TEXT)
            ELSE CAST(ROUND(CAST(ci_high * factor AS NUMERIC), 1) AS TEXT) END AS high_in_words,
        CASE
            WHEN unit = 'minutes' AND value < 120 THEN ' minutes'
            WHEN unit = 'minutes' THEN ' hours'
            WHEN unit = 'share' AND metric = 'say_do_gap' THEN ' percentage points'
            WHEN unit = 'share' THEN ' %'
            ELSE ''
        END AS suffix
    FROM (
        SELECT paired.*, CASE unit WHEN 'minutes' THEN 1 / 60.0 WHEN 'share' THEN 100.0 ELSE 1.0 END AS factor
        FROM paired
    ) paired
)
SELECT
    period AS period, -- week, month or day.
    period_start AS period_start, -- First local day of the period.
    period_end AS period_end, -- Last local day of the period.
    is_over AS is_over, -- yes, or no while days of the period are still to come.
    position AS position, -- 1 to 8: the order in which leaders read them.
    metric AS metric, -- The metric's name, as in the scorecard.
    title AS title, -- What leaders call it.
    leg AS leg, -- process or outcome: which leg of the service it speaks of.
    COALESCE(statistic, REPLACE(asked, '%', '')) AS statistic, -- Such as p90 of durations, rate or count.
    unit AS unit, -- minutes, share (0 to 1) or count.
    value AS value, -- The figure; NULL if it is withheld or not measured yet.
    n AS n, -- Tickets or turns that it rests on.
    ci_low AS ci_low, -- Lower end of the 95 % interval.
    ci_high AS ci_high, -- Upper end of the 95 % interval.
    CASE
        WHEN value IS NULL OR COALESCE(ci_low, ci_high) IS NULL THEN NULL
        WHEN ci_high IS NULL THEN 'at least ' || low_in_words || suffix
        WHEN ci_low IS NULL THEN 'at most ' || high_in_words || suffix
        ELSE low_in_words || ' to ' || high_in_words || suffix
    END AS uncertainty, -- The 95 % interval in the words of the sentence; NULL where nothing was estimated.
    previous_value AS previous_value, -- The value of the period just before.
    change AS change, -- value less previous_value.
    changed_beyond_noise AS changed_beyond_noise, -- yes or no; NULL where that can't be said.
    target AS target, -- The target that held when the period began.
    meets_target AS meets_target, -- yes, no or too close to tell.
    maturity AS maturity, -- final, or provisional while it can still change by itself.
    reliability AS reliability, -- sufficient, limited or undetermined.
    suppressed_reason AS suppressed_reason, -- Why a figure that is measured has no value.
    CASE
        WHEN value IS NOT NULL AND is_over = 'no' THEN 'So far: ' || REPLACE(words, '{value}', in_words)
        WHEN value IS NOT NULL THEN REPLACE(words, '{value}', in_words)
        WHEN suppressed_reason IS NOT NULL THEN title || ': no value (' || suppressed_reason || ').'
        WHEN known IS NOT NULL THEN title || ': nothing to measure in this period.'
        ELSE title || ': not measured yet.'
    END AS sentence, -- What it says, in one plain sentence.
    definition_version AS definition_version, -- Version of the definition.
    as_of AS as_of, -- The midnight up to which events count.
    published_at AS published_at, -- When this value was first published.
    signed_value AS signed_value, -- The value that was signed; NULL if nobody signed the period.
    CASE WHEN is_signed THEN 'yes' ELSE 'no' END AS is_signed, -- yes, or no: nobody answers for it yet.
    figure_id AS figure_id -- The figure, for evidence and restatements; NULL if there is none.
FROM spoken
WHERE choice = 1
