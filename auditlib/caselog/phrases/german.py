"""German."""

from auditlib.caselog.phrases import calendar
from auditlib.caselog.phrases.pack import CLOCK, DATE, NUMBER, Pack

DAY = r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
MONTH = r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
COUNT = rf"(?:{NUMBER}|eine[rnms]?|zwei|drei|vier|fünf|sechs|sieben|zehn)"
HELP = r"(?:hilfe|unterstützung|antwort|rückmeldung|mühe|bemühungen|support|service|info|information|geduld)"
WORKS = r"(?:geht|klappt|funktioniert|läuft)"
WORKED = r"(?:geklappt|funktioniert|geholfen)"
SETTLED = r"(?:gelöst|behoben|erledigt)"
WHO = r"(?:ich|wir|unser team|ein kollege|eine kollegin|unsere techniker)"
DOES = (
    r"(?:melden|antworten|zurückmelden|zurückrufen|anrufen|schreiben|senden|schicken|erstatten|liefern"
    r"|beheben|lösen|informieren|benachrichtigen|bescheid geben|mitteilen|klären|ersetzen|prüfen)"
)
GIVE = (
    r"(?:erstatten|zurücknehmen|umtauschen|ersetzen|anbieten|akzeptieren|gewähren|stornieren|erstattet"
    r"|übernehmen)"
)

