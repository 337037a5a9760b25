-- Are any customers treated worse?
-- Segments of customers that get what is good to have less often than all others, the lowest ratio first; flagged is
-- below four fifths and beyond chance, different by contract is what audit.toml says a contract may explain.
SELECT
    outcome,
    attribute,
    attribute_value,
    verdict,
    rate,
    rate_others,
    ratio,
    ratio_low,
    ratio_high,
    adjusted_ratio,
    n
FROM fairness
WHERE ratio < 1
    AND verdict <> 'alike'
ORDER BY ratio, outcome, attribute_value
