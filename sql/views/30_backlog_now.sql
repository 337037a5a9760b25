-- One row for each team and each side that its unsolved tickets wait for, as of the last publication; what
-- stands since months that are still to be loaded (months_to_load of `freshness`) is missing. Read by leaders.
CREATE VIEW backlog_now AS
WITH listed AS (
    SELECT
        COALESCE(b.spell_team, '(none)') AS team, b.opened_at,
        CASE t.status
            WHEN 'pending_customer' THEN 'the customer'
            WHEN 'on_hold' THEN 'a third party'
            ELSE 'us'
        END AS waits_for,
        CASE WHEN t.waiting_since IS NULL THEN 0 ELSE 1 END AS is_waiting
    FROM backlog_versions b
    JOIN ticket_versions t ON t.ticket_key = b.ticket_key AND {holds(t)}
    WHERE {holds(b)} AND b.closed_at IS NULL AND t.exclusion_code IS NULL
)
SELECT
    team AS team, -- The team that has them.
    waits_for AS waits_for, -- What their status says: us (new or open), the customer (pending) or a third party (on hold).
    COUNT(*) AS tickets, -- Unsolved tickets.
    SUM(is_waiting) AS customers_waiting, -- Those whose customer waits for an answer, by the messages.
    MIN(opened_at) AS oldest_opened_at -- When the oldest of them came into the backlog.
FROM listed
GROUP BY team, waits_for
