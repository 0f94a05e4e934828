"""Why is this cell suppressed, and what does an outsider know about it? For the planner's screen and her command."""

from __future__ import annotations

from sozialtool.fach import raum
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt


def explain_sperrung(projekt: Projekt, indikator: str, gebiet: str, jahr: int) -> str:
    """Explain in plain German why a Kennzahl is not shown, cell by cell with the proof; says so where it is shown.

    Names the true reason, so it is for the planner alone. Key or name of the area; errors as in `compute`, and
    BedienFehler for an unknown indicator, area or year.
    """
    from sozialtool.ablauf.kennzahlen import check_jahr, compute
    from sozialtool.geheimhaltung.auskunft import erklaere

    ergebnis = compute(projekt)
    check_jahr(jahr, set(ergebnis.tabelle.kennzahlen["jahr"]))
    gesucht = indikator.strip().casefold()
    treffer = [i for i in ergebnis.grundlage.indikatoren if i.kennung.casefold() == gesucht]
    if not treffer:
        raise BedienFehler(f"Der Indikator „{indikator}“ wird nicht gerechnet.", "Bitte eine Kennung wie A07 angeben.")
    ort = _find_gebiet(ergebnis.grundlage.gebiete, gebiet)
    saetze = erklaere(ergebnis.tabelle, treffer[0].kennung, jahr, ort.schluessel)
    kopf = f"{treffer[0].kennung} {treffer[0].name}, {ort.name}, {jahr}"
    return "\n".join((f"{kopf}:", *saetze)) if saetze else f"{kopf} ist nicht gesperrt."


def list_gesperrte(projekt: Projekt, jahr: int) -> tuple[str, ...]:
    """List what a year does not show, one line per indicator with its areas; errors as in `compute`."""
    from sozialtool.ablauf.kennzahlen import compute

    ergebnis = compute(projekt)
    kennzahlen = ergebnis.tabelle.kennzahlen
    geheim = kennzahlen.filter((kennzahlen["zeichen"] == Zeichen.GEHEIM.name) & (kennzahlen["jahr"] == jahr))
    stellen = set(geheim.select("indikator", "gebiet").iter_rows())
    stadt = [g for g in ergebnis.grundlage.gebiete if g.ebene == raum.STADT]
    namen = {g.schluessel: g.name for g in (*stadt, *ergebnis.grundlage.ordered_gebiete())}
    zeilen = []
    for indikator in ergebnis.grundlage.indikatoren:
        orte = [name for schluessel, name in namen.items() if (indikator.kennung, schluessel) in stellen]
        if orte:
            zeilen.append(f"{indikator.kennung} {indikator.name}: {', '.join(orte)}")
    return tuple(zeilen)


def _find_gebiet(gebiete: tuple[Gebiet, ...], text: str) -> Gebiet:
    gesucht = text.strip().casefold()
    if gesucht == "stadt":
        return next(g for g in gebiete if g.ebene == raum.STADT)
    treffer = [g for g in gebiete if gesucht in (g.schluessel.casefold(), g.name.casefold())]
    if not treffer:
        raise BedienFehler(f"Ein Gebiet „{text}“ gibt es nicht.", "Bitte Schlüssel oder Namen angeben.")
    return treffer[0]


def list_geheimbefunde(projekt: Projekt) -> tuple[str, ...]:
    """List what the planner should know beside the printed proof: sources that disclose their own stars, weaker protection."""
    from sozialtool.ablauf.kennzahlen import compute
    from sozialtool.geheimhaltung.auskunft import list_befunde

    return list_befunde(compute(projekt).tabelle)
