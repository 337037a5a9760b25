# What the private Request Tracker is told when it starts (RT_SiteConfig.pm). DESK and PORT are filled in.
Set($rtname, 'tracker.example');
Set($Organization, 'tracker.example');
Set($CorrespondAddress, 'support@tracker.example');
Set($CommentAddress, 'notes@tracker.example');
Set($WebPath, '');
Set($WebDomain, '127.0.0.1');
Set($WebPort, PORT);
Set($WebBaseURL, 'http://127.0.0.1:PORT');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, 'DESK/rt.sqlite');
Set($DatabaseUser, '');
Set($DatabasePassword, '');
Set($Timezone, 'UTC');
Set($MailCommand, 'testfile');      # mail is written to a file: none leaves this machine
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');
Set($WebSessionClass, 'Apache::Session::File');
Set($MasonSessionDir, 'DESK/sessions');
Set($RestrictReferrer, 0);
Set($BcryptCost, 10);              # the lowest that is allowed: each request signs in anew
# A lifecycle of this company's own: its third status is none of Request Tracker's.
Set(%Lifecycles,
    workshop => {
        initial     => ['new'],
        active      => ['open', 'awaiting parts'],
        inactive    => ['resolved', 'deleted'],
        defaults    => { on_create => 'new' },
        transitions => {
            ''                => ['new', 'open'],
            new              => ['open', 'awaiting parts', 'resolved', 'deleted'],
            open             => ['awaiting parts', 'resolved', 'deleted'],
            'awaiting parts' => ['open', 'resolved', 'deleted'],
            resolved         => ['open'],
            deleted          => ['open'],
        },
        rights => { '* -> *' => 'ModifyTicket' },
    },
);
1;
