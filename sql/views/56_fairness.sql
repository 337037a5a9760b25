-- One row for each outcome that is good to have and each recorded segment of customers: whether they get it as often
-- as all others, over the latest thirteen weeks that are mature. Read by leaders.
CREATE VIEW fairness AS
SELECT
    f.outcome AS outcome, -- What is good to have.
    f.metric AS metric, -- The published metric that counts it, or its opposite.
    f.attribute AS attribute, -- language, channel, tier, region or segment: recorded, never inferred.
    f.attribute_value AS attribute_value, -- The language, channel … or the segment of audit.toml.
    f.period_start AS period_start, -- First day of the thirteen weeks.
    f.period_end AS period_end, -- Last day of the thirteen weeks.
    f.verdict AS verdict, -- flagged, watched, alike, better than the others, different by contract or too few to compare.
    f.n AS n, -- Cases of the segment; NULL where there are too few to show.
    f.n_others AS n_others, -- Cases of all others.
    f.rate AS rate, -- The segment's rate.
    f.rate_others AS rate_others, -- The others' rate.
    f.ratio AS ratio, -- rate over rate_others: below 0.8 and beyond noise is flagged.
    f.ratio_low AS ratio_low, -- Lower end of its 95 % interval.
    f.ratio_high AS ratio_high, -- Upper end of its 95 % interval.
    f.difference AS difference, -- rate less rate_others.
    f.difference_low AS difference_low, -- Lower end of its 95 % interval.
    f.difference_high AS difference_high, -- Upper end of its 95 % interval.
    f.adjusted_ratio AS adjusted_ratio, -- The ratio among cases of the same topic and priority.
    f.adjusted_share AS adjusted_share, -- Share of the segment's cases that have others of the same topic and priority.
    f.corrected_p_value AS corrected_p_value, -- How often chance alone makes such a difference, corrected for the number of comparisons.
    f.method AS method, -- log or score: how the ratio's interval was made.
    f.is_by_contract AS is_by_contract -- Whether audit.toml says that a contract may make the difference.
FROM fairness_log f
WHERE {holds(f)}
