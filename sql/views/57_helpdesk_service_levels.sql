-- One row for each source and service level of which the helpdesk itself says whether it was missed. Read by leaders.
-- The helpdesk tells neither what it promises nor on which hours: its word stands here as it gives it, and nothing of
-- ours is computed from it. Service levels that can be judged again stand in `sla`.
CREATE VIEW helpdesk_service_levels AS
SELECT
    t.source AS source, -- The source's name.
    REPLACE(REPLACE(v.metric, 'own_sla.', ''), '.missed', '') AS service_level, -- The helpdesk's name of it.
    COUNT(*) AS decided, -- Tickets in scope of which the helpdesk says that it was met or missed.
    SUM(CASE WHEN v.value = 0 THEN 1 ELSE 0 END) AS met, -- Those on which it was met each time.
    SUM(CASE WHEN v.value > 0 THEN 1 ELSE 0 END) AS missed -- Those on which it was missed at least once.
FROM vendor_metrics v
JOIN ticket_versions t ON t.ticket_key = v.ticket_key AND {holds(t)}
WHERE {holds(v)} AND v.value IS NOT NULL AND v.metric LIKE 'own_sla.%.missed' AND t.exclusion_reason IS NULL
GROUP BY t.source, v.metric
