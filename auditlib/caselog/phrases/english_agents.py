"""English: what agents say. What each of them is for: `Pack`."""

from auditlib.caselog.phrases.english_words import (
    ABOUT,
    ABOUT_KNOWING,
    BY,
    CAN_NOT,
    COUNT,
    DAY,
    DOES,
    ELSEWHERE,
    FOUND,
    GIVE,
    HANDED,
    IS_DONE,
    MATTER,
    MONTH,
    PLANS,
    QUEUE,
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
    "thank(?:s| you)(?: [a-z]{2,6}){0,2} for (?:getting in (?:touch|contact)|being in touch|coming to us|the"
    " (?:details|information"
    "|photos?|pictures?|files?|documents?|message|report|call)|(?:taking|making) the (?:time|effort)|(?:sending"
    "|sharing|providing|submitting))",
    "appreciate (?:you|your|the|that you) (?:letting us know|contacting|message|report|patience|feedback|telling"
    "|taking|sharing)",
    "(?:is|are|am|'m|'re) (?:[a-z]{2,9} )?(?:processing|analy[sz]ing|handling|verifying|assessing|dealing with"
    "|going through"
    "|consulting|reading|passing|forwarding|escalating|on (?:it|this|the case))",
    rf"(?:been |is |are |was |have been )?(?:added to|put (?:in|on|into)|placed (?:in|on)) (?:our|the|a)"
    rf" (?:[a-z]{{2,10}} )?{QUEUE}",
    "(?:have|has|'ve) (?:now |just )?(?:opened|created|raised|started|set up|filed) (?:an? |the |your"
    " )?(?:[a-z]{2,10} )?"
    "(?:ticket|case|request|claim|investigation|report|incident)",
    "(?:checking|looking|investigating|on it)(?=[.,!]|$)",
    "(?:will|'ll) (?:examine|find out|get someone)",
    "(?:message|mail|e-?mail|request|photos?|files?|documents?|form|enquiry|letter) (?:(?:has|have|was|is)"
    " (?:[a-z]{2,8} )?)?"
    "(?:received|reached (?:us|me)|arrived|landed|got through)", "bear with (?:me|us)",
    "automat(?:ic|ed) (?:confirmation|reply|message|response|e-?mail|acknowledge?ment)",
    "leave (?:it|this) with (?:me|us)",
    "(?:consulting|liaising|speaking|talking|checking|following up) with (?:our|the|my)",
    "(?:will|'ll) (?:ask|speak to|talk to|consult|forward|pass|escalate|raise)(?: (?:it|this|your [a-z]{2,12}|with"
    "|to|on|my|our|the))",
)  # fmt: skip

