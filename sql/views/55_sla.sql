-- One row for each target that a service level promised of a ticket, and one for each ticket that was promised nothing:
-- attainment is achieved of achieved and breached. Read by analysts.
CREATE VIEW sla AS
SELECT
    t.source AS source, -- The source's name.
    t.ticket AS ticket, -- The source's name and the helpdesk's own id.
    m.target AS target, -- 1 for the ticket's first target, then 2 and so on.
    m.policy AS policy, -- The service level that promises it; NULL if none does.
    m.policy_since AS policy_since, -- Since when that version of the policy holds; NULL for the first one seen.
    m.promises AS promises, -- first_reply, next_reply, requester_wait, agent_work, resolution, pausable_update or periodic_update.
    m.target_priority AS priority, -- The priority at which it was applied.
    m.target_minutes AS minutes, -- How long it may take.
    m.is_on_business_hours AS is_on_business_hours, -- Whether minutes of opening hours count, or all.
    m.schedule AS schedule, -- The hours that the ticket kept when it was applied.
    m.applied_at AS applied_at, -- When it was promised.
    m.due_at AS due_at, -- By when it has to be kept; NULL while its clock pauses.
    m.fulfilled_at AS fulfilled_at, -- When it was kept, or the ticket solved instead; NULL if neither happened.
    m.target_state AS state, -- achieved, breached, active, cancelled, no_policy, fulfilled_without_reply or unmeasurable.
    m.is_late_downgrade AS is_late_downgrade, -- Whether the priority was lowered when the target before was nearly due, or over.
    t.team_reply AS team, -- The team of the first reply, as of that reply.
    t.exclusion_reason AS exclusion_reason -- Why the ticket is out of every figure; NULL if it is in scope.
FROM sla_versions m
JOIN ticket_versions t ON t.ticket_key = m.ticket_key AND {holds(t)}
WHERE {holds(m)}
