-- One row a source: how far its tickets can be relied upon, in three words that auditors use. Read by leaders.
CREATE VIEW data_reliability AS
WITH counted AS (
    SELECT
        t.source,
        COUNT(*) AS tickets,
        SUM(CASE WHEN t.exclusion_code IS NULL THEN 1 ELSE 0 END) AS in_scope,
        SUM(CASE WHEN t.exclusion_code IS NULL AND t.reliability = 'sufficient' THEN 1 ELSE 0 END) AS sufficient,
        SUM(CASE WHEN t.exclusion_code IS NULL AND t.reliability = 'limited' THEN 1 ELSE 0 END) AS limited,
        SUM(CASE WHEN t.exclusion_code IS NULL AND t.reliability = 'undetermined' THEN 1 ELSE 0 END) AS undetermined,
        SUM(CASE WHEN t.exclusion_code = 'Q' THEN 1 ELSE 0 END) AS quarantined
    FROM ticket_versions t
    WHERE {holds(t)}
    GROUP BY t.source
)
SELECT
    s.source AS source, -- The source's name.
    s.state AS state, -- What it gave to the latest publication: passed, quiet, missing, refused or paused.
    COALESCE(c.tickets, 0) AS tickets, -- Tickets that are known of it.
    COALESCE(c.in_scope, 0) AS in_scope, -- Those that count in figures.
    COALESCE(c.sufficient, 0) AS sufficient, -- In scope, with a history and with authors who are known.
    COALESCE(c.limited, 0) AS limited, -- In scope, but it is not known of all messages who wrote them.
    COALESCE(c.undetermined, 0) AS undetermined, -- In scope, but without a history: much of them cannot be measured.
    COALESCE(c.quarantined, 0) AS quarantined, -- Left out because a rule of the first gate found something in them that cannot be.
    CASE
        WHEN COALESCE(c.in_scope, 0) = 0 OR c.undetermined * 2 > c.in_scope THEN 'undetermined'
        WHEN s.state IN ('passed', 'quiet') AND c.sufficient * 100 >= c.in_scope * 99 THEN 'sufficient'
        ELSE 'limited'
    END AS verdict, -- sufficient (99 in 100 of its tickets are), limited, or undetermined (most of them are, or there are none).
    s.error AS error -- What was wrong with it in the latest publication; NULL if nothing was.
FROM run_sources s
JOIN current_publication held ON held.run = s.run
LEFT JOIN counted c ON c.source = s.source
