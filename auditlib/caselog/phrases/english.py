"""English."""

from auditlib.caselog.phrases import (
    calendar,
    english_agents,
    english_chasing,
    english_customers,
    english_pleased,
    english_words,
)
from auditlib.caselog.phrases.pack import Pack

ENGLISH = Pack(
    version="en.5",
    brief=english_words.BRIEF,
    thanks=english_pleased.THANKS,
    confirms=english_pleased.CONFIRMS,
    improves=english_pleased.IMPROVES,
    doubts=english_pleased.DOUBTS,
    done=english_pleased.DONE,
    settles=english_pleased.SETTLES,
    fillers=english_pleased.FILLERS,
    takes_back=english_pleased.TAKES_BACK,
    returns=english_customers.RETURNS,
    supposes=english_customers.SUPPOSES,
    withdraws=english_customers.WITHDRAWS,
    chases=english_chasing.CHASES,
    received=english_agents.RECEIVED,
    pleasantries=english_agents.PLEASANTRIES,
    instructs=english_agents.INSTRUCTS,
    refuses=english_agents.REFUSES,
    alternatives=english_agents.ALTERNATIVES,
    hints=english_agents.HINTS,
    commits=english_agents.COMMITS,
    conditions=english_agents.CONDITIONS,
    depends=english_agents.DEPENDS,
    due=english_agents.DUE,
    vague=english_agents.VAGUE,
    calendar=calendar.ENGLISH,
)
