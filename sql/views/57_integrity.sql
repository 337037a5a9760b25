-- One row for each headline figure and week with the figure that gets worse if it is improved on paper only, side by
-- side. Read by leaders.
CREATE VIEW integrity AS
WITH pairs (position, metric, statistic, game, counter_metric, counter_statistic) AS (
    VALUES
    (1, 'first_reply_business_minutes', 'p90', 'An empty acknowledgement is sent at once.',
        'first_substantive_reply_business_minutes', 'p90'),
    (2, 'first_reply_business_minutes', 'p90', 'An empty acknowledgement is sent at once.',
        'empty_first_reply_rate', 'rate'),
    (3, 'next_reply_business_minutes', 'p90', 'Replies are sent that say nothing new.',
        'chasers_per_100_tickets', 'per_100'),
    (4, 'sla_attainment', 'rate', 'Tickets are parked as pending while the customer waits, or downgraded.',
        'customer_wait_minutes', 'p90'),
    (5, 'full_resolution_minutes', 'p90', 'Tickets are solved before they are.',
        'customer_reopen_rate', 'rate'),
    (6, 'full_resolution_minutes', 'p90', 'Tickets are solved before they are.',
        'came_back_rate_7d', 'rate'),
    (7, 'one_touch_rate', 'rate', 'Tickets are solved without an answer, or go on in a new one.',
        'came_back_rate_7d', 'rate'),
    (8, 'one_touch_rate', 'rate', 'Tickets are solved without an answer, or go on in a new one.',
        'unanswered_closed_rate', 'rate'),
    (9, 'claimed_resolution_rate', 'rate', 'Solved is claimed.',
        'say_do_gap', 'rate'),
    (10, 'backlog', 'standing', 'Tickets are closed in bulk.',
        'unanswered_closed_rate', 'rate'),
    (11, 'backlog', 'standing', 'Tickets are closed in bulk.',
        'auto_closed_rate', 'rate'),
    (12, 'csat', 'rate', 'Surveys are not offered to those who will not be pleased.',
        'survey_coverage', 'rate'),
    (13, 'transfer_rate', 'rate', 'Tickets are held instead of handed over.',
        'unattended_business_minutes', 'p90'),
    (14, 'promise_kept_rate', 'rate', 'Nothing is promised any more, or nothing clear.',
        'promise_rate', 'rate'),
    (15, 'promise_kept_rate', 'rate', 'Nothing is promised any more, or nothing clear.',
        'vague_promise_rate', 'rate'),
    (16, 'tickets_solved', 'count', 'The easy ones are picked.',
        'came_back_rate_7d', 'rate')
),
whole AS (
    SELECT s.*,
        CASE
            WHEN s.changed_beyond_noise = 'yes' AND s.change > 0 THEN 'up'
            WHEN s.changed_beyond_noise = 'yes' AND s.change < 0 THEN 'down'
            WHEN s.changed_beyond_noise IS NULL AND s.change > 0 THEN 'up'
            WHEN s.changed_beyond_noise IS NULL AND s.change < 0 THEN 'down'
            WHEN s.change IS NOT NULL THEN 'unchanged'
        END AS moved
    FROM scorecard s
    WHERE s.breakdown = 'all' AND s.segment = 'all' AND s.weighting = 'ticket' AND s.period = 'week'
)
SELECT
    p.position AS position, -- Order of the pairs.
    h.period_start AS period_start, -- First day of the week.
    h.period_end AS period_end, -- Last day of the week.
    p.game AS game, -- How the headline is improved on paper only.
    p.metric AS metric, -- The headline.
    h.title AS title, -- What leaders call it.
    p.statistic AS statistic, -- Its statistic.
    h.value AS value, -- Its value; NULL if it is withheld.
    h.moved AS moved, -- up, down or unchanged since the week before: beyond noise where it has an interval.
    p.counter_metric AS counter_metric, -- What gets worse if the headline is improved on paper only.
    k.title AS counter_title, -- What leaders call it.
    p.counter_statistic AS counter_statistic, -- Its statistic.
    k.value AS counter_value, -- Its value; NULL if it is withheld or not mature yet.
    k.moved AS counter_moved, -- up, down or unchanged since the week before.
    CASE
        WHEN h.moved IS NULL OR k.moved IS NULL THEN NULL
        WHEN h.moved = CASE h.better WHEN 'lower' THEN 'down' ELSE 'up' END AND h.better <> 'neither'
            AND k.moved = CASE WHEN k.better = 'lower' OR p.counter_metric = 'auto_closed_rate' THEN 'up' ELSE 'down' END
            THEN 'look closer'
        ELSE 'nothing to see'
    END AS reading, -- look closer if the headline got better while its counter-metric got worse; NULL if that can't be said.
    h.figure_id AS figure_id, -- The headline's figure.
    k.figure_id AS counter_figure_id -- The counter-metric's figure.
FROM pairs p
JOIN whole h ON h.metric = p.metric AND h.statistic = p.statistic
LEFT JOIN whole k ON k.metric = p.counter_metric AND k.statistic = p.counter_statistic
    AND k.period_start = h.period_start
