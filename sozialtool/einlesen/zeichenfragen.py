"""The signs of one source: proposed from its legend and the shipped tables, asked for where unknown."""

from __future__ import annotations

import re

from sozialtool.einlesen.aehnlich import Vorschlag
from sozialtool.einlesen.fragen import Frage
from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.lesung import Lesung
from sozialtool.einlesen.rohblatt import adresse
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.einlesen.zahlen import STANDARD, find_zeichen
from sozialtool.einlesen.zuordnung import Zuordnung
from sozialtool.fach.messwert import Vermerk, Zeichen, Zeichenbedeutung, Zeichentabelle

_LEGENDE = re.compile(
    r"(?:^|[;,]\s*)\s*(\.{1,3}|…|[-–—/xX*•]|\(\s?\)|[prs]|0|k\.\s?A\.|n\.\s?v\.)\s*[=:)]\s*([^;=]{4,120})"
)
_ZEILE = re.compile(r"^\s*(\.{1,3}|…|[-–—/xX*•]|\(\s?\)|[prs])\s+([A-ZÄÖÜa-zäöü][^=;]{6,120})$")
_DEUTUNG: tuple[tuple[re.Pattern[str], Zeichen | None, Vermerk], ...] = (
    (re.compile(r"sinnvoll|gesperrt, weil", re.IGNORECASE), Zeichen.SINNLOS, Vermerk.KEINER),
    (re.compile(r"geheim|anonymisiert|datenschutz|gesperrt|unterdrückt", re.IGNORECASE), Zeichen.GEHEIM, Vermerk.KEINER),
    (re.compile(r"weniger als die hälfte|mehr als nichts|weniger als 0,5", re.IGNORECASE), Zeichen.FAST_NICHTS, Vermerk.KEINER),
    (re.compile(r"nichts vorhanden|genau null|kein(?:e)? (?:vorhanden|nachweis|fälle|fall)", re.IGNORECASE), Zeichen.NICHTS, Vermerk.KEINER),
    (re.compile(r"folgt|liegt noch nicht vor|später", re.IGNORECASE), Zeichen.FOLGT, Vermerk.KEINER),
    (re.compile(r"nicht sicher|unsicher|zu wenig", re.IGNORECASE), Zeichen.UNSICHER, Vermerk.KEINER),
    (re.compile(r"unbekannt|nicht verfügbar|keine angabe|nicht vorliegend|liegt nicht vor", re.IGNORECASE), Zeichen.UNBEKANNT, Vermerk.KEINER),
    (re.compile(r"vorläufig", re.IGNORECASE), None, Vermerk.VORLAEUFIG),
    (re.compile(r"berichtigt|korrigiert", re.IGNORECASE), None, Vermerk.BERICHTIGT),
    (re.compile(r"geschätzt", re.IGNORECASE), None, Vermerk.GESCHAETZT),
    (re.compile(r"eingeschränkt", re.IGNORECASE), None, Vermerk.EINGESCHRAENKT),
)  # fmt: skip


def find_legende(funde: tuple[Tabellenfund, ...]) -> tuple[Zeichenbedeutung, ...]:
    """Read the explanations of signs ("* = geheim", "*) … anonymisiert") that stand beside the tables."""
    gefunden: dict[str, Zeichenbedeutung] = {}
    for fund in funde:
        for stelle in (*fund.titel, *fund.fussnoten):
            zeile = _ZEILE.match(stelle.text)
            for treffer in (*_LEGENDE.finditer(stelle.text), *((zeile,) if zeile else ())):
                text = "()" if treffer[1].startswith("(") else treffer[1]
                for muster, zeichen, vermerk in _DEUTUNG:
                    if muster.search(treffer[2]):
                        gefunden.setdefault(text, Zeichenbedeutung(text, zeichen, vermerk))
                        break
    return tuple(gefunden.values())


def find_absendertabelle(funde: tuple[Tabellenfund, ...], umfeld: Umfeld) -> Zeichentabelle | None:
    """Return the shipped table of the sender that a title or note names ("IT.NRW", "Bundesagentur für Arbeit").

    Of several names the one in the copyright line counts, else the first.
    """
    texte = [stelle.text for fund in funde for stelle in (*fund.titel, *fund.fussnoten)]
    texte.sort(key=lambda text: "copyright" not in text.casefold() and "©" not in text)
    ganze = "\n".join(texte).casefold()
    gefunden = []
    for tabelle in umfeld.zeichentabellen:
        name = tabelle.name.partition("(")[0].strip().casefold()
        stelle = ganze.find(name) if name and " und " not in name else -1
        if stelle >= 0:
            gefunden.append((stelle, tabelle.schluessel, tabelle))
    return min(gefunden, key=lambda fund: fund[:2])[2] if gefunden else None


def build_zeichentabelle(funde: tuple[Tabellenfund, ...], zuordnung: Zuordnung, umfeld: Umfeld) -> Zeichentabelle:
    """Signs of this file: the planner's answers, its own legend, those of its sender, the usual ones of statistics."""
    absender = find_absendertabelle(funde, umfeld)
    geliefert = absender.zeichen if absender else ()
    zeichen: list[Zeichenbedeutung] = []
    vorhanden = Zeichentabelle("datei", "Zeichen dieser Datei", ())
    for bedeutung in (*zuordnung.zeichen, *find_legende(funde), *geliefert, *STANDARD.zeichen):
        if bedeutung.text == "0" and bedeutung not in zuordnung.zeichen:
            continue  # a stored 0 is a 0; only the planner can say that a source means "less than half" by it
        if find_zeichen(bedeutung.text, vorhanden) is None:
            zeichen.append(bedeutung)
            vorhanden = Zeichentabelle("datei", "Zeichen dieser Datei", tuple(zeichen))
    return vorhanden


def build_zeichenfragen(lesungen: tuple[Lesung, ...], tabelle: Zeichentabelle) -> list[Frage]:
    """Ask once for every unknown text that stands where a figure should be."""
    _ = tabelle
    fragen: dict[str, Frage] = {}
    for lesung in lesungen:
        for zelle in lesung.zellen:
            if zelle.inhalt.unsicher != "ZEICHEN-UNBEKANNT":
                continue
            text = zelle.inhalt.rohtext.strip()
            ort = adresse(zelle.zeile, zelle.spalte)
            vorschlaege = tuple(Vorschlag(z.name, z.value, 0) for z in _ANGEBOT)
            frage = f"Was bedeutet „{text[:60]}“ statt einer Zahl? Die Datei erklärt es nicht."
            fragen.setdefault(
                text, Frage(f"zeichen:-1:{text}", "zeichen", -1, text, lesung.fund.blatt, ort, text, vorschlaege, frage)
            )
    return list(fragen.values())


_ANGEBOT = (Zeichen.UNBEKANNT, Zeichen.GEHEIM, Zeichen.NICHTS, Zeichen.FEHLT, Zeichen.SINNLOS)
"""Enter takes the first: a mistyped number ("1O0") then has no value, but does not count as a secret of the source."""
