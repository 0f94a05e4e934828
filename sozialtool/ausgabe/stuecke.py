"""Pieces of a report that the program wrote and may renew later: what they hold, and the marks by which they are found again.

Every piece carries its key and a checksum of what was written. It stands in Word twice: in the tag of a content control, which Word copies
along with a paragraph, and in the name of a bookmark, which LibreOffice keeps when it throws content controls away. Whoever types over
a piece changes what the checksum says; then it is hers (docs/entscheidungen/ausgabe-bericht-auffrischen.md).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import attrs

from sozialtool.ausgabe.emf import Vektorbild
from sozialtool.ausgabe.mappe import sauber
from sozialtool.fach.schreibweise import FEST

RAUM = "urn:sozialtool:bericht"
"""Namespace of the list of pieces that the file carries."""
TAG_LAENGE = 64
"""Characters that Word takes as the tag or the title of a content control."""
OHNE_SUMME = "0x00000000"
"""Stands in a mark whose checksum was taken out: nothing has it, so nothing counts as unchanged."""
_TAG = re.compile(r"st/([^/]+)/(.+)#(\w+)")
_LESEZEICHEN = re.compile(r"_st([0-9a-f]{5})_([0-9a-f]{10})_([0-9a-z]+?)(?:_\d+)?")
_TEXTSUMME = re.compile(r"(\d+)x([0-9a-f]{8})")
_BILDSUMME = re.compile(r"([0-9a-f]{8})y([0-9a-f]{8})")


@attrs.frozen
class Satz:
    """A text: a figure, a sentence, a title. `name` is what a person is told about it, `hinweis` why there is no figure."""

    schluessel: str
    name: str
    text: str
    hinweis: str = ""


@attrs.frozen
class Tafel:
    """A table: alt text, heads, widths in centimetres, rows; `rechts` are columns of numbers, `fett` rows in bold.

    `namen_fett`: the first column is bold, too.
    """

    schluessel: str
    name: str
    beschreibung: str
    kopf: tuple[str, ...]
    breiten: tuple[float, ...]
    zeilen: tuple[tuple[str, ...], ...]
    rechts: frozenset[int] = frozenset()
    fett: frozenset[int] = frozenset()
    namen_fett: bool = False

    def __attrs_post_init__(self) -> None:
        for zeile in (self.kopf, *self.zeilen):
            if len(zeile) != len(self.breiten):
                raise ValueError(f"{self.name}: {len(zeile)} cells in a table of {len(self.breiten)} columns")


@attrs.frozen
class Bild:
    """A picture with its alternative text."""

    schluessel: str
    name: str
    bild: Vektorbild = attrs.field(repr=False)
    alt: str = ""


Stueck = Satz | Tafel | Bild


@attrs.frozen
class Marke:
    """What a mark says: town, key ("" where only its hash is known), hash of the key, checksum."""

    ags: str
    schluessel: str
    spur: str
    summe: str


def hash_kurz(text: str, stellen: int = 8) -> str:
    """Return a short checksum; it recognises, it does not protect."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:stellen]


def spur_of(schluessel: str) -> str:
    """Return the hash of a key, the same however it is spelled: {A07  Rheinfeld} and {a07 rheinfeld} are one place."""
    return hash_kurz(" ".join(schluessel.casefold().split()), 10)


def textsumme(text: str) -> str:
    """Return length and checksum of a text; a space is a space, whether it breaks a line or not."""
    return f"{len(text)}x{hash_kurz(text.replace(FEST, ' '))}"


def tafeltext(zeilen: list[list[str]]) -> str:
    """Write the cells of a table as one text, without regard to how they are broken."""
    return "\n".join("\t".join(" ".join(zelle.split()) for zelle in zeile) for zeile in zeilen)


def bildsumme(inhalt: bytes, alt: str) -> str:
    """Return checksums of a picture and of its alternative text."""
    return f"{hashlib.sha256(inhalt).hexdigest()[:8]}y{hash_kurz(alt)}"


