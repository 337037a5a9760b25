"""English: what customers say. What each of them is for: `Pack`."""

from auditlib.caselog.phrases.english_words import (
    ASKED,
    KIND,
    NOW,
    TROUBLE,
    WORKS,
)  # fmt: skip

THANKS = (
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
)  # fmt: skip

SETTLES = (
    "(?:please |you (?:can|may) (?:now )?)close (?:(?:the|this|my) (?:ticket|case|request"
    "|issue)|this|it)",
    "never ?mind", "i (?:found|solved|fixed|sorted) (?:it|the [a-z]{1,12})(?: out)?(?: myself)?",
    "it has sorted itself out",
    "please (?:ignore|disregard) (?:this|my (?:request|message|e-?mail|ticket))",
)  # fmt: skip

FILLERS = (
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

RETURNS = (
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
    "(?<![,a-z] )as before(?=,)", "here we go again", "follow-?up (?:to|on|of) (?:ticket|case|request|my)",
    "for the (?:second|third|fourth|fifth|umpteenth) (?:time|day|week|month|year|night)(?: in a row)?",
    rf"{TROUBLE} (?:[a-z]{{1,12}} ){{1,6}}(?:has|have) (?:come back|returned|re-?appeared)",
    rf"the same {TROUBLE} (?:appears|is there|shows|persists|remains|occurs|happens)",
    "after your last (?:fix|repair|visit|change)",
    "(?:is|are|has been|keeps) (?!working|running|loading|charging|printing|selling|moving)[a-z]{3,12}ing again",
    "(?:i|we) (?:have )?already (?:discussed|reported|raised|explained|complained|wrote|called|asked|told|sent"
    "|mentioned)", "(?:i|we) (?:reported|raised) (?:this|it)", "so here it is (?:once more|again)",
    "(?:you|somebody|someone) (?:have |has )?closed my (?:request|ticket|case)",
    "my (?:previous|earlier|old|closed|last) (?:request|ticket|case)",
    "second attempt", "as (?:i|we) (?:have )?(?:already )?(?:told you|wrote|said|mentioned|explained)(?: to you)?"
    " (?:in my|before|already|last|earlier)", "(?:had|reported) (?:this|it) (?:in [a-z]{3,9}|last|before|already)",
)  # fmt: skip

WITHDRAWS = (
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
    rf"(?<!not )(?<!n't )(?:ignore|disregard|cancel|withdraw|scrap|delete) (?:my|this|the) (?:{ASKED}|call-?out)\b",
    "stop (?:looking|searching|investigating)", "no longer (?:relevant|necessary|required|an issue|a problem)",
    "(?:worked|figured|sorted|solved|fixed|got) (?:it|this|that) (?:out )?(?:on (?:my|our) own|by (?:my"
    "|our)sel(?:f|ves))",
    "(?:came|come|gone|went|cleared|fixed|started)(?: [a-z]{2,8})? (?:by|of) it(?:self|s own)",
    rf"take (?:my|the|this) {ASKED} back", "sorry (?:to have|for having) (?:troubled|bothered)", "sorry for the noise",
    "(?<!no )(?<!not a )false alarm", "scratch that", "drop (?:the|this|my) (?:matter|case|issue|complaint|claim)",
    "(?:my|this|the) (?:request|ticket|question|enquiry|matter|complaint) (?:is|has become) (?:obsolete"
    "|moot|settled"
    "|no longer (?:relevant|needed|necessary))",
    "no need (?:to|for you to) (?:answer|reply|respond|get back|call|do anything|send|come|look)",
    "(?:this|it|the ticket|my ticket|my request) can be closed",
)  # fmt: skip

CHASES = (
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
    r"(?:second|third|fourth|fifth|sixth|\d{1,2}(?:nd|rd|th)) (?:time|attempt|reminder)",
    r"(?:my|this is (?:now )?(?:my|the)) (?:second|third|fourth|fifth|sixth|\d{1,2}(?:nd|rd|th)) (?:e-?mail"
    r"|message|mail)",
    "where is (?:my|our|the) (?:answer|reply|response|refund)", "did you receive (?:it|this)",
    "(?:have|has|had)(?:n't| not) (?:yet )?(?:heard|received) (?:back|anything|any|from you|a reply"
    "|an answer)",
    "(?:heard|received) nothing",
    "(?:no ?body|no[ -]one) (?:has )?(?:answered|replied|responded|called)",
    "(?:no|without|had no|not had) (?:an |a |any )?(?:answer|reply|response|reaction)(?! (?:is "
    "|was )?(?:needed|required"
    "|necessary))", "still nothing", "trying to (?:reach|contact|call|get hold of) you",
    "please get in touch", "forgotten (?:about )?(?:me|us|my)", "gone unnoticed", "(?:been )?overlooked",
    "(?:was|were|am|been) (?:told|promised|assured)(?: that)? (?:i|we|you|somebody|someone|it) (?:would|will)",
    "(?:anything|something) new (?:on|about|regarding|with|in)",
    "wondering (?:how|where|whether|if) (?:things|it|this|you)", "when do (?:i|we) (?:get|receive)",
    "when (?:this|it) will be (?:finished|done|ready|over|solved|fixed)", "why (?:is|has|does) (?:nobody|no[ -]one)",
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
)  # fmt: skip
