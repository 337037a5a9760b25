# Who works at the tracker, in which queues, with which rights: Request Tracker's own "initialdata" format.
# The reader's zone differs from the server's on purpose: TicketSQL reads times in the reader's zone.
@Users = (
    map {
        {   Name         => $_->[0],
            RealName     => $_->[1],
            EmailAddress => "$_->[0]\@tracker.example",
            Password     => 'correct-horse',
            Privileged   => 1,
            Timezone     => $_->[2],
        }
    } ( ['ana', 'Ana Ågren', 'Europe/London'],
        ['bo', 'Bo Brandt', 'Europe/London'],
        ['cy', 'Cy Lead', 'Europe/London'],
        ['reader', 'Audit Reader', 'America/New_York'],
        ['shortsighted', 'Reader without rights', 'UTC'],
    )
);
@Groups = (
    { Name => 'Agents', Members => { Users => ['ana', 'bo', 'cy'] } },
    { Name => 'Auditors', Members => { Users => ['reader'] } },
    { Name => 'Visitors', Members => { Users => ['shortsighted'] } },
);
@Queues = (
    { Name => 'Support', CorrespondAddress => 'support@tracker.example' },
    { Name => 'Billing', CorrespondAddress => 'billing@tracker.example' },
    { Name => 'Robots', CorrespondAddress => 'robots@tracker.example' },
    { Name => 'Agreed', CorrespondAddress => 'agreed@tracker.example', SLADisabled => 0 },
    { Name => 'Contracts', CorrespondAddress => 'contracts@tracker.example', SLADisabled => 0 },
    { Name => 'Workshop', CorrespondAddress => 'workshop@tracker.example', Lifecycle => 'workshop' },
);
@ACL = (
    (   map { { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Right => $_ } }
            qw(CreateTicket ReplyToTicket)
    ),
    (   map { { GroupDomain => 'UserDefined', GroupId => 'Agents', Right => $_ } }
            qw(SeeQueue ShowTicket ShowTicketComments ShowOutgoingEmail CommentOnTicket ModifyTicket OwnTicket
            TakeTicket StealTicket ReassignTicket DeleteTicket SeeCustomField ModifyCustomField)
    ),
    (   map { { GroupDomain => 'UserDefined', GroupId => 'Auditors', Right => $_ } }
            qw(SeeQueue ShowTicket ShowTicketComments ShowOutgoingEmail SeeCustomField)
    ),
    (   map { { GroupDomain => 'UserDefined', GroupId => 'Visitors', Right => $_ } } qw(SeeQueue ShowTicket) ),
);
@CustomFields = (
    {   Name       => 'Root cause',
        Type       => 'SelectSingle',
        LookupType => 'RT::Queue-RT::Ticket',
        ApplyTo    => ['Support', 'Billing', 'Robots'],
        Values     => [ map { { Name => $_ } } 'Bug', 'How-to', 'Billing error' ],
    },
    map { { Name => $_, Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket', ApplyTo => ['Support', 'Billing', 'Robots'] } }
        ('CSAT', 'Channel'),
);
# In the queue Robots a rule answers at once: a message by RT_System that is nobody's reply.
@Scrips = (
    {   Queue             => 'Robots',
        Description       => 'Answer at once',
        ScripCondition    => 'On Create',
        ScripAction       => 'User Defined',
        Template          => 'Blank',
        CustomPrepareCode => 'return 1;',
        CustomCommitCode  => q{$self->TicketObj->Correspond(Content => 'We have received your request.'); return 1;},
    },
);
1;