def summe_of(stueck: Stueck) -> str:
    """Return the checksum of what is written for a piece."""
    if isinstance(stueck, Satz):
        return textsumme(stueck.text)
    if isinstance(stueck, Tafel):
        return textsumme(tafeltext([list(zeile) for zeile in (stueck.kopf, *stueck.zeilen)]))
    return bildsumme(stueck.bild.inhalt, stueck.alt)


def make_tag(ags: str, schluessel: str, summe: str) -> str:
    """Write the tag of a content control; a key too long for it is named by its hash."""
    tag = f"st/{ags}/{schluessel}#{summe}"
    return tag if len(tag) <= TAG_LAENGE else f"st/{ags}/={spur_of(schluessel)}#{summe}"


def make_lesezeichen(ags: str, schluessel: str, summe: str, wievielte: int = 1) -> str:
    """Write the name of a bookmark: at most 40 letters, digits and underscores; Word hides it because it begins with one."""
    mehr = f"_{wievielte}" if wievielte > 1 else ""
    return f"_st{hash_kurz(ags, 5)}_{spur_of(schluessel)}_{summe}{mehr}"


def read_tag(tag: str) -> Marke | None:
    """Read a tag; None for one of somebody else."""
    treffer = _TAG.fullmatch(tag)
    if treffer is None:
        return None
    ags, schluessel, summe = treffer.groups()
    if schluessel.startswith("="):
        return Marke(ags, "", schluessel[1:], summe)
    return Marke(ags, schluessel, spur_of(schluessel), summe)


def read_lesezeichen(name: str, ags: str) -> Marke | None:
    """Read the name of a bookmark; None for one of somebody else; the town is "?" where it is another."""
    treffer = _LESEZEICHEN.fullmatch(name)
    if treffer is None:
        return None
    woher, spur, summe = treffer.groups()
    return Marke(ags if woher == hash_kurz(ags, 5) else "?", "", spur, summe)


def find_unveraendert(text: str, summe: str) -> int | None:
    """Return where the text that was written still stands unchanged in `text`: people write before and behind it. None: nowhere."""
    treffer = _TEXTSUMME.fullmatch(summe)
    if treffer is None:
        return None
    laenge, kurz = int(treffer[1]), treffer[2]
    orte = (n for n in range(len(text) - laenge + 1) if hash_kurz(text[n : n + laenge]) == kurz)
    return next((n for n in orte if _is_frei(text, n, n + laenge)), None)


def _is_frei(text: str, von: int, bis: int) -> bool:
    """Whether a stretch is no part of another number or word: "31,2 %" does not stand in "131,2 %"."""
    davor, danach = text[:von][-1:], text[bis : bis + 2]
    offen = danach[:1] in (",", ".") and danach[1:].isdigit()
    return not (davor.isalnum() or davor in (*",.+−-",) or danach[:1].isalnum() or offen)


def laenge_of(summe: str) -> int:
    """Return how many characters were written."""
    treffer = _TEXTSUMME.fullmatch(summe)
    return int(treffer[1]) if treffer else 0


def is_bild_unveraendert(inhalt: bytes, endung: str, alt: str, summe: str) -> bool:
    """Tell whether a picture is still the one that was written.

    LibreOffice turns an .emf into a .wmf when it saves; the alternative text then has to do.
    """
    treffer = _BILDSUMME.fullmatch(summe)
    if treffer is None or hash_kurz(alt) != treffer[2]:
        return False
    return hashlib.sha256(inhalt).hexdigest()[:8] == treffer[1] or endung == "wmf"


def liste_xml(ags: str, jahr: int, stand: dt.date, stuecke: Mapping[str, str]) -> bytes:
    """Write the list of pieces (key → name) that the file carries: what is missing later was deleted."""
    zeilen = "".join(f"<stueck s={quoteattr(sauber(s))} n={quoteattr(sauber(n))}/>" for s, n in stuecke.items())
    kopf = f'<bericht xmlns="{RAUM}" ags={quoteattr(ags)} jahr="{jahr}" stand="{stand}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{kopf}{zeilen}</bericht>'.encode()
