-- One row for each signature of a period's figures. Read by leaders.
CREATE VIEW signatures AS
SELECT
    s.signature AS signature, -- Number of the signature.
    s.period AS period, -- week, month or day.
    s.period_start AS period_start, -- First local day of the period.
    s.period_end AS period_end, -- Last local day of the period.
    s.signed_by AS signed_by, -- Who signed.
    s.signed_at AS signed_at, -- When.
    s.comment AS comment, -- What they said.
    s.exceptions AS exceptions, -- What was open when they signed, as a JSON list of sentences.
    s.publication AS publication, -- The publication whose figures were signed.
    s.figures AS figures, -- Figures that the signature covers.
    s.head AS head -- Hash over all of them and the signature before: kept outside, it shows every later change.
FROM signature_log s
