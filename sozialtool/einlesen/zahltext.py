"""The text of a number taken apart: comparison, brackets, footnote, percent sign, and the number itself."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import attrs

_LEER = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t\r\n"), " "
)
_WEG = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_STRICHE = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_ZEICHEN = str.maketrans({**_LEER, **_WEG, **_STRICHE})
LAENGSTE_ZAHL = 60
"""Longer texts are no figures; keeps the regular expressions away from whole paragraphs."""

_HOCH = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_KERN = re.compile(r"[+-]? ?(?:[0-9]+(?:[.,' ’][0-9]+)*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_KLEINER = re.compile(r"(?:<=?|≤|unter|weniger als|bis zu|höchstens|max\.) *", re.IGNORECASE)
_GROESSER = re.compile(r"(?:>=?|≥|über|mehr als|mindestens|mind\.) *", re.IGNORECASE)
_UNGEFAEHR = re.compile(r"(?:ca\.?|circa|rund|rd\.|etwa|ungefähr|geschätzt|~|≈) *(?=[0-9+-])", re.IGNORECASE)
_PROZENT = re.compile(r" *(?:%|v\. ?H\.|vH|Prozent)$", re.IGNORECASE)
_EURO = re.compile(r" *(?:€|EUR|Euro)$|^(?:€|EUR) *", re.IGNORECASE)
_FUSSNOTE = re.compile(rf"(?: *[{_HOCH}]+[)⁾]?| *\*{{1,4}}\)?| *[†‡]| +[0-9a-z]{{1,2}}\)| *\[[0-9a-z]{{1,2}}\])$")
_GEKLEBT = re.compile(r"(?<=[0-9])([0-9])\)$")
_EINHEIT = re.compile(r" +[^\W\d_][^\d]{1,30}$| *‰$")
_BEREICH = re.compile(r"[0-9][0-9.,]* ?(?:-|bis) ?[0-9][0-9.,]*(?: ?%)?")
_GRUPPEN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_EIN_PUNKT = re.compile(r"[0-9]*\.[0-9]+")


@attrs.frozen
class Zahlteile:
    """Pieces of a number's text; `kern` is digits with separators and sign, `vergleich` is "<", ">" or ""."""

    kern: str
    vergleich: str = ""
    geschaetzt: bool = False
    klammer: bool = False
    prozent: bool = False
    fussnote: str = ""
    vermerk: str = ""
    unsicher: str = ""


@attrs.frozen
class Entscheidung:
    """What the point means in one column of text numbers.

    Attributes:
        tausender: True "1.234" is 1234; False it is 1,234; None undecided.
        sicher: whether the column proves it, or it is only likely.
        grund: German sentence for the planner.
        belege: up to five texts that speak for it.
    """

    tausender: bool | None
    sicher: bool
    grund: str
    belege: tuple[str, ...] = ()


def normalize(text: str) -> str:
    """Turn every kind of blank into a plain one, every dash into "-", drop invisible characters, trim."""
    return text.translate(_ZEICHEN).strip()


def is_bereich(text: str) -> bool:
    """Whether a normalized text is a span of numbers ("3-5", "3 bis 5")."""
    return len(text) <= LAENGSTE_ZAHL and _BEREICH.fullmatch(text) is not None


def is_ungefaehr(text: str) -> bool:
    """Whether a text says in words or by "~" that its number is only about right ("ca. 150"); "150 s" is a sign."""
    return _UNGEFAEHR.match(normalize(text).lstrip("( ")) is not None


def render_zahl(zahl: float) -> str:
    """Write a stored number the German way, without exponent where possible: 1234.5 → "1234,5"."""
    return f"{zahl:.15g}".replace(".", ",")


def split_zahl(text: str, vermerke: tuple[str, ...] = ()) -> Zahlteile | None:
    """Take a normalized text apart; None when no number is left.

    Args:
        text: normalized text.
        vermerke: letters of the sign table that may stand behind (or before) a number, such as p, r, s.
    """
    if len(text) > LAENGSTE_ZAHL or not any(zeichen.isdigit() for zeichen in text):
        return None
    teile = Zahlteile(text)
    for _ in range(LAENGSTE_ZAHL):
        if _KERN.fullmatch(teile.kern) and _is_gruppiert(teile.kern):
            return teile
        naechste = _strip_one(teile, vermerke)
        if naechste is None:
            return None
        teile = naechste
    return None


