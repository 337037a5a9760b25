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
# Service levels of the queue Agreed: its due dates are computed by Perl's Business::Hours. Those of the queue
# Contracts are what audit.toml describes in test_their_due_dates.py, where each of them is written once more.
my @agreed = ( [ 'Berlin', 'Europe/Berlin' ], [ 'New York', 'America/New_York' ], [ 'Sydney', 'Australia/Sydney' ] );
Set(%ServiceAgreements,
    QueueDefault => { Contracts => 'Gold' },
    Levels => {
        (   map {
                my ( $name, $zone ) = @$_;
                map { ( "$name $_" => { BusinessHours => $name, Timezone => $zone, Resolve => { BusinessMinutes => $_ } } ) }
                    ( 30, 240, 960, 4800 )
            } @agreed
        ),
        'Gold' => {
            BusinessHours => 'Berlin', Timezone => 'Europe/Berlin',
            Response => 120, KeepInLoop => { BusinessMinutes => 480 }, Resolve => { RealMinutes => 60 * 24 * 7 },
        },
        'Silver' => {
            BusinessHours => 'New York', Timezone => 'America/New_York',
            Response   => { RealMinutes => 60, IgnoreOnStatuses => ['stalled'] },
            Resolve    => {
                BusinessMinutes => 600, IgnoreOnStatuses => ['stalled'], ExcludeTimeOnIgnoredStatuses => 1,
            },
            OutOfHours => { Response => { BusinessMinutes => 30 } },
        },
        'Iron' => {
            BusinessHours => 'Nights', Timezone => 'Europe/Berlin', StartImmediately => 1,
            Response => { BusinessMinutes => 0, RealMinutes => 90 },
        },
        'Far' => {
            BusinessHours => 'Berlin', Timezone => 'Europe/Berlin',
            Response => 60, Resolve => { BusinessMinutes => 60 * 8 * 25 },
        },
        'Always' => { BusinessHours => 'Always', Timezone => 'Europe/Berlin', Resolve => 2880 },
        'Slow' => {
            BusinessHours => 'Berlin', Timezone => 'Europe/Berlin',
            Resolve => { RealMinutes => 600, IgnoreOnStatuses => ['stalled'], ExcludeTimeOnIgnoredStatuses => 1 },
        },
        'Paused' => {
            BusinessHours => 'Berlin', Timezone => 'Europe/Berlin',
            Response => {
                BusinessMinutes => 600, IgnoreOnStatuses => [ 'stalled', 'resolved' ], ExcludeTimeOnIgnoredStatuses => 1,
            },
            Resolve => {
                BusinessMinutes => 1200, IgnoreOnStatuses => [ 'stalled', 'resolved' ], ExcludeTimeOnIgnoredStatuses => 1,
            },
        },
        'Nobody knows' => { BusinessHours => 'Berlin', Timezone => 'Europe/Berlin', Response => 60 },
    },
);
my %office = ( Start => '09:00', End => '17:00' );
my %long   = ( Start => '08:30', End => '18:00' );
my %early  = ( Start => '08:30', End => '16:30' );
my @closed = ( '2026-10-30', '2027-03-26', '2027-03-29', '2027-12-24' );
Set(%ServiceBusinessHours,
    'Berlin'   => { ( map { ( $_ => { Name => "day $_", %office } ) } 1 .. 5 ), holidays => \@closed },
    'New York' => {
        ( map { ( $_ => { Name => "day $_", %long } ) } 1 .. 5 ),
        6 => { Name => 'Saturday', Start => '10:00', End => '14:00' }, holidays => \@closed,
    },
    'Always' => { ( map { ( $_ => { Name => "day $_", Start => '0:00', End => '24:00' } ) } 0 .. 6 ), holidays => \@closed },
    'Nights' => { map { ( $_ => { Name => "night $_", Start => '22:00', End => '06:00' } ) } 1 .. 5 },
    'Sydney' => { ( map { ( $_ => { Name => "day $_", %early } ) } 1 .. 6 ), holidays => \@closed },
);
1;
