-- One row a run, those that were refused or failed included. Read by leaders and by who is on duty.
CREATE VIEW runs AS
SELECT
    r.run AS run, -- Number of the run, in the order in which they began.
    r.kind AS kind, -- night, replay (a past night from what was known then) or reconstruction.
    r.day AS day, -- The local day that it audits.
    r.as_of AS as_of, -- The local midnight that ends that day.
    r.state AS state, -- running, published, refused, failed or abandoned.
    r.reason AS reason, -- Why it was refused or failed, with the first command to type.
    r.publication AS publication, -- Number of the publication that it became; NULL if none.
    CASE WHEN held.run IS NULL THEN 'no' ELSE 'yes' END AS is_current, -- yes for the publication that leaders see.
    p.published_at AS published_at, -- When it became visible.
    p.figures AS figures, -- Figures that it added or changed.
    p.sources AS sources, -- The sources that it rests on, as a JSON list.
    p.missing_sources AS missing_sources, -- The sources that were missing, as a JSON list.
    r.code_version AS code_version, -- Version of auditlib.
    r.config_hash AS config_hash, -- Hash of what audit.toml says about figures.
    r.manifest_hash AS manifest_hash, -- Hash over the landed parts that it read.
    r.started_at AS started_at, -- When it began, by the clock of the machine.
    r.finished_at AS finished_at -- When it ended, by the clock of the machine.
FROM run_log r
LEFT JOIN publications p ON p.run = r.run
LEFT JOIN current_publication held ON held.run = r.run
