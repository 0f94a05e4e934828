"""Short sentences about an area: what stands out against the town, in words that judge places, not people."""

from __future__ import annotations

from sozialtool.ausgabe.werkbank import Zahlenbank, neueste
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl

_MEISTE = 4
_EINWOHNER = ("ew", "einwohner")

Paar = tuple[Indikator, Kennzahl]


def saetze_zum_gebiet(bank: Zahlenbank, raum: Gebiet, indikatoren: list[Indikator]) -> list[str]:
    """Say in a few sentences how an area stands; differences count only when the intervals say so."""
    paare = [(ind, zeile) for ind in indikatoren if (zeile := neueste(bank, ind, raum)) is not None]
    mehr = [paar for paar in paare if _gewicht(paar) > 0]
    weniger = [paar for paar in paare if _gewicht(paar) < 0]
    saetze = []
    einwohner = _einwohner(bank, raum)
    if einwohner:
        saetze.append(f"Hier leben {einwohner} Menschen.")
    if mehr:
        saetze.append(f"Ungünstiger als in der Stadt: {_liste(mehr)}.")
    if weniger:
        saetze.append(f"Günstiger als in der Stadt: {_liste(weniger)}.")
    if len(mehr) + len(weniger) > 1:
        saetze.append("Diese Unterschiede sind größer, als der Zufall sie erwarten lässt.")
    elif mehr or weniger:
        saetze.append("Dieser Unterschied ist größer, als der Zufall ihn erwarten lässt.")
    else:
        saetze.append(_ohne_unterschied(paare))
        ohne_wertung = [(ind, zeile) for ind, zeile in paare if ind.richtung is Richtung.NEUTRAL and zeile.lage]
        if ohne_wertung:  # the table below shows their arrows: without a word they would contradict
            saetze.append(f"Anders als in der Stadt, ohne dass es günstig oder ungünstig wäre: {_liste(ohne_wertung)}.")
    geheim = sum(zeile.wert is None and zeile.zeichen is Zeichen.GEHEIM for _, zeile in paare)
    if geheim:
        wort = "Ein Wert wird" if geheim == 1 else f"{geheim} Werte werden"
        saetze.append(f"{wort} zum Schutz einzelner Menschen nicht gezeigt (•).")
    return saetze


def _ohne_unterschied(paare: list[Paar]) -> str:
    """Say that nothing stands out; only figures that are shown and can be compared count."""
    bewertet = [zeile for ind, zeile in paare if ind.richtung is not Richtung.NEUTRAL]
    verglichen = [zeile for zeile in bewertet if zeile.lage is not None]
    if not verglichen:
        return "Ein bewertender Vergleich mit der Stadt ist hier nicht möglich: Es gibt keine bewerteten Zahlen, die sich zeigen lassen."
    alle = len(verglichen) == len(bewertet)
    welche = "Alle bewerteten Indikatoren" if alle else "Die bewerteten Indikatoren, die sich vergleichen lassen,"
    return f"{welche} liegen im Rahmen des Zufalls wie in der Stadt."


def _gewicht(paar: Paar) -> int:
    """Return the position with the sign of the burden: positive is a burden, 0 without judgement."""
    indikator, zeile = paar
    vorzeichen = {Richtung.BELASTEND: 1, Richtung.ENTLASTEND: -1, Richtung.NEUTRAL: 0}[indikator.richtung]
    return vorzeichen * (zeile.lage or 0)


def _liste(paare: list[Paar]) -> str:
    """Name the strongest, then how many more there are."""
    stark = sorted(paare, key=lambda paar: (-abs(paar[1].lage or 0), paar[0].reihenfolge, paar[0].kennung))
    teile = [_teil(paar) for paar in stark[:_MEISTE]]
    rest = len(stark) - len(teile)
    weitere = f" und {rest} weitere" if rest > 1 else " und ein weiterer" if rest else ""
    return "; ".join(teile) + weitere


def _teil(paar: Paar) -> str:
    indikator, zeile = paar
    stellen = indikator.nachkommastellen
    if zeile.wert is None or zeile.stadtwert is None:
        return indikator.name
    hier, stadt = format_zahl(zeile.wert, stellen), format_zahl(zeile.stadtwert, stellen)
    return f"{indikator.name} ({hier} statt {stadt} {indikator.einheit})"


def _einwohner(bank: Zahlenbank, raum: Gebiet) -> str:
    """Return the number of inhabitants when an indicator counts them."""
    for indikator in bank.bericht.geordnete:
        if not indikator.nenner and indikator.zaehler.strip() in _EINWOHNER:
            zeile = neueste(bank, indikator, raum)
            if zeile is not None and zeile.wert is not None:
                return format_zahl(zeile.wert, 0)
    return ""
