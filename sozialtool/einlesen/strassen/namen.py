"""Street names and house numbers made comparable. Standard library only: runs in the reading child process too.

A house number has a place: `12` comes before `12a`, that before `12b` and `13`. It is counted in steps of 27, one for
the number itself and one for each letter.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sozialtool.einlesen.texte import clean, norm

JE_NUMMER = 27
"""Places per house number: the number itself and the Zusätze a to z."""
LETZTE = 9999 * JE_NUMMER + JE_NUMMER - 1
"""Place of the last house number that is understood."""

_ENDUNGEN = (("pl", "platz"), ("wg", "weg"), ("all", "allee"), ("gss", "gasse"))
_NUMMER = re.compile(r"0*(\d{1,4})(?:[.,]0+)?\s*-?\s*([a-zA-Z])?(?![\w])")
_ADRESSE = re.compile(r"^(.*?[^\d\s,/])[\s,]*?(?<![\d/])(\d{1,4})\s*([a-zA-Z](?![\w]))?(?:\s+1/\d|\s*[-–/+,(].*)?$")
_TAG = re.compile(
    r"\d{4}-\d\d-\d\d\b|\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b|\d{1,2}\.\s?(?:jan|feb|mrz|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)",
    re.IGNORECASE,
)
"""What Excel makes of "1-3", shown as text."""
_BEI = re.compile(r"[\s,;(]*\b(?:[cC]\s*/\s*[oO]\b|bei (?=[A-ZÄÖÜ])|p\. ?[aA]\.|z\. ?H[bd]\.)[^,;]*")
"""A person with whom somebody lives: "c/o Meier, …"; "bei" only in small letters before a name, "Bei der Kirche" is a street."""
_ZIFFER = re.compile(r"\d")


class Hausnummer(NamedTuple):
    """A house number and its Zusatz in small letters ("" : none)."""

    nummer: int
    zusatz: str = ""

    @property
    def platz(self) -> int:
        """Its place among all house numbers of a street."""
        return self.nummer * JE_NUMMER + (ord(self.zusatz) - 96 if self.zusatz else 0)

    def __str__(self) -> str:
        return f"{self.nummer}{self.zusatz}"


def norm_strasse(name: str) -> str:
    """Make a street name comparable: case, umlauts, hyphens, blanks and points aside, "Straße", "Strasse", "Str." alike."""
    wort = norm(name).replace(" ", "")
    for kurz, lang in _ENDUNGEN:
        if wort.endswith(kurz) and len(wort) > len(kurz) + 2:
            return wort.removesuffix(kurz) + lang
    return wort


def norm_schluessel(wert: object) -> str:
    """Write a Straßenschlüssel as text without leading zeros, as Excel makes them: 30.0 and "0030" both become "30"."""
    if isinstance(wert, float) and wert.is_integer():
        wert = int(wert)
    text = clean(wert)
    return text.lstrip("0") or text if text.isdigit() else text


def parse_hausnummer(nummer: object, zusatz: object = None) -> Hausnummer | None:
    """Read a house number: 12, 12.0, "012", "12a", "12 A", "12-14" (its first); None when there is none.

    A Zusatz in a column of its own counts when it is one letter; "1/2", "HH" and the like are left out. A day is none: Excel
    made it of "1-3".
    """
    if isinstance(nummer, bool) or nummer is None:
        return None
    if isinstance(nummer, int | float):
        # Written so that NaN and infinity fail too.
        if not (0 < nummer <= 9999):
            return None
        zahl, buchstabe = int(nummer), ""
    else:
        text = clean(nummer)
        treffer = None if _TAG.match(text) else _NUMMER.match(text)
        if treffer is None or int(treffer[1]) == 0:
            return None
        zahl, buchstabe = int(treffer[1]), (treffer[2] or "").lower()
    eigener = clean(zusatz).lower() if zusatz is not None else ""
    if len(eigener) == 1 and "a" <= eigener <= "z":
        buchstabe = eigener
    return Hausnummer(zahl, buchstabe)


def split_adresse(text: object) -> tuple[str, Hausnummer | None]:
    """Split "Straße des 17. Juni 135 a" into name and house number; without a number all of it is the name."""
    rein = clean(text) if text is not None else ""
    treffer = _ADRESSE.match(rein)
    if treffer is None:
        return rein, None
    return treffer[1].strip(" ,"), parse_hausnummer(treffer[2], treffer[3])


def without_person(adresse: str) -> str:
    """Leave out with whom somebody lives: "c/o Meier, Am Markt 5" and "Am Markt 5 bei Meier" become "Am Markt 5"."""
    return (
        _BEI.sub("", clean(adresse)).strip(" ,;)") if "/" in adresse or "." in adresse or "bei " in adresse else adresse
    )


def without_nummer(name: str) -> str:
    """Cut a spelling before its first digit: what is proposed to the planner must not name a house."""
    return _ZIFFER.split(clean(name), maxsplit=1)[0].strip(" ,.-/") if _ZIFFER.search(name) else clean(name)
