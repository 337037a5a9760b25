"""What somebody wrote this time: a message without quoted history, signature and footers.

Line by line and by the beginning of each line, so the cost is that of reading the message once.
"""

from __future__ import annotations

import re

BODY_LIMIT = 100_000
"""Characters of a body that are looked at; what comes later is quoted history in practice."""

# A mail program's line above a quotation. It may wrap, so up to three lines are joined for it.
WROTE = re.compile(
    r"(?:on|am|le|el|il|op) .{0,300}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef)\b.{0,120}:",
    re.IGNORECASE,
)
WROTE_BEGINS = ("on ", "am ", "le ", "el ", "il ", "op ")
# A line of dashes around words: -----Original Message-----, and a forwarded message.
DIVIDER = re.compile(
    r"[-_*=\s]{2,}(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message d'origine|message original|message transféré|mensaje original|mensaje reenviado"
    r"|original-nachricht|begin forwarded message)",
    re.IGNORECASE,
)
# Outlook quotes without a mark: a block of headers that begins with the sender.
SENDER = re.compile(r"\*?(?:from|von|de)\s?:", re.IGNORECASE)
SENT = re.compile(
    r"\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|fecha|para|asunto)\s?:",
    re.IGNORECASE,
)
# Lines that say nothing of this message; helpdesks put the first one above a reply.
DROPPED = ("##-", "[cid:", "[image:")
QUOTED = (">", *DROPPED)
FOOTERS = (
    "sent from my ", "sent from mail for", "sent via ", "get outlook for", "sent with ",
    "von meinem iphone", "von meinem ipad", "von meinem handy", "gesendet von ", "gesendet mit ",
    "envoyé de mon ", "envoyé depuis ", "enviado desde ", "enviado do meu",
    "this email and any attachments", "this e-mail and any attachments", "this message is confidential",
    "this email is confidential", "this e-mail is confidential", "confidentiality notice", "disclaimer:",
    "diese e-mail enthält", "diese e-mail ist vertraulich", "ce message est confidentiel",
    "ce courriel est confidentiel", "este mensaje es confidencial", "este correo es confidencial",
    "please consider the environment", "to unsubscribe",
)  # fmt: skip
LONGEST_FOOTER = max(map(len, FOOTERS))
RULED = "-_*="
"""What a divider begins with, once the spaces around it are gone."""
SIGNATURE_MARKS = ("--", "—", "__", "––")
# A closing on a line of its own starts a signature if only a few short lines follow.
CLOSINGS = frozenset({
    "regards", "best regards", "kind regards", "warm regards", "many regards", "with kind regards", "best",
    "all the best", "best wishes", "sincerely", "yours sincerely", "yours truly", "yours faithfully",
    "cheers and regards", "br", "kr", "rgds",
    "mit freundlichen grüßen", "mit freundlichem gruß", "freundliche grüße", "viele grüße", "beste grüße",
    "liebe grüße", "mit besten grüßen", "mit freundlichen gruessen", "viele gruesse", "gruß", "grüße", "mfg",
    "lg", "vg",
    "cordialement", "bien cordialement", "bien à vous", "salutations", "sincères salutations",
    "saludos", "un saludo", "saludos cordiales", "cordialmente", "atentamente", "un cordial saludo",
})  # fmt: skip
SIGNATURE_LINES = 6
SIGNATURE_WIDTH = 60


def strip(body: str) -> str:
    """The new words of a message: without quotations, mail headers, signature and footers."""
    lines = body[:BODY_LIMIT].replace("\xa0", " ").splitlines()
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if _is_quoted(line):
            at += 1
        elif header := _quotation_header(lines, at):
            at += header
            if not _quotation_follows(lines, at):
                break
        elif _ends_message(line) or _is_header_block(lines, at):
            break
        else:
            kept.append(line)
            at += 1
    return "\n".join(_without_signature(kept)).strip()


def _is_quoted(line: str) -> bool:
    return line.startswith(QUOTED)


def _quotation_header(lines: list[str], at: int) -> int:
    """How many lines the "On … wrote:" takes that begins here; 0 if none does."""
    if not lines[at].lstrip()[:3].lower().startswith(WROTE_BEGINS):
        return 0
    for taken in (1, 2, 3):
        joined = " ".join(part.strip()[:200] for part in lines[at : at + taken])
        if joined.endswith(":") and WROTE.fullmatch(joined):
            return taken
    return 0


def _quotation_follows(lines: list[str], at: int) -> bool:
    """Whether the quotation is marked line by line; its answer may then stand below or between."""
    following = (line.strip() for line in lines[at : at + 5])
    return next((line for line in following if line), "").startswith(">")


def _ends_message(line: str) -> bool:
    if line in SIGNATURE_MARKS or line[:LONGEST_FOOTER].lower().startswith(FOOTERS):
        return True
    return line[:1] in RULED and bool(DIVIDER.match(line[:100]))


def _is_header_block(lines: list[str], at: int) -> bool:
    if not SENDER.match(lines[at].lstrip()[:20]):
        return False
    return any(SENT.match(line.lstrip()[:20]) for line in lines[at + 1 : at + 4])


def _without_signature(lines: list[str]) -> list[str]:
    """The lines before a closing such as "Best regards", if what follows looks like a signature."""
    first = max(1, len(lines) - SIGNATURE_LINES - 1)
    for at in range(first, len(lines)):
        closes = lines[at].lower().rstrip(",.! ") in CLOSINGS
        if closes and all(len(line) <= SIGNATURE_WIDTH and "?" not in line for line in lines[at + 1 :]):
            return lines[:at]
    return lines
