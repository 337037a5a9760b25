"""English."""

from auditlib.caselog.phrases import calendar
from auditlib.caselog.phrases.pack import CLOCK, DATE, NUMBER, Pack

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
BY = r"(?:by|before|until|on|no later than)"
COUNT = rf"(?:{NUMBER}|one|two|three|four|five|six|seven|eight|ten|an?)"
KIND = r"(?:very |quick |kind |great |fast |prompt |helpful ){0,2}"
NOW = r"(?: (?:now|again|fine|well|perfectly|out|it|for me|great)){0,3}"
DONE = r"(?:works?|working|worked|fixed|solved|resolved|sorted)"
WILL = r"(?: will|'ll| shall|(?: am| are| is|'m|'re) going to)"
WHO = r"(?:i|we|our team|our [a-z]{1,20} team|someone|somebody|a colleague|an agent|our engineers)"
DOES = (
    r"(?:get back|come back|reply|respond|answer|update|keep you|contact|call|e-?mail|write|send|refund"
    r"|ship|deliver|fix|resolve|solve|let you know|follow up|be in touch|reach out|have (?:it|this|that|an?|the|your)"
    r"|provide|complete|process|confirm|inform|credit|replace|issue|give you|be (?:back|with you)|reimburse|restore"
    r"|pay|extend)"
)
CANNOT = (
    r"(?:can ?not|can't|could not|couldn't|won't|will not|do not|don't"
    r"|(?: ?am| ?are|'re|'m) (?:not able|unable) to)"
)
GIVE = (
    r"(?:refund|offer|accept|take|replace|exchange|reimburse|compensate|honou?r|grant|approve|waive|extend"
    r"|cancel|give you|provide (?:a refund|this|that|any)|support (?:this|that)|do (?:this|that)"
    r"|make an exception|credit)"
)

