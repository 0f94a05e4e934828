"""Keys of columns, rows and tables that stay the same from year to year."""

from __future__ import annotations

import re
from collections import Counter

import attrs

from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.rohblatt import adresse
from sozialtool.einlesen.standteile import Standteil, merge, split_zeit
from sozialtool.einlesen.texte import norm

TRENNER = " | "
GENERISCH = frozenset((
    "#", "geschlecht", "anzahl", "absolut", "abs", "personen", "wert", "werte", "merkmal", "merkmale", "dar", "darunter",
    "davon", "und zwar", "nach", "in", "monate", "jahre", "jahr", "stand", "stichtag", "indikator",
))  # fmt: skip
"""Header and label texts that say nothing about the Merkmal."""


_FUELLWORT = re.compile(
    r"\(?\b(?:Anzahl|insgesamt|zusammen|gesamt|Personen|am|zum|Stichtag|Stand)\b\.?\)?", re.IGNORECASE
)


@attrs.frozen
class Spaltenlage:
    """A column with its key, what its header says about the Stand, and the header as written."""

    nummer: int
    schluessel: str
    zeit: Standteil
    text: str


def column_keys(fund: Tabellenfund) -> tuple[Spaltenlage, ...]:
    """Return key and Stand of each column; the same key and Stand twice get a counting number "(2)"."""
    gesehen: Counter[tuple[str, Standteil]] = Counter()
    lagen = []
    for spalte in fund.spalten:
        teile = [split_zeit(text) for text in spalte.kopf]
        zeit, _ = merge(*(zeit for _, zeit in reversed(teile)))
        stamm = (
            TRENNER.join(norm(rest) or "#" for rest, _ in teile) or "spalte " + adresse(0, spalte.nummer)[:-1].lower()
        )
        gesehen[stamm, zeit] += 1
        anzahl = gesehen[stamm, zeit]
        text = " – ".join(spalte.kopf) or f"Spalte {adresse(0, spalte.nummer)[:-1]}"
        lagen.append(Spaltenlage(spalte.nummer, stamm if anzahl == 1 else f"{stamm} ({anzahl})", zeit, text))
    return tuple(lagen)


def text_key(text: str) -> str:
    """Key of a label, title or sheet name: normalised, the date replaced by "#"."""
    return norm(split_zeit(text)[0])


def row_key(texte: tuple[str, ...]) -> str:
    """Key of a row whose labels name a Merkmal: sections and labels without "dar.", "davon"."""
    teile = [text_key(text) for text in texte if text]
    return TRENNER.join(teil for teil in teile if teil and teil not in GENERISCH)


def section_column_key(abschnitt: str, spalte: str) -> str:
    """Key of a column within one section of a table whose sections are part of the meaning."""
    return f"{text_key(abschnitt)} » {spalte}"


def row_zeit(texte: tuple[str, ...]) -> Standteil:
    """What sections and labels of a row say about the Stand, the innermost first."""
    return merge(*(split_zeit(text)[1] for text in reversed(texte)))[0]


def wordings(texte: tuple[str, ...], titel: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Different ways to say what a header or row means, from the whole path to its end, generic words left out."""
    rein = [split_zeit(text)[0].replace("#", " ").strip() for text in texte]
    kern = [text for text in rein if text and norm(text) not in GENERISCH]
    kern = kern or [text for text in rein if text]
    wege = [" ".join(kern)] if kern else []
    wege += [" ".join((kern[0], kern[-1]))] if len(kern) > 2 else []
    for t in titel:
        rest = _FUELLWORT.sub(" ", split_zeit(t)[0].replace("#", " "))
        if sum(zeichen.isalpha() for zeichen in rest) >= 4:
            wege.append(" ".join((rest, *kern[-1:])))
    ohne = [_FUELLWORT.sub(" ", weg) for weg in wege]
    return tuple(dict.fromkeys(" ".join(weg.split()) for weg in (*wege, *ohne) if weg.split()))


def last_wording(texte: tuple[str, ...]) -> str:
    """The innermost text that says something."""
    rein = [split_zeit(text)[0].replace("#", " ").strip() for text in texte]
    kern = [text for text in rein if text and norm(text) not in GENERISCH]
    return kern[-1] if kern else ""
