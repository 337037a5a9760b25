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
# Service levels of the queue Agreed: its due dates are computed by Perl's Business::Hours.
my @agreed = ( [ 'Berlin', 'Europe/Berlin' ], [ 'New York', 'America/New_York' ], [ 'Sydney', 'Australia/Sydney' ] );
Set(%ServiceAgreements,
    Levels => {
        map {
            my ( $name, $zone ) = @$_;
            map { ( "$name $_" => { BusinessHours => $name, Timezone => $zone, Resolve => { BusinessMinutes => $_ } } ) }
                ( 30, 240, 960, 4800 )
        } @agreed
    },
);
my %office = ( Start => '09:00', End => '17:00' );
my %long   = ( Start => '08:30', End => '18:00' );
my %early  = ( Start => '08:30', End => '16:30' );
my @closed = ( '2027-03-26', '2027-03-29', '2027-12-24' );
Set(%ServiceBusinessHours,
    'Berlin'   => { ( map { ( $_ => { Name => "day $_", %office } ) } 1 .. 5 ), holidays => \@closed },
    'New York' => {
        ( map { ( $_ => { Name => "day $_", %long } ) } 1 .. 5 ),
        6 => { Name => 'Saturday', Start => '10:00', End => '14:00' }, holidays => \@closed,
    },
    'Sydney' => { ( map { ( $_ => { Name => "day $_", %early } ) } 1 .. 6 ), holidays => \@closed },
);
1;
