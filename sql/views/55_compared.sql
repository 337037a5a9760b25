-- One row for each ticket and figure that the helpdesk gives itself: its value, the one that its own rules give, and
-- whether they agree. Read by analysts; `reconciliation` has those that do not, `agreement` counts them.
CREATE VIEW compared AS
WITH of_figures AS (
    SELECT
        v.ticket_key,
        v.metric AS theirs,
        v.value AS their_value,
        CASE v.metric
            WHEN 'reply_time_in_minutes.calendar' THEN 'first_reply_minutes__zendesk'
            WHEN 'reply_time_in_minutes.business' THEN 'first_reply_business_minutes__zendesk'
            WHEN 'first_resolution_time_in_minutes.calendar' THEN 'first_resolution_minutes__zendesk'
            WHEN 'first_resolution_time_in_minutes.business' THEN 'first_resolution_business_minutes__zendesk'
            WHEN 'full_resolution_time_in_minutes.calendar' THEN 'full_resolution_minutes__zendesk'
            WHEN 'full_resolution_time_in_minutes.business' THEN 'full_resolution_business_minutes__zendesk'
            WHEN 'agent_wait_time_in_minutes.calendar' THEN 'waiting_on_customer_minutes__zendesk'
            WHEN 'agent_wait_time_in_minutes.business' THEN 'waiting_on_customer_business_minutes__zendesk'
            WHEN 'requester_wait_time_in_minutes.calendar' THEN 'customer_wait_by_status_minutes__zendesk'
            WHEN 'requester_wait_time_in_minutes.business' THEN 'customer_wait_by_status_business_minutes__zendesk'
            WHEN 'on_hold_time_in_minutes.calendar' THEN 'on_hold_minutes__zendesk'
            WHEN 'on_hold_time_in_minutes.business' THEN 'on_hold_business_minutes__zendesk'
            WHEN 'replies' THEN 'agent_replies__zendesk'
            WHEN 'reopens' THEN 'reopens__zendesk'
            WHEN 'assignee_stations' THEN 'assignee_stations__zendesk'
            WHEN 'group_stations' THEN 'group_stations__zendesk'
            WHEN 'statistics.first_admin_reply_at' THEN 'first_reply_seconds__intercom'
            WHEN 'statistics.first_close_at' THEN 'first_close_seconds__intercom'
            WHEN 'statistics.last_close_at' THEN 'last_close_seconds__intercom'
            WHEN 'statistics.count_reopens' THEN 'reopens__intercom'
            WHEN 'time_to_first_response' THEN 'first_response_seconds__jira'
            WHEN 'time_to_resolution' THEN 'first_resolution_seconds__jira'
            ELSE REPLACE(REPLACE(v.metric, 'sla.', ''), '.breaches', '_breaches__zendesk')
        END AS ours,
        CASE v.metric
            WHEN 'reply_time_in_minutes.calendar' THEN m.first_reply_minutes__zendesk
            WHEN 'reply_time_in_minutes.business' THEN m.first_reply_business_minutes__zendesk
            WHEN 'first_resolution_time_in_minutes.calendar' THEN m.first_resolution_minutes__zendesk
            WHEN 'first_resolution_time_in_minutes.business' THEN m.first_resolution_business_minutes__zendesk
            WHEN 'full_resolution_time_in_minutes.calendar' THEN m.full_resolution_minutes__zendesk
            WHEN 'full_resolution_time_in_minutes.business' THEN m.full_resolution_business_minutes__zendesk
            WHEN 'agent_wait_time_in_minutes.calendar' THEN m.waiting_on_customer_minutes__zendesk
            WHEN 'agent_wait_time_in_minutes.business' THEN m.waiting_on_customer_business_minutes__zendesk
            WHEN 'requester_wait_time_in_minutes.calendar' THEN m.customer_wait_by_status_minutes__zendesk
            WHEN 'requester_wait_time_in_minutes.business' THEN m.customer_wait_by_status_business_minutes__zendesk
            WHEN 'on_hold_time_in_minutes.calendar' THEN m.on_hold_minutes__zendesk
            WHEN 'on_hold_time_in_minutes.business' THEN m.on_hold_business_minutes__zendesk
            WHEN 'replies' THEN m.agent_replies__zendesk
            WHEN 'reopens' THEN m.reopens__zendesk
            WHEN 'assignee_stations' THEN m.assignee_stations__zendesk
            WHEN 'group_stations' THEN m.group_stations__zendesk
            WHEN 'statistics.first_admin_reply_at' THEN m.first_reply_seconds__intercom
            WHEN 'statistics.first_close_at' THEN m.first_close_seconds__intercom
            WHEN 'statistics.last_close_at' THEN m.last_close_seconds__intercom
            WHEN 'statistics.count_reopens' THEN m.reopens__intercom
            WHEN 'time_to_first_response' THEN m.first_response_seconds__jira
            WHEN 'time_to_resolution' THEN m.first_resolution_seconds__jira
            WHEN 'sla.first_reply.breaches' THEN m.first_reply_breaches__zendesk
            WHEN 'sla.next_reply.breaches' THEN m.next_reply_breaches__zendesk
            WHEN 'sla.requester_wait.breaches' THEN m.requester_wait_breaches__zendesk
            WHEN 'sla.agent_work.breaches' THEN m.agent_work_breaches__zendesk
            WHEN 'sla.resolution.breaches' THEN m.resolution_breaches__zendesk
            WHEN 'sla.pausable_update.breaches' THEN m.pausable_update_breaches__zendesk
            WHEN 'sla.periodic_update.breaches' THEN m.periodic_update_breaches__zendesk
        END AS our_value,
        CASE v.metric
            WHEN 'reply_time_in_minutes.calendar' THEN m.why_other_authors__zendesk
            WHEN 'reply_time_in_minutes.business' THEN m.why_other_hours__zendesk
            WHEN 'first_resolution_time_in_minutes.calendar' THEN m.why_other_than__zendesk
            WHEN 'first_resolution_time_in_minutes.business' THEN m.why_other_hours__zendesk
            WHEN 'full_resolution_time_in_minutes.calendar' THEN m.why_other_than__zendesk
            WHEN 'full_resolution_time_in_minutes.business' THEN m.why_other_hours__zendesk
            WHEN 'agent_wait_time_in_minutes.calendar' THEN m.why_other_than__zendesk
            WHEN 'agent_wait_time_in_minutes.business' THEN m.why_other_hours__zendesk
            WHEN 'requester_wait_time_in_minutes.calendar' THEN m.why_other_than__zendesk
            WHEN 'requester_wait_time_in_minutes.business' THEN m.why_other_hours__zendesk
            WHEN 'on_hold_time_in_minutes.calendar' THEN m.why_other_than__zendesk
            WHEN 'on_hold_time_in_minutes.business' THEN m.why_other_hours__zendesk
            WHEN 'replies' THEN m.why_other_authors__zendesk
            WHEN 'reopens' THEN m.why_other_than__zendesk
            WHEN 'assignee_stations' THEN m.why_other_than__zendesk
            WHEN 'group_stations' THEN m.why_other_than__zendesk
            WHEN 'statistics.first_admin_reply_at' THEN m.why_other_authors__zendesk
            WHEN 'statistics.first_close_at' THEN m.why_other_than__zendesk
            WHEN 'statistics.last_close_at' THEN m.why_other_than__zendesk
            WHEN 'statistics.count_reopens' THEN m.why_other_than__zendesk
            WHEN 'time_to_first_response' THEN COALESCE(m.why_other_than__zendesk, 'conditions_not_told')
            WHEN 'time_to_resolution' THEN COALESCE(m.why_other_than__zendesk, 'conditions_not_told')
            ELSE COALESCE(
                (
                    SELECT MIN(s.target_state) FROM sla_versions s
                    WHERE s.ticket_key = v.ticket_key AND {holds(s)}
                        AND s.target_state IN ('cancelled', 'fulfilled_without_reply', 'unmeasurable')
                        AND v.metric = 'sla.' || s.promises || '.breaches'
                ),
                m.why_other_targets__zendesk
            )
        END AS why,
        CASE WHEN v.metric LIKE '%minutes%' THEN 1 ELSE 0 END AS tolerance
    FROM vendor_metrics v
    JOIN parity_versions m ON m.ticket_key = v.ticket_key AND {holds(m)}
    WHERE {holds(v)} AND v.value IS NOT NULL AND (
        v.metric LIKE 'sla.%.breaches' OR v.metric IN (
            'reply_time_in_minutes.calendar',
            'reply_time_in_minutes.business',
            'first_resolution_time_in_minutes.calendar',
            'first_resolution_time_in_minutes.business',
            'full_resolution_time_in_minutes.calendar',
            'full_resolution_time_in_minutes.business',
            'agent_wait_time_in_minutes.calendar',
            'agent_wait_time_in_minutes.business',
            'requester_wait_time_in_minutes.calendar',
            'requester_wait_time_in_minutes.business',
            'on_hold_time_in_minutes.calendar',
            'on_hold_time_in_minutes.business',
            'replies',
            'reopens',
            'assignee_stations',
            'group_stations',
            'statistics.first_admin_reply_at',
            'statistics.first_close_at',
            'statistics.last_close_at',
            'statistics.count_reopens',
            'time_to_first_response',
            'time_to_resolution'
        )
    )
),

