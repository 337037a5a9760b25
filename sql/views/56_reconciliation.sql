-- One row for each ticket and figure on which the helpdesk and its own rules disagree, with the reason. Read by analysts.
CREATE VIEW reconciliation AS
SELECT
    c.source AS source, -- The source's name.
    c.ticket AS ticket, -- The source's name and the helpdesk's own id.
    c.metric AS metric, -- Our name of the figure: by the helpdesk's own rules, or targets missed of one kind.
    c.helpdesk_metric AS helpdesk_metric, -- The helpdesk's name of it.
    c.our_value AS our_value, -- What its rules give; NULL if they give nothing, or nothing can be known. Due dates in seconds after the creation.
    c.helpdesk_value AS helpdesk_value, -- What the helpdesk says, in the same unit; NULL for no due date.
    c.difference AS difference, -- Ours less theirs.
    c.reason AS reason, -- later_event, deleted, merged, schedule_changed, role_changed, not_described, set_by_hand … or unknown: then somebody should look.
    c.exclusion_reason AS exclusion_reason -- Why the ticket is out of every figure; NULL if it is in scope.
FROM compared c
WHERE c.agrees = 'no'
