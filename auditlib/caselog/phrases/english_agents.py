"""English: what agents say. What each of them is for: `Pack`."""

from auditlib.caselog.phrases.english_words import (
    ABOUT_KNOWING,
    BY,
    CAN_NOT,
    COUNT,
    DAY,
    DOES,
    FOUND,
    GIVE,
    HANDED,
    IS_DONE,
    MATTER,
    MONTH,
    SAID,
    SERVICE,
    WHO,
    WILL,
    WILL_NOT,
)  # fmt: skip
from auditlib.caselog.phrases.pack import CLOCK, DATE

RECEIVED = (
    rf"(?:received|got|seen) (?:it|(?:your|the) {SAID})",
    rf"{SAID}(?: [^ ]{{1,20}})? (?:has been|was|is) (?:received|registered|created|logged|noted"
    rf"|being (?:looked at|reviewed|processed)|{HANDED}|in (?:the|our) queue)",
    "(?:am|are|is|be|i'm|we're|we are) (?:now |already |still |currently )?(?:looking|checking|working"
    "|investigating|reviewing|examining|taking care of|on it)",
    "(?:will|'ll|going to) (?:look|check|investigate|review|(?:take|have) a (?:closer )?look|take care of"
    "|pick (?:it|this) up|deal with (?:it|this))", rf"(?:have |'ve )?{HANDED} (?:it|this|your)",
    "(?:i've|i have|we've|we have) (?:raised|reported|flagged|discussed) (?:it|this)",
    "(?:i've|i have|we've|we have) asked (?:my|our|the) (?:colleagues?|team|[a-z]{2,15} (?:team|department))",
    "while (?:i|we) (?:look|check|investigate)",
    rf"(?:confirm|acknowledge) (?:the )?receipt(?: of (?:your|the) {SAID})?",
    "is (?:now )?with (?:our|the|my) (?:[a-z]{2,15} ){0,2}(?:team|department|colleagues?|specialists?)",
    rf"(?:have|has|'ve) (?:now |just )?(?:logged|noted|registered|recorded|taken over) (?:this|it|your"
    rf"|the)(?: {SAID})?",
    "(?:pulling up|reading through|going through) (?:your|it|the|this)", "in the order of arrival",
    "(?:handle|process|deal with|attend to) (?:it|this)",
    "(?:message|request|e-?mail|enquiry) has arrived", "being processed",
    "has (?:been (?:forwarded|passed|escalated)|reached us)",
    "thank(?:s| you) for (?:contacting|reaching out|getting in touch|writing)",
    rf"thank(?:s| you) for your {SAID}", "thank(?:s| you) for (?:bringing|reporting|flagging|raising"
    "|pointing|letting us know|telling us)",
    "(?:one|just a) (?:moment|second|minute)", "let me (?:check|(?:have|take) a look|look)",
)  # fmt: skip

PLEASANTRIES = (
    "hi", "hello", "dear", "good (?:morning|afternoon|evening|day)",
    "thank(?:s| you) for (?:your patience|waiting|bearing)", "high (?:number|volume)", "(?:please )?allow (?:us|me)",
    "(?:we |i )?(?:apologi[sz]e|are sorry|am sorry|sorry)",
    "(?:please )?(?:be patient|bear with)", "automat(?:ic|ed)",
    "(?:do not|don't) (?:reply|answer|hesitate)",
    "(?:our team|we) (?:answers?|repl(?:y|ies)|responds?|will be)", "(?:kind |best )?regards", "best",
    "soon", "shortly", "as soon as", "your (?:ticket|case|reference)(?: (?:number|id))?",
)  # fmt: skip

INSTRUCTS = (
    "please (?!be patient|bear|note|allow|accept|wait|rest|do not|don't)", "click", "try", "go to",
    "open the", "restart", "reset", "you (?:can|could|need|will find)", "attached",
    "follow (?:the|these)", "could you", "can you", "send (?:me|us)", "let (?:me|us) know", "settings",
    "refunded", "replaced", "approved", "on (?:its|the) way", "the (?:cause|reason)",
)  # fmt: skip

