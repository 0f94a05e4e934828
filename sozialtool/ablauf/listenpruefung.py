"""What a list from Excel must keep: levels and areas that fit together, formulas that can be computed and protected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from sozialtool.ablauf.bestandspruefung import resolve_bestand
from sozialtool.ablauf.gebietsstaende import find_geltenden, raumplan
from sozialtool.ablauf.geheimpruefung import PRUEFER
from sozialtool.ablauf.gesamtpruefung import check_zusammen
from sozialtool.ablauf.indexpruefung import check_indizes, check_szenarien
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.fach import raum
from sozialtool.fach.abfrage import Datenbestand
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum, Umsteiger
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fach.schreibweise import cut_zeilen
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fehler import DatenFehler, FormelFehler
from sozialtool.projekt import Projekt

_MEISTE = 8
_BEKANNTE_EBENEN = (raum.STADT, raum.ORTSTEIL, raum.SOZIALRAUM)
"""Levels that the catalogue names, whether the town has them or not."""
_MEISTE_STELLEN = 6
_MEISTE_JAHRE = 10
QUER_EBENEN = (Ebene(raum.STIMMBEZIRK, "Stimmbezirk", "Stimmbezirke", "", veroeffentlichen=False, reihenfolge=4),)
"""Levels that a list may use before the project knows them; they come along with the first area on them."""


def check_listen(projekt: Projekt, listen: Mapping[type, Sequence[Any]]) -> dict[type, list[Any]]:
    """Return the records of an edited workbook, class by class, as they can be taken over.

    Raises:
        DatenFehler: LISTE-INHALT, with every record that does not fit.
    """
    geprueft = {klasse: check_liste(projekt, eintraege) for klasse, eintraege in listen.items()}
    neu, fehler = check_zusammen(projekt, geprueft)
    _raise(fehler)
    return neu


_FREMDE: dict[type, Callable[[Projekt, Any], tuple[Sequence[Any], list[str]]]] = {
    Datenbestand: resolve_bestand,
    **PRUEFER,
    Sozialindex: check_indizes,
    Verteilungsszenario: check_szenarien,
}
"""Classes that a module of their own knows how to check: records and German sentences on what does not fit."""


def check_liste(projekt: Projekt, eintraege: Sequence[Any]) -> list[Any]:
    """Return the records of an edited list as they can be taken over; what a person writes becomes a key.

    Raises:
        DatenFehler: LISTE-INHALT, with every record that does not fit.
    """
    klasse = type(eintraege[0]) if eintraege else None
    if klasse is Indikator:
        return _check_indikatoren(projekt, eintraege)
    if klasse is Merkmal:
        return _check_merkmale(projekt, eintraege)
    if klasse is Umsteiger:
        return _check_gewichte(projekt, eintraege)
    if klasse is Referenzwert:
        return _check_referenzen(projekt, eintraege)
    if klasse in _FREMDE:
        eigene, fehler = _FREMDE[klasse](projekt, eintraege)
        _raise(fehler)
        return list(eigene)
    return _check_gebiete(projekt, eintraege) if klasse is Gebiet else list(eintraege)


def _check_gewichte(projekt: Projekt, eintraege: Sequence[Umsteiger]) -> list[Umsteiger]:
    """Weights name known areas, lie between 0 and 1, and add up to 1 for each cut area (fach/regeln.md section 5)."""
    bekannt = {gebiet.schluessel for gebiet in projekt.read(Gebiet)}
    fehler = [
        f"„{name}“ ist kein Schlüssel eines Gebiets."
        for name in dict.fromkeys(name for e in eintraege for name in (e.von, e.nach))
        if name not in bekannt
    ]
    fehler += [
        f"{e.von} → {e.nach}: Das Gewicht muss zwischen 0 und 1 liegen." for e in eintraege if not 0 < e.gewicht <= 1
    ]
    for von in dict.fromkeys(e.von for e in eintraege):
        summe = sum(e.gewicht for e in eintraege if e.von == von)
        if abs(summe - 1) > 0.001:
            fehler.append(f"{von}: Die Gewichte ergeben zusammen {summe:.3f}".replace(".", ",") + " statt 1.")
    _raise(fehler)
    return list(eintraege)


def _check_referenzen(projekt: Projekt, eintraege: Sequence[Referenzwert]) -> list[Referenzwert]:
    """Values from outside name known indicators, written as the catalogue does, and years that can be."""
    kennungen = {i.kennung.casefold(): i.kennung for i in projekt.read(Indikator)}
    fehler = [
        f"{e.raum}: Einen Indikator „{e.indikator}“ gibt es nicht."
        for e in eintraege
        if e.indikator.strip().casefold() not in kennungen
    ]
    fehler += [
        f"{e.indikator}, {e.raum}: Das Jahr {e.jahr} kann nicht stimmen."
        for e in eintraege
        if not 1900 <= e.jahr <= 2100
    ]
    _raise(fehler)
    return [attrs.evolve(e, indikator=kennungen[e.indikator.strip().casefold()]) for e in eintraege]


def new_ebenen(projekt: Projekt, eintraege: Iterable[Any]) -> list[Ebene]:
    """List the levels that come along with new areas."""
    bekannt = {ebene.schluessel for ebene in projekt.read(Ebene)}
    gebraucht = {eintrag.ebene for eintrag in eintraege if isinstance(eintrag, Gebiet)}
    return [ebene for ebene in QUER_EBENEN if ebene.schluessel in gebraucht - bekannt]


def _raise(fehler: Sequence[str]) -> None:
    if fehler:
        raise DatenFehler(
            "\n".join(("Die Liste passt nicht zusammen:", *cut_zeilen(fehler, _MEISTE))),
            "Bitte in Excel berichtigen, speichern und noch einmal einlesen. Es wurde nichts übernommen.",
            "LISTE-INHALT",
        )


def _check_indikatoren(projekt: Projekt, eintraege: Sequence[Indikator]) -> list[Indikator]:
    merkmale, felder, ebenen = projekt.read(Merkmal), projekt.read(Handlungsfeld), projekt.read(Ebene)
    fehler: list[str] = []
    geprueft = []
    for indikator in eintraege:
        fehler += [
            f"{indikator.kennung}, Spalte „{spalte}“: {text}" for spalte, text in _list_fehler(indikator, merkmale)
        ]
        neu = _find_handlungsfeld(indikator, felder, fehler)
        geprueft.append(_find_kleinste_ebene(neu, ebenen, fehler))
    _raise(fehler)
    return geprueft


def check_indikator(projekt: Projekt, indikator: Indikator) -> Indikator:
    """Return one indicator as it can be taken over, with keys for the names of Handlungsfeld and level.

    Raises:
        DatenFehler: INDIKATOR-DEFINITION, with everything that does not fit; a FormelFehler where the formula does not.
    """
    fehler = [
        f"{indikator.kennung}, Spalte „{wo}“: {text}" for wo, text in _list_fehler(indikator, projekt.read(Merkmal))
    ]
    neu = _find_handlungsfeld(indikator, projekt.read(Handlungsfeld), fehler)
    neu = _find_kleinste_ebene(neu, projekt.read(Ebene), fehler)
    if fehler:
        # There is no sheet here, and no column of it.
        saetze = [text.removeprefix(f"{indikator.kennung}, Spalte ") for text in fehler]
        formel = saetze[0].startswith(("„Zähler“", "„Nenner“"))
        klasse = FormelFehler if formel else DatenFehler
        raise klasse("\n".join(saetze), "Bitte berichtigen; es wurde nichts geändert.", "INDIKATOR-DEFINITION")
    return neu


def _list_fehler(indikator: Indikator, merkmale: Sequence[Merkmal]) -> list[tuple[str, str]]:
    """Column and reason of everything with which this indicator could not be computed or shown."""
    fehler = [("Zähler", text) for text in _check_formel(indikator.zaehler, merkmale)]
    fehler += [("Nenner", text) for text in _check_formel(indikator.nenner, merkmale) if indikator.nenner]
    fehler += _check_streuung(indikator, merkmale)
    if indikator.faktor <= 0:
        fehler.append(("Faktor", "Er muss größer als null sein: 1, 100 für Prozent, 1000 für Promille."))
    if not 0 <= indikator.nachkommastellen <= _MEISTE_STELLEN:
        fehler.append(("Nachkommastellen", f"Möglich sind 0 bis {_MEISTE_STELLEN}."))
    if not 1 <= indikator.jahre <= _MEISTE_JAHRE:
        fehler.append(("Zusammengefasste Jahre", f"Möglich sind 1 bis {_MEISTE_JAHRE}."))
    return fehler


def _check_streuung(indikator: Indikator, merkmale: Sequence[Merkmal]) -> list[tuple[str, str]]:
    """Why the interval of a mean could not be computed, or would tell figures that nobody protects."""
    if indikator.intervall is not Intervallart.MITTELWERT:
        return []
    arten = {merkmal.schluessel: merkmal.art for merkmal in merkmale}
    fehler = []
    for wo, text in (("Streuung", indikator.streuung), ("Fallzahl", indikator.fallzahl)):
        if text and text not in arten:
            fehler.append((wo, f"„{text}“ ist kein bekanntes Merkmal; hier steht genau eines."))
    if arten.get(indikator.streuung) in (Merkmalart.ANZAHL, Merkmalart.ANTEIL, Merkmalart.STUFE):
        fehler.append(("Streuung", f"„{indikator.streuung}“ ist weder Summe der Quadrate noch Standardabweichung."))
    if indikator.streuung and not indikator.nenner and not indikator.fallzahl:
        fehler.append(("Fallzahl", "Ein gelieferter Mittelwert braucht sie: aus wie vielen Werten er kommt."))
    return fehler


def _check_formel(formel: str, merkmale: Sequence[Merkmal]) -> list[str]:
    """Why a formula cannot be computed and protected; empty if it can."""
    from sozialtool.rechnen.formel import parse_formel

    try:
        gelesen = parse_formel(formel, merkmale)
    except FormelFehler as ursache:
        return [ursache.meldung]
    if gelesen.koeffizienten is None:
        warum = "Nur Summen und Differenzen sind vor dem Zurückrechnen zu schützen; geteilt wird durch den Nenner."
        return [f"„{formel}“ multipliziert oder teilt Merkmale miteinander. {warum}"]
    return [] if gelesen.merkmale else [f"„{formel}“ enthält kein Merkmal."]


def _check_merkmale(projekt: Projekt, eintraege: Sequence[Merkmal]) -> list[Merkmal]:
    """Wholes and sums must be there and lead nowhere back; what a formula uses must stay."""
    ganzes = {merkmal.schluessel: merkmal.teil_von for merkmal in eintraege}
    fehler = []
    for merkmal in eintraege:
        wo = f"{merkmal.name} ({merkmal.schluessel})"
        if merkmal.mindestfallzahl < 0:
            fehler.append(f"{wo}: Die Mindestfallzahl kann nicht kleiner als null sein.")
        for spalte, namen in (
            ("Teil von", [merkmal.teil_von] if merkmal.teil_von else []),
            ("Summe aus", merkmal.summanden),
            ("Fälle zum Betrag", [merkmal.faelle] if merkmal.faelle else []),
            ("Größte Beiträge", merkmal.beitraege),
        ):
            fehler += [f"{wo}, Spalte „{spalte}“: Ein Merkmal „{n}“ gibt es nicht." for n in namen if n not in ganzes]
        kette, oben = {merkmal.schluessel}, merkmal.teil_von
        while oben and oben not in kette:
            kette.add(oben)
            oben = ganzes.get(oben, "")
        if oben == merkmal.schluessel:
            fehler.append(f"{wo}, Spalte „Teil von“: Die Angaben drehen sich im Kreis.")
    for indikator in projekt.read(Indikator):
        namen = sorted({name for name in needed_merkmale(indikator) if name not in ganzes})
        fehler += [f"„{name}“ fehlt, aber {indikator.kennung} rechnet damit; die Zeile muss bleiben." for name in namen]
    _raise(fehler)
    return list(eintraege)


def _find_handlungsfeld(indikator: Indikator, felder: Sequence[Handlungsfeld], fehler: list[str]) -> Indikator:
    """Take the key of a Handlungsfeld for its name."""
    gesucht = indikator.handlungsfeld.strip().casefold()
    for feld in felder:
        if gesucht in (feld.schluessel.casefold(), feld.name.casefold()):
            return attrs.evolve(indikator, handlungsfeld=feld.schluessel)
    namen = ", ".join(feld.schluessel for feld in felder)
    fehler.append(
        f"{indikator.kennung}, Spalte „Handlungsfeld“: „{indikator.handlungsfeld}“ gibt es nicht; möglich sind {namen}."
    )
    return indikator


def _find_kleinste_ebene(indikator: Indikator, ebenen: Sequence[Ebene], fehler: list[str]) -> Indikator:
    """Take the key of a level for its name."""
    gesucht = indikator.kleinste_ebene.strip().casefold()
    if gesucht in _BEKANNTE_EBENEN:
        return attrs.evolve(indikator, kleinste_ebene=gesucht)
    for ebene in ebenen:
        if gesucht in (ebene.schluessel.casefold(), ebene.name.casefold(), ebene.mehrzahl.casefold()):
            return attrs.evolve(indikator, kleinste_ebene=ebene.schluessel)
    namen = ", ".join(ebene.schluessel for ebene in ebenen)
    fehler.append(
        f"{indikator.kennung}, Spalte „Kleinste Ebene“: „{indikator.kleinste_ebene}“ gibt es nicht; möglich sind {namen}."
    )
    return indikator


def _check_gebiete(projekt: Projekt, eintraege: Sequence[Gebiet]) -> list[Gebiet]:
    ebenen = {ebene.schluessel: ebene for ebene in (*QUER_EBENEN, *projekt.read(Ebene))}
    fehler: list[str] = []
    gebiete = [_find_ebene(gebiet, ebenen, fehler) for gebiet in eintraege]
    ags = projekt.kommune.ags
    if [g.schluessel for g in gebiete if g.ebene == raum.STADT] != [ags]:
        fehler.append(f"Die Stadt selbst muss genau einmal darin stehen: Schlüssel {ags}, Ebene stadt.")
    gebiete = [_find_oberes(gebiet, gebiete, ebenen, ags, fehler) for gebiet in gebiete]
    fehler += _list_verwaiste(projekt, {gebiet.schluessel for gebiet in gebiete})
    fehler += _list_verschobene(projekt, gebiete)
    _raise(fehler)
    return _with_rest(projekt, gebiete, ebenen)


def _find_ebene(gebiet: Gebiet, ebenen: dict[str, Ebene], fehler: list[str]) -> Gebiet:
    """Take the key of a level for its name: "Sozialraum" and "Sozialräume" are "sozialraum"."""
    gesucht = gebiet.ebene.strip().casefold()
    for ebene in ebenen.values():
        if gesucht in (ebene.schluessel.casefold(), ebene.name.casefold(), ebene.mehrzahl.casefold()):
            return attrs.evolve(gebiet, ebene=ebene.schluessel)
    namen = ", ".join(sorted(ebene.schluessel for ebene in ebenen.values()))
    fehler.append(f"{_name(gebiet)}: Eine Ebene „{gebiet.ebene}“ gibt es nicht; möglich sind {namen}.")
    return gebiet


def _find_oberes(
    gebiet: Gebiet, gebiete: Sequence[Gebiet], ebenen: dict[str, Ebene], ags: str, fehler: list[str]
) -> Gebiet:
    """Take the key of the area above for its name; without any, a Sozialraum or Ortsteil belongs to the town."""
    ebene = ebenen.get(gebiet.ebene)
    if ebene is None or gebiet.ebene == raum.STADT:
        return gebiet
    if not gebiet.teil_von:
        return attrs.evolve(gebiet, teil_von=ags) if ebene.teil_von else gebiet
    gesucht = gebiet.teil_von.strip().casefold()
    oben = [g for g in gebiete if g.schluessel.casefold() == gesucht] or [
        g for g in gebiete if g.name.casefold() == gesucht
    ]
    if len(oben) != 1:
        fehler.append(f"{_name(gebiet)}: Ein Gebiet „{gebiet.teil_von}“ (Teil von) steht nicht in der Liste.")
    elif ebene.teil_von and oben[0].ebene not in _levels_above(ebene, ebenen):
        fehler.append(f"{_name(gebiet)} kann nicht Teil von {_name(oben[0])} sein: Das ist keine Ebene darüber.")
    elif oben[0].schluessel == gebiet.schluessel:
        fehler.append(f"{_name(gebiet)} kann nicht Teil von sich selbst sein.")
    return attrs.evolve(gebiet, teil_von=oben[0].schluessel) if len(oben) == 1 else gebiet


def _levels_above(ebene: Ebene, ebenen: dict[str, Ebene]) -> set[str]:
    oben: set[str] = set()
    while ebene.teil_von and ebene.teil_von not in oben and ebene.teil_von in ebenen:
        oben.add(ebene.teil_von)
        ebene = ebenen[ebene.teil_von]
    return oben


def _list_verwaiste(projekt: Projekt, bleiben: set[str]) -> list[str]:
    """Name areas that would vanish although figures belong to them: the town's totals would change without a word."""
    zahlen = Counter(projekt.read_messwerte()["gebiet"])
    namen = {gebiet.schluessel: _name(gebiet) for gebiet in projekt.read(Gebiet)}
    return [
        f"{name} fehlt, aber {zahlen[schluessel]} Zahlen gehören dazu; die Zeile muss bleiben (der Name darf sich ändern)."
        for schluessel, name in namen.items()
        if schluessel not in bleiben and zahlen[schluessel]
    ]


