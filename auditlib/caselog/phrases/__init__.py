"""The words by which messages are recognised and marked: data, one pack a language.

A pack says nothing about a language that is not its own, so the function words of languages
without a pack are here too: a Dutch message is recognised as Dutch and gets no marker.
"""

from auditlib.caselog.phrases.english import ENGLISH
from auditlib.caselog.phrases.french import FRENCH
from auditlib.caselog.phrases.german import GERMAN
from auditlib.caselog.phrases.pack import Pack
from auditlib.caselog.phrases.spanish import SPANISH

PACKS: dict[str, Pack] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the is are was were am been be you your we our us i my me he she they it its this that these
            those with will would can could have has had not no don't didn't doesn't haven't isn't can't
            i'm i've i'll we'll we're it's for and or but to of on at from by as if so do does did any
            still again please what when where why how which who there here about after before than then
            very just yet a an in out me them into""",
        "de": """der die das den dem des ist sind war waren sie wir ihr ihre ihren ihnen ich mich mir mein
            meine meiner uns unser nicht kein keine und oder aber mit für auf ein eine einen einem einer
            es zu zum zur noch wird werden wurde haben habe hat bei von vom aus nach wie was wo wann warum
            auch nur schon bitte im am an in um bis als wenn dass daß doch sehr immer wieder jetzt danke
            vielen hallo guten""",
        "fr": """le la les est sont était vous nous votre notre vos nos ne pas et ou mais je j'ai avec pour
            une
            un des du de ce cette mon ma mes que qui sur dans suis il elle au aux en à se si plus encore
            toujours quand où comment pourquoi c'est n'ai n'est d'une l'ai me il y a été avez avons merci
            bonjour j'attends""",
        "es": """el la los las es son está están usted ustedes nosotros su sus no y o pero yo con para una un
            que mi mis por se en de del lo le al me nos he ha han sido como cuándo dónde qué todavía aún
            muy más ya si sobre porque este esta esto hola hay sigo estoy tengo tiene tienen puede pueden
            alguna algún gracias""",
        "nl": """de het een is zijn niet geen ik wij we u uw mijn en of maar van dat dit met voor op aan in
            naar bij nog heb heeft hebben wordt worden er ook als wanneer hoe waar graag""",
        "it": """il lo la gli le è sono non e o ma io mio mia con per una un che di del della dei nel nella si
            ho ha hanno ancora quando dove come perché più anche questo questa""",
        "pt": """o a os as é são está não e ou mas eu meu minha com para uma um que de do da dos das no na se
            foi ainda quando onde como porque mais também este esta isto você""",
        "pl": """nie jest się na w z i do że o jak ale czy mam mój moje dla po od przez tak już jeszcze kiedy
            gdzie""",
    }.items()
}
