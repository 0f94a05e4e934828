"""What every sheet needs: the report, its figures as rows, the workbook, the frame of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from sozialtool.ausgabe.auswertung import Auswerter
from sozialtool.ausgabe.bericht import Monitoringbericht
from sozialtool.ausgabe.blatt import Blatt, Seitenrahmen
from sozialtool.ausgabe.diagrammdaten import Diagrammdaten
from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.schrift import breite
from sozialtool.ausgabe.stil import Stil
from sozialtool.ausgabe.tabelle import Grund, Zahl, Zeilenart, Zellwert
from sozialtool.ausgabe.zahlen import Zahlen
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Intervallart, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.raum import STADT, Gebiet
from sozialtool.fach.schreibweise import LAGE_WORT, LAGE_ZEICHEN, format_zahl, runde

_KENNWORT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LAGE_KURZ = {**LAGE_WORT, 0: "im Rahmen"}
"""Position against the city in words, for narrow columns."""
_LEITINDIKATOREN = 6
_FRUEHER = re.compile(r"__vor(\d+)$")


@attrs.frozen
class Zahlenbank:
    """Report, its figures as rows, and what they carry: enough for sentences and documents without a workbook."""

    bericht: Monitoringbericht
    zahlen: Zahlen
    merkmalnamen: Mapping[str, str] = attrs.field(init=False)
    auswerter: Auswerter = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        namen = {merkmal.schluessel: merkmal.name for merkmal in self.bericht.merkmale}
        object.__setattr__(self, "merkmalnamen", namen)
        object.__setattr__(self, "auswerter", Auswerter(self.bericht, self.zahlen))

    def quelle(self, indikatoren: Iterable[Indikator]) -> str:
        """Name the sources of these indicators, then Stand and version of the areas."""
        einzelne = (name.strip() for indikator in indikatoren for name in indikator.quelle.split(","))
        namen = list(dict.fromkeys(name for name in einzelne if name))
        teile = [", ".join(namen) or "siehe „Methoden und Quellen“", "eigene Berechnung"]
        teile.append(f"Stand {self.bericht.stand:%d.%m.%Y}")
        if self.bericht.gebietsstand_kurz:
            teile.append(f"Gebietsstand: {self.bericht.gebietsstand_kurz}")
        return "; ".join(teile)


@attrs.frozen
class Werkbank(Zahlenbank):
    """The same and the workbook."""

    mappe: Mappe
    rahmen: Seitenrahmen
    daten: Diagrammdaten

    def blatt(self, name: str, breiten: tuple[int, ...], skala: int = 100) -> Blatt:
        """Start a sheet with these column widths in pixels and at most this print scale."""
        return Blatt(self.mappe, name, breiten, self.rahmen, skala)

    def ende_druck(self, blatt: Blatt, was: str) -> None:
        """Keep `was` ("Die Tabellen je Indikator") of a sheet out of the print, unless everything is to be printed, and say so."""
        if not self.bericht.alles_drucken:
            blatt.leer()
            blatt.klein(f"{was} stehen in der Datei unter dieser Zeile; in den Druck gehen sie nicht.")
            blatt.ende_druck()

    def namensbreite(self, hoechstens: int) -> int:
        """Return the width of a column for the names of the areas: as wide as the longest, within limits."""
        stil = self.mappe.stil
        namen = [self.bericht.stadt.name, *(raum.name for raum in self.bericht.raeume)]
        laengste = max(breite(name, stil.groesse, fett=True) for name in namen)
        return max(110, min(hoechstens, int(laengste) + 16))


# -- what a figure becomes in a cell -------------------------------------------------------------------------------


def zelle(kennzahl: Kennzahl | None, indikator: Indikator, *, mit_lage: bool = False, farbe: str = "") -> Zellwert:
    """Turn the value of a Kennzahl into a cell: a rounded number or the sign that says why there is none."""
    if kennzahl is None:
        return grund(Zeichen.FEHLT)
    if kennzahl.wert is None:
        return grund(kennzahl.zeichen or Zeichen.FEHLT)
    stellen = indikator.nachkommastellen
    return Zahl(
        runde(kennzahl.wert, stellen),
        lage=kennzahl.lage if mit_lage else None,
        farbe=farbe,
        vermerk=kennzahl.vermerk,
        nachkommastellen=stellen,
        # A rounded zero is "less than half a unit"; only a known zero is "nothing".
        strich=kennzahl.wert == 0 and (kennzahl.zaehler == 0 or kennzahl.nenner is None),
    )


def flaechenfarbe(stil: Stil, kennzahl: Kennzahl | None, indikator: Indikator) -> str:
    """Return the colour of an area on a map: that of its position against the city, white without one."""
    if kennzahl is not None and kennzahl.zeichen is Zeichen.GEHEIM:
        return stil.geheim
    return stil.farbe(kennzahl.lage if kennzahl else None, indikator.richtung) or "#FFFFFF"


def kartentitel(bank: Zahlenbank, indikator: Indikator) -> str:
    """Say what a map shows, in which unit, where and when."""
    bericht = bank.bericht
    jahr = bank.zahlen.jahr(indikator.kennung, bericht.jahr) or bericht.jahr
    # A name that says the unit itself ("Hilfen je 10.000 unter 21-Jährige") needs no second one.
    einheit = "" if indikator.einheit == "Anzahl" or indikator.einheit in indikator.name else f" ({indikator.einheit})"
    return f"{indikator.name}{einheit} in {bericht.kommune.name}, {zeitangabe(indikator, jahr, bericht.merkmale)}"


def grund(zeichen: Zeichen) -> Grund:
    """Turn a reason into a cell."""
    return Grund(zeichen.symbol, geheim=zeichen is Zeichen.GEHEIM)


def lage_in_worten(lage: int | None) -> str | None:
    """Return sign and word of a position against the city; None without one."""
    return None if lage is None else f"{LAGE_ZEICHEN[lage]} {LAGE_KURZ[lage]}"


def differenz(bank: Zahlenbank, kennzahl: Kennzahl, indikator: Indikator, wert: float | None, abstand: int) -> Zellwert:
    """Return a change over `abstand` years, or why there is none: across a break it would say nothing."""
    if wert is not None:
        stellen = indikator.nachkommastellen
        return Zahl(runde(wert, stellen), nachkommastellen=stellen)
    if any(kennzahl.jahr - abstand < bruch <= kennzahl.jahr for bruch in bank.zahlen.brueche(indikator.kennung)):
        return grund(Zeichen.BRUCH)
    frueher = bank.zahlen.get(indikator.kennung, kennzahl.jahr - abstand, kennzahl.gebiet)
    if kennzahl.zeichen is Zeichen.GEHEIM or (frueher is not None and frueher.zeichen is Zeichen.GEHEIM):
        return grund(Zeichen.GEHEIM)
    return grund(Zeichen.FEHLT)


def zeilenart(gebiet: Gebiet) -> Zeilenart:
    """Tell what a row about this area is."""
    if gebiet.ebene == STADT:
        return Zeilenart.STADT
    return Zeilenart.REST if gebiet.ist_rest else Zeilenart.GEBIET


def dativ(mehrzahl: str) -> str:
    """Return the dative plural: Sozialräume → Sozialräumen."""
    return mehrzahl if mehrzahl.endswith(("n", "s")) else f"{mehrzahl}n"


def leitindikatoren(bank: Zahlenbank) -> list[Indikator]:
    """Return the indicators that the planner named; else one per Handlungsfeld.

    That is a burden before a relief, and the one in which most areas differ from the town beyond chance.
    """
    bericht = bank.bericht
    if bericht.leitindikatoren:
        return [ind for ind in bericht.geordnete if ind.kennung in bericht.leitindikatoren]
    beste: dict[str, tuple[tuple[bool, int], Indikator]] = {}
    for indikator in bericht.vereinbarte:
        if indikator.richtung is Richtung.NEUTRAL:
            continue
        lagen = [
            abs(zeile.lage or 0) for raum in bericht.raeume if (zeile := neueste(bank, indikator, raum)) is not None
        ]
        gewicht = (indikator.richtung is Richtung.BELASTEND, sum(lagen))
        bisher = beste.get(indikator.handlungsfeld)
        if any(lagen) and (bisher is None or gewicht > bisher[0]):
            beste[indikator.handlungsfeld] = (gewicht, indikator)
    return [indikator for _, indikator in beste.values()][:_LEITINDIKATOREN]


def neueste(bank: Zahlenbank, indikator: Indikator, raum: Gebiet) -> Kennzahl | None:
    """Return the newest Kennzahl of an area that is not after the Berichtsjahr."""
    jahr = bank.zahlen.jahr(indikator.kennung, bank.bericht.jahr)
    return None if jahr is None else bank.zahlen.get(indikator.kennung, jahr, raum.schluessel)


# -- words ----------------------------------------------------------------------------------------------------------


def kurzname(indikator: Indikator) -> str:
    """Return the name for narrow tables."""
    return indikator.kurzname or indikator.name


def merkmale_of(indikator: Indikator) -> tuple[str, ...]:
    """List the Merkmal keys of an indicator's formula in the order of reading."""
    namen = _KENNWORT.findall(f"{indikator.zaehler} {indikator.nenner}")
    return tuple(dict.fromkeys(_FRUEHER.sub("", name) for name in namen))