GERMAN = Pack(
    version="de.4",
    thanks=(
        "(?:vielen lieben|vielen|besten|herzlichen|tausend|schönen|lieben|ganz herzlichen) dank",
        "danke(?: (?:schön|sehr|vielmals))?", "dankeschön", "ich danke (?:ihnen|dir|euch)", "super",
        "perfekt", "prima", "toll", "klasse", "wunderbar", "ausgezeichnet", "großartig",
        "(?:das ist )?sehr nett(?: von ihnen)?",
        "spitze",
    ),
    confirms=(
        rf"(?:es|das|alles|jetzt) {WORKS}(?: (?:jetzt|nun|wieder|alles|es|perfekt|einwandfrei)){{0,3}}",
        rf"(?:jetzt|nun) {WORKS} (?:es|alles|das)(?: wieder)?", rf"(?:es|das) hat {WORKED}",
        rf"(?:es|das|alles|das problem|die sache) ist (?:jetzt |nun |damit )?{SETTLED}",
        "(?:es|das|alles|das problem|die sache) hat sich (?:jetzt |nun |damit )?gelöst",
    ),
    done=(
        rf"hat {WORKED}", SETTLED, "alles (?:gut|bestens|ok)", rf"{WORKS} (?:jetzt|wieder|nun)",
    ),
    settles=(
        "(?:sie können |kann )?(?:das|den|dieses|mein) (?:ticket|fall|anliegen)(?: (?:jetzt|gerne"
        "|damit)){0,2} (?:schließen|geschlossen werden)",
        "hat sich erledigt", "habe es (?:selbst )?(?:gefunden|gelöst)",
    ),
    fillers=(
        rf"für (?:ihre|die|deine|eure) (?:schnelle |rasche |prompte |nette |tolle |gute )?{HELP}",
        "für alles", "dafür", "sehr", "nochmals?", "und", "das ist", "das war", "ok(?:ay)?", "alles klar",
        "verstanden", "hallo", "hi", "guten (?:tag|morgen|abend)", "liebes team", "liebe", "lieber",
        "sehr geehrte[rs]?", "damen und herren", "frau", "herr", "team", "ihnen", "dir", "euch", "gut",
        "schönen? (?:tag|abend|wochenende)(?: noch)?", "noch",
        "(?:viele|liebe|beste|freundliche|schöne) grüße", "mit freundlichen grüßen", "mfg", "lg", "gruß",
        "jetzt",
    ),
    takes_back=(
        "nicht", "kein", "keine", "nie", "wenn", "falls", "sobald", "bis", "bevor", "aber", "jedoch",
        "allerdings", "obwohl", "außer", "noch immer", "immer noch", "hoffe", "hoffentlich", "sollte",
        "würde", "teilweise", "fast", "manchmal", "gestern", "zuerst", "leider", "nur", "nichts",
        "wieder da", "dachte", "wie",
    ),
    returns=(
        "(?:problem|fehler|störung) (?:ist|war|tritt|besteht)[^.!?\n]{0,30} (?:wieder|erneut)",
        "(?:genau )?(?:das|der|die)selbe (?:problem|fehler|störung)", "(?:das )?gleiche (?:problem|fehler)",
        "(?:schon (?:ein ?mal |wieder )?|bereits )(?:dazu |deswegen )?(?:geschrieben|angerufen|gemeldet|gefragt)",
        "(?:noch immer|immer noch|weiterhin) nicht (?:gelöst|behoben|erledigt)",
        "(?:ticket|anfrage|fall)[^.!?\n]{0,20} (?:einfach )?geschlossen",
        "meine (?:vorige|frühere|alte) anfrage",
    ),
    withdraws=(
        "hat sich (?:schon |bereits |inzwischen |damit |alles )?erledigt",
        "(?:ignorieren sie (?:bitte )?|bitte ignorieren(?: sie)? )(?:meine|diese|die|das)", "vergessen sie es",
        "(?:selbst|selber) (?:gefunden|gelöst|behoben|hinbekommen|herausgefunden)",
        "(?:ziehe|nehme) (?:ich )?meine (?:anfrage|beschwerde|reklamation)[^.!?\n]{0,20} zurück",
        "brauche(?:n)? (?:keine|ihre) (?:hilfe|antwort|unterstützung) (?:nicht )?mehr",
    ),
    chases=(
        "gibt es (?:schon |bereits |inzwischen )?(?:etwas neues|neuigkeiten|news|ein update|einen stand)",
        "(?:warte|warten) (?:ich |wir )?(?:noch immer|immer noch|noch|weiterhin|seit|schon|auf)",
        "wie ist der stand",
        "(?:dritte|zweite|vierte|fünfte|wiederholte|erneute) (?:nachfrage|anfrage|mail|e-mail|nachricht"
        "|erinnerung)",
        "(?:noch|bisher|bislang|bis heute) (?:immer )?keine (?:antwort|rückmeldung|nachricht|reaktion)",
        "der stand der dinge",
        "noch nichts gehört", "keine (?:antwort|rückmeldung) (?:bekommen|erhalten)",
        "wann (?:höre|bekomme|erhalte|kann) ich", "nachhaken",
        "haben sie meine (?:e-?mail|nachricht|anfrage) (?:erhalten|bekommen|gelesen)", "ich frage nach",
        "rückfrage zum stand", "zum (?:zweiten|dritten|vierten|fünften) mal",
        "wo bleibt (?:die|ihre|meine) (?:antwort|rückmeldung|erstattung)", "freundliche erinnerung",
        "aktueller stand",
    ),
    received=(
        "(?:haben|habe) (?:ihre|deine) (?:nachricht|anfrage|e-?mail) (?:erhalten|bekommen)",
        "ist (?:bei uns )?eingegangen",
        "(?:wir|ich) (?:kümmern?|prüfen?|schauen?|sehen?|bearbeiten?|untersuchen?)",
        "(?:vielen )?dank(?:e)? für (?:ihre|deine) (?:nachricht|anfrage|e-?mail|mitteilung)",
        "(?:wird|werden) (?:nun )?(?:bearbeitet|geprüft)", "(?:weitergeleitet|weitergegeben)",
    ),
    pleasantries=(
        "hallo", "guten (?:tag|morgen|abend)", "sehr geehrte", "liebe[rs]?", "dank(?:e)? für ihre geduld",
        "(?:wir )?(?:entschuldigen|bitten um)", "automatisch",
        "(?:haben sie|um) (?:etwas |ein wenig )?geduld", "in kürze", "so bald wie", "schnellstmöglich",
        "(?:viele|freundliche|beste|liebe) grüße", "ihre (?:ticketnummer|vorgangsnummer)",
    ),
    instructs=(
        "bitte (?!haben sie|beachten|um (?:etwas )?geduld|warten)", "klicken", "versuchen sie", "gehen sie",
        "öffnen sie", "sie können", "können sie", "könnten sie", "im anhang", "anbei", "senden sie",
        "schicken sie", "starten sie", "einstellungen", "erstattet", "die ursache", "der grund",
    ),
    refuses=(
        "(?:können|kann|werden|dürfen) (?:wir |ich )?(?:ihnen |das |dies |es |leider |den |die "
        rf"|diese[nrs]? ){{0,3}}[^.!?\n]{{0,40}}(?:nicht|keine?n?) (?:mehr )?(?:[^ .!?\n]{{1,20}} )?{GIVE}",
        "(?:ist|sind) leider nicht möglich", "(?:ist|sind) (?:leider |grundsätzlich )?ausgeschlossen",
        "leider (?:ist|sind) (?:das|dies|eine erstattung) nicht möglich",
        "müssen (?:wir )?(?:ihre anfrage |das |dies )?(?:leider )?ablehnen", "wurde abgelehnt",
        "kein anspruch auf", "von der garantie (?:nicht|ausgeschlossen)",
    ),
    alternatives=(
        "stattdessen", "alternativ", "als alternative", "(?:biete|bieten) (?:ich |wir )?ihnen", "aus kulanz",
        "(?:wir können|ich kann) ihnen (?:aber |jedoch |gerne |stattdessen )?(?:eine?n?|das|den|die)"
        "\\b[^.!?\n]{0,60}anbieten",
    ),
    hints=("werde", "wird", "melde", "geben", "gebe", "ruf", "sie ", "schick", "send", "schreib", "überweis"),
    commits=(
        rf"(?:{WHO} (?:werde|werden|wird)|(?:werde|werden|wird) {WHO}) (?!nicht\b)(?:[^.!?\n]|\d\.){{0,80}}\b{DOES}",
        "(?:ich (?:rufe|schicke|sende|schreibe|überweise)|wir (?:rufen|schicken|senden|schreiben|überweisen))"
        " (?:sie|ihnen|dir|es|das|den|die)",
        "(?:melde mich|melden uns|(?:gebe|geben) (?:ihnen|dir) bescheid|rufen? (?:sie|dich) (?:an|zurück))",
        "sie (?:erhalten|bekommen|hören)(?: von uns| von mir)?",
    ),
    conditions=("wenn", "falls", "sofern", "sollten sie"),
    depends=("(?:sobald|wenn|falls|nachdem) sie",),
    due=(
        "(?:bis |am |spätestens (?:am |bis )?)?(?:(?:zum|ende|nächsten|kommenden|diesen)"
        rf" )?(?:{DAY})(?:vormittag|nachmittag|abend)?",
        rf"(?:bis (?:zum )?|am |zum |spätestens (?:am )?)(?:{DATE}|\d{{1,2}}\. ?{MONTH})",
        "(?:bis )?(?:zum )?(?:ende (?:der|dieser|nächster) woche|tagesende|wochenende|monatsende|ende des"
        " tages|feierabend)",
        rf"(?:innerhalb|binnen|in)(?: von)?(?: der| den)?(?: nächsten)? {COUNT} (?:werk|arbeits"
        "|geschäfts)?(?:minuten?|stunden?|tag(?:en?|es)?|wochen?)",
        "(?:bis |noch )?(?:heute|morgen|übermorgen)(?: (?:früh|vormittag|mittag|nachmittag|abend))?",
        "(?:diese|nächste|kommende) woche", rf"(?:bis|um) {CLOCK} uhr",
    ),
    vague=(
        "bald", "in kürze", "schnellstmöglich", "so (?:schnell|bald) wie möglich", "sobald", "zeitnah",
        "umgehend", "demnächst", "baldmöglichst", "in den nächsten tagen", "später",
    ),
    calendar=calendar.GERMAN,
)  # fmt: skip
