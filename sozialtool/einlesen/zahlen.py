"""What a cell says: a number, a sign with its meaning, a remark – or a doubt that somebody has to settle.

Rules: fach/regeln.md section 1. Nothing here guesses silently: what could mean two things carries a code in `unsicher`,
a sign that the table does not know is ZEICHEN-UNBEKANNT, and a missing number always has a reason.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Mapping

import attrs

from sozialtool.einlesen import zahltext
from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.einlesen.zahltext import Entscheidung, decide_tausenderpunkt
from sozialtool.einlesen.zeitangaben import Zeitangabe, find_zeitangaben, parse_jahr, parse_stand
from sozialtool.fach.messwert import Vermerk, Zeichen, Zeichenbedeutung, Zeichentabelle

__all__ = [
    "FEHLERTEXTE",
    "STANDARD",
    "Entscheidung",
    "Zeitangabe",
    "Zellbefund",
    "decide_tausenderpunkt",
    "find_zeichen",
    "find_zeitangaben",
    "parse_jahr",
    "parse_stand",
    "parse_zelle",
]

FEHLERTEXTE = ("#NULL!", "#DIV/0!", "#WERT!", "#VALUE!", "#BEZUG!", "#REF!", "#NAME?", "#ZAHL!", "#NUM!", "#NV", "#N/A")
"""How Excel writes an error, in German and in English."""

STANDARD = Zeichentabelle(
    "standard",
    "Zeichen der amtlichen Statistik (DIN 55301) und der Bundesagentur für Arbeit",
    (
        Zeichenbedeutung("-", Zeichen.NICHTS),
        Zeichenbedeutung(".", Zeichen.UNBEKANNT),
        Zeichenbedeutung("...", Zeichen.FOLGT),
        Zeichenbedeutung("/", Zeichen.UNSICHER),
        Zeichenbedeutung("x", Zeichen.SINNLOS),
        Zeichenbedeutung("*", Zeichen.GEHEIM),
        Zeichenbedeutung("•", Zeichen.GEHEIM),
        Zeichenbedeutung("geheim", Zeichen.GEHEIM),
        Zeichenbedeutung("k. A.", Zeichen.FEHLT),
        Zeichenbedeutung("keine Angabe", Zeichen.FEHLT),
        Zeichenbedeutung("keine Angaben", Zeichen.FEHLT),
        Zeichenbedeutung("n. v.", Zeichen.FEHLT),
        Zeichenbedeutung("nicht verfügbar", Zeichen.FEHLT),
        Zeichenbedeutung("nicht vorhanden", Zeichen.FEHLT),
        Zeichenbedeutung("n. b.", Zeichen.FEHLT),
        Zeichenbedeutung("n/a", Zeichen.FEHLT),
        Zeichenbedeutung("NA", Zeichen.FEHLT),
        Zeichenbedeutung("entfällt", Zeichen.SINNLOS),
        Zeichenbedeutung("entf.", Zeichen.SINNLOS),
        Zeichenbedeutung("p", None, Vermerk.VORLAEUFIG),
        Zeichenbedeutung("r", None, Vermerk.BERICHTIGT),
        Zeichenbedeutung("s", None, Vermerk.GESCHAETZT),
        Zeichenbedeutung("()", None, Vermerk.EINGESCHRAENKT),
    ),
)
"""Used until the planner has confirmed the table of the source (regeln.md section 1)."""


@attrs.frozen
class Zellbefund:
    """What one cell says.

    Attributes:
        wert: the number; None when there is none (then `zeichen` says why). Percentages are in percent (12.3, not 0.123).
        zeichen: meaning of the sign; None for a plain number. NICHTS and FAST_NICHTS come with wert 0.
        vermerk: remark on the number (vorläufig, geschätzt …).
        rohtext: what stands (or is shown) in the cell.
        unsicher: code of a doubt, or "": ZAHL-MEHRDEUTIG (thousands or decimals, trailing minus), ZAHL-FUSSNOTE (a
            glued digit taken for a footnote), ZAHL-EINHEIT (a word behind the number), ZAHL-GRENZE ("über 100"),
            ZAHL-BEREICH ("3–5"), ZAHL-DATUM, ZAHL-WAHRHEITSWERT, ZELLE-FEHLER, ZEICHEN-UNBEKANNT.
        einheit_prozent: the cell says "%".
        fussnote: marks of a footnote that stood beside the number.
        obergrenze: the number in "<3" or "≤ 5"; such a cell is GEHEIM and has no wert.
    """

    wert: float | None
    zeichen: Zeichen | None = None
    vermerk: Vermerk = Vermerk.KEINER
    rohtext: str = ""
    unsicher: str = ""
    einheit_prozent: bool = False
    fussnote: str = ""
    obergrenze: float | None = None


def find_zeichen(text: str, tabelle: Zeichentabelle) -> Zeichenbedeutung | None:
    """Find a sign regardless of blanks, kind of dash and case ("k.A." is "k. A.", "–" is "-")."""
    gesucht = _zeichenform(text)
    return next((z for z in tabelle.zeichen if _zeichenform(z.text) == gesucht), None) if gesucht else None


def parse_zelle(
    wert: Zellwert,
    *,
    zeichentabelle: Zeichentabelle = STANDARD,
    dezimal: str = ",",
    angezeigt: str | None = None,
    tausenderpunkt: bool | None = None,
) -> Zellbefund:
    """Read one cell as a figure.

    Args:
        wert: the cell as stored.
        zeichentabelle: signs of this source.
        dezimal: decimal sign of text numbers in this column, "," or ".".
        angezeigt: what the number format shows, where it differs (`Rohblatt.angezeigt`).
        tausenderpunkt: decision for the column (`decide_tausenderpunkt`): True "1.234" is 1234, False it is 1,234,
            None undecided (taken as 1234 and marked ZAHL-MEHRDEUTIG).
    """
    if wert is None:
        return Zellbefund(None, Zeichen.FEHLT)
    if isinstance(wert, bool):
        return Zellbefund(None, Zeichen.UNBEKANNT, rohtext="WAHR" if wert else "FALSCH", unsicher="ZAHL-WAHRHEITSWERT")
    if isinstance(wert, (int, float)):
        return _parse_zahl(wert, angezeigt, zeichentabelle)
    if isinstance(wert, (dt.date, dt.time, dt.timedelta)):
        return Zellbefund(None, Zeichen.UNBEKANNT, rohtext=angezeigt or _datumstext(wert), unsicher="ZAHL-DATUM")
    return _parse_text(wert, zeichentabelle, dezimal, tausenderpunkt)


def _parse_zahl(zahl: float, angezeigt: str | None, tabelle: Zeichentabelle) -> Zellbefund:
    roh = angezeigt if angezeigt is not None else zahltext.render_zahl(zahl)
    if not math.isfinite(zahl):
        return Zellbefund(None, Zeichen.UNBEKANNT, rohtext=roh, unsicher="ZEICHEN-UNBEKANNT")
    gezeigt = find_zeichen(roh, tabelle)
    if gezeigt is not None and gezeigt.zeichen is not None:
        # A number format that shows a sign: a 0 shown as "-" stays 0; a figure behind "*" was meant to be secret.
        return Zellbefund(_wert_of(gezeigt.zeichen), gezeigt.zeichen, gezeigt.vermerk, roh)
    if angezeigt is not None and angezeigt.rstrip().endswith("%"):
        return Zellbefund(round(zahl * 100, 10), rohtext=roh, einheit_prozent=True)
    return Zellbefund(
        float(zahl), None, _vermerk_of(angezeigt, tabelle) if angezeigt and zahl >= 0 else Vermerk.KEINER, roh
    )


def _vermerk_of(angezeigt: str, tabelle: Zeichentabelle) -> Vermerk:
    """The remark that a number format shows beside the number: "(12)", "12 p"."""
    vermerke = _vermerke(tabelle)
    teile = zahltext.split_zahl(zahltext.normalize(angezeigt), tuple(vermerke))
    if teile is None:
        return Vermerk.KEINER
    return vermerke.get(teile.vermerk, Vermerk.EINGESCHRAENKT if teile.klammer else Vermerk.KEINER)


def _vermerke(tabelle: Zeichentabelle) -> dict[str, Vermerk]:
    return {z.text: z.vermerk for z in tabelle.zeichen if z.zeichen is None and z.vermerk is not Vermerk.KEINER}


def _parse_text(text: str, tabelle: Zeichentabelle, dezimal: str, tausenderpunkt: bool | None) -> Zellbefund:
    rein = zahltext.normalize(text)
    if not rein:
        return Zellbefund(None, Zeichen.FEHLT, rohtext=text)
    bedeutung = find_zeichen(rein, tabelle)
    if bedeutung is not None and bedeutung.zeichen is not None:
        return Zellbefund(_wert_of(bedeutung.zeichen), bedeutung.zeichen, bedeutung.vermerk, text)
    if rein.upper() in FEHLERTEXTE:
        grund = Zeichen.ABGELEITET if rein == "#DIV/0!" else Zeichen.UNBEKANNT
        return Zellbefund(None, grund, rohtext=text, unsicher="ZELLE-FEHLER")
    vermerke = _vermerke(tabelle)
    teile = zahltext.split_zahl(rein, tuple(vermerke))
    if teile is None:
        unsicher = "ZAHL-BEREICH" if zahltext.is_bereich(rein) else "ZEICHEN-UNBEKANNT"
        grund = Zeichen.UNSICHER if unsicher == "ZAHL-BEREICH" else Zeichen.UNBEKANNT
        return Zellbefund(None, grund, rohtext=text, unsicher=unsicher)
    try:
        zahl, mehrdeutig = zahltext.read_zahl(teile.kern, dezimal, tausenderpunkt)
    except ValueError:  # "1E400": digits, but no number
        return Zellbefund(None, Zeichen.UNBEKANNT, rohtext=text, unsicher="ZEICHEN-UNBEKANNT")
    return _build(text, teile, zahl, mehrdeutig, vermerke)


def _build(
    text: str, teile: zahltext.Zahlteile, zahl: float, mehrdeutig: bool, vermerke: Mapping[str, Vermerk]
) -> Zellbefund:
    unsicher = teile.unsicher or ("ZAHL-MEHRDEUTIG" if mehrdeutig else "")
    if teile.vergleich == "<":
        return Zellbefund(None, Zeichen.GEHEIM, Vermerk.KEINER, text, unsicher, teile.prozent, teile.fussnote, zahl)
    if teile.vergleich == ">":
        return Zellbefund(None, Zeichen.UNSICHER, Vermerk.KEINER, text, "ZAHL-GRENZE", teile.prozent, teile.fussnote)
    vermerk = vermerke.get(teile.vermerk, Vermerk.KEINER)
    if teile.geschaetzt:
        vermerk = Vermerk.GESCHAETZT
    elif teile.klammer and vermerk is Vermerk.KEINER:
        vermerk = Vermerk.EINGESCHRAENKT
    return Zellbefund(zahl, None, vermerk, text, unsicher, teile.prozent, teile.fussnote)


def _wert_of(zeichen: Zeichen) -> float | None:
    return 0.0 if zeichen in (Zeichen.NICHTS, Zeichen.FAST_NICHTS) else None


@functools.lru_cache(maxsize=4096)
def _zeichenform(text: str) -> str:
    return zahltext.normalize(text).casefold().replace(" ", "").replace("…", "...")


def _datumstext(wert: dt.date | dt.time | dt.timedelta) -> str:
    if isinstance(wert, dt.datetime):
        return f"{wert:%d.%m.%Y %H:%M:%S}"
    return f"{wert:%d.%m.%Y}" if isinstance(wert, dt.date) else str(wert)