def formel_in_worten(formel: str, namen: Mapping[str, str]) -> str:
    """Replace the keys of a formula by the names of the Merkmale, operators by their usual signs."""

    def name(treffer: re.Match[str]) -> str:
        schluessel = treffer.group()
        frueher = _FRUEHER.search(schluessel)
        wort = namen.get(_FRUEHER.sub("", schluessel), schluessel)
        return f"{wort} (vor {frueher.group(1)} Jahren)" if frueher else wort

    return _KENNWORT.sub(name, formel.replace(" - ", " − ").replace(" * ", " · "))


def rechnung(indikator: Indikator, namen: Mapping[str, str]) -> str:
    """Say in words how an indicator is computed; `namen` are the names of the Merkmale by key."""
    zaehler = formel_in_worten(indikator.zaehler, namen)
    if not indikator.nenner:
        return zaehler
    nenner = formel_in_worten(indikator.nenner, namen)
    return f"{_klammern(zaehler)} ÷ {_klammern(nenner)}{malnehmen(indikator)}"


def _klammern(formel: str) -> str:
    """Put a sum or difference into brackets, so that the quotient is one of the whole of it."""
    return f"({formel})" if re.search(r" [+−] ", formel) else formel


def malnehmen(indikator: Indikator) -> str:
    """Write the factor of a rate behind its quotient: " · 1.000"; empty for none."""
    faktor = indikator.faktor
    stellen = max(0, len(f"{faktor:.15g}".partition(".")[2]))
    return "" if faktor == 1 else f" · {format_zahl(faktor, stellen)}"


