"""Steckbriefe: one A4 page per Sozialraum with its figures against the city, a chart and a few short sentences."""

from __future__ import annotations

from sozialtool.ausgabe.blatt import ZEILE, Blatt
from sozialtool.ausgabe.diagramme import draw_balken
from sozialtool.ausgabe.mappe import Eintrag
from sozialtool.ausgabe.saetze import saetze_zum_gebiet
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle, zeilenhoehe
from sozialtool.ausgabe.werkbank import Werkbank, differenz, lage_in_worten, zelle
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.raum import Gebiet

_BREITEN = (345, 70, 62, 62, 150, 66, 8, 300)
_SKALA = 85
_RESERVE = 205
"""Pixels of a page for head, head of the table, notes; sentences come on top."""


def write_steckbriefe(bank: Werkbank) -> None:
    """Write one page per area; nothing without areas."""
    raeume = [raum for raum in bank.bericht.raeume if not raum.ist_rest]
    if not raeume:
        return
    blatt = bank.blatt("Steckbriefe", _BREITEN, skala=_SKALA)
    ebene = bank.bericht.planungsebene.name
    bank.mappe.eintraege.append(Eintrag(f"Steckbriefe: je {ebene} eine Seite", blatt.name))
    indikatoren = _auswahl(bank, blatt)
    for nummer, raum in enumerate(raeume):
        if nummer:
            blatt.umbruch()
        _write_raum(bank, blatt, raum, indikatoren)
    blatt.fertig()


def _auswahl(bank: Werkbank, blatt: Blatt) -> list[Indikator]:
    """Choose as many agreed indicators as fit on one page: the valued ones first, shown in their usual order."""
    raeume = [raum.schluessel for raum in bank.bericht.raeume]
    geordnete = [ind for ind in bank.bericht.vereinbarte if bank.zahlen.hat_gebiete(ind.kennung, raeume)]
    nach_gewicht = sorted(geordnete, key=lambda ind: ind.richtung is Richtung.NEUTRAL)
    platz = blatt.platz - _RESERVE - _satzhoehe(bank, blatt, geordnete)
    gewaehlt: set[str] = set()
    for indikator in nach_gewicht:
        platz -= zeilenhoehe(indikator.name, _BREITEN[0], blatt.stil.groesse)
        if platz < 0:
            break
        gewaehlt.add(indikator.kennung)
    return [ind for ind in geordnete if ind.kennung in gewaehlt]


def _satzhoehe(bank: Werkbank, blatt: Blatt, indikatoren: list[Indikator]) -> int:
    """Return the height of the longest text about an area."""
    texte = [saetze_zum_gebiet(bank, raum, indikatoren) for raum in bank.bericht.raeume if not raum.ist_rest]
    return max(sum(len(umbrechen(satz, blatt.breite - 4, blatt.stil.groesse)) for satz in t) for t in texte) * ZEILE


def _write_raum(bank: Werkbank, blatt: Blatt, raum: Gebiet, indikatoren: list[Indikator]) -> None:
    blatt.titel(f"Steckbrief {raum.name}", raum.name, stufe=1)
    for satz in saetze_zum_gebiet(bank, raum, indikatoren):
        blatt.text(satz)
    blatt.leer()
    oben = blatt.zeile + 1
    orte = write_tabelle(blatt, _describe(bank, raum, indikatoren))
    balken = draw_balken(bank, raum, indikatoren)
    if balken is not None:
        diagramm, beschreibung = balken
        hoehe = max(220, min(20 * len(orte) + 60, blatt.hoehe_von(oben, orte[-1])))
        diagramm.set_size({"width": _BREITEN[-1], "height": hoehe})
        blatt.ws.insert_chart(oben, len(_BREITEN) - 1, diagramm, {"description": beschreibung, "object_position": 1})


def _describe(bank: Werkbank, raum: Gebiet, indikatoren: list[Indikator]) -> Tabelle:
    bericht = bank.bericht
    spalten = (
        Spalte("Indikator", breite=_BREITEN[0]),
        Spalte("Einheit", breite=_BREITEN[1]),
        Spalte("hier", Spaltenart.ZAHL, breite=_BREITEN[2]),
        Spalte("Stadt", Spaltenart.ZAHL, breite=_BREITEN[3]),
        Spalte("Lage gegen die Stadt", breite=_BREITEN[4]),
        Spalte("zum Vorjahr", Spaltenart.DIFFERENZ, breite=_BREITEN[5]),
    )
    zeilen = tuple(build_zeile(bank, raum, indikator) for indikator in indikatoren)
    wo = (
        "im Blatt „Methoden und Quellen“"
        if "handlungsfelder" in bericht.ohne
        else "in den Blättern der Handlungsfelder"
    )
    return Tabelle(
        f"{raum.name} und Stadt im Vergleich, {bericht.jahr}", spalten,
        zeilen, nummer=bank.mappe.next_tabelle(),
        anmerkungen=(f"Weitere Angaben und die Rechnung stehen {wo}.",),
        quelle=bank.quelle(indikatoren), legende=legende(zeilen),
    )  # fmt: skip


def build_zeile(bank: Werkbank, raum: Gebiet, indikator: Indikator) -> Zeile:
    """Build the row of an indicator: name, unit, value here and in the town, position, change to the year before."""
    jahr = bank.zahlen.jahr(indikator.kennung, bank.bericht.jahr) or bank.bericht.jahr
    hier = bank.zahlen.get(indikator.kennung, jahr, raum.schluessel)
    stadt = bank.zahlen.get(indikator.kennung, jahr, bank.bericht.stadt.schluessel)
    name = indikator.name if jahr == bank.bericht.jahr else f"{indikator.name} ({jahr})"
    farbe = bank.mappe.stil.farbe(hier.lage if hier else None, indikator.richtung)
    zellen: tuple[Zellwert, ...] = (
        name, indikator.einheit, zelle(hier, indikator, farbe=farbe), zelle(stadt, indikator),
        lage_in_worten(hier.lage) if hier else None,
        differenz(bank, hier, indikator, hier.vorjahr, 1) if hier else None,
    )  # fmt: skip
    return Zeile(zellen)