of_request_tracker AS (
    SELECT
        m.ticket_key,
        'Due' AS theirs,
        {seconds(m.helpdesk_due_at__request_tracker)} - {seconds(t.created_at)} AS their_value,
        'due_at__request_tracker' AS ours,
        {seconds(m.due_at__request_tracker)} - {seconds(t.created_at)} AS our_value,
        CASE WHEN m.due_verdict__request_tracker = 'agrees' THEN 1 ELSE 0 END AS is_same,
        m.why_other_due__request_tracker AS why
    FROM parity_versions m
    JOIN ticket_versions t ON t.ticket_key = m.ticket_key AND {holds(t)}
    WHERE {holds(m)} AND m.due_verdict__request_tracker IS NOT NULL
    UNION ALL
    SELECT
        m.ticket_key,
        'every Due of its history' AS theirs,
        m.due_dates__request_tracker AS their_value,
        'due_dates_agreeing__request_tracker' AS ours,
        m.due_dates_agreeing__request_tracker AS our_value,
        CASE WHEN m.due_dates_agreeing__request_tracker = m.due_dates__request_tracker THEN 1 ELSE 0 END AS is_same,
        m.why_other_due__request_tracker AS why
    FROM parity_versions m
    WHERE {holds(m)} AND m.due_dates__request_tracker IS NOT NULL
),