def say_ohne_spanne(indikator: Indikator) -> str:
    """Say why a rate or mean has no interval by its definition; "" where it has one, and for counts and steps."""
    if indikator.stufe or indikator.hat_spanne:
        return ""
    if indikator.intervall is Intervallart.MITTELWERT:
        return "Ohne Zufallsspanne: Geliefert sind nur Summe und Anzahl."
    return "Ohne Zufallsspanne: als Vollerhebung vereinbart." if indikator.nenner else ""


def zeitangabe(indikator: Indikator, jahr: int, merkmale: tuple[Merkmal, ...]) -> str:
    """Say when: the Stichtag of the numerator, the years of a pool, or the year."""
    if indikator.jahre > 1:
        return f"{jahr - indikator.jahre + 1} bis {jahr}"
    schluessel = merkmale_of(indikator)[:1]
    stichtag = next((merkmal.stichtag for merkmal in merkmale if merkmal.schluessel in schluessel), "")
    if re.fullmatch(r"\d\d\.\d\d\.", stichtag):
        return f"{stichtag}{jahr}"
    return f"Schuljahr {jahr}/{(jahr + 1) % 100:02d}" if stichtag == "Schuljahr" else str(jahr)


def richtung_in_worten(richtung: Richtung) -> str:
    """Say what a high value means."""
    return {
        Richtung.BELASTEND: "hoher Wert belastet",
        Richtung.ENTLASTEND: "hoher Wert entlastet",
        Richtung.NEUTRAL: "ohne Wertung",
    }[richtung]


def name_of_feld(felder: tuple[Handlungsfeld, ...], schluessel: str) -> str:
    """Return the name of a Handlungsfeld, its key where it is unknown."""
    return next((feld.name for feld in felder if feld.schluessel == schluessel), schluessel)