PLEASANTRIES = (
    "hi", "hello", "dear", "good (?:morning|afternoon|evening|day)",
    "thank(?:s| you) for (?:your patience|waiting|bearing)", "high (?:number|volume)", "(?:please )?allow (?:us|me)",
    "(?:we |i )?(?:apologi[sz]e|are sorry|am sorry|sorry)",
    "(?:please )?(?:be patient|bear with)", "automat(?:ic|ed)",
    "(?:do not|don't) (?:reply|answer|hesitate)",
    "(?:our team|we) (?:answers?|repl(?:y|ies)|responds?|will be)", "(?:kind |best )?regards", "best",
    "soon", "shortly", "as soon as", "your (?:ticket|case|reference)(?: (?:number|id))?",
    "(?:will|'ll) (?:be (?:handled|reviewed|processed|looked at|dealt with|answered)|respond in turn)",
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
    rf"(?:there is|there's|i see|we see|i have|we have) no (?:way|possibility|option|chance|means)"
    rf" (?:for us )?(?:of|to) (?!{ABOUT})[a-z]{{2,15}}",
    "(?:is|are|was|were|'s) (?:unfortunately |sadly |simply |just )?(?:not|n't|no longer) (?:an? |really an?"
    " )?(?:option|possibility"
    "|feasible|in (?:our|my) power|within our power)", "(?:isn't|aren't) (?:really )?(?:an )?(?:option|feasible)",
    "(?:i|we) (?:have|had|need|must)(?: to)? (?:say no|deny)", "no can do",
    "(?:does|do|did)(?: not|n't) (?:meet|fulfil+|satisfy|qualify|fall (?:under|within)|entitle|comply)",
    "(?:against|violates?|contrary to|not in line with) (?:our |the |company |internal |legal ){0,2}(?:rules?"
    "|policy|policies|terms"
    "|regulations?|guidelines?|law)", "(?:sales?|sale items|reduced items|all sales) (?:are |is )?final",
    "no (?:refunds?|exceptions?)(?! (?:is|are|was|were)? ?(?:needed|required|necessary))(?: (?:are|is|can|on|for"
    "|after|possible)|[.,;!])",
    "(?:i|we) (?:no longer|don't|do not) (?:deliver|sell|stock|carry|hand out|disclose|accept|match|reimburse"
    "|refund|repair|serve)",
    "(?:impossible|not (?:willing|prepared|allowed|permitted|authori[sz]ed))(?: for (?:us|me))? to "
    rf"(?!{ABOUT})[a-z]{{2,15}}", r"(?:i|we) (?:can only|could only) (?:refuse|decline)",
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
    "(?:i|we)(?: can| could| might|'d| would| have)(?: [a-z]{2,9}ly| however| still| instead| also| be (?:happy"
    "|glad|able) to){0,2}"
    " (?:offer|send|give|ship|provide|repair|exchange|replace|sell|add|arrange|lend|book|switch|put|credit|let you"
    "|reserved?"
    "|move|change|propose|suggest|extend|hold|keep|reduce|waive|accept|include|help|order)",
    "(?:the )?(?:best|most|closest|nearest|least) (?:thing )?(?:[a-z]{1,10} )?(?:i|we) (?:can|could|have)",
    "if you (?:like|want|wish|prefer|agree)", "what (?:you|we|i) (?:can|could|might) (?:do|offer|try|propose)",
    "(?:the|an|another|other|following) (?:option|possibility|alternative|choice|solution)s?",
    "as an? (?:alternative|compromise|exception|gesture|compensation)", "feel free to",
    "(?:can|could|may) (?:i|we) (?:suggest|offer|recommend)",
    "(?:many|most|some|other) (?:of our )?(?:customers|people|users|guests) (?:use|choose|take|go|prefer|do|buy)",
    "(?:meet you )?half ?way", "in (?:its|their|your) place",
    "(?:a|an) (?:similar|cheaper|smaller|different|equivalent|refurbished) [a-z]{3,15}",
    "(?:are free to|ha(?:ve|s) the (?:option|possibility|choice)|may want to|might want to)",
    "would you (?:like|prefer|be interested)",
    "(?:shall|should|may|can) (?:i|we) (?:send|offer|book|arrange|put|move|switch|order|reserve)",
    "(?:there is|there's|there are|(?:we|i) (?:do |also |still )?have)(?: however| also| still)? (?:an?|another"
    "|one|some|other|several|two)"
    " (?!policy|rule|problem|limit|fee|deadline|reason|legal|strict|clear|duty|lot|chance|way)[a-z]{3,15}",
    "please (?:contact|ask|turn to|use|try|choose|see|check with|consider|take|call|visit)(?! us| me| note| care)",
    "as an? (?:small |little )?(?:gesture|token|sign|apology|courtesy)",
)  # fmt: skip

HINTS = (
    "will", "'ll", "shall", "going to", "promise to", "aim to", "plan to", "intend to", "ing to", "expect",
)  # fmt: skip

COMMITS = (
    rf"{WHO}{WILL} (?!not\b|never\b)(?:(?:then|also|definitely|certainly|surely|personally) )?"
    rf"(?:(?:check|look|ask)[^.!?\n]{{1,60}} and (?:will |i will |i'll )?)?{DOES}",
    "you(?: will|'ll) (?:hear (?:from|back)|(?:receive|get|have) (?:it|an?|the|your|our))",
    rf"(?:your|the|this) (?:[a-z]{{1,15}} ){{0,2}}{MATTER}(?: [a-z]{{1,15}}){{0,2}}{WILL} be {IS_DONE}",
    "(?<!can )expect (?:a call|an answer|a reply|an e-?mail)", rf"(?:i|we) (?:promise|aim) to {DOES}",
    rf"(?:i|we) [^.!?\n]{{1,80}} and will {DOES}",
    rf"{WHO}(?:{WILL}|{PLANS}) (?!{ELSEWHERE})(?:(?:then|also|definitely|certainly|surely|personally|gladly|happily) )?"
    r"[a-z]{2,15}",
    "(?<!can )(?<!to )(?<!we )(?<!i )expect (?:the|your|our|it|my)(?: [a-z]{2,12}){0,3} (?:by|on|within|in"
    "|tomorrow|today|before|until)",
    "you(?: will|'ll) (?:have|get|receive|be sent|be given) (?:my|more|news|word|this|confirmation|everything|another)",
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
    "within the (?:hour|week)", rf"give me {COUNT} (?:minute|hour|day)s?",
    rf"(?:{BY} )?close of play(?: (?:today|tomorrow|{DAY}))?",
    "this week",
)  # fmt: skip

VAGUE = (
    "soon", "shortly", "asap", "as soon as", "in due course", "when we hear", "once (?:we|i|it|our|the|they)",
    "as quickly as", "later",
    "at the earliest", "quickly", "in a (?:few|couple of) (?:minutes|hours|days)", "in the near future",
    "keep you (?:posted|updated|informed|in the loop)",
    "(?:in|over|within) the (?:coming|next)(?: few)? (?:days|weeks|hours)",
    "at the (?:earliest|first|next)", "when (?:i|we) (?:know|have|get)", "the moment", "promptly", "without delay",
)  # fmt: skip
