-- One row for each metric and source: since when it is available, or why not. Read by leaders.
CREATE VIEW coverage AS
SELECT
    a.metric AS metric, -- The figure's or measure's name.
    d.title AS title, -- What leaders call it.
    a.source AS source, -- The source's name.
    CASE
        WHEN NOT a.is_available THEN 'no'
        WHEN f.counts_until IS NULL THEN 'not yet'
        ELSE 'yes'
    END AS is_available, -- yes, no, or not yet.
    CASE WHEN a.is_available THEN f.loaded_since END AS available_since, -- Tickets changed since this moment are measured.
    CASE
        WHEN NOT a.is_available THEN 'the source does not tell: ' || a.lacking || COALESCE('; ' || a.because, '')
        WHEN f.counts_until IS NULL THEN COALESCE(f.error, 'the source was never read')
        WHEN f.months_to_load > 0 THEN 'older months are still being loaded'
        WHEN a.is_by_looks THEN 'built from our own nightly looks at the statuses: tickets that were there before the '
            || 'first look, and what was solved and opened again between two looks, are not measured'
    END AS reason, -- Why it is not, or not wholly, available; NULL if it is.
    CASE WHEN a.is_by_looks THEN {moment(l.looked_at)} END AS looked_at_since -- When we first looked at the statuses, where the source tells no history of them.
FROM availability_versions a
JOIN definition_versions d ON d.metric = a.metric AND {holds(d)}
LEFT JOIN freshness f ON f.source = a.source
LEFT JOIN (SELECT s.source, MIN(s.looked_at) AS looked_at FROM status_looks s GROUP BY s.source) l ON l.source = a.source
WHERE {holds(a)}
