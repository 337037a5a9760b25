"""English: how customers say that they are pleased. What each of them is for: `Pack`."""

from auditlib.caselog.phrases.english_words import (
    AGAIN,
    FRIEND,
    GOOD,
    KIND,
    MENDED,
    NOW,
    PLAIN,
    PRAISED,
    RUNS,
    SOUND,
    SUBJECT,
    SURELY,
    TAIL,
    THANK,
    TROUBLE,
    WORKS,
)

THANKS = (
    rf"{THANK} for {GOOD}ing(?: (?:that|{PLAIN})){{0,5}}",
    rf"{THANK} for (?:all )?(?:your|the|this|that|such)(?: an?)?(?: {PLAIN}){{1,5}}",
    "thank you(?: so| very)? (?:much|kindly)", "much obliged", "ta", "kudos", "bravo", "well done", "merci", "grazie",
    "(?:nice|good|great|super|top|lovely) (?:one|work|job|stuff|thing)", "superb?", "cool", "spot on", "nice",
    rf"(?:you(?:'?re| are) )?an? (?:(?:real|true|absolute|total) )?{PRAISED}",
    "(?:you(?:'ve| have)? )?(?:really )?(?:saved|made) my (?:day|week|weekend|life|evening)", "god bless(?: you)?",
    "thanks", "thank (?:you|u)", "thx", "ty", "many thanks", "cheers", "much appreciated",
    "appreciated", "(?:i|we) (?:really )?appreciate (?:it|that|this|your (?:help|support|time))",
    "perfect", "excellent", "great(?: (?:help|job|service|support|work|news))?", "awesome", "wonderful",
    "fantastic", "brilliant", "amazing", "lovely", "you(?:'re| are) (?:the best|great|amazing|awesome)",
    "you rock", "you guys (?:are (?:the best|great|amazing|awesome)|rock)",
    "very helpful", "you (?:have been|were) (?:very |so |really )?helpful",
)  # fmt: skip

CONFIRMS = (
    rf"(?:it|that|this|everything|all)(?:'s| is|s| has been| was)? (?:now |all |fully )?{WORKS}{NOW}",
    "(?:that|this|it|the new [a-z]{2,15}) (?:did (?:it|the trick)|helped|does the trick|(?:solved|fixed"
    "|sorted) (?:it|that))",
    "(?:problem|issue) (?:solved|fixed|sorted|resolved)", "works? like a charm",
    "(?:the|my|our) (?:(?!old|previous|first|next)[a-z]{2,15} ){1,3}(?:is|are|has been|have been) (?:now )?(?:fixed"
    "|repaired|unlocked|solved|resolved|sorted|working|back to normal|restored)(?: now| again| on (?:our"
    "|my) (?:side|end))?",
    "(?:the|your|that) (?:(?!old|previous|first|next)[a-z-]{2,15} ){1,5}(?:worked|helped|did it|did the trick)",
    "(?:the|my|our) (?:[a-z]{2,15} ){1,2}(?:is|are) (?:fine|ok|okay|correct|right|complete) (?:now|again)",
    "everything is (?:complete|in order|fine|ok|okay|there)(?: now| again)?",
    "[a-z]{2,15} is working (?:again|now|for (?:everybody|everyone|all of us|me|us))",
    rf"(?:the|my) (?:problem|issue|error) (?:is|has been|was) (?:now )?(?:{WORKS}|gone)(?: now| out)?"
    "(?: for (?:me|us))?",
    "(?:the|my) [a-z]{2,15} (?:works?|is working|runs?|is running|loads?|opens?|starts?)(?: now)?"
    " (?:again|now|fine)",
    "all (?:good|fine|sorted|set|well) now",
)  # fmt: skip

DONE = (
    rf"(?:yes,? )?{WORKS}{NOW}", "(?:yes,? )?all (?:is )?(?:good|fine|sorted|set|well)(?: now)?",
    "up and running(?: again)?",
    "(?:yes|yep|yeah),? (?:it|that|this) (?:has |did )?(?:sorted|solved|fixed|helped|worked|did)(?: it| that| the"
    " trick)?",
)  # fmt: skip

SETTLES = (
    "(?:please |you (?:can|may) (?:now )?)close (?:(?:the|this|my) (?:ticket|case|request"
    "|issue)|this|it)",
    "never ?mind", "i (?:found|solved|fixed|sorted) (?:it|the [a-z]{1,12})(?: out)?(?: myself)?",
    "it has sorted itself out",
    "please (?:ignore|disregard) (?:this|my (?:request|message|e-?mail|ticket))",
    "(?:it is |it's |this is )?no longer (?:needed|required|necessary|relevant)",
)  # fmt: skip

