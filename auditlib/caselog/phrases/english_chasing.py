"""English: how customers ask where the answer is. What it is for: `Pack`."""

from auditlib.caselog.phrases.english_words import (
    ANSWER,
    NOBODY,
    NOT_YET,
    NTH,
    SEVERAL,
    STATUS,
)

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
    rf"{NTH} (?:attempt|reminder|time(?! (?:this|that (?:my|the|it|our)|in|it|the|my|our|within)))",
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
    "(?:was|were|am|been) (?:told|promised|assured)(?: that)? (?:i|we|you|somebody|someone|it) (?:would|will)(?!"
    " (?:not|never))",
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
    rf"what(?:'?s| is| was|'s been) (?:the|your) (?:[a-z]{{1,12}} )?{STATUS}(?! of the (?:battery|light|led|device))",
    rf"(?:know|ask|tell me|hear|learn|enquire|inquire|information|feedback|update)(?: [a-z]{{1,6}}){{0,3}} {STATUS}"
    " (?:of|on|with|regarding|about|for|concerning) (?:my|our|the|this|it)",
    "how far (?:you|we|they|things) (?:are|have)", "how far (?:are|have) (?:you|we|they|things)",
    "how (?:you|things|it) (?:are|is) (?:getting on|coming along|going|progressing)",
    "how (?:much|many) (?:longer|more (?:time|days|weeks))(?! (?:is|are) the)", "keep(?:s|ing)? (?:me|us) waiting",
    "waiting (?:already )?(?:since|for (?:[a-z]{2,8} ){0,2}(?:days|weeks|months|hours|ages)|[a-z0-9]{1,6} (?:days"
    "|weeks|months))",
    rf"not (?:a|one|any)(?: single)? {ANSWER}", rf"without (?:a |any |an )?(?:single )?(?:{ANSWER}|sign of life)",
    rf"{NOT_YET} (?:get|got|gotten|receive|received|had|have|hear|heard|see|seen) (?:an? |any |one )?(?:single "
    rf"|proper )?"
    rf"(?:{ANSWER}|back)",
    "(?:is|are|was|were|been|being|keep|kept|feel) (?:being )?ignor(?:ing|ed)(?: me| us| my)?(?=[.,!;]|$| by)",
    r"keep (?:on )?ignoring", rf"{NOBODY} (?:has |have |ever |even |still |actually )"
    "{0,2}(?:come|came|called|rung|rang|phoned|contacted|reacted|answered|replied|responded|got|gotten|bothered"
    "|written|wrote)",
    rf"(?:you|they) {NOT_YET}? ?(?:n't|not|never) (?:yet |even )?(?:come back|got(?:ten)? back|called|answered"
    rf"|replied|responded|reacted"
    "|contacted|been in touch)",
    rf"already (?:sent|written|wrote|left)(?: you)? {SEVERAL} (?:e-?mails|mails|messages|reminders|letters)",
    rf"{SEVERAL} (?:e-?mails|mails|messages|reminders|letters) already",
    rf"(?:called|written|wrote|asked|e-?mailed|phoned|contacted|messaged)(?: you)? (?:already )?{SEVERAL} times",
    "when (?:i|we) (?:will|can|could|may) (?:finally )?(?:get|receive|have|see|expect|hear)(?! (?:if|after))",
    "when (?:will|can|could) (?:i|we) (?:finally |actually )?(?:get|receive|see|have) (?:my|our|the) (?:money"
    "|refund|reimbursement"
    "|answer|reply|replacement|compensation|credit)", "when (?:can|should|may|could) (?:i|we) expect",
    "where(?:'?s| is) (?:my|our|the) (?:money|compensation|call ?back|feedback|reimbursement)",
    "you (?:had |have )?(?:promised|said|told me|assured me)(?: that)?(?: (?:you|i|we|somebody|someone|it) would"
    "| to (?:call|ring|phone|get back|come back|send|write|contact|reply|answer|be in touch)"
    "| (?:by |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day| within)(?! not)",
    "(?:was|were) (?:supposed|meant|due) to (?:call|ring|phone|contact|get back|come back|hear|come|arrive|receive|get"
    "|be (?:here|delivered|fixed|ready|done))", "(?:you|any(?:one|body)|some(?:one|body))(?:'ve| have| has| had)?"
    "(?: already| yet| had| have| been){0,2} (?:the )?(?:time|opportunity) to (?:look|check|read|review|deal"
    "|process|consider)",
    "(?:any|some)(?:one|body|1) (?:working on|looking (?:at|into)|dealing with|alive|listening|handling)",
    "(?:grateful|thankful|happy|glad|obliged) (?:for|about|to (?:get|have|receive|hear)) (?:an?|your|some|any)"
    " (?:[a-z]{2,10} )?(?:response|reply|answer|update|reaction|feedback|news|word)",
    "(?:do|did|have) you(?: already)?(?: have| got)? (?:any |some |more |further )?(?:news|an answer|feedback)"
    " (?:for|on|about|concerning|regarding)",
    "(?:is there|has there been|have there been) (?:any |some )?(?:news|progress|movement|updates?|developments?)",
    "any (?:movement|developments?|joy|luck|feedback)(?: yet| on (?:this|it|my)| so far| here)?", "me again",
    "(?:my|our|this|the) (?:request|e-?mail|mail|message|ticket|case|enquiry|letter|question) (?:has |have |is"
    " )?(?:been |got(?:ten)? "
    "|gone |went |fallen |still )(?:lost|missing|astray|forgotten|ignored|overlooked|unanswered|through the cracks)",
    "remind(?:ing)? you (?:of|about|that) (?:my|our|the|i|we)", "expedite (?:this|my|the)", r"hello ?\?{2,5}",
    r"(?<=[?!.] )any(?:one|body) ?\?",
    "let (?:me|us) know (?:how far|what is happening|what's happening|where (?:we|things|you) (?:are|stand))",
    "is (?:anything|something) (?:happening|being done|moving)",
    "what(?:'?s| has| is)? (?:happened|become|about) (?:to|with|of)? ?(?:my|our)"
    " (?:request|ticket|claim|complaint|e-?mail|refund|money|application|case)",
    "(?:is|are) (?:my|our|this|the) (?:ticket|case|request|matter|issue|claim)s? (?:still )?(?:open|being|active"
    "|in progress|in hand)",
    "(?:any|an|some) (?:idea|clue|estimate|indication|time ?frame) (?:when|of when|how long|as to when|yet|on when)",
    "are you (?:still )?(?:there|working on|looking into|going to (?:answer|reply|respond|do))",
    "radio silence", "left (?:me|us) (?:hanging|in the dark)", "(?:in the dark|in limbo)",
    "(?:it|that)(?:'?s| has)(?: now| already){0,2} been (?:now |already |over |more than |almost |nearly |about "
    "|well over ){0,2}[a-z0-9]{1,8}"
    " (?:days|weeks|months|hours)(?! since (?:i|we) (?:bought|ordered|moved|got|received|started))",
    "(?:have|'ve|i|we) (?:now |already )?waited (?:for |over |more than |now |already |patiently"
    " ){0,2}(?:[a-z0-9]{1,8} (?:days|weeks|months)|long)",
    "(?:my|our) patience", "nothing has (?:happened|been done|moved)(?: since| yet| so far| on|[.,!]|$)",
    "(?:since then|since),? nothing", "nothing since",
    "(?:request|ticket|case|matter|refund|claim|application|complaint|enquiry|question|this|it) (?:is|remains?|has"
    " been|shows?|stays?)(?: as)?"
    " still (?:open|pending|unresolved|unanswered|outstanding|under review)",
    "have you (?:already |yet )?(?:found (?:anything|out|a)|heard (?:anything|back)|decided|made any|had any|been"
    " able to|come to a)",
    "(?:can|could|would) you (?:please |kindly )?(?:give|send|provide) (?:me|us) (?:an?|some|any|the)"
    " (?:[a-z]{2,10} )?(?:update|feedback"
    "|status|answer|reply|response|news|eta|timeline)", "ask(?:ing)? (?:you )?(?:again|once more)",
)  # fmt: skip
