-- How did last week go?
-- The eight headlines of the last week that is over, each in a sentence, with its 95 % interval. What matures late says
-- when it will be known.
SELECT
    sentence,
    uncertainty,
    changed_beyond_noise,
    meets_target,
    maturity,
    is_signed
FROM headlines
WHERE period = 'week'
    AND period_start = (SELECT MAX(period_start) FROM headlines WHERE period = 'week' AND is_over = 'yes')
ORDER BY position