FILLERS = (
    "(?:impressed|delighted|satisfied|thrilled|relieved|grateful|obliged|thankful)", PRAISED, FRIEND,
    "(?:that|this|it)(?:'?s| is| was)? (?:all|exactly|just|precisely)(?: what)? (?:i|we) (?:needed|wanted)(?: to"
    " know)?",
    "(?:that|this|it) (?:answers?|answered|clears?|cleared|clarifies|clarified|explains|explained)"
    "(?: (?:my|our|all|the|it|this|that|everything|things|questions?|up|perfectly|of))"
    "{0,4}", "as (?:usual|always|ever)", "ever so much", "from (?:me|us|all of us)",
    "i (?:just )?(?:wanted|want|would like|'d like) to (?:say|express)",
    "(?:quick|big|huge|heartfelt|special|note|say)",
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
    "(?:with|for|to|of|the|your|a|in|on|my|me|us|our|this|is|was|were|have|has|been|we|i|am|are|i'm|it)",
    "(?:ever|kindly|truly|sincerely|greatly|hugely|swift|quick|prompt|fast|friendly|stuff|top|super|good|nice|kind)",
    "(?:service|support|help|response|reply|answer|effort|work|advice|patience|time|day|news|info|everybody)",
    "(?:will do|received|got|glad|happy|relieved|grateful|pleased|today|already|finally|too|also)",
)  # fmt: skip

TAKES_BACK = (
    "not", "no", "never", "cannot", "can't", "isn't", "doesn't", "didn't", "won't", "if", "when",
    "until", "(?<!at )once", "unless", "before", "but", "on and off", "(?<!as )(?:you|he|she|they"
    "|colleague) (?:said|says?|told (?:me|us)|wrote|claims?"
    "|claimed)", "except", "(?:page|site|system|app) says",
    "however", "although", "though", "still",
    "hope", "hopefully", "should", "would", "partly", "partially", "almost", "sometimes",
    "for a (?:day|while|week)", "yesterday", "at first", "used to", "same problem", "back", "nothing",
    "another", "how", "waiting", "wait",
)  # fmt: skip

IMPROVES = (
    rf"{SUBJECT}(?:is |are |'s )?{RUNS}(?: [a-z]{{2,10}})? {AGAIN}{TAIL}",
    rf"{SUBJECT}(?:has|have) {SURELY}been {MENDED}{TAIL}",
    rf"{SUBJECT}(?:is|are|'s) {SURELY}(?:{MENDED}|{SOUND}) {AGAIN}{TAIL}",
    rf"{SUBJECT}(?:is|are|'s) (?:now|finally|again) (?:{MENDED}|{SOUND}){TAIL}",
    rf"{SUBJECT}(?:did |has |have |really |finally |actually |indeed )"
    "{0,2}(?:fix|solve|sort|cure|resolve)(?:d|ed)?(?: out)?"
    " (?:it|that|this|me|us|everything|(?:the|my|our) (?:problem|issue|error|fault|crash|bug|matter|trouble))"
    rf"{TAIL}",
    rf"(?:i|we|they|everybody|everyone|all of us|[a-z]{{3,12}}) (?:can|am able to|are able to) (?:now |finally )?"
    rf"(?!be|expect|imagine|hear the|see the (?:same|{TROUBLE}))[a-z]{{2,12}}(?: [a-z'-]{{1,15}}){{0,5}} (?:again"
    rf"|now){TAIL}",
    "(?:i|we) (?:was|were|am|are) (?:now |finally |then )?able to (?!reproduce|tell|say)[a-z]{2,12}"
    "(?: [a-z'-]{1,15}){1,5} (?:with|using|after|thanks to)(?: [a-z'-]{1,15}){1,4}",
    "(?:the|my|our) (?:[a-z]{2,15} )?(?:money|refund|payment|amount|credit|transfer|reimbursement) (?:has |have |is )?"
    rf"(?:arrived|been (?:received|credited|paid)|reached (?:me|us)|come through|here){TAIL}",
    rf"(?:(?:the|my|our|everything) (?:[a-z]{{2,15}} )?|it )(?:does|do|did|works?|behaves?|is) (?:what|as|how"
    rf"|like) (?:it|they)"
    rf" (?:should|ought to|is supposed to|must|used to be){TAIL}",
    rf"from (?:our|my) side (?:everything|all|it) is {SOUND}{TAIL}",
    rf"(?:(?:your|the|that) (?:[a-z]{{2,12}} ){{1,3}})(?:was|is) (?:the right one|right|spot on|the solution|it){TAIL}",
)  # fmt: skip

DOUBTS = (
    "please", "need", "want", "would like", "i'd like", "unfortunately", "wrong", "fail(?:s|ed|ing)?", "broken?",
    "broke",
    "stopped", "slow(?:er)?", "worse", "missing", "keeps", "every time", "only", "old", "instead", "why", "which",
    "question", "wonder(?:ing)?", "said", "says", "seems?", "appears?", "complain", "disappoint(?:ed|ing)", "strange",
    "weird", "lost", "damaged?", "late", "different", "since (?:then|when)", "supposed", "then", "because", "expect",
    "thought", "asked?", "until now",
)  # fmt: skip
