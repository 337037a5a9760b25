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
    r"|developers?|fitters?|mechanics?|plumbers?|electricians?|advis[eo]rs?|consultants?|accountants?|representatives?"
    r"|drivers?|members?|supervisors?)"
)
WHO = (
    rf"(?:i|we|someone|somebody|(?:an?|our|the|one of our) (?:[a-z]{{1,20}} ){{0,2}}{OURS}"
    r"(?: (?:from|in|of) (?:our |the |my )?[a-z]{1,20}(?: (?:team|department|staff))?)?)"
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
    r"|reviewed|forwarded|passed on|completed|issued|repaired|reimbursed|updated|paid|dispatched|posted|decided|handled"
    r"|dealt with|transferred|booked|corrected|released|ready|available|installed|activated|on (?:its|your|the)"
    r"|with you"
    r"|in your|there)"
)
MATTER = (
    r"(?:request|claim|application|complaint|appeal|case|issue|problem|error|refund|money|order|item|parcel|card|part"
    r"|replacement|invoice|amount|payment|account|feedback|question|letter|contract|device|credit|fix|version|update"
    r"|patch|delivery|repair|correction|transfer|voucher|reimbursement|cheque|check|documents?|parts?)"
)
CAN_NOT = (
    r"(?:can ?not|can't|(?: ?am| ?are|'re|'m)(?: (?!not)[a-z]{3,14}ly)? (?:not able|unable) to|(?:will not|won't)"
    r" be able to"
    r"|(?: ?am| ?are|'re|'m) not in a position to)"
)
"""That we are not able to: whatever it is that the customer wants."""
WILL_NOT = (
    r"(?:could not|couldn't|won't|will not|do not|don't|no longer|(?:must|have to|had to) decline to|"
    r"(?:have |'ve )?decided (?:not to|against))"
)
GIVE = (
    r"(?:refund|offer|accept|tak|replac|exchang|reimburs|compensat|honou?r|grant|approv|waiv|extend|repair|pay|cover"
    r"|assum|bear|reduc|lower|prolong|postpon|agree|allow|permit"
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

# what customers say

SUBJECT = (
    r"(?:(?!please|need|want|can|could|send|tell|why|what|which|who|whether|do|does|is|are|old|other|previous|first"
    r"|next|let|make|know|knew|think|believe|guess|heard|hear|assume|suppose|doubt|sure|that)[a-z'-]{1,15} ){1,5}?"
)
"""Whatever works again: a few words that ask for nothing."""
RUNS = (
    r"(?:work|run|load|charg|print|connect|sync|respond|boot|play|open|launch|heat|spin|mov|scan|clean|cool)"
    r"(?:e|es|s|ing)?"
)
AGAIN = (
    r"(?:again|now|finally|fine|perfectly|properly|normally|smoothly|as (?:it should|expected)|like (?:a charm|new)"
    r"|without (?:any )?(?:problem|issue|error|interruption|trouble)s?)"
)
MENDED = (
    r"(?:fixed|solved|resolved|sorted|settled|repaired|restored|working|back to normal|up and running|in order"
    r"|good as new)"
)
SOUND = r"(?:stable|correct|complete|fine|ok(?:ay)?|perfect|good|all right|alright|online)"
SURELY = r"(?:(?:now|finally|all|completely|fully|really|indeed|already|again) ){0,2}"
TAIL = (
    r"(?: (?:since|this|today|here|everywhere|after|because of|thanks to|for (?:me|us|everybody|everyone|all)"
    r"|on (?:all|our|my)|in my account|with the (?:new|other|right))(?: [a-z0-9'-]{1,15}){0,6})?"
)
"""Since when and for whom: what may follow in the same clause. One place of several is no all-clear."""
THANK = (
    r"(?:(?:many |big |huge |so many )?thanks|thank (?:you|u)|thx|ty|cheers)(?: (?:so|very|ever so|a) (?:much|lot"
    r"|million|bunch))?"
    r"(?: (?:again|once again|indeed|both|all|everyone|guys))?"
)
PRAISED = r"(?:star|legend|hero|life ?saver|angel|gem|champion|champ|genius|treasure|gentleman)"
FRIEND = r"(?:mate|dude|bro|man|buddy|friend|folks|ladies|gentlemen|mr|mrs|ms|miss|dr|x{1,3}|xo)"
GOOD = (
    r"(?!noth|wast|ruin|ignor|break|los|mess|fail|keep|mak|charg|overcharg|delet|screw|forget|wait|send the wrong)"
    r"[a-z]{2,12}"
)
"""What somebody is thanked for doing, unless it is meant bitterly."""
PLAIN = (
    r"(?!(?:wrong|broken|late|delay|delayed|mess|damaged?|useless|terrible|awful|bad|worst|poor|nothing|no|not"
    r"|never|but"
    r"|and|please|in|if|can|could|when|where|how|however|because|though|although|which|that|i|we)\b)[a-z'-]{1,14}"
)
"""A word that goes on thanking."""
AFRESH = r"(?:(?<!again and )again(?! and again)|once (?:more|again)|yet again|one more time|another time)"
BEGINS = r"(?:(?<=[.!?] )|(?<=\n)|^)"
FAILS = (
    r"(?:went|goes|broke|breaks|broken|fails?|failed|stopped|stops|crash(?:es|ed)|leak(?:s|ed)|down|dead|black|blank"
    r"|offline|wrong|missing|empty|blocked|locked|stuck|frozen|froze|happen(?:s|ed)|occur(?:s|red))"
)
NTH = r"(?:second|third|fourth|fifth|sixth|\d{1,2}(?:nd|rd|th))"
REPAIR = r"(?:repair|fix|visit|replacement|exchange|service|intervention|workaround|patch|solution|reset)"
REPAIRED = r"(?:fixed|repaired|solved|corrected|replaced|closed|resolved|changed|sorted|settled|mended)"
OF_OURS = (
    r"(?<!thought )(?<!think )(?:i|we|he|she|they|(?:my|our) [a-z]{2,12}(?: [a-z]{2,12})?|someone|somebody"
    r"|an? (?:friend|neighbou?r|colleague)(?: of mine)?)"
)
LATELY = r"(?:(?:has|have|just|already|now|finally|meanwhile|in the meantime) |'ve |'s ){0,3}"
STATUS = (
    r"(?:status|situation|state(?: of (?:play|affairs|things))?|progress|outcome|result|decision|verdict|latest"
    r"|timeline|eta)"
)
ANSWER = (
    r"(?:answer|reply|response|reaction|feedback|word|news|update|call(?: back)?|sign of life)"
    r"(?! (?:is |was )?(?:needed|required|necessary|expected))"
)
NOT_YET = r"(?:did(?:n'?t| not)|have(?:n'?t| not)|has(?:n'?t| not)|never)(?: yet| even| ever)?"
NOBODY = r"(?:no ?body|no[ -]one|not one of you|none of you)"
SEVERAL = r"(?:two|three|four|five|six|several|many|countless|multiple|numerous|a few|\d{1,2})"

# what agents say

ABOUT = r"(?:reproduc|tell|know|find|see|check|reach|identify|say|contact|verify|trace)"
"""What there is no way to do that declines nothing."""
PLANS = r"(?: (?:am |are |'?m |'?re )?(?:plan|intend|aim|promise|expect|planning|aiming)(?:ing)? to)"
ELSEWHERE = (
    r"(?:not|never|be (?:out|away|closed|on|off|absent|unavailable|open)|clos|charg|bill|debit|deduct|delet|cancel"
    r"|invoic|renew|need|miss|only|see|find|have to|be able|lose|expire|end|notice|ask you)"
)
"""What somebody will do that the customer does not wait for."""
QUEUE = r"(?:queue|list|system|backlog|inbox|line)"
BRIEF = (
    "hello", "hey", "anyone", "anybody", "any1", "ok", "okay", "checking", "looking", "pls", "plz", "u", "ur", "thx",
    "nvm",
    "dont", "didnt", "doesnt", "ive", "thats", "whats",
)  # fmt: skip