paired AS (
    SELECT
        f.ticket_key,
        f.theirs,
        f.their_value,
        f.ours,
        f.our_value,
        CASE WHEN ABS(f.our_value - f.their_value) <= f.tolerance THEN 1 ELSE 0 END AS is_same,
        f.why
    FROM of_figures f
    UNION ALL
    SELECT r.ticket_key, r.theirs, r.their_value, r.ours, r.our_value, r.is_same, r.why FROM of_request_tracker r
)

SELECT
    t.source AS source, -- The source's name.
    t.ticket AS ticket, -- The source's name and the helpdesk's own id.
    b.ours AS metric, -- Our name of the figure: by the helpdesk's own rules, or targets missed of one kind.
    b.theirs AS helpdesk_metric, -- The helpdesk's name of it.
    b.our_value AS our_value, -- What its rules give; NULL if they give nothing, or nothing can be known. Due dates in seconds after the creation.
    b.their_value AS helpdesk_value, -- What the helpdesk says, in the same unit; NULL for no due date.
    b.our_value - b.their_value AS difference, -- Ours less theirs.
    CASE WHEN b.is_same = 1 THEN 'yes' ELSE 'no' END AS agrees, -- yes within a minute, for counts exactly and for due dates to the second.
    CASE
        WHEN b.is_same = 1 THEN NULL
        ELSE COALESCE(b.why, CASE WHEN b.our_value IS NULL THEN 'not_measurable' ELSE 'unknown' END)
    END AS reason, -- Why they differ; NULL if they agree.
    t.exclusion_reason AS exclusion_reason -- Why the ticket is out of every figure; NULL if it is in scope.
FROM paired b
JOIN ticket_versions t ON t.ticket_key = b.ticket_key AND {holds(t)}