def _strip_one(teile: Zahlteile, vermerke: tuple[str, ...]) -> Zahlteile | None:
    kern = teile.kern
    if kern.startswith("(") and kern.endswith(")"):
        return attrs.evolve(teile, kern=kern[1:-1].strip(), klammer=True)
    if treffer := _UNGEFAEHR.match(kern):
        return attrs.evolve(teile, kern=kern[treffer.end() :], geschaetzt=True)
    for muster, zeichen in ((_KLEINER, "<"), (_GROESSER, ">")):
        if not teile.vergleich and (treffer := muster.match(kern)):
            return attrs.evolve(teile, kern=kern[treffer.end() :], vergleich=zeichen)
    if treffer := _PROZENT.search(kern):
        return attrs.evolve(teile, kern=kern[: treffer.start()], prozent=True)
    if _EURO.search(kern):
        return attrs.evolve(teile, kern=_EURO.sub("", kern))
    return _strip_vermerk(teile, vermerke) or _strip_rest(teile)


def _strip_vermerk(teile: Zahlteile, vermerke: tuple[str, ...]) -> Zahlteile | None:
    kern = teile.kern
    for vermerk in vermerke:
        if not vermerk.isalpha():
            continue
        if kern.endswith(vermerk) and not kern[: -len(vermerk)][-1:].isalpha():
            return attrs.evolve(teile, kern=kern[: -len(vermerk)].rstrip(), vermerk=vermerk)
        if kern.startswith(vermerk + " "):
            return attrs.evolve(teile, kern=kern[len(vermerk) :].lstrip(), vermerk=vermerk)
    return None


def _strip_rest(teile: Zahlteile) -> Zahlteile | None:
    kern = teile.kern
    if treffer := _FUSSNOTE.search(kern):
        note = treffer.group().strip() + teile.fussnote
        return attrs.evolve(teile, kern=kern[: treffer.start()].rstrip(), fussnote=note)
    if treffer := _GEKLEBT.search(kern):
        rest = kern[: treffer.start()]
        # "1.2342)": the groups of three say where the number ends. "1232)": nothing says so.
        klar = bool(_GRUPPEN.fullmatch(rest.lstrip("+-"))) and rest.count(".") > 0
        return attrs.evolve(
            teile, kern=rest, fussnote=treffer.group(), unsicher=teile.unsicher if klar else "ZAHL-FUSSNOTE"
        )
    if re.fullmatch(r"[0-9][0-9.,' ]*-", kern):
        # Some registers write the minus behind the number.
        return attrs.evolve(teile, kern="-" + kern[:-1].rstrip(), unsicher="ZAHL-MEHRDEUTIG")
    if treffer := _EINHEIT.search(kern):
        return attrs.evolve(teile, kern=kern[: treffer.start()].rstrip(), unsicher="ZAHL-EINHEIT")
    return None


def _is_gruppiert(kern: str) -> bool:
    """Blanks and apostrophes only between groups of three: "1 234" yes, "12 34" no."""
    rein = kern.lstrip("+-").strip()
    if " " not in rein and "'" not in rein and "’" not in rein:
        return True
    ganz = re.split(r"[.,]", rein, maxsplit=1)[0]
    return re.fullmatch(r"[0-9]{1,3}(?:[ '’][0-9]{3})+", ganz) is not None


