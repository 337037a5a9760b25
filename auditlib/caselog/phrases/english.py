"""English."""

from auditlib.caselog.phrases import calendar
from auditlib.caselog.phrases.english_words import (
    ABOUT_KNOWING,
    BY,
    CAN_NOT,
    COUNT,
    DAY,
    DOES,
    DONE,
    GIVE,
    HANDED,
    IS_DONE,
    KIND,
    MATTER,
    MONTH,
    NOW,
    SAID,
    SERVICE,
    TROUBLE,
    WHO,
    WILL,
    WILL_NOT,
)  # fmt: skip
from auditlib.caselog.phrases.pack import CLOCK, DATE, Pack

ENGLISH = Pack(
    version="en.4",
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
        "(?:that|this|it|the new [a-z]{2,15}) (?:did (?:it|the trick)|helped|does the trick|(?:solved|fixed"
        "|sorted) (?:it|that))",
        "(?:problem|issue) (?:solved|fixed|sorted|resolved)", "works? like a charm",
        "(?:the|my|our) (?:[a-z]{2,15} ){1,2}(?:is|are) (?:fine|ok|okay|correct|right|complete) (?:now|again)",
        "everything is (?:complete|in order|fine|ok|okay|there)(?: now| again)?",
        "[a-z]{2,15} is working (?:again|now|for (?:everybody|everyone|all of us|me|us))",
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
        "until", "(?<!at )once", "unless", "before", "but", "on and off", "(?<!as )(?:you|he|she|they"
        "|colleague) (?:said|says?|told (?:me|us)|wrote|claims?"
        "|claimed)", "except", "however", "although", "though", "still",
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
        "(?:is|has)(?:n't| not) been (?:solved|fixed|resolved)", "is(?:n't| not) (?:solved|fixed|resolved) at all",
        rf"(?:the|this|that|my|our) {TROUBLE} (?:has |have )?(?:returned|re-?appeared|recurred|come back)",
        "(?:has|have) (?:re-?appeared|recurred)",
        "(?:has|have|is|it) (?:failed|broken|broke|stopped(?: working)?|down|happened) (?:once more|yet again|again)",
        rf"(?:exactly |just )?the same {TROUBLE} (?:as|that|which"
        rf"|again)", "i am writing (?:to you )?again (?:because|about|as|since)",
        "(?:open|re-?open) (?:my|this|the) (?:ticket|case|request)(?: again)?", "you (?:have )?closed (?:this|it)",
        "(?:promised|assured|told)(?: me| us)?(?: that)? (?:this|it) (?:was|had been|is|has been)"
        " (?:settled|fixed|solved|sorted|done|resolved)",
        "(?<![,a-z] )as before(?=,)",
        "(?:you|somebody|someone) (?:have |has )?closed my (?:request|ticket|case)",
        "my (?:previous|earlier|old|closed|last) (?:request|ticket|case)",
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
        "(?:no longer|don't|do not) need (?:it|this|that)(?: any ?(?:more|longer))?(?=[.,!;]|$| thank)",
        "no longer (?:wish|want) to (?:pursue|continue|proceed with) (?:this|it|the|my)",
        "(?<!no )(?<!not a )false alarm", "scratch that", "drop (?:the|this|my) (?:matter|case|issue|complaint|claim)",
        "(?:my|this|the) (?:request|ticket|question|enquiry|matter|complaint) (?:is|has become) (?:obsolete"
        "|moot|settled"
        "|no longer (?:relevant|needed|necessary))",
        "no need (?:to|for you to) (?:answer|reply|respond|get back|call|do anything)",
        "(?:this|it|the ticket|my ticket|my request) can be closed",
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
        "(?:no|without|had no|not had) (?:an |a |any )?(?:answer|reply|response|reaction)(?! (?:is "
        "|was )?(?:needed|required"
        "|necessary))", "still nothing", "why (?:is|has|does) (?:nobody|no[ -]one)",
        "(?:what is|what's) (?:happening|going on) with (?:my|our|the|this)",
        "how (?:much )?long(?:er)? (?:will|is|does) (?:this|it|that) (?:take|going to take|last)",
        "(?:can|could|will) (?:some|any)(?:one|body) (?:please )?look (?:at|into) (?:this|it|my)",
        "(?<!not )(?<!n't )(?<!longer )(?:appreciate|like|expect|need|love) (?:an?|your) (?:response|reply"
        "|answer|update"
        "|reaction)",
        "(?:was|were|has|have) my (?:last |previous |first )?(?:message|e-?mail|mail|letter)s? (?:been )?(?:read|seen"
        "|received|noticed)",
        "please (?:respond|answer|reply)(?=[.!,;]|$| (?:to (?:me|my e-?mail|my message)|as soon|asap|urgently"
        "|today|now))",
        "when (?:will|can|do|should) (?:i|we) (?:hear|expect (?:an?|your|to hear)|get an answer|get a reply)",
        "did you manage to",
        "(?:could|can|will) (?:some|any)(?:one|body) (?:please )?(?:get back to|answer|reply to) (?:me|us)",
        "what(?:'s| is) the (?:status|progress)", "status (?:of|on) my",
    ),
    received=(
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
        "(?:message|request|e-?mail|enquiry) has arrived", "being processed",
        "has (?:been (?:forwarded|passed|escalated)|reached us)",
        "thank(?:s| you) for (?:contacting|reaching out|getting in touch|writing)",
        rf"thank(?:s| you) for your {SAID}", "thank(?:s| you) for (?:bringing|reporting|letting us know|telling us)",
        "(?:one|just a) (?:moment|second|minute)", "let me (?:check|(?:have|take) a look|look)",
    ),
    pleasantries=(
        "hi", "hello", "dear", "good (?:morning|afternoon|evening|day)",
        "thank(?:s| you) for (?:your patience|waiting)", "(?:please )?allow (?:us|me)",
        "(?:we |i )?(?:apologi[sz]e|are sorry|am sorry|sorry)",
        "(?:please )?(?:be patient|bear with)", "automat(?:ic|ed)",
        "(?:do not|don't) (?:reply|answer|hesitate)",
        "(?:our team|we) (?:answers?|repl(?:y|ies)|responds?|will be)", "(?:kind |best )?regards", "best",
        "soon", "shortly", "as soon as", "your (?:ticket|case|reference)(?: (?:number|id))?",
    ),
    instructs=(
        "please (?!be patient|bear|note|allow|accept|wait|rest|do not|don't)", "click", "try", "go to",
        "open the", "restart", "reset", "you (?:can|could|need|will find)", "attached",
        "follow (?:the|these)", "could you", "can you", "send (?:me|us)", "let (?:me|us) know", "settings",
        "refunded", "replaced", "approved", "on (?:its|the) way", "the (?:cause|reason)",
    ),
    refuses=(
        rf"(?:we|i) ?{CAN_NOT} (?!{ABOUT_KNOWING}\b)(?:[a-z]{{1,12}}ly )?[a-z]{{2,15}}"
        r"(?![^.!?\n]{0,80}\b(?:until|unless|before|yet)\b)",
        rf"(?:we|i) ?(?:{CAN_NOT}|{WILL_NOT}) (?:[a-z]{{1,20}} )?{GIVE}",
        rf"(?:this|that|it|your request|{SERVICE})(?: [^.!?\n]{{1,40}})? (?:is|are)(?: [a-z]{{1,15}})?"
        r"(?: not|n't)(?: [a-z]{1,15})? (?:possible|offered|granted|allowed|permitted|accepted|eligible|refundable)"
        r"(?![^.!?\n]{0,40}\b(?:before|until|yet)\b)",
        rf"{SERVICE}(?: [^.!?\n]{{1,40}})? (?:is|are)(?: not|n't) available",
        "unfortunately,? (?:this|that|it|a refund|your request) (?:is not|isn't|cannot be|can't be)"
        " (?:possible|available"
        "|refunded|accepted|eligible|covered|approved|granted)",
        "(?:is|are|was|were) not (?:eligible|entitled|covered|refundable|included|part of your)",
        "(?:excluded from|not included in|not part of) (?:the|your|our)",
        "(?:warranty|guarantee|insurance|cover|contract|plan) (?:does not|doesn't) (?:apply|cover|include|extend)",
        "(?:against|not allowed (?:by|under)|not) our (?:policy|policies|terms|practice)",
        "our (?:policy|policies|terms|rules?) (?:does|do|will) not (?:allow|permit)",
        "(?:have|had|need|must)(?: to)? (?:decline|reject|refuse|turn down)",
        "(?:request|claim|application|complaint|appeal)(?: for [^.!?\n]{1,40})? (?:has been|was|is|were)"
        " (?:declined|rejected|denied|refused|turned down|dismissed|not (?:upheld|approved|granted|accepted))",
        "no longer (?:covered|under warranty)",
        "(?:that|this) is (?:not|unfortunately not) possible(?=[,.;!]|$)",
        "(?:is|are)(?:n't| not) something (?:that )?(?:we|i) (?:can|could|do|offer|support|provide)",
        "out of the question", "nothing (?:more|else|further)?(?: that)? ?(?:we|i) can do",
    ),
    alternatives=(
        "instead(?! of)", "alternatively", "an alternative", "(?:what|but) (?:i|we) can (?:offer|do|propose)",
        "(?:we|i) (?:can|could|would like to|(?:are|am|would be) (?:happy|glad) to)"
        "(?:,? (?:however|instead|still),?)? (?:offer"
        "|send|give|ship|provide|repair|exchange|replace|sell|add|arrange|lend|book|switch|put|credit)",
        "you (?:can|could|may|might(?: want to| like to| wish to)?)(?: also| still| however| always)?"
        " (?!not|see|find|read|check|contact)[a-z]{2,12}",
        "(?:how|what) about", "you(?:'re| are) welcome to", "(?:another|one) (?:option|possibility)",
        "(?:we|i) (?:would )?(?:suggest|recommend|propose)", "have you (?:considered|thought of)", "why not",
        "(?:a|another) (?:voucher|workaround|discount(?= (?:of|on))|way)", "half the price",
    ),
    hints=("will", "'ll", "shall", "going to", "promise to", "aim to"),
    commits=(
        rf"{WHO}{WILL} (?!not\b|never\b)(?:(?:then|also|definitely|certainly|surely|personally) )?"
        rf"(?:(?:check|look|ask)[^.!?\n]{{1,60}} and (?:will |i will |i'll )?)?{DOES}",
        "you(?: will|'ll) (?:hear (?:from|back)|(?:receive|get|have) (?:it|an?|the|your|our))",
        rf"(?:your|the|this) (?:[a-z]{{1,15}} ){{0,2}}{MATTER}(?: [a-z]{{1,15}}){{0,2}}{WILL} be {IS_DONE}",
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
