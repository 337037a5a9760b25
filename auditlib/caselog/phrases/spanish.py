"""Spanish."""

from auditlib.caselog.phrases import calendar
from auditlib.caselog.phrases.pack import CLOCK, DATE, NUMBER, Pack

DAY = r"(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
MONTH = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
COUNT = rf"(?:{NUMBER}|una?|dos|tres|cuatro|cinco|seis|siete|diez)"
HELP = r"(?:ayuda|respuesta|apoyo|soporte|atención|tiempo|paciencia|rapidez|información)"
DOES = (
    r"(?:responder|contactar|llamar|escribir|enviar|informar|reembolsar|entregar|resolver|confirmar|avisar|"
    r"reemplazar|solucionar)(?:é|emos|á|án)"
)

SPANISH = Pack(
    version="es.3",
    thanks=(
        "(?:muchas |muchísimas |mil )?gracias", "(?:se lo|te lo|lo) agradezco(?: mucho)?", "muy amable",
        "perfecto", "genial", "excelente", "estupendo", "fantástico", "maravilloso",
    ),
    confirms=(
        "(?:ya|ahora|todo)(?: (?:ya|ahora|me|todo))? funciona(?: (?:bien|perfectamente|ahora|todo"
        "|correctamente)){0,2}",
        "funciona (?:ya|ahora|bien|perfectamente)",
        "(?:ya )?(?:está|ha quedado|quedó) (?:todo )?(?:solucionado|resuelto|arreglado)",
        "(?:problema|asunto) (?:ya )?(?:está )?(?:solucionado|resuelto)", "ha funcionado",
    ),
    done=(
        "solucionado", "resuelto", "arreglado", "todo (?:bien|correcto|en orden)",
    ),
    settles=(
        "(?:pueden?|puedes) cerrar (?:el|este|mi) (?:ticket|caso)",
        "ya lo (?:encontré|he encontrado|resolví)",
    ),
    fillers=(
        rf"por (?:su|tu|la|vuestra) (?:pronta |rápida |gran )?{HELP}", "por todo", "por ayudarme", "y",
        "de nuevo", "otra vez", "de acuerdo", "vale", "ok", "entendido", "hola", "buenos días",
        "buenas(?: tardes| noches)?", "estimados?", "es", "muy", "bien",
        "que tengan? (?:un )?buen (?:día|fin de semana)", "un saludo", "saludos", "equipo", "a todos",
        "a ustedes", "todo", "señora?",
    ),
    takes_back=(
        "no", "nunca", "ningún", "ninguna", "si", "cuando", "hasta", "antes", "pero", "sin embargo",
        "aunque", "excepto", "salvo", "todavía", "aún", "espero", "debería", "casi", "a veces", "ayer",
        "nada", "sin", "solo", "cómo",
    ),
    returns=(
        "(?:problema|error|fallo) (?:ha vuelto|volvió|vuelve|sigue|está otra vez)",
        "(?:el|la) mism[oa] (?:problema|error|fallo)",
        "ya (?:les |os |te |le )?(?:escribí|había escrito|llamé|contacté)",
        "(?:sigue|todavía|aún) (?:sin|no)(?: está)? (?:resolver|resuelt[oa]|solucionad[oa]|arreglad[oa])",
        "mi (?:solicitud|consulta) anterior",
    ),
    withdraws=(
        "(?:ignoren?|cancelen?|anulen?) (?:mi|este|esta) (?:solicitud|mensaje|consulta|correo)", "olvídenlo",
        "ya no (?:lo|la) necesito", "ya no necesito (?:su )?ayuda", "ya no hace falta",
        "ya lo (?:encontré|resolví|solucioné|he (?:resuelto|solucionado|encontrado))",
    ),
    chases=(
        "(?:hay|tienen|tiene|alguna|algún) (?:alguna |algún )?(?:novedad|novedades|noticia|noticias"
        "|actualización|respuesta)",
        "(?:sigo|seguimos|estoy|llevo) (?:\\w{1,12} ){0,3}(?:esperando|a la espera)",
        "(?:todavía|aún) no (?:he|hemos|me han|tengo|recib)", "sin respuesta",
        "(?:segunda|tercera|cuarta|quinta) (?:vez|solicitud|consulta|mensaje)",
        "(?:han|ha) recibido mi (?:mensaje|correo|solicitud)", "cuándo (?:voy a|tendré|recibiré|me)",
        "en qué estado", "cómo va mi", "nadie (?:me )?(?:ha )?(?:responde|respondido|contestado|contesta)",
        "les recuerdo",
    ),
    received=(
        "(?:hemos|he) recibido (?:su|tu)",
        "(?:solicitud|mensaje) (?:ha sido|fue) (?:recibid[oa]|registrad[oa])",
        "gracias por (?:contactar|contactarnos|escribir|escribirnos|su (?:mensaje|correo|consulta))",
        "(?:estamos|estoy) (?:revisando|investigando|trabajando|mirando)",
        "(?:vamos a|voy a) (?:revisar|investigar|mirar)", "(?:reenviado|trasladado|pasado) (?:su|tu)",
    ),
    pleasantries=(
        "hola", "buenos días", "buenas (?:tardes|noches)", "estimad[oa]s?", "gracias por su paciencia",
        "(?:lo sentimos|disculpe|lamentamos)", "automático", "saludos", "lo antes posible", "en breve",
        "tenga paciencia",
    ),
    instructs=(
        "por favor,? (?!espere|tenga|disculpe)", "haga clic", "haz clic", "pruebe", "intente", "vaya a",
        "abra", "reinicie", "puede", "podría", "adjunto", "adjunta", "envíe", "envíenos", "configuración",
        "reembolsado",
    ),
    refuses=(
        "no (?:podemos|puedo|es posible) (?:\\w{1,12} )?(?:reembolsar|aceptar|cambiar|reemplazar|ofrecer"
        "|devolver|cancelar|conceder)(?:le|les|lo|la)?",
        "lamentablemente,? (?:esto |eso )?no es posible", "(?:debemos|tenemos que) (?:rechazar|denegar)",
        "solicitud (?:ha sido|fue) (?:rechazada|denegada)", "nuestra política no permite",
        "no está (?:cubiert[oa]|en garantía)",
    ),
    alternatives=(
        "en su lugar", "como alternativa", "alternativamente", "(?<!no )(?:podemos|puedo) ofrecer",
        "le ofrecemos", "un vale",
    ),
    hints=("é", "emos", "á", "vamos a", "voy a"),
    commits=(
        rf"(?:(?:le|les|te|lo|la|se lo) ){{0,2}}{DOES}",
        "(?:vamos a|voy a) (?:\\w{1,12} ){0,2}(?:responder|contactar|llamar|enviar|informar"
        "|reembolsar)(?:le|les|te)?",
        "(?:me pondré|nos pondremos) en contacto", "recibirá",
    ),
    conditions=("si", "en caso de que"),
    depends=("(?:en cuanto|cuando|si|una vez que) (?:usted|nos|recib)",),
    due=(
        rf"(?:antes del |para el |el |hasta el |este |el próximo )?{DAY}(?: próximo)?(?: por la (?:mañana"
        "|tarde))?",
        rf"(?:antes del|para el|el|hasta el) (?:{DATE}|\d{{1,2}} de {MONTH})",
        rf"(?:en|dentro de|en un plazo de)(?: las| los)?(?: próximas| próximos)? {COUNT} (?:horas?|días?"
        "|minutos?|semanas?)(?: (?:hábiles|laborables))?",
        "(?:antes de |al |para el )?(?:el )?final (?:del día|de la semana|de semana)",
        "(?:antes de |para )?(?:hoy|mañana|pasado mañana)(?: por la (?:mañana|tarde))?",
        "(?:esta|la próxima) semana", rf"(?:antes de|a) las {CLOCK}",
    ),
    vague=(
        "pronto", "en breve", "lo antes posible", "cuanto antes", "en cuanto", "tan pronto como",
        "próximamente", "más tarde",
    ),
    calendar=calendar.SPANISH,
)  # fmt: skip
