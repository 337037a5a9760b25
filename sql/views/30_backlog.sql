-- One row a local day: what was in the backlog when it began, what came and went, and what was left when it ended,
-- by age. Replayed from what is known today. Excluded tickets are left out, but those that were merged or deleted
-- later count until then. As long as older months are to be loaded (months_to_load of `freshness`), what stands since
-- then is missing from it. Read by leaders.
CREATE VIEW backlog AS
WITH RECURSIVE
spells AS (
    SELECT
        b.opened_on, b.closed_on, b.opened_as, b.closed_as,
        CASE WHEN t.exclusion_code IS NULL THEN 1 ELSE 0 END AS counts
    FROM backlog_versions b
    JOIN ticket_versions t ON t.ticket_key = b.ticket_key AND {holds(t)}
    WHERE {holds(b)} AND (t.exclusion_code IS NULL OR t.exclusion_code IN ('X3', 'X4'))
),
calendar (day, number, last_day) AS ( -- Every day from the first to the one that was audited last.
    SELECT MIN(s.opened_on), 1, MAX(r.day)
    FROM spells s
    CROSS JOIN current_publication held
    JOIN run_log r ON r.run = held.run
    UNION ALL
    SELECT {day_after(calendar.day)}, calendar.number + 1, calendar.last_day
    FROM calendar
    WHERE calendar.day < calendar.last_day
),
numbered AS (
    SELECT s.opened_as, s.closed_as, s.counts, began.number AS opened, ended.number AS closed
    FROM spells s
    JOIN calendar began ON began.day = s.opened_on
    LEFT JOIN calendar ended ON ended.day = s.closed_on
),
flows AS (
    SELECT
        number,
        SUM(CASE WHEN word = 'created' THEN 1 ELSE 0 END) AS created,
        SUM(CASE WHEN word = 'reopened' THEN 1 ELSE 0 END) AS reopened,
        SUM(CASE WHEN word = 'restored' THEN 1 ELSE 0 END) AS restored,
        SUM(CASE WHEN word = 'solved' THEN 1 ELSE 0 END) AS solved,
        SUM(CASE WHEN word = 'merged' THEN 1 ELSE 0 END) AS merged,
        SUM(CASE WHEN word = 'deleted' THEN 1 ELSE 0 END) AS deleted
    FROM (
        SELECT opened AS number, opened_as AS word FROM numbered
        UNION ALL
        SELECT closed, closed_as FROM numbered WHERE closed IS NOT NULL
    ) moves
    GROUP BY number
),
ages (days) AS (
    VALUES (0), (1), (3), (7), (14), (30)
),
aged AS ( -- A ticket is at least so many days old from then on until it leaves; one that left before never is.
    SELECT n.opened + a.days AS number, a.days, 1 AS change, n.counts
    FROM numbered n
    CROSS JOIN ages a
    WHERE n.closed IS NULL OR n.closed > n.opened + a.days
    UNION ALL
    SELECT n.closed, a.days, -1, n.counts
    FROM numbered n
    CROSS JOIN ages a
    WHERE n.closed > n.opened + a.days
),
changes AS (
    SELECT
        number,
        SUM(CASE WHEN days = 0 THEN change ELSE 0 END) AS at_all,
        SUM(CASE WHEN days = 0 THEN change * counts ELSE 0 END) AS counted,
        SUM(CASE WHEN days = 1 THEN change ELSE 0 END) AS from_1,
        SUM(CASE WHEN days = 3 THEN change ELSE 0 END) AS from_3,
        SUM(CASE WHEN days = 7 THEN change ELSE 0 END) AS from_7,
        SUM(CASE WHEN days = 14 THEN change ELSE 0 END) AS from_14,
        SUM(CASE WHEN days = 30 THEN change ELSE 0 END) AS from_30
    FROM aged
    GROUP BY number
),
standing AS (
    SELECT
        c.day, c.number, f.created, f.reopened, f.restored, f.solved, f.merged, f.deleted,
        SUM(COALESCE(g.at_all, 0)) OVER (ORDER BY c.number) AS at_all,
        SUM(COALESCE(g.counted, 0)) OVER (ORDER BY c.number) AS counted,
        SUM(COALESCE(g.from_1, 0)) OVER (ORDER BY c.number) AS from_1,
        SUM(COALESCE(g.from_3, 0)) OVER (ORDER BY c.number) AS from_3,
        SUM(COALESCE(g.from_7, 0)) OVER (ORDER BY c.number) AS from_7,
        SUM(COALESCE(g.from_14, 0)) OVER (ORDER BY c.number) AS from_14,
        SUM(COALESCE(g.from_30, 0)) OVER (ORDER BY c.number) AS from_30
    FROM calendar c
    LEFT JOIN flows f ON f.number = c.number
    LEFT JOIN changes g ON g.number = c.number
    WHERE c.day IS NOT NULL
)
SELECT
    day AS day, -- The local day.
    CAST(COALESCE(LAG(at_all) OVER (ORDER BY number), 0) AS BIGINT) AS opened_with, -- Tickets in the backlog when the day began: what the day before left.
    CAST(COALESCE(created, 0) AS BIGINT) AS created, -- Tickets that were created.
    CAST(COALESCE(reopened, 0) AS BIGINT) AS reopened, -- Solved tickets that were opened again.
    CAST(COALESCE(restored, 0) AS BIGINT) AS restored, -- Deleted tickets that were restored, unsolved.
    CAST(COALESCE(solved, 0) AS BIGINT) AS solved, -- Tickets that were solved or closed.
    CAST(COALESCE(merged, 0) AS BIGINT) AS merged, -- Tickets that were merged into another.
    CAST(COALESCE(deleted, 0) AS BIGINT) AS deleted, -- Tickets that were deleted.
    CAST(at_all AS BIGINT) AS left_over, -- Tickets in the backlog when the day ended: opened_with + created + reopened + restored - solved - merged - deleted.
    CAST(counted AS BIGINT) AS counted, -- Those of them that count in figures; the others were merged or deleted later.
    CAST(at_all - from_1 AS BIGINT) AS days_0_to_1, -- Of left_over, those that came on this day.
    CAST(from_1 - from_3 AS BIGINT) AS days_1_to_3, -- Of left_over, those that came one or two days before.
    CAST(from_3 - from_7 AS BIGINT) AS days_3_to_7, -- Of left_over, those that came three to six days before.
    CAST(from_7 - from_14 AS BIGINT) AS days_7_to_14, -- Of left_over, those that came seven to thirteen days before.
    CAST(from_14 - from_30 AS BIGINT) AS days_14_to_30, -- Of left_over, those that came fourteen to twenty-nine days before.
    CAST(from_30 AS BIGINT) AS days_30_and_more -- Of left_over, those that came thirty days before or earlier.
FROM standing
