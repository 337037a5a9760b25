"""English: who is meant, what they do and what it is about, of which the phrases are made."""

from auditlib.caselog.phrases.pack import NUMBER

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
BY = r"(?:by|before|until|on|no later than)"
COUNT = rf"(?:{NUMBER}|one|two|three|four|five|six|seven|eight|ten|an?)"
SAID = (
    r"(?:request|message|e-?mail|mail|ticket|enquiry|inquiry|case|report|complaint|question|feedback|note|application)"
)
HANDED = r"(?:forwarded|passed(?: on)?|escalated|handed over|referred|assigned)"
KIND = r"(?:very |quick |kind |great |fast |prompt |helpful ){0,2}"
NOW = r"(?: (?:now|again|fine|well|perfectly|out|it|for me|great)){0,3}"
ASKED = r"(?:request|message|e-?mail|mail|ticket|enquiry|inquiry|case|complaint|question|application|claim|appeal|post)"
FOUND = (
    r"(?:found|seen|reached|delivered|verified|reproduced|read|opened|shared|charged|loaded|displayed|shown|identified"
    r"|traced|located|confirmed|contacted|recogni[sz]ed|needed|harmed|affected|told|notified|disturbed|billed)"
)
"""What cannot be (found, delivered …) declines nothing."""
WORKS = r"(?:works?|working|worked|fixed|solved|resolved|sorted)"
WILL = r"(?: will|'ll| shall|(?: am| are| is|'m|'re) going to)"
OURS = (
    r"(?:team|department|support|engineers?|technicians?|colleagues?|agents?|specialists?|experts?|managers?"
    r"|developers?|fitters?)"
)
WHO = (
    rf"(?:i|we|someone|somebody|(?:an?|our|the|one of our) (?:[a-z]{{1,20}} ){{0,2}}{OURS}"
    r"(?: (?:from|in) [a-z]{1,20})?)"
)
DOES = (
    r"(?:get back|come back|reply|respond|answer|update|keep you|contact|call|e-?mail|write|send|refund"
    r"|ship|deliver|fix|resolve|solve|let you know|follow up|be in touch|reach out|have (?:it|this|that|an?|the|your)"
    r"|provide|complete|process|confirm|inform|credit|replace|issue|give you|be (?:back|with you)|reimburse|restore"
    r"|pay|extend|visit|ring|report back|look (?:at|into)|check|review|investigate|pick (?:it|this) up|be at your"
    r"|transfer|post|arrange|organi[sz]e|book|sort|get (?:this|it|that|your [a-z]{1,15}) [a-z]{2,12}|be in contact)"
)
IS_DONE = (
    r"(?:refunded|processed|sent|shipped|delivered|fixed|resolved|solved|replaced|exchanged|credited|restored|answered"
    r"|reviewed|forwarded|passed on|completed|issued|repaired|reimbursed|updated|paid|dispatched|posted)"
)
MATTER = (
    r"(?:request|claim|application|complaint|appeal|case|issue|problem|error|refund|money|order|item|parcel|card|part"
    r"|replacement|invoice|amount|payment|account|feedback|question|letter|contract|device|credit|fix)"
)
CAN_NOT = (
    r"(?:can ?not|can't|(?: ?am| ?are|'re|'m) (?:not able|unable) to|(?:will not|won't) be able to"
    r"|(?: ?am| ?are|'re|'m) not in a position to)"
)
"""That we are not able to: whatever it is that the customer wants."""
WILL_NOT = (
    r"(?:could not|couldn't|won't|will not|do not|don't|no longer|(?:must|have to|had to) decline to|"
    r"(?:have |'ve )?decided (?:not to|against))"
)
GIVE = (
    r"(?:refund|offer|accept|tak|replac|exchang|reimburs|compensat|honou?r|grant|approv|waiv|extend|repair"
    r"|cancel|give you|provide (?:a refund|this|that|any)|support (?:this|that)|do (?:this|that)|sell|deliver to"
    r"|make (?:an |any )?exceptions?|credit)[a-z]{0,5}"
)
ABOUT_KNOWING = (
    r"(?:find|see|reproduce|reach|locate|trace|tell|say|know|verify|identify|hear|recogni[sz]e|read|open|access"
    r"|log|thank|wait|promise|guarantee|confirm|explain|think|imagine|remember|recall|stress|apologi[sz]e"
    r"|get (?:through|hold))"
)
"""What we cannot do that declines nothing: we only do not know, or do not find."""
SERVICE = (
    r"(?:refund|exchange|discount|return|compensation|extension|cancellation|upgrade|transfer|replacement|credit"
    r"|reimbursement|exception|(?:free )?(?:delivery|shipping)|booking|payment in instal?ments)s?"
)
TROUBLE = r"(?:problem|issue|error|fault|trouble|bug|noise|leak|failure|crash|symptom|warning|alarm|smell|damage)s?"
