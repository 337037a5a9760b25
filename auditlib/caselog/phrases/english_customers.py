"""English: how customers come back, and how they need nothing more. What each of them is for: `Pack`."""

from auditlib.caselog.phrases.english_words import (
    AFRESH,
    ASKED,
    BEGINS,
    FAILS,
    LATELY,
    NTH,
    OF_OURS,
    REPAIR,
    REPAIRED,
    TROUBLE,
)

RETURNS = (
    "(?:problem|issue|error|fault|trouble|bug) (?:is|has come|came|keeps coming|has returned|is there)"
    " (?:back|again)", "(?:exactly |just )?the same (?:problem|issue|error|fault|thing)(?: as| again| is back)",
    "(?:it|this|that) (?:has )?(?:happened|happens|broke|stopped working|came back) again",
    "(?:wrote|written|called|contacted|e-?mailed|complained|asked|reported)(?: [a-z]{1,12}){0,5}"
    " (?:about|regarding|concerning) (?:this|it|that|the same|my|our)",
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
    rf"(?:writing|contacting|calling|e-?mailing|messaging|have to (?:write|contact|call|bother|ask))(?: to)?(?:"
    rf" you)? {AFRESH}",
    rf"{BEGINS}{AFRESH},? (?:the|my|our|there|no|it|i|we|this|your)(?! (?:thank|appreciate))",
    rf"{TROUBLE} (?:[a-z]{{1,10}} ){{0,3}}(?:is|are|was|came|comes|come|keeps? coming) back",
    rf"{TROUBLE} (?:has |have |had )?(?:returned|recurred|re-?appeared|persists?|persisted|re-?occurred|resurfaced)",
    rf"{TROUBLE} (?:[a-z]{{1,12}} ){{0,4}}{AFRESH}", rf"(?:again|once more|still) the same (?:story|{TROUBLE})",
    rf"{FAILS} (?:[a-z]{{1,10}} ){{0,2}}?{AFRESH}",
    rf"(?:it(?:'?s| is)|this is|that(?:'?s| is)) (?:now |already )?(?:the|my) {NTH} time (?:this|that (?:my|the|it"
    rf"|our)|in|it)",
    rf"although (?:you|your [a-z]{{2,12}}) (?:had |have |has )?(?:already )?{REPAIRED}",
    rf"(?:i|we) (?:had )?(?:thought|believed|assumed)(?: that)? (?:you|it|this|that|we)(?: had|'d| was| were|"
    rf" has)?(?: been)? {REPAIRED}",
    rf"(?:supposedly|allegedly|apparently|presumably) (?:been )?{REPAIRED}",
    rf"still [^.!?\n]{{1,40}} after (?:the|your|two|three|a|this) (?:[a-z]{{2,10}} )?{REPAIR}",
    rf"{REPAIR}[^.!?\n]{{0,30}} (?:worked|lasted|held|helped) (?:only |just )?for",
    rf"(?:had|experienced|seen|reported|faced|raised) (?:this|it|that|the same|exactly this|these)(?: (?:exact "
    rf"|very )?(?:{TROUBLE}"
    "|question|thing))? (?:before|already|earlier|previously|last|(?:a|two|three|some|few) [a-z]{3,7} ago)",
    rf"{TROUBLE} (?:that |which )?(?:i|we) (?:have )?(?:already )?(?:reported|raised|told|described|mentioned)",
    "as (?:mentioned|stated|described|said|written|explained|discussed|reported)(?: [a-z]{1,9}){0,3}"
    " (?:previous|earlier|last|first|former|other) (?:ticket|case|request|message|mail|e-?mail|conversation|call)",
    rf"still (?:have|having|has|get|getting|see|seeing|facing|experiencing|there is|there are) (?:the|this|that"
    rf"|these|those"
    rf"|exactly)(?: exact| very)?(?: same)? {TROUBLE}",
    "(?:is|was|are|were)(?:n't| not)(?: really| properly| completely| fully| actually)? (?:solved|fixed|resolved"
    "|sorted|corrected)(?=[.,!;]|$| and| but| after| even| although| despite)",
    "(?:open|opened|opening|raise|raising|file|filing|create|creating) (?:a |yet )?(?:new|second|another)"
    " (?:ticket|case|request)"
    " (?:because|since|as|for the same|about the same|on the same)",
    rf"(?:last (?:week|month|time|year)|(?:a|two|three|few|some) (?:days?|weeks?|months?) ago|yesterday),? (?:you"
    rf"|your [a-z]{{2,12}}"
    rf"|somebody|someone|one of you|a colleague|the technician) (?:[a-z]{{1,10}} ){{0,3}}(?:{REPAIRED}|helped|assured)",
    rf"(?:told|assured|promised|said)(?: me| us)?(?: that)? (?:it|this|the {TROUBLE}) (?:was|is|had been|would be"
    rf"|has been) {REPAIRED}",
    "(?:not|n't) (?:for )?(?:the|my) first (?:time|ticket|message|complaint|e-?mail)",
    "keeps? (?:on )?(?:coming back|happening|returning|recurring|occurring)", f"(?:recurring|recurrent) {TROUBLE}",
    "back to square one", "here we are again", "(?:just |same )?(?:as|like) last time",
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
    rf"(?<!not )(?<!n't )(?:ignore|disregard|forget(?: about)?|cancel|withdraw|retract|scrap|drop|skip) (?:my|this"
    rf"|the|our|that)"
    rf" (?:(?:last|previous|earlier|first|above|other|recent|second) ){{0,2}}{ASKED}s?\b",
    "(?:ignore|disregard|forget) (?:me|that|it|this)(?=[.,!;]|$)", "nvm", "user error",
    "no (?:more |further )?need (?:for (?:you|anyone) )?to (?:answer|reply|respond|get back|call|do|send|come|look"
    "|continue|investigate|follow up|bother|proceed|go on|check|visit|act)",
    "(?:you|please|pls) (?:don't|do not|needn't|need not)(?: have to| need to)? (?:do anything|(?:bother|reply|answer"
    "|respond|come|continue|look|investigate)(?: about (?:it|this)| with (?:it|this)| to (?:this|me))?)"
    "(?: any ?(?:more|longer|further))?(?=[.,!;)]|$)",
    "(?:no longer|not) (?:be )?(?:needed|required|necessary|relevant|interested|of interest)(?: any ?(?:more|longer))"
    "", "no longer (?:needed|interested)",
    rf"{OF_OURS} {LATELY}(?:solved|fixed|sorted|repaired|settled|resolved|mended)"
    " (?:it|this|that|everything|(?:the|my|our) (?:problem|issue|matter))(?! (?:with|thanks to|using) your)",
    rf"{OF_OURS} {LATELY}(?:figured|worked) (?:it|this|that) out", "(?<!not )(?<!n't )(?<!never )found it(?=[.,!;]|$)",
    rf"{OF_OURS} {LATELY}found (?:it (?:in|under|behind|myself|on)|the (?:answer|solution|setting)|(?:my|our) mistake)",
    rf"{OF_OURS} {LATELY}(?:bought|ordered|got|found|booked|chosen) (?:one|another(?: one)?|it|something|the same"
    rf"|a new one)"
    " (?:elsewhere|somewhere else|in a shop|from (?:another|a different|somebody|someone))",
    "(?:went|gone|disappeared|vanished|cleared|resolved|solved|fixed|sorted)(?: [a-z]{2,8})? (?:by |on |all by )?"
    "(?:itself|themselves|its own|their own)",
    "(?:decided|chosen|opted|agreed) (?:to (?:stay|keep)|against|not to (?:buy|order|change|pursue|go|proceed"
    "|continue))",
    "(?:i|we) (?:hereby )?take (?:it|that|everything) (?:all )?back(?! to)",
    "(?:don't|do not|needn't) (?:worry|bother) about (?:it|this|that)(?: any ?(?:more|longer))?",
    "(?:stop|halt|abort) the (?:search|investigation|process)",
    rf"(?:{ASKED}|matter|issue|this|it|that) (?:is|has been|has become|'s)(?: now| already)? (?:obsolete|moot"
    rf"|superfluous|redundant"
    "|unnecessary|dealt with|taken care of)",
    "(?:i'm|i am|we're|we are) (?:all )?(?:sorted|set|covered)(?: now| already)?(?=[.,!;]|$| thank)",
    "no (?:further |more )?(?:assistance|help|support) (?:is )?(?:needed|required|necessary)",
    "(?:came|arrived|turned up|appeared|showed up) (?:today |just now |now )?after all",
    "has (?:just |now |finally )?(?:turned|shown) up",
)  # fmt: skip

SUPPOSES = ("if", "unless", "in case", "when(?:ever)?", "every time", "then")
