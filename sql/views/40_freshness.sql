-- One row a source: how far it is known, and what it gave to the publication that leaders see. Read by leaders.
CREATE VIEW freshness AS
SELECT
    s.source AS source, -- The source's name.
    s.state AS state, -- What it gave to that publication: passed, quiet, missing, refused or paused.
    s.error AS error, -- What went wrong and what to do; NULL if nothing did.
    {moment(s.complete_until)} AS complete_until, -- Every change before this moment was known.
    {moment(s.counts_until)} AS counts_until, -- Its tickets count up to this moment.
    {moment(s.loaded_since)} AS loaded_since, -- Every ticket changed since this moment is loaded; older ones are still to come.
    (
        SELECT COUNT(*) FROM windows w
        WHERE w.source = s.source AND w.until IS NOT NULL AND w.done_run IS NULL AND NOT w.is_again
    ) AS months_to_load, -- Older months that are not loaded yet.
    COALESCE(s.records_quarantined, 0) AS quarantined, -- Tickets that this run put into quarantine.
    p.publication AS publication, -- Number of the publication.
    p.as_of AS as_of, -- The midnight that it speaks of.
    p.published_at AS published_at -- When it became visible.
FROM current_publication held
JOIN publications p ON p.publication = held.publication
JOIN run_sources s ON s.run = held.run
