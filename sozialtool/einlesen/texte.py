"""Texts of foreign files made comparable: spelling, hyphens, umlauts, blanks, footnote marks.

Two texts with the same `norm` are the same name for us; everything less alike is only a proposal (einlesen.aehnlich).
"""

from __future__ import annotations

import functools
import re
import unicodedata

_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STRICHE = re.compile(r"[‐‑‒–—―−\-_/]+")
_FUSSNOTE = re.compile(r"(?<=[a-zäöüß)])\s*(?:\d\)|\(\d\)|[*¹²³⁴⁵⁶⁷⁸⁹⁰]+[)⁾]?)(?:\s*,\s*\d\))*\s*$", re.IGNORECASE)
_ABKUERZUNGEN = (
    (re.compile(r"strasse\b"), "str"),
    (re.compile(r"\bsankt\b"), "st"),
    (re.compile(r"\b(?:krfr|kreisfr|kreisfreie)\b"), "krfr"),
    (re.compile(r"\binsg\b"), "insgesamt"),
    (re.compile(r"\beinw\b"), "einwohner"),
    (re.compile(r"\bmaennl\b"), "maennlich"),
    (re.compile(r"\bweibl\b"), "weiblich"),
)
_GATTUNG = re.compile(
    r"^(?:ortsteil|stadtteil|stadtbezirk|sozialraum|bezirk|stimmbezirk|wahlbezirk|planungsraum|quartier|ot|sr)\b\s*"
)
_ZUSATZ = re.compile(r"\b(?:krfr stadt|landeshauptstadt|hansestadt|stadt|gemeinde|markt|flecken|kreisstadt)$")
_NUMMER_DAVOR = re.compile(r"^\d{1,3}(?:[. ]+\d{1,2})*[.)]?\s+(?=[a-z])")
_LEERZEICHEN = re.compile(r"\s+")


def clean(text: object) -> str:
    """Put a cell's text on one line: line breaks and special blanks become one blank, soft hyphens go."""
    roh = str(text).replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return _LEERZEICHEN.sub(" ", roh).strip()


def without_note(text: str) -> str:
    """Take the mark of a footnote off the end of a label: "nicht zuzuordnen¹⁾" → "nicht zuzuordnen"."""
    return _FUSSNOTE.sub("", clean(text)).strip()


@functools.lru_cache(maxsize=20_000)
def norm(text: str) -> str:
    """Make a name comparable: lower case, ä→ae, ß→ss, hyphens and points as blanks, Straße→str, no footnote mark.

    "St.Pauli", "St. Pauli" and "Sankt-Pauli" all become "st pauli".
    """
    ohne = _FUSSNOTE.sub("", clean(unicodedata.normalize("NFC", text)))
    klein = _STRICHE.sub(" ", ohne.casefold().translate(_UMLAUTE))
    klein = unicodedata.normalize("NFKD", klein)
    klein = "".join(z for z in klein if not unicodedata.combining(z))
    klein = re.sub(r"[.,;:!?\"'„“”‚‘’()\[\]{}*]+", " ", klein)
    klein = _LEERZEICHEN.sub(" ", klein).strip()
    for muster, ersatz in _ABKUERZUNGEN:
        klein = muster.sub(ersatz, klein)
    return klein


def zahl(wert: float) -> str:
    """Write a figure in a message the German way: 12345.5 → "12.345,5"."""
    ganz, komma, rest = f"{round(wert, 6):.15g}".partition(".")
    if ganz.lstrip("-").isdigit():
        # The sign apart: int("-0") has none, and −0,3 would turn into 0,3.
        vorzeichen, ziffern = ("−", ganz[1:]) if ganz.startswith("-") else ("", ganz)
        ganz = vorzeichen + f"{int(ziffern):,}".replace(",", ".")
    return f"{ganz}{komma and ','}{rest}"


@functools.lru_cache(maxsize=20_000)
def norm_gebiet(text: str) -> str:
    """Make the name of an area comparable: `norm` without kind ("Ortsteil …"), leading number and ", Stadt"."""
    kern = norm(text)
    kern = _NUMMER_DAVOR.sub("", kern)
    kern = _GATTUNG.sub("", kern) or kern
    kern = _NUMMER_DAVOR.sub("", kern)
    return _ZUSATZ.sub("", kern).strip() or kern
