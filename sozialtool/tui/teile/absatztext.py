"""Texts of several paragraphs: as they are stored (a line is a paragraph), as one writes them, and what is pasted into them.

What a paragraph and a point of a list is says `ablauf.absaetze`. While one writes, an empty line stands between paragraphs.
Everything here is text to text, so that it can be tested without a screen.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

import attrs

from sozialtool.ablauf.absaetze import PUNKT, is_punkt, list_absaetze, split_absaetze
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.tui.text import saeubern

_NUMMER = r"\(?\d{1,2}[.)]|\(?[a-z]\)"
_BLANK = r"[ \t\u00a0]"
_AUFZAEHLUNG = re.compile(
    rf"{_BLANK}*(?:[•●○■□▪▫◦‣⁃∙·*\uf0a7-\uf0b7\uf0d8\uf0e0\uf0fc-]{_BLANK}+|[•●▪◦\uf0a7\uf0b7\uf0d8]|[–—](?:[\t\u00a0]+| (?=[A-ZÄÖÜ0-9]))"
    r"|o\t+)[ \t]*"
)
"""Signs that Word, Outlook and web pages put before a point: those of Symbol and Wingdings lie in the private area, the second
level of Word's list is an "o" with a tab. A dash before a small letter is one inside a sentence."""
_STARR = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Blanks of a fixed or special width; the places filled in later bring their own."""
_ENDE = re.compile(r"\r\n?|\n|\f|\x85|\u2029|\x1c|\x1d|\x1e")
"""What ends a paragraph; a form feed is Word's page break. Its line break without a new paragraph (Umschalt+Enter, \\v) does not."""
_ENGLISCH = re.compile(r"“([^“”„\n]*)”")
_SATZENDE = (".", "!", "?", ":", ";", "“", "”", '"', ")", "…")
_FUGE = re.compile(r"(?:und|oder|bzw\.?|sowie|bis|als|wie|noch)\b", re.IGNORECASE)
_SCHMAL, _BREIT, _BLOCK = 45, 120, 3
"""Lines broken by a mail or a PDF are so long (characters), and there are so many of them in a block."""


@attrs.frozen
class Eingefuegt:
    """What becomes of a pasted text: the text, its paragraphs, and how many line breaks were taken for the end of a line only."""

    text: str
    absaetze: int
    zusammengezogen: int


def to_schreibtext(text: str) -> str:
    """Lay a stored text out for writing: an empty line between paragraphs, none between the points of a list."""
    zeilen = list_absaetze(text)
    teile: list[str] = []
    for vorige, zeile in zip(("", *zeilen), zeilen, strict=False):
        if teile and not (is_punkt(vorige) and is_punkt(zeile)):
            teile.append("")
        teile.append(zeile)
    return "\n".join(teile)


def from_schreibtext(text: str) -> str:
    """Bring what was written into the form that is stored: a line per paragraph, empty ones left out."""
    return "\n".join(list_absaetze(text))


def describe_kurz(text: str) -> str:
    """Say how long a text is: "2 Absätze, 31 Wörter"; "" where there is none."""
    worte = [len(absatz.split()) for _, absatz in split_absaetze(text)]
    if not worte:
        return ""
    return f"{format_anzahl(len(worte), 'Absatz', 'Absätze')}, {format_anzahl(sum(worte), 'Wort', 'Wörter')}"


def clean_eingefuegt(text: str) -> Eingefuegt:
    """Make plain paragraphs of a text from Word, a mail, a PDF or a web page.

    Line breaks inside a paragraph, tabs and fixed blanks become blanks, page breaks paragraphs, signs before points "- ";
    hyphens that only divide a word at the end of a line, invisible characters and English quotation marks go. Lines that a
    mail or a PDF has broken are joined again; how many that were is told, so that nobody wonders.
    """
    roh = unicodedata.normalize("NFC", _ENDE.sub("\n", text))
    zeilen = [_clean_zeile(zeile) for zeile in roh.split("\n")]
    fertig: list[str] = []
    gezogen = 0
    for block in _split_bloecke(zeilen):
        absaetze = _join_block(block)
        gezogen += len(block) - len(absaetze)
        fertig += absaetze
    sauber = "\n".join(fertig)
    return Eingefuegt(_ENGLISCH.sub(r"„\1“", sauber), len(fertig), gezogen)


def _clean_zeile(zeile: str) -> str:
    """Clean one line; the sign of a point must be seen before its tab becomes a blank."""
    punkt = _AUFZAEHLUNG.match(zeile)
    rest = zeile[punkt.end() :] if punkt else zeile
    rest = saeubern(_STARR.sub(" ", rest)).replace("\u2011", "-")
    rest = re.sub(r" {2,}", " ", rest).strip()
    return f"{PUNKT}{rest}" if punkt and rest else rest


def _split_bloecke(zeilen: list[str]) -> list[list[str]]:
    """Split at empty lines."""
    bloecke: list[list[str]] = [[]]
    for zeile in zeilen:
        if zeile:
            bloecke[-1].append(zeile)
        elif bloecke[-1]:
            bloecke.append([])
    return [block for block in bloecke if block]


def _join_block(block: list[str]) -> list[str]:
    """Join the lines of a block that were broken for their width alone."""
    breite = max(map(len, block))
    umbrochen = len(block) >= _BLOCK and _SCHMAL <= breite <= _BREIT
    fertig = [block[0]]
    for vorige, zeile in itertools.pairwise(block):
        if not _goes_on(vorige, zeile, breite if umbrochen else 0):
            fertig.append(zeile)
        elif fertig[-1].endswith("-") and fertig[-1][-2:-1].isalpha() and not _FUGE.match(zeile):
            # "Sozial-/raum" is one word, "Rheinfeld-/Nord" keeps its hyphen.
            fertig[-1] = (fertig[-1][:-1] if zeile[0].islower() else fertig[-1]) + zeile
        else:
            fertig[-1] += f" {zeile}"
    return fertig


def _goes_on(vorige: str, zeile: str, breite: int) -> bool:
    """Whether a line goes on in the next one: that begins small, or its first word had no more room (`breite` 0: any had)."""
    if is_punkt(zeile) or re.match(rf"(?:{_NUMMER})\s", zeile):
        return False
    if zeile[0].islower() and not vorige.endswith(_SATZENDE):
        return True
    return bool(breite) and len(vorige) + 1 + len(zeile.split(maxsplit=1)[0]) > breite
