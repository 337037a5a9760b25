"""French."""

from auditlib.caselog.phrases import calendar
from auditlib.caselog.phrases.pack import CLOCK, DATE, NUMBER, Pack

DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
COUNT = rf"(?:{NUMBER}|une?|deux|trois|quatre|cinq|six|sept|dix)"
HELP = r"(?:aide|réponse|retour|support|soutien|assistance|réactivité|patience|message|temps|efforts?)"
DOES = (
    r"(?:répondr|recontacter|contacter|rappeler|appeler|écrir|enverr|tiendr|informer|rembourser|livrer"
    r"|résoudr|reviendr|confirmer|donner|corriger|remplacer)(?:ai|ons|a|ont)?"
)

FRENCH = Pack(
    version="fr.3",
    thanks=(
        "(?:un grand |mille )?mercis?(?: (?:beaucoup|bien|infiniment))?", "je vous remercie",
        "nous vous remercions", "parfait", "super", "génial", "excellent", "impeccable", "top",
        "formidable",
    ),
    confirms=(
        "(?:ça|cela|tout|c') ?(?:marche|fonctionne|refonctionne|remarche)(?: (?:maintenant|bien|très bien"
        "|à nouveau|parfaitement)){0,2}",
        "(?:ça|cela) a (?:bien )?(?:marché|fonctionné|aidé)",
        "(?:c'est|le problème est) (?:bien |maintenant )?(?:résolu|réglé|réparé|bon)",
        "tout est (?:bon|ok|réglé|rentré dans l'ordre)",
    ),
    done=(
        "résolu", "réglé", "c'est bon",
    ),
    settles=(
        "vous pouvez (?:fermer|clôturer) (?:le|ce|mon) (?:ticket|dossier)", "laissez tomber", "j'ai trouvé",
    ),
    fillers=(
        rf"(?:pour|de) (?:votre|vos|l'|ton) ?(?:précieuse |rapide )?{HELP}(?: rapide)?", "pour tout",
        "à vous", "à tous", "et", "encore", "d'accord", "ok", "entendu", "bien reçu", "bonjour", "bonsoir",
        "madame", "monsieur", "c'est", "très", "bien", "bonne (?:journée|soirée|fin de journée)",
        "bon week-?end", "cordialement", "vraiment", "tout", "oh",
    ),
    takes_back=(
        "pas", "ne", "jamais", "aucun", "aucune", "si", "quand", "dès que", "jusqu'à", "avant", "mais",
        "cependant", "toutefois", "sauf", "toujours", "espère", "devrait", "presque", "parfois", "hier",
        "rien", "sans", "comment",
    ),
    returns=(
        "(?:problème|erreur|panne) (?:est|a) (?:de nouveau|encore|revenue?|réapparue?|toujours)",
        "(?:le|la) même (?:problème|erreur|panne)", "(?:déjà|avais) (?:écrit|contacté|appelé|signalé)",
        "toujours pas (?:résolue?|réglée?|réparée?)",
        "ma (?:précédente|ancienne) demande",
    ),
    withdraws=(
        "laissez tomber", "(?:annuler|annulez|ignorer|ignorez) (?:ma|mon|cette|ce) (?:demande|message|ticket)",
        "n'en ai plus besoin", "n'ai plus besoin (?:d'aide|de votre aide|de réponse)", "ne tenez pas compte",
        "j'ai trouvé (?:la solution|moi-même)", "(?:résolu|réglé) (?:tout seul|moi-même)",
    ),
    chases=(
        "(?:des|avez-vous des|y a-t-il des|aucune) nouvelles?", "où en est", "où en sommes",
        "j'attends (?:toujours|encore|votre)",
        "(?:toujours|encore) (?:pas|aucune) (?:de |eu de |reçu de )?(?:réponse|nouvelles|retour)",
        "sans (?:réponse|nouvelles|retour)", "je (?:me permets de vous )?relance",
        "(?:deuxième|troisième|quatrième|seconde) (?:relance|demande|message|fois|mail)",
        "avez-vous (?:bien )?reçu mon", "pas (?:encore )?reçu de (?:réponse|retour)",
        "quand (?:aurai-je|vais-je|pourrai-je)", "personne ne (?:m'a )?répond", "dans l'attente depuis",
    ),
    received=(
        "(?:bien|avons|ai) (?:bien )?reçu (?:votre|ton)",
        "votre (?:demande|message) a (?:bien )?été (?:reçue?|enregistrée?|prise? en compte)",
        "merci (?:pour|de) (?:votre|nous avoir) (?:message|demande|mail|e-mail|contactée?s?)",
        "(?:nous|je) (?:regardons|regarde|vérifions|vérifie|examinons|étudions|nous en occupons|m'en"
        " occupe)",
        "(?:en cours de traitement|prenons en charge|transmis votre|transmise)",
    ),
    pleasantries=(
        "bonjour", "bonsoir", "cher", "chère", "madame", "monsieur", "merci (?:de|pour) votre patience",
        "(?:nous )?(?:vous prions|désolée?s?)", "veuillez (?:patienter|agréer)", "automatique",
        "cordialement", "dans les plus brefs délais", "dès que",
    ),
    instructs=(
        "veuillez (?!patienter|noter|agréer)", "cliquez", "essayez", "allez", "ouvrez", "redémarrez",
        "vous pouvez", "pouvez-vous", "pourriez-vous", "merci de (?!votre|nous)", "ci-joint",
        "en pièce jointe", "envoyez", "paramètres", "remboursée?",
    ),
    refuses=(
        "(?:nous|je) ne (?:pouvons|peux|sommes|suis) (?:malheureusement )?pas (?:en mesure de |possible"
        " de )?(?:vous )?(?:rembourser|accepter|échanger|remplacer|proposer|accorder|annuler|reprendre)",
        "malheureusement,? (?:ce|cela|il) n'est pas possible", "(?:nous|je) (?:devons|dois) refuser",
        "demande (?:a été|est) (?:refusée|rejetée)", "contraire à nos conditions",
        "n'est (?:pas|plus) (?:couverte?|remboursable|sous garantie)",
    ),
    alternatives=(
        "en revanche", "à la place", "alternativement", "bon d'achat", "(?:nous|je) vous propos(?:ons|e)",
        "pouvons (?:toutefois |cependant |en revanche )?vous (?:proposer|offrir)",
    ),
    hints=("je ", "nous ", "on ", "équipe", "conseiller", "vous "),
    commits=(
        rf"(?:je|nous|on|notre équipe|un conseiller) (?:vous |te |la |le )?{DOES}",
        r"(?:je|nous|on) (?:vous )?(?:vais|allons|va) (?:vous )?(?!pas\b)[^.!?\n]{0,40}\b(?:répondre"
        "|recontacter|rappeler|envoyer|rembourser|informer|tenir|revenir|contacter)",
        "vous (?:recevrez|aurez)",
    ),
    conditions=("si", "s'il", "au cas où"),
    depends=("(?:dès que|si|une fois que|après que|lorsque) vous", "(?:dès|après) réception"),
    due=(
        rf"(?:d'ici |avant |pour |au plus tard )?(?:le )?{DAY}(?: prochain)?(?: (?:matin|midi|soir"
        "|après-midi))?",
        rf"(?:avant le|d'ici le|le|d'ici au|au plus tard le) (?:{DATE}|\d{{1,2}}(?:er)? {MONTH})",
        rf"(?:sous|dans|d'ici|dans les|en) {COUNT} (?:heures?|jours?|h|minutes?|semaines?)(?: (?:ouvrés"
        "|ouvrables))?",
        "(?:d'ici |avant )?(?:la )?fin (?:de (?:la )?(?:journée|semaine)|du mois)",
        "(?:d'ici |avant )?(?:demain|aujourd'hui|ce soir)(?: (?:matin|midi|soir))?",
        "(?:cette|la) semaine(?: prochaine)?", rf"(?:avant|à) {CLOCK} ?(?:h|heures)",
    ),
    vague=(
        "bientôt", "prochainement", "rapidement", "dès que", "au plus vite",
        "dans les (?:meilleurs|plus brefs) délais", "sous peu", "plus tard",
    ),
    calendar=calendar.FRENCH,
)  # fmt: skip