def _list_verschobene(projekt: Projekt, gebiete: Sequence[Gebiet]) -> list[str]:
    """Name areas that would lie elsewhere than agreed: that is for a Variante and a decision, not for a cell in a list."""
    geltend = find_geltenden(projekt.read(Gebietsstand))
    if geltend is None or not any(r.gebietsstand == geltend.schluessel for r in projekt.read(Raum)):
        return []
    plan = raumplan(projekt, geltend.schluessel)
    vereinbart = {**plan.zuordnung, **{r.schluessel: r.teil_von for r in plan.raeume if r.teil_von}}
    return [
        f"{_name(g)}: liegt im vereinbarten Gebietsstand „{geltend.name}“ in „{vereinbart[g.schluessel]}“, nicht in "
        f"„{g.teil_von}“; dafür bitte eine Variante anlegen (F3, v) und vereinbaren."
        for g in gebiete
        if vereinbart.get(g.schluessel, g.teil_von) != g.teil_von
    ]


def _with_rest(projekt: Projekt, gebiete: list[Gebiet], ebenen: dict[str, Ebene]) -> list[Gebiet]:
    """Add "nicht zuzuordnen" to the Sozialräume, so that parts and total can tie out."""
    planung = next((ebene.schluessel for ebene in ebenen.values() if ebene.planungsebene), "")
    if any(gebiet.ist_rest for gebiet in gebiete) or not any(gebiet.ebene == planung for gebiet in gebiete):
        return gebiete
    rest = projekt.get(Gebiet, raum.NICHT_ZUZUORDNEN)
    reihenfolge = max(gebiet.reihenfolge for gebiet in gebiete) + 1
    neu = Gebiet(raum.NICHT_ZUZUORDNEN, "nicht zuzuordnen", planung, projekt.kommune.ags, reihenfolge=reihenfolge)
    return [*gebiete, rest or neu]


def _name(gebiet: Gebiet) -> str:
    return f"{gebiet.name} ({gebiet.schluessel})"