ENGLISH = Pack(
    version="en.3",
    thanks=(
        "thanks", "thank (?:you|u)", "thx", "ty", "many thanks", "cheers", "much appreciated",
        "appreciated", "(?:i|we) (?:really )?appreciate (?:it|that|this|your (?:help|support|time))",
        "perfect", "excellent", "great(?: (?:help|job|service|support|work|news))?", "awesome", "wonderful",
        "fantastic", "brilliant", "amazing", "lovely", "you(?:'re| are) (?:the best|great|amazing|awesome)",
        "you rock", "you guys (?:are (?:the best|great|amazing|awesome)|rock)",
        "very helpful", "you (?:have been|were) (?:very |so |really )?helpful",
    ),
    confirms=(
        rf"(?:it|that|this|everything|all)(?:'s| is|s| has been| was)? (?:now |all |fully )?{DONE}{NOW}",
        "(?:that|this|it) (?:did (?:it|the trick)|helped|does the trick)",
        rf"(?:the|my) (?:problem|issue|error) (?:is|has been|was) (?:now )?(?:{DONE}|gone)(?: now| out)?"
        "(?: for (?:me|us))?",
        "(?:the|my) [a-z]{2,15} (?:works?|is working|runs?|is running|loads?|opens?|starts?)(?: now)?"
        " (?:again|now|fine)",
        "all (?:good|fine|sorted|set|well) now",
    ),
    done=(
        rf"{DONE}{NOW}", "all (?:good|fine|sorted|set|well)",
    ),
    settles=(
        "(?:please |you (?:can|may) (?:now )?)close (?:(?:the|this|my) (?:ticket|case|request"
        "|issue)|this|it)",
        "never ?mind", "i (?:found|solved|fixed|sorted) (?:it|the [a-z]{1,12})(?: out)?(?: myself)?",
        "it has sorted itself out",
        "please (?:ignore|disregard) (?:this|my (?:request|message|e-?mail|ticket))",
    ),
    fillers=(
        "so much", "very much", "(?:very )?much", "a (?:lot|million|bunch)", "once again", "again",
        "indeed",
        rf"for (?:all )?(?:your|the|this) {KIND}(?:help|support|reply|response|answer|assistance|service"
        "|time"
        "|patience|effort|feedback|update|information|info|clarification|explanation)",
        "for (?:sorting|fixing|solving|handling) (?:it|this|that|everything)(?: out)?(?: so (?:fast|quickly|soon))?",
        "for (?:helping|replying|explaining|clarifying|letting me know|getting back to me|everything"
        "|that|this"
        "|it|all)(?: (?:me|us|so quickly))?",
        "(?:that|this) was (?:very |really |so )?(?:quick|fast|kind|nice|helpful)",
        "ok(?:ay)?", "all ?right", "got it", "understood", "noted", "hi", "hello", "hey", "dear", "guys",
        "team", "all", "everyone", "everybody", "sir", "madam", "and", "it(?:'s| is)", "that(?:'s| is)",
        "this is", "to", "very", "really", "so", "now", "just", "wow", "oh", "you", "of you", "both",
        "have a (?:very )?(?:nice|great"
        "|good|lovely) (?:day|weekend|week|evening|one)",
        "(?:i )?(?:will|'ll) (?:try|check|test|do) (?:it|that|this)",
        "(?:kind |best |warm )?(?:regards|wishes)", "best",
    ),
    takes_back=(
        "not", "no", "never", "cannot", "can't", "isn't", "doesn't", "didn't", "won't", "if", "when",
        "until", "once", "unless", "before", "but", "however", "although", "though", "except", "still",
        "hope", "hopefully", "should", "would", "partly", "partially", "almost", "sometimes",
        "for a (?:day|while|week)", "yesterday", "at first", "used to", "same problem", "back", "nothing",
        "another", "how", "waiting", "wait",
    ),
    returns=(
        "(?:problem|issue|error|fault|trouble|bug) (?:is|has come|came|keeps coming|has returned|is there)"
        " (?:back|again)", "(?:exactly |just )?the same (?:problem|issue|error|fault|thing)(?: as| again| is back)",
        "(?:it|this|that) (?:has )?(?:happened|happens|broke|stopped working|came back) again",
        "(?:wrote|written|called|contacted|e-?mailed|complained|asked|reported)(?: [a-z]{1,12}){0,3}"
        " (?:about|regarding) (?:this|it|that|the same)",
        "still (?:is |has |are )?(?:not|n't) (?:been )?(?:solved|fixed|resolved|sorted|working)",
        "(?:is|has)(?:n't| not) been (?:solved|fixed|resolved)",
        "(?:you|somebody|someone) (?:have |has )?closed my (?:request|ticket|case)",
        "my (?:previous|earlier|old|closed) (?:request|ticket|case)",
        "second attempt", "as (?:i|we) (?:have )?(?:already )?(?:told you|wrote|said|mentioned|explained)(?: to you)?"
        " (?:in my|before|already|last|earlier)", "(?:had|reported) (?:this|it) (?:in [a-z]{3,9}|last|before|already)",
    ),
    withdraws=(
        "never ?mind(?! (?:what|the|that|about|how))", "(?<!n't )(?<!not )(?<!never )forget (?:about )?(?:it|this)",
        "please (?:just |kindly )?(?:ignore|disregard) (?:this|that|it|(?:my|the) (?:request|message|e-?mail|ticket"
        "|question|last|previous|earlier|above))",
        "cancel my (?:request|ticket|enquiry|inquiry|question|case|complaint)",
        "(?:withdraw|retract|take back) my (?:request|ticket|question|complaint|claim)",
        "(?:no longer|don't|do not) need (?:your |any |an )?(?:further )?(?:help|support|assistance|answer"
        "|reply|response)",
        "no (?:further )?(?:action|answer|reply) (?:is )?(?:needed|required|necessary) any ?more",
        "no (?:further )?action (?:is )?(?:needed|required|necessary)",
        "(?:found|solved|fixed|sorted|resolved)(?: (?:it|this|that))?(?: out)? (?:by )?(?:myself|ourselves)",
        "i(?:'ve| have)? (?:just )?(?:found|figured out) the (?:setting|solution|answer|mistake|problem)",
        "(?:sorted|resolved|solved|fixed) itself",
    ),
    chases=(
        "any (?:update|news|progress|word|reply|response|answer)s?",
        "(?:could|can|may) (?:i|we|you) (?:please )?(?:get|have|give (?:me|us)) an update",
        "(?:an )?update,? please", "please (?:update me|send an update|advise on the status)",
        "following[- ]up (?:on|with|again|regarding)", "(?:i|we|to)(?: would like to| want to|'d like to)? follow up",
        "just following up", "checking in (?:on|again|with)", "(?:a|the) chance to (?:look|check|read)",
        "where (?:we|things|it|this) stands?", "(?:has|did) any(?:one|body) (?:looked?|checked?|read|seen)",
        "(?:an|any) eta", "chasing",
        "bump(?:ing)? this",
        "still (?:waiting|no (?:reply|response|answer|news|update)|have(?:n't| not) (?:heard|received))",
        "been waiting", "waiting (?:for|on) (?:an?|your|any) (?:answer|reply|response|update|feedback)",
        "waiting to hear", "(?:gentle|kind|friendly|just a) reminder", "is (?:any|some)(?:one|body) there",
        "(?:did|have) (?:you|(?:any|some)(?:one|body)) (?:receive|received|get|got|see|seen|read) my",
        r"(?:second|third|fourth|fifth|sixth|\d{1,2}(?:nd|rd|th)) (?:time|attempt|e-?mail|message"
        "|reminder)",
        "where is (?:my|our|the) (?:answer|reply|response|refund)", "did you receive (?:it|this)",
        "(?:have|has|had)(?:n't| not) (?:yet )?(?:heard|received) (?:back|anything|any|from you|a reply"
        "|an answer)",
        "(?:heard|received) nothing",
        "(?:no ?body|no[ -]one) (?:has )?(?:answered|replied|responded|called)",
        "(?:no|without|had no|not had) (?:an |a |any )?(?:answer|reply|response)",
        "when (?:will|can|do|should) (?:i|we) (?:hear|expect (?:an?|your|to hear)|get an answer|get a reply)",
        "did you manage to",
        "(?:could|can|will) (?:some|any)(?:one|body) (?:please )?(?:get back to|answer|reply to) (?:me|us)",
        "what(?:'s| is) the (?:status|progress)", "status (?:of|on) my",
    ),
    received=(
        "received (?:it|your|the)",
        "(?:request|message|e-?mail|ticket|enquiry|inquiry|case)(?: [^ ]{1,20})? (?:has been|was|is)"
        " (?:received|registered"
        "|created|logged|being (?:looked at|reviewed|processed))",
        "(?:am|are|is|be|i'm|we're) (?:now |already |still |currently )?(?:looking|checking|working"
        "|investigating)",
        "will (?:look|check|investigate|review|take a look)",
        "(?:have )?(?:forwarded|passed|escalated) (?:it|this|your)",
        "(?:message|request|e-?mail|enquiry) has arrived", "being processed",
        "has (?:been (?:forwarded|passed|escalated)|reached us)",
        "thank(?:s| you) for (?:contacting|reaching out|getting in touch|writing)",
        "thank(?:s| you) for your (?:message|e-?mail|request|enquiry|inquiry)",
        "(?:one|just a) (?:moment|second|minute)", "let me (?:check|(?:have|take) a look|look)",
    ),
    pleasantries=(
        "hi", "hello", "dear", "good (?:morning|afternoon|evening|day)",
        "thank(?:s| you) for your patience", "(?:we |i )?(?:apologi[sz]e|are sorry|am sorry|sorry)",
        "(?:please )?(?:be patient|bear with)", "automat(?:ic|ed)",
        "(?:do not|don't) (?:reply|answer|hesitate)",
        "(?:our team|we) (?:answers?|repl(?:y|ies)|responds?|will be)", "(?:kind |best )?regards", "best",
        "soon", "shortly", "as soon as", "your (?:ticket|case|reference) (?:number|id)",
    ),
    instructs=(
        "please (?!be patient|bear|note|allow|accept|wait|rest|do not|don't)", "click", "try", "go to",
        "open the", "restart", "reset", "you (?:can|could|need|will find)", "attached",
        "follow (?:the|these)", "could you", "can you", "send (?:me|us)", "let (?:me|us) know", "settings",
        "refunded", "replaced", "approved", "on (?:its|the) way", "the (?:cause|reason)",
    ),
    refuses=(
        rf"(?:we|i) ?{CANNOT} (?:[a-z]{{1,20}} )?{GIVE}",
        "unfortunately,? (?:this|that|it|a refund|your request) (?:is not|isn't|cannot be|can't be)"
        " (?:possible|available"
        "|refunded|accepted|eligible|covered|approved|granted)",
        "(?:is|are|was|were) not (?:eligible|entitled|covered|refundable)",
        "(?:against|not allowed (?:by|under)) our (?:policy|policies|terms)",
        "our (?:policy|policies|terms) (?:does|do) not (?:allow|permit)",
        "(?:have|had) to (?:decline|reject|refuse)",
        "request (?:for [^.!?\n]{1,40} )?(?:has been|was|is) (?:declined|rejected|denied|refused)",
        "no longer (?:covered|under warranty)", rf"(?:we|i) ?{CANNOT} make (?:an |any )?exceptions?",
        "(?:claim|application|complaint|appeal) (?:has been|was|is) (?:declined|rejected|denied|refused)",
        "(?:that|this) is (?:not|unfortunately not) possible(?=[,.;!]|$)",
    ),
    alternatives=(
        "instead(?! of)", "alternatively", "an alternative", "(?:what|but) (?:i|we) can (?:offer|do|propose)",
        "(?:we|i) (?:can|could|would like to|(?:are|am|would be) (?:happy|glad) to)(?: however| instead)? (?:offer|send"
        "|give|ship|provide|repair|exchange|replace)",
        "you (?:can|could|may)(?: also| still| however| always)? (?!not|see|find|read|check|contact)[a-z]{2,12}",
        "(?:how|what) about",
        "(?:a|another) (?:voucher|workaround|discount|way)", "half the price",
    ),
    hints=("will", "'ll", "shall", "going to", "promise to", "aim to"),
    commits=(
        rf"{WHO}{WILL} (?!not\b|never\b)(?:(?:then|also|definitely|certainly|surely|personally) )?"
        rf"(?:(?:check|look|ask)[^.!?\n]{{1,60}} and (?:will |i will |i'll )?)?{DOES}",
        "you(?: will|'ll) (?:hear (?:from|back)|(?:receive|get|have) (?:it|an?|the|your|our))",
        rf"(?:i|we) (?:promise|aim) to {DOES}", rf"(?:i|we) [^.!?\n]{{1,80}} and will {DOES}",
    ),
    conditions=("if", "unless", "in case", "should you", "provided", "wrote", "said"),
    depends=(
        "(?:once|when|after|as soon as|if|unless|provided(?: that)?) (?:you|your|the payment)(?! (?:agree|like))",
        "(?:once|when|after|as soon as) (?:we|i)(?: have|'ve)? (?:received?|get|got) (?:your|the (?:payment|item|parcel"
        "|form))",
    ),
    due=(
        rf"(?:{BY} )?(?:the )?end of (?:the |this )?(?:business )?(?:day|week|month|today|tomorrow)(?:"
        rf" {DAY})?",
        rf"(?:{BY} )?(?:eod|eob|cob|close of business)(?: (?:today|tomorrow|{DAY}))?",
        rf"(?:{BY} )?(?:(?:this|next) )?(?:{DAY}|tomorrow|tonight|today)(?: (?:morning|afternoon|evening"
        "|noon))?",
        rf"(?:{BY} )?(?:noon|midday)", rf"(?:{BY} )?(?:this|next) (?:morning|afternoon|evening|week|month)",
        rf"{BY} (?:the )?(?:{DATE}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd"
        "|th)?)",
        rf"(?:{BY}|at) {CLOCK} ?(?:am|pm|o'clock)",
        rf"(?:within|in|over) (?:the )?(?:next )?{COUNT} (?:(?:business|working|full) )?(?:minute|hour"
        "|day|week)s?",
        "within the (?:hour|week)",
    ),
    vague=(
        "soon", "shortly", "asap", "as soon as", "in due course", "when we hear", "once (?:we|i|it)", "later",
        "at the earliest", "quickly", "in a (?:few|couple of) (?:minutes|hours|days)", "in the near future",
    ),
    calendar=calendar.ENGLISH,
)  # fmt: skip
