-- One row for each linked pair of tickets that somebody judged: how right links are where nothing is simulated. Read by
-- analysts.
CREATE VIEW judged_links AS
SELECT
    j.earlier AS earlier, -- The ticket that failed them, by the links.
    j.later AS later, -- The ticket with which they came back, by the links.
    j.layer AS layer, -- How they were linked: explicit, topic, words or said.
    j.rule_version AS rule_version, -- Version of the rules that linked them.
    j.is_same_issue AS is_same_issue, -- True if both are about one issue, as somebody said who read them.
    j.judged_at AS judged_at -- When that was read.
FROM judged_link_log j
