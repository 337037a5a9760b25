-- What changed since the signed report?
-- Figures of the whole of which somebody signed another value than the one that holds now. The difference is explained,
-- reason by reason, by the question why a figure changed.
SELECT
    title,
    statistic,
    period,
    period_start,
    signed_value,
    value,
    value - signed_value AS difference,
    definition_version
FROM scorecard
WHERE is_signed
    AND value <> signed_value
    AND weighting = 'ticket'
    AND segment = 'all'
    AND breakdown = 'all'
    AND metric IN (SELECT metric FROM headlines)
ORDER BY period_start DESC, metric, statistic