def read_zahl(kern: str, dezimal: str = ",", tausenderpunkt: bool | None = None) -> tuple[float, bool]:
    """Turn digits with separators into a number; return it and whether it could mean something else.

    Raises:
        ValueError: more digits than a number can hold.
    """
    rein = re.sub(r"[ '’]", "", kern)
    if dezimal == ".":
        # The English way is the German one with both signs exchanged, and there the group sign is agreed.
        rein, tausenderpunkt = rein.translate(str.maketrans(".,", ",.")), True
    ohne = rein.lstrip("+-")
    if "," in ohne:
        return _read_mit_komma(rein, ohne)
    if "." not in ohne:
        return _to_float(rein), False
    if ohne.count(".") > 1:
        return _to_float(rein.replace(".", "")), not _GRUPPEN.fullmatch(ohne)
    if _GRUPPEN.fullmatch(ohne):
        if tausenderpunkt is False:
            return _to_float(rein), False
        return _to_float(rein.replace(".", "")), tausenderpunkt is None
    # "12.5" can only be a decimal, or a 12.500 that lost its zeros on the way: sure only when the column says so.
    return _to_float(rein), tausenderpunkt is not False


def _read_mit_komma(rein: str, ohne: str) -> tuple[float, bool]:
    ganz, _, rest = ohne.partition(",")
    if "," in rest or "." in rest:
        # "1,234,567" or "1,234.5": English, whatever the column is said to be.
        zahl = _to_float(rein.replace(",", "")) if rest.count(".") <= 1 else _to_float(re.sub("[.,]", "", rein))
        return zahl, True
    gut = "." not in ganz or _GRUPPEN.fullmatch(ganz) is not None
    return _to_float(rein.replace(".", "").replace(",", ".")), not gut


def _to_float(text: str) -> float:
    zahl = float(text)
    if not math.isfinite(zahl):
        raise ValueError(text)
    return zahl


def decide_tausenderpunkt(texte: Iterable[object]) -> Entscheidung:
    """Decide for one column whether the point groups thousands or separates decimals.

    Args:
        texte: cells of the column; everything that is not a text is passed over.
    """
    kerne = [
        teile.kern
        for text in texte
        if isinstance(text, str) and (teile := split_zahl(normalize(text), ("p", "r", "s")))
    ]
    kerne = [kern.lstrip("+- ") for kern in kerne]
    mit_punkt = [kern for kern in kerne if "." in kern]
    if not mit_punkt:
        return Entscheidung(None, True, "Kein Text dieser Spalte enthält einen Punkt.")
    gruppen = [k for k in mit_punkt if k.count(".") > 1 or ("," in k and k.rindex(".") < k.index(","))]
    dezimal = [
        k for k in mit_punkt
        if ("," in k and k.index(",") < k.rindex(".")) or (_EIN_PUNKT.fullmatch(k) and not _GRUPPEN.fullmatch(k))
    ]  # fmt: skip
    if gruppen and dezimal:
        return Entscheidung(
            None, False, "Der Punkt steht mal für Tausender, mal für Dezimalstellen.", _belege(gruppen, dezimal)
        )
    if gruppen:
        return Entscheidung(True, True, "Der Punkt trennt Tausender: so steht es in der Spalte.", _belege(gruppen))
    if dezimal:
        return Entscheidung(False, True, "Der Punkt ist ein Dezimalpunkt: so steht es in der Spalte.", _belege(dezimal))
    return _decide_dreistellig(kerne, mit_punkt)


def _decide_dreistellig(kerne: list[str], mit_punkt: list[str]) -> Entscheidung:
    """All points stand before exactly three digits: likely thousands, unless the column writes thousands without."""
    if any(kern.isdigit() and len(kern) > 3 for kern in kerne):
        return Entscheidung(
            None, False, "„1.234“ und vierstellige Zahlen ohne Punkt stehen nebeneinander.", _belege(mit_punkt)
        )
    if any("," in kern for kern in kerne):
        return Entscheidung(
            True, True, "Das Komma trennt Dezimalstellen, also der Punkt Tausender.", _belege(mit_punkt)
        )
    if len(set(mit_punkt)) > 1:
        return Entscheidung(True, False, "Nach dem Punkt stehen immer genau drei Ziffern.", _belege(mit_punkt))
    return Entscheidung(None, False, "Ein einziger Wert mit Punkt reicht nicht zum Entscheiden.", _belege(mit_punkt))


def _belege(*listen: list[str]) -> tuple[str, ...]:
    return tuple(text for liste in listen for text in list(dict.fromkeys(liste))[:5])[:5]
