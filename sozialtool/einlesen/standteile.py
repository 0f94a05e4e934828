"""Years, dates and periods inside foreign texts: found, cut out, put together.

A Stand often comes in two halves (the year in the row, the month above the column). A half is a `Standteil`; `merge`
joins them and `build_stand` makes the date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re

import attrs

_MONATE = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "dezember")  # fmt: skip
_MONAT = {
    **{name: nummer for nummer, name in enumerate(_MONATE, 1)},
    **{name[:3]: nummer for nummer, name in enumerate(_MONATE, 1)},
    "jänner": 1, "maerz": 3, "mrz": 3, "sept": 9,
}  # fmt: skip
_MONATSWORT = "|".join(sorted((re.escape(name) for name in _MONAT), key=len, reverse=True))
_J = r"(?:19|20)\d{2}"
_KEIN_STAND = re.compile(
    rf"\b(?:WZ|KldB|ISCED|ICD|Gebietsstand(?:\s+im\s+Jahr)?|Zensus|Revision|Fassung|BGBl\.?|Nr\.|seit|vor|Ausgabe)\s*:?\s*"
    rf"(?:\d{{1,2}}\.\d{{1,2}}\.)?{_J}\b|\b{_J}\s*(?:€|Euro|EUR|und mehr|Einwohner|qm|m²)",
    re.IGNORECASE,
)
_TAG = rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_J}|{_J}-\d{{2}}-\d{{2}}|(?:\d{{1,2}}\.\s*)?(?:{_MONATSWORT})\.?\s+{_J})"
_AUSGABETAG = re.compile(
    rf"(?:\b(?:erstellt|gedruckt|ausgedruckt|abgerufen|ausgewertet|exportiert|erzeugt|veröffentlicht|heruntergeladen|ausgegeben)"
    rf"|\w*(?:erstellungs|druck|abruf|auswertungs|export|ausgabe)datum|\b(?:ausdruck|abruf|druck|\w*export|datenabzug|abzug))"
    rf"\s*:?\s*(?:am|vom|im)?\s*:?\s*(?:{_TAG}|{_J})|\b\w*(?:auswertung|bericht|schreiben|mail)\s+vom\s*:?\s*{_TAG}",
    re.IGNORECASE,
)
"""The day on which somebody printed or evaluated the figures: hardly ever the day that they speak of."""
_MUSTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("datum", re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})(?!\d)")),
    ("iso", re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")),
    ("jahrmonat", re.compile(r"(?<!\d)((?:19|20)\d{2})[-_](0[1-9]|1[0-2])(?![-_]?\d)")),
    ("tagmonatjahr", re.compile(rf"(?<!\d)(\d{{1,2}})\.\s*({_MONATSWORT})\.?\s+({_J})(?!\d)", re.IGNORECASE)),
    ("monatjahr", re.compile(rf"\b({_MONATSWORT})\.?\s+({_J})(?!\d)", re.IGNORECASE)),
    ("schuljahr", re.compile(r"(?:Schuljahr|Kita-?jahr|Kindergartenjahr)\s*((?:19|20)\d{2})\s*[/–-]\s*((?:20)?\d{2})(?!\d)", re.IGNORECASE)),
    ("doppeljahr", re.compile(r"(?<![\d/])((?:19|20)\d{2})\s*/\s*((?:20)?\d{2})(?![\d/])")),
    ("zeitraum", re.compile(rf"(?<!\d)({_J})\s*(?:-|–|bis)\s*({_J})(?!\d)")),
    ("jahr", re.compile(rf"(?<![\d.,/])({_J})(?:[.,]0)?(?![\d/]|[.,]\d)")),
    ("tagmonat", re.compile(r"(?<!\d)(3[01]|[12]?\d|0\d)\.\s?(1[0-2]|0?[1-9])\.(?!\d)")),
    ("monat", re.compile(rf"\b({_MONATSWORT})\b\.?(?:\s*\([^)]*\))?", re.IGNORECASE)),
)  # fmt: skip
_DURCHSCHNITT = re.compile(r"jahresdurchschnitt|im jahresmittel|jahressumme|im laufe des jahres", re.IGNORECASE)


@attrs.frozen
class Standteil:
    """What a text says about the Stand; None where it says nothing.

    `jahre` is the length of a period in years (1: a year or its average; 0 or None: a day).
    """

    jahr: int | None = None
    monat: int | None = None
    tag: int | None = None
    jahre: int | None = None

    @property
    def leer(self) -> bool:
        """Whether nothing is known."""
        return self.jahr is None and self.monat is None and self.tag is None and self.jahre is None


NICHTS = Standteil()


def merge(*teile: Standteil) -> tuple[Standteil, bool]:
    """Join halves, the first one that knows something wins; the flag says whether two contradict each other."""
    ergebnis = NICHTS
    widerspruch = False
    for teil in teile:
        for name in ("jahr", "monat", "tag", "jahre"):
            alt, neu = getattr(ergebnis, name), getattr(teil, name)
            if alt is None and neu is not None:
                ergebnis = attrs.evolve(ergebnis, **{name: neu})
            elif neu is not None and alt != neu and name != "jahre":
                widerspruch = True
    return ergebnis, widerspruch


def split_zeit(text: str) -> tuple[str, Standteil]:
    """Cut the first statement about time out of a text: ("Einwohner am 31.12.2023") → ("Einwohner am #", 31.12.2023).

    Only one statement is cut, the most exact one; years that belong to a classification ("WZ 2008") or to a
    Gebietsstand are left alone, and so is the day of printing or evaluating unless the text names no other time. A text
    without one comes back as it is.
    """
    rest, zeit = _split(text, nebenher=True)
    return (rest, zeit) if zeit.jahr is not None else _split(text, nebenher=False)


def is_ausgabetag(text: str) -> bool:
    """Whether all that a text says about the year is when the figures were printed or evaluated."""
    return bool(_AUSGABETAG.search(text)) and _split(text, nebenher=True)[1].jahr is None


@functools.lru_cache(maxsize=20_000)
def _split(text: str, *, nebenher: bool) -> tuple[str, Standteil]:
    gesperrt = [treffer.span() for treffer in _KEIN_STAND.finditer(text)]
    if nebenher:
        gesperrt += [treffer.span() for treffer in _AUSGABETAG.finditer(text)]
    for art, muster in _MUSTER:
        for treffer in muster.finditer(text):
            if any(von < treffer.end() and treffer.start() < bis for von, bis in gesperrt):
                continue
            angabe = _teil(art, treffer)
            if angabe is None:
                continue
            if angabe.tag is None and angabe.jahre is None and _DURCHSCHNITT.search(text):
                angabe = attrs.evolve(angabe, jahre=1)
            return f"{text[: treffer.start()]}#{text[treffer.end() :]}", angabe
    if _DURCHSCHNITT.search(text):
        return text, Standteil(jahre=1)
    return text, NICHTS


def _teil(art: str, treffer: re.Match[str]) -> Standteil | None:
    teile = treffer.groups()
    if art == "datum":
        return _checked(int(teile[2]), int(teile[1]), int(teile[0]))
    if art == "iso":
        return _checked(int(teile[0]), int(teile[1]), int(teile[2]))
    if art == "tagmonatjahr":
        return _checked(int(teile[2]), _MONAT[teile[1].casefold()], int(teile[0]))
    if art == "jahrmonat":
        return Standteil(int(teile[0]), int(teile[1]))
    if art == "monatjahr":
        return Standteil(int(teile[1]), _MONAT[teile[0].casefold()])
    if art in ("schuljahr", "doppeljahr"):
        return _doppeljahr(int(teile[0]), teile[1], schule=art == "schuljahr")
    if art == "zeitraum":
        von, bis = int(teile[0]), int(teile[1])
        return Standteil(jahr=bis, jahre=bis - von + 1) if 0 < bis - von < 30 else None
    if art == "jahr":
        return Standteil(jahr=int(teile[0]))
    if art == "tagmonat":
        return _checked(None, int(teile[1]), int(teile[0]))
    return Standteil(monat=_MONAT[teile[0].casefold()])


def _doppeljahr(erstes: int, zweites: str, *, schule: bool) -> Standteil | None:
    """A school year counts by its Stichtag in autumn of the first year (Schulstatistik NRW: 15 October)."""
    if int(zweites) % 100 != (erstes + 1) % 100:
        return None
    return Standteil(jahr=erstes, monat=10, tag=15) if schule else Standteil(jahr=erstes)


def _checked(jahr: int | None, monat: int, tag: int) -> Standteil | None:
    if not 1 <= monat <= 12 or not 1 <= tag <= calendar.monthrange(jahr or 2000, monat)[1]:
        return None
    return Standteil(jahr, monat, tag)


def from_zelle(wert: object) -> Standteil:
    """Read the Stand that a cell holds: a date, a year as number (2023.0) or a text."""
    if isinstance(wert, dt.datetime | dt.date):
        return Standteil(wert.year, wert.month, wert.day)
    if isinstance(wert, bool) or wert is None:
        return NICHTS
    if isinstance(wert, int | float):
        return Standteil(jahr=int(wert)) if wert == int(wert) and 1900 <= wert <= 2100 else NICHTS
    return split_zeit(str(wert))[1]


def build_stand(angabe: Standteil, stichtag: str = "31.12.") -> tuple[dt.date, int] | None:
    """Make date and length of the period; `stichtag` (Merkmal.stichtag) fills in day and month of a bare year.

    Returns None without a year. A month without a day ends on its last day. "Jahr" as Stichtag means the whole year.
    """
    if angabe.jahr is None:
        return None
    jahre = angabe.jahre or 0
    monat, tag = angabe.monat, angabe.tag
    if monat is None:
        vorgabe = re.fullmatch(r"\s*(\d{1,2})\.(\d{1,2})\.?\s*", stichtag)
        if vorgabe and not jahre:
            tag, monat = int(vorgabe[1]), int(vorgabe[2])
        elif "schuljahr" in stichtag.casefold() and not jahre:
            tag, monat = 15, 10
        else:
            tag, monat, jahre = 31, 12, jahre or (1 if "jahr" in stichtag.casefold() else 0)
    letzter = calendar.monthrange(angabe.jahr, monat)[1]
    return dt.date(angabe.jahr, monat, min(tag or letzter, letzter)), jahre
