"""What weekly figures come to when they are compared: charts, signals, mix and fairness, as every run found it."""

from auditlib.store.columns import flag, number, table, text, versions, whole

SERIES = (
    ("metric", "The metric's name."),
    ("statistic", "Such as p90, rate or count."),
    ("breakdown", "all or team."),
    ("breakdown_value", "The team; empty for all."),
    ("begins", "First day of the weeks that the chart judges, where audit.toml says so; empty for the first chart."),
)

CHARTS = table(
    "chart_log",
    "The control chart of each weekly series, with its baseline.",
    *[text(name, sentence, primary_key=True) for name, sentence in SERIES],
    text("definition_version", "Version of the definition that the series was made by.", nullable=False),
    text("rule_version", "Version of the rules that tell a signal.", nullable=False),
    text("state", "frozen, provisional, or none.", nullable=False),
    text("lacking", "Why there is no chart; NULL if there is one."),
    text("reason", "Why the baseline is not the first one; NULL if it is."),
    text("kind", "p, p′ (Laney), XmR, or XmR of logarithms; NULL without a chart."),
    number("centre", "The rate, or the mean, of the baseline; of logarithms the mean logarithm."),
    number("spread", "Mean moving range of the baseline; of rates how much more they vary than independent cases."),
    whole("points", "Weeks in the baseline.", nullable=False),
    text("baseline_from", "First day of the baseline's first week."),
    text("baseline_to", "First day of the baseline's last week."),
    text("figures", "The figures that the baseline was computed from, as a JSON list of figure_id."),
    *versions(),
)

SIGNALS = table(
    "signal_log",
    "The weeks that moved by more than their series' own noise.",
    *[text(name, sentence, primary_key=True) for name, sentence in SERIES],
    text("period_start", "First day of the week.", primary_key=True),
    text("figure_id", "The figure that was judged.", nullable=False),
    number("value", "Its value."),
    text("rule", "The rule that tells it, in words.", nullable=False),
    number("centre", "The chart's centre, in the value's own unit."),
    number("lower", "The lower limit of that week."),
    number("upper", "The upper limit of that week."),
    *versions(),
)

MIX = table(
    "mix_shift_log",
    "What of a headline rate's change is another mix of cases, group by group.",
    text("metric", "The headline's name.", primary_key=True),
    text("period_start", "First day of the later week.", primary_key=True),
    text("dimension", "By what the cases are told apart, such as channel.", primary_key=True),
    text("dimension_value", "The group; empty where there can be no parts.", primary_key=True),
    text("previous_start", "First day of the week before.", nullable=False),
    number("rate_before", "The whole rate of the week before."),
    number("rate_now", "The whole rate of the later week."),
    number("change", "The change that the parts of all groups add up to."),
    whole("n_before", "The group's cases in the week before."),
    whole("n_now", "The group's cases in the later week."),
    number("group_rate_before", "The group's rate in the week before; NULL without a case."),
    number("group_rate_now", "The group's rate in the later week; NULL without a case."),
    number("mix_part", "How much of the change the group's other share of the cases explains."),
    number("rate_part", "How much of the change the group's other rate explains."),
    text("reason", "Why there are no parts; NULL if there are."),
    text("figure_id", "The later week's figure.", nullable=False),
    text("previous_figure_id", "The figure of the week before.", nullable=False),
    *versions(),
)

FAIRNESS = table(
    "fairness_log",
    "Whether recorded segments of customers get what is good to have as often as the others.",
    text("outcome", "What is good to have.", primary_key=True),
    text("attribute", "language, channel, tier, region or segment.", primary_key=True),
    text("attribute_value", "The language, channel … or the segment of audit.toml.", primary_key=True),
    text("metric", "The published metric that counts it, or its opposite.", nullable=False),
    text("period_start", "First day of the thirteen weeks.", nullable=False),
    text("period_end", "Last day of the thirteen weeks.", nullable=False),
    flag("is_by_contract", "Whether audit.toml says that these may differ by contract.", nullable=False),
    whole("n", "Cases of the segment; NULL where there are too few to show."),
    whole("n_others", "Cases of all others; NULL where there are too few to show."),
    number("rate", "The segment's rate."),
    number("rate_others", "The others' rate."),
    number("ratio", "rate over rate_others."),
    number("ratio_low", "Lower end of the ratio's 95 % interval."),
    number("ratio_high", "Upper end of the ratio's 95 % interval."),
    number("difference", "rate less rate_others."),
    number("difference_low", "Lower end of the difference's 95 % interval."),
    number("difference_high", "Upper end of the difference's 95 % interval."),
    number("adjusted_ratio", "The ratio among cases of the same topic and priority (Mantel and Haenszel)."),
    number("adjusted_share", "Share of the segment's cases that have others of the same topic and priority."),
    number("p_value", "How often chance alone makes such a difference."),
    number("corrected_p_value", "The same, corrected for the number of comparisons (Benjamini and Hochberg)."),
    text("method", "log or score: how the ratio's interval was made."),
    text("verdict", "flagged, watched, alike, better than the others, different by contract or too few to compare.",
         nullable=False),
    *versions(),
)  # fmt: skip

TABLES = (CHARTS, SIGNALS, MIX, FAIRNESS)
