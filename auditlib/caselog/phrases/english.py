"""English."""

from auditlib.caselog.phrases import calendar, english_agents, english_customers
from auditlib.caselog.phrases.pack import Pack

ENGLISH = Pack(
    version="en.4",
    thanks=english_customers.THANKS,
    confirms=english_customers.CONFIRMS,
    done=english_customers.DONE,
    settles=english_customers.SETTLES,
    fillers=english_customers.FILLERS,
    takes_back=english_customers.TAKES_BACK,
    returns=english_customers.RETURNS,
    withdraws=english_customers.WITHDRAWS,
    chases=english_customers.CHASES,
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
