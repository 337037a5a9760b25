"""The words in which each language says by when: data, one calendar a language.

Every phrase is a regular expression in small letters that captures nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, kw_only=True)
class Calendar:
    """How one language names days, months, lengths of time and times of the day."""

    weekdays: tuple[str, ...]
    """Monday first."""
    months: tuple[str, ...]
    """January first."""
    numbers: Mapping[str, int]
    minute: str
    hour: str
    day: str
    week: str
    month: str
    working: str
    """Makes a length of time one of opening hours or working days."""
    next: str
    end: str
    end_of_day: str
    """The end of the business day in one phrase, such as EOD."""
    today: str
    tomorrow: str
    after_tomorrow: str
    weekend: str
    noon: str
    """Noon, and what ends by it: the morning."""
    evening: str
    """What lasts until midnight."""
    after_noon: str
    """A clock of twelve hours in its second half; empty where clocks have 24."""
    is_day_first: bool
    """Whether 3/4 is the third of April; False where it may be either."""


ENGLISH = Calendar(
    weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    months=("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    numbers={
        "an": 1, "a": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "ten": 10,
    },
    minute="minute", hour="hour", day=r"\bdays?\b", week="week", month="month", working="business|working",
    next="next", end="end of",
    end_of_day="end of (?:the |this )?(?:business )?day|eod|eob|cob|close of (?:business|play)",
    today="today|tonight|this (?:morning|afternoon|evening)", tomorrow="tomorrow", after_tomorrow="day after tomorrow",
    weekend="weekend", noon=r"\bnoon|midday|morning", evening="tonight|evening", after_noon="pm", is_day_first=False,
)  # fmt: skip
GERMAN = Calendar(
    weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"),
    months=("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
            "november", "dezember"),
    numbers={
        "einem": 1, "einer": 1, "eine": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
        "sieben": 7, "zehn": 10,
    },
    minute="minute", hour="stunde", day=r"tag(?:en?|es)?\b", week="woche", month="monat",
    working="werk|arbeits|geschäfts",
    next="nächste|kommende woche", end="ende", end_of_day="tagesende|ende des tages|feierabend",
    today="heute", tomorrow="morgen", after_tomorrow="übermorgen", weekend="wochenende",
    noon="(?<!nach)mittag|früh", evening="abend", after_noon="", is_day_first=True,
)  # fmt: skip
FRENCH = Calendar(
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre"),
    numbers={"une": 1, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "dix": 10},
    minute="minute", hour=r"heure|\bh\b", day=r"jours?\b", week="semaine", month="mois",
    working="ouvrés|ouvrables",
    next="prochaine?", end="fin d", end_of_day="fin de (?:la )?journée", today="aujourd'hui|ce soir",
    tomorrow="demain", after_tomorrow="après-demain", weekend="week-?end", noon="(?<!après-)midi|matin", evening="soir",
    after_noon="", is_day_first=True,
)  # fmt: skip
SPANISH = Calendar(
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre"),
    numbers={"una": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "diez": 10},
    minute="minuto", hour="hora", day=r"\bdías?\b", week="semana", month="mes", working="hábiles|laborables",
    next="próxim[oa]", end="final", end_of_day="final del día", today="hoy", tomorrow="mañana",
    after_tomorrow="pasado mañana", weekend="fin de semana", noon="mediodía|por la mañana", evening="noche",
    after_noon="", is_day_first=True,
)  # fmt: skip