REFUSES = (
    rf"(?:we|i) ?{CAN_NOT} (?!{ABOUT_KNOWING}\b)(?:[a-z]{{1,12}}ly )?[a-z]{{2,15}}"
    r"(?![^.!?\n]{0,80}\b(?:until|unless|before|yet)\b)",
    rf"(?:we|i) ?(?:{CAN_NOT}|{WILL_NOT}) (?:[a-z]{{1,20}} )?{GIVE}",
    rf"(?:this|that|it|your request|{SERVICE})(?: [^.!?\n]{{1,40}})? (?:is|are)(?: [a-z]{{1,15}})?"
    r"(?: not|n't)(?: [a-z]{1,15})? (?:possible|offered|granted|allowed|permitted|accepted|eligible|refundable)"
    r"(?![^.!?\n]{0,40}\b(?:before|until|yet)\b)",
    rf"{SERVICE}(?: [^.!?\n]{{1,40}})? (?:is|are)(?: not|n't) available",
    rf"(?:cannot|can not|can't|may not|will not|won't) be (?!{FOUND}\b)[a-z]{{3,12}}(?:ed|en|ut|ld)\b"
    r"(?![^.!?\n]{0,60}\b(?:until|unless|before|yet)\b)",
    rf"(?:we|i) ?(?:will not|won't|are not|'re not|am not|'m not) (?:be )?(?:going to )?{GIVE}",
    "(?:is|are)(?: not|n't| no longer) (?:possible|permitted|allowed|refundable|transferable)"
    r"(?![^.!?\n]{0,40}\b(?:before|until|yet|unless)\b)", "non-?(?:refundable|transferable|returnable)",
    "your (?!payment|card|transaction)(?:[a-z]{1,15} ){1,7}(?:has|have|was|were|is) (?:unfortunately |sadly "
    "|therefore )?"
    "(?:been )?(?:denied|declined|rejected|refused|turned down)", "(?:we|i) do(?:n't| not) (?:give|make|ship|issue)",
    "(?:see|have|find) no (?:grounds|basis|reason)", "(?:have|had) to disappoint", "afraid (?:that )?not",
    "unfortunately,? (?:this|that|it|a refund|your request) (?:is not|isn't|cannot be|can't be)"
    " (?:possible|available"
    "|refunded|accepted|eligible|covered|approved|granted)",
    "(?:is|are|was|were) not (?:eligible|entitled|covered|refundable|included|part of your)",
    "(?:excluded from|not included in|not part of) (?:the|your|our)",
    "(?:warranty|guarantee|insurance|cover|contract|plan|tariff|subscription|package"
    "|price|fare) (?:does not|doesn't) (?:apply|cover|include|extend|entitle)",
    "(?:against|not allowed (?:by|under)|not) our (?:policy|policies|terms|practice)",
    "our (?:policy|policies|terms|rules?) (?:does|do|will) not (?:allow|permit)",
    "(?:have|had|need|must)(?: to)? (?:decline|reject|refuse|turn down)",
    "(?:request|claim|application|complaint|appeal)(?: for [^.!?\n]{1,40})? (?:has been|was|is|were)"
    " (?:declined|rejected|denied|refused|turned down|dismissed|not (?:upheld|approved|granted|accepted))",
    "no longer (?:covered|under warranty)",
    "(?:that|this) is (?:not|unfortunately not) possible(?=[,.;!]|$)",
    "(?:is|are)(?:n't| not) something (?:that )?(?:we|i) (?:can|could|do|offer|support|provide)",
    "out of the question", "nothing (?:more|else|further)?(?: that)? ?(?:we|i) can do",
)  # fmt: skip

ALTERNATIVES = (
    "instead(?! of)", "alternatively", "an alternative", "(?:what|but) (?:i|we) can (?:offer|do|propose)",
    "(?:we|i) (?:can|could|would like to|(?:are|am|would be) (?:happy|glad) to)"
    "(?:,? (?:however|instead|still),?)? (?:offer"
    "|send|give|ship|provide|repair|exchange|replace|sell|add|arrange|lend|book|switch|put|credit)",
    "you (?:can|could|may|might(?: want to| like to| wish to)?)(?: also| still| however| always)?"
    " (?!not|see|find|read|check|contact)[a-z]{2,12}",
    "(?:how|what) about", "you(?:'re| are) welcome to", "(?:another|one) (?:option|possibility)",
    "(?:gesture of )?good ?will", "(?:perhaps|maybe) (?:you|your|we|the)",
    "would (?:an?|the|another) [^.!?\n]{1,40} (?:work|help|do)",
    "(?:we|i) (?:would )?(?:suggest|recommend|propose)", "have you (?:considered|thought of)", "why not",
    "(?:a|another) (?:voucher|workaround|discount(?= (?:of|on))|way)", "half the price",
)  # fmt: skip

HINTS = ("will", "'ll", "shall", "going to", "promise to", "aim to", "expect")  # fmt: skip

COMMITS = (
    rf"{WHO}{WILL} (?!not\b|never\b)(?:(?:then|also|definitely|certainly|surely|personally) )?"
    rf"(?:(?:check|look|ask)[^.!?\n]{{1,60}} and (?:will |i will |i'll )?)?{DOES}",
    "you(?: will|'ll) (?:hear (?:from|back)|(?:receive|get|have) (?:it|an?|the|your|our))",
    rf"(?:your|the|this) (?:[a-z]{{1,15}} ){{0,2}}{MATTER}(?: [a-z]{{1,15}}){{0,2}}{WILL} be {IS_DONE}",
    "(?<!can )expect (?:a call|an answer|a reply|an e-?mail)", rf"(?:i|we) (?:promise|aim) to {DOES}",
    rf"(?:i|we) [^.!?\n]{{1,80}} and will {DOES}",
)  # fmt: skip

CONDITIONS = ("if", "unless", "in case", "should you", "provided", "wrote", "said")  # fmt: skip

DEPENDS = (
    "(?:once|when|after|as soon as|if|unless|provided(?: that)?) (?:you|your|the payment)(?! (?:agree|like))",
    "(?:once|when|after|as soon as) (?:we|i)(?: have|'ve)? (?:received?|get|got) (?:your|the (?:payment|item|parcel"
    "|form))",
)  # fmt: skip

DUE = (
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
)  # fmt: skip

VAGUE = (
    "soon", "shortly", "asap", "as soon as", "in due course", "when we hear", "once (?:we|i|it|our|the|they)",
    "as quickly as", "later",
    "at the earliest", "quickly", "in a (?:few|couple of) (?:minutes|hours|days)", "in the near future",
)  # fmt: skip
