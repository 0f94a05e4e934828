"""The figures of the accessible edition: long tables with indicator and area in every row, positions in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozialtool.ausgabe.blaetter.handlungsfeld import build_zeile, list_anmerkungen
from sozialtool.ausgabe.blaetter.kachelkarte import find_plaetze
from sozialtool.ausgabe.blaetter.steckbrief import build_zeile as build_steckbriefzeile
from sozialtool.ausgabe.frei.blatt import Freiblatt, name_zeichen_im
from sozialtool.ausgabe.frei.hinweise import Hinweise
from sozialtool.ausgabe.reihen import build_reihe
from sozialtool.ausgabe.saetze import saetze_zum_gebiet
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Zahl, Zellwert
from sozialtool.ausgabe.werkbank import (
    Werkbank,
    dativ,
    differenz,
    grund,
    kurzname,
    leitindikatoren,
    neueste,
    zeitangabe,
    zelle,
)
from sozialtool.ausgabe.zeichen import TREND_WORTE
from sozialtool.fach.auswertung import DEUTLICH, Auswertung, Bezugsart, Gebietsauswertung, Gegenueber, Wandel
from sozialtool.fach.indikator import Handlungsfeld, Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_WORT, format_zahl, runde

_ZAHL, _ANZAHL, _DIFFERENZ = Spaltenart.ZAHL, Spaltenart.ANZAHL, Spaltenart.DIFFERENZ
_WER = (Spalte("Indikator"), Spalte("Name des Indikators"), Spalte("Einheit"))
_GEGEN = "Lage gegen die Stadt"
_HINWEISE = Spalte("Hinweise")


def _wer(indikator: Indikator) -> tuple[str, str, str]:
    return indikator.kennung, indikator.name, indikator.einheit


def _lage(kennzahl: Kennzahl | None) -> Zellwert:
    if kennzahl is None or kennzahl.lage is None:
        return grund(Zeichen.GEHEIM) if kennzahl is not None and kennzahl.zeichen is Zeichen.GEHEIM else None
    return LAGE_WORT[kennzahl.lage]


def _mit_raeumen(bank: Werkbank, indikatoren: Iterable[Indikator]) -> list[Indikator]:
    raeume = [raum.schluessel for raum in bank.bericht.raeume]
    return [ind for ind in indikatoren if bank.zahlen.hat_gebiete(ind.kennung, raeume)]


def build_blick(bank: Werkbank) -> list[Freiblatt]:
    """Lay the matrix out with an indicator in each row: values on one sheet, positions in words on the next."""
    bericht = bank.bericht
    gebiete = (bericht.stadt, *bericht.raeume)
    indikatoren = _mit_raeumen(bank, bericht.vereinbarte)
    werte, lagen = [], []
    for ind in indikatoren:
        jahr = bank.zahlen.jahr(ind.kennung, bericht.jahr) or bericht.jahr
        kopf: tuple[Zellwert, ...] = (*_wer(ind), _jahr(jahr))
        werte.append((*kopf, *(zelle(neueste(bank, ind, g), ind) for g in gebiete)))
        lagen.append((*kopf, *(_lage(neueste(bank, ind, g)) for g in gebiete[1:])))
    spalten = (*_WER, Spalte("Jahr", Spaltenart.ZEICHEN))
    wo = f"in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name}"
    lagewort = (
        "Höher und niedriger heißt: mehr, als der Zufall erwarten lässt. Deutlich heißt: mindestens das "
        f"{format_zahl(DEUTLICH, 1)}-Fache der Stadt oder umgekehrt."
    )
    quelle = f"Quelle: {bank.quelle(indikatoren)}."
    return [
        Freiblatt(
            "Auf einen Blick", f"Auf einen Blick: Werte der Indikatoren {wo}, {bericht.jahr}",
            (*spalten, *(Spalte(g.name, _ZAHL) for g in gebiete)), werte, (quelle,),
        ),
        Freiblatt(
            "Auf einen Blick, Lage", f"Auf einen Blick: Lage der Indikatoren {wo} gegen die Stadt, {bericht.jahr}",
            (*spalten, *(Spalte(g.name) for g in gebiete[1:])), lagen, (lagewort,),
        ),
    ]  # fmt: skip


def _jahr(jahr: int) -> Zahl:
    """Write a year as a number; columns of the kind ZEICHEN show it without a separator."""
    return Zahl(float(jahr))


def build_handlungsfeld(bank: Werkbank, feld: Handlungsfeld, hinweise: Hinweise) -> list[Freiblatt]:
    """Lay all indicators of a Handlungsfeld out in one table: one row per indicator and area."""
    bericht = bank.bericht
    zeilen: list[tuple[Zellwert, ...]] = []
    gezeigt = []
    raeume = [raum.schluessel for raum in bericht.raeume]
    for ind in bericht.geordnete:
        jahr = bank.zahlen.jahr(ind.kennung, bericht.jahr)
        if ind.handlungsfeld != feld.schluessel or jahr is None:
            continue
        gezeigt.append(ind)
        marken = hinweise.mark(list_anmerkungen(bank, ind, jahr), ind.kennung)
        gebiete = bericht.raeume if bank.zahlen.hat_gebiete(ind.kennung, raeume) else ()
        zeit = zeitangabe(ind, jahr, bericht.merkmale)
        zeilen += [_feldzeile(bank, ind, jahr, zeit, gebiet, marken) for gebiet in (bericht.stadt, *gebiete)]
    if not zeilen:
        return []
    spalten = (
        *_WER, Spalte("Jahr", Spaltenart.ZEICHEN), Spalte("Zeit"), Spalte("Gebiet"), Spalte("Zähler", _ANZAHL), Spalte("Nenner", _ANZAHL), Spalte("Wert", _ZAHL),
        Spalte("95-%-Intervall von", _ZAHL), Spalte("95-%-Intervall bis", _ZAHL), Spalte("Vielfaches der Stadt", _ZAHL, "", 80, 2),
        Spalte("Rang (1 ist der höchste Wert)", _ANZAHL), Spalte("möglicher Rang von", _ANZAHL), Spalte("möglicher Rang bis", _ANZAHL),
        Spalte("Veränderung zum Vorjahr", _DIFFERENZ), Spalte("Veränderung zu vor 5 Jahren", _DIFFERENZ),
        Spalte("Trend"), Spalte(_GEGEN), _HINWEISE,
    )  # fmt: skip
    titel = f"{feld.name}: Indikatoren in {bericht.kommune.name} und den {dativ(bericht.planungsebene.mehrzahl)}, {bericht.jahr}"
    return [Freiblatt(feld.name, titel, spalten, zeilen, (f"Quelle: {bank.quelle(gezeigt)}.",))]


def _feldzeile(
    bank: Werkbank, ind: Indikator, jahr: int, zeit: str, gebiet: Gebiet, marken: str
) -> tuple[Zellwert, ...]:
    gedruckt = build_zeile(bank, ind, jahr, gebiet).zellen
    kennzahl = bank.zahlen.get(ind.kennung, jahr, gebiet.schluessel)
    zahlen = [z if isinstance(z, Zahl) and z.nachkommastellen is not None else _mit_stellen(z, 2 if nr == 6 else ind.nachkommastellen)
              for nr, z in enumerate(gedruckt)]  # fmt: skip
    rang = (kennzahl.rang, kennzahl.rang_von, kennzahl.rang_bis) if kennzahl is not None else (None,) * 3
    ohne_rang = gedruckt[7] if not isinstance(gedruckt[7], str) else None
    raenge = [Zahl(float(r)) if r is not None else ohne_rang for r in rang]
    trend = _trend(bank.auswerter.find(ind.kennung, gebiet.schluessel))
    return (
        *_wer(ind),
        _jahr(jahr),
        zeit,
        gebiet.name,
        *zahlen[1:7],
        *raenge,
        *zahlen[8:10],
        trend or gedruckt[10],
        _lage(kennzahl),
        marken,
    )


def _mit_stellen(wert: Zellwert, stellen: int) -> Zellwert:
    return (
        Zahl(wert.wert, vermerk=wert.vermerk, nachkommastellen=stellen, strich=wert.strich)
        if isinstance(wert, Zahl)
        else wert
    )


def _trend(zeile: Gebietsauswertung | None) -> str:
    if zeile is None:
        return ""
    if zeile.trendmangel is not None:
        return zeile.trendmangel.value
    if zeile.trend is None:
        return ""
    seit = f" seit {zeile.trend.von}" if zeile.trend.richtung else ""
    return TREND_WORTE[zeile.trend.richtung] + seit


# -- comparison ---------------------------------------------------------------------------------------------------------


def build_vergleich(bank: Werkbank, hinweise: Hinweise) -> list[Freiblatt]:
    """Lay all comparisons out in one table: one row per indicator and area."""
    auswertungen = bank.auswerter.auswertungen
    if not auswertungen:
        return []
    aussen = list(dict.fromkeys(name for a in auswertungen for name, _ in a.bezuege))
    zeilen = []
    for a in auswertungen:
        marken = hinweise.mark(
            [f"{aussage.satz} Grundlage: {aussage.basis}." for aussage in a.aussagen[:1]], a.indikator.kennung
        )
        zeilen += [_vergleichszeile(bank, a, zeile, aussen, marken) for zeile in a.gebiete]
    punkte = "in der Einheit des Indikators"
    spalten = (
        *_WER, Spalte("Jahr", Spaltenart.ZEICHEN), Spalte("Gebiet"), Spalte("Wert", _ZAHL), Spalte(_GEGEN), Spalte("auch außerhalb der 99,8-%-Spanne"),
        Spalte("hält stand, wenn alle Gebiete zusammen zählen (Holm)"), Spalte("geglätteter Wert", _ZAHL),
        Spalte("Veränderung seit 5 Jahren", _DIFFERENZ), Spalte("Veränderung von", _DIFFERENZ), Spalte("Veränderung bis", _DIFFERENZ),
        Spalte("Trend"), Spalte("Ortsteil"), Spalte("Wert des Ortsteils", _ZAHL), Spalte("Abstand zum Ortsteil", _DIFFERENZ),
        *(s for name in aussen for s in (Spalte(f"Abstand zu {name}", _DIFFERENZ), Spalte(f"Lage gegen {name}"))), _HINWEISE,
    )  # fmt: skip
    saetze = (
        *((bank.auswerter.alle.satz,) if bank.auswerter.alle is not None else ()),
        f"Abstände und Veränderungen stehen {punkte}; von und bis sind die 95-%-Spanne der Veränderung.",
        "Geglättet heißt: zum Mittel der Gebiete gezogen, je kleiner die Fallzahl, desto stärker.",
    )
    titel = f"Vergleich: jeder Indikator gegen Stadt, Ortsteil und Werte von außen, {bank.bericht.kommune.name} {bank.bericht.jahr}"
    return [Freiblatt("Vergleich", titel, spalten, zeilen, saetze)]


def _vergleichszeile(
    bank: Werkbank, a: Auswertung, zeile: Gebietsauswertung, aussen: Sequence[str], marken: str
) -> tuple[Zellwert, ...]:
    ind, k = a.indikator, zeile.kennzahl
    kopf: tuple[Zellwert, ...] = (*_wer(ind), _jahr(a.jahr), zeile.gebiet.name, zelle(k, ind))
    if k is None or k.wert is None:
        return (*kopf, _lage(k), *(None,) * (10 + 2 * len(aussen)), marken)
    stadt, oben = zeile.gegen(Bezugsart.STADT), zeile.gegen(Bezugsart.ORTSTEIL)
    stellen = ind.nachkommastellen
    zellen: list[Zellwert] = [
        _gegen(stadt), _ja_nein(stadt.sicher if stadt is not None and stadt.lage else None),
        _ja_nein(stadt.haelt if stadt is not None and stadt.lage else None), _zahl(zeile.geglaettet, stellen),
        *_wandel(bank, k, ind, zeile.fuenfjahr), _trend(zeile) or None,
        oben.name if oben else None, _zahl(oben.wert if oben else None, stellen), _zahl(oben.differenz if oben else None, stellen),
    ]  # fmt: skip
    for name in aussen:
        fremd = zeile.gegen(Bezugsart.REFERENZ, name)
        zellen += [_zahl(fremd.differenz if fremd else None, stellen), _gegen(fremd)]
    return (*kopf, *zellen, marken)


def _gegen(gegen: Gegenueber | None) -> Zellwert:
    return None if gegen is None or gegen.lage is None else LAGE_WORT[gegen.lage]


def _ja_nein(wert: bool | None) -> Zellwert:
    return None if wert is None else "ja" if wert else "nein"


def _zahl(wert: float | None, stellen: int) -> Zellwert:
    return None if wert is None else Zahl(runde(wert, stellen), nachkommastellen=stellen)


def _wandel(bank: Werkbank, k: Kennzahl, ind: Indikator, wandel: Wandel | None) -> list[Zellwert]:
    if wandel is None:
        return [differenz(bank, k, ind, None, 5), None, None]
    stellen = ind.nachkommastellen
    return [_zahl(wandel.differenz, stellen), _zahl(wandel.unten, stellen), _zahl(wandel.oben, stellen)]


# -- series and areas ---------------------------------------------------------------------------------------------------


def build_verlauf(bank: Werkbank, hinweise: Hinweise) -> list[Freiblatt]:
    """Lay all series out in one table: one row per indicator and area, one column per year."""
    reihen = [reihe for ind in bank.bericht.geordnete if (reihe := build_reihe(bank, ind)) is not None]
    if not reihen:
        return []
    jahre = sorted({jahr for reihe in reihen for jahr in reihe.jahre})
    zeilen: list[tuple[Zellwert, ...]] = []
    for reihe in reihen:
        ind = reihe.indikator
        marken = hinweise.mark(
            [
                f"Bruch {ab}: {text}. Davor und danach ist nicht vergleichbar."
                for ab, text in sorted(reihe.brueche.items())
            ],
            ind.kennung,
        )
        bruch = ", ".join(f"ab {ab}" for ab in sorted(reihe.brueche)) or "keiner"
        for gebiet in reihe.gebiete:
            werte = [
                zelle(bank.zahlen.get(ind.kennung, j, gebiet.schluessel), ind) if j in reihe.jahre else None
                for j in jahre
            ]
            zeilen.append((*_wer(ind), gebiet.name, *werte, bruch, marken))
    spalten = (
        *_WER,
        Spalte("Gebiet"),
        *(Spalte(str(j), _ZAHL) for j in jahre),
        Spalte("Bruch in der Definition"),
        _HINWEISE,
    )
    titel = f"Verlauf: alle Indikatoren in {bank.bericht.kommune.name} und den {dativ(bank.bericht.planungsebene.mehrzahl)}, {jahre[0]} bis {jahre[-1]}"
    return [Freiblatt("Verlauf", titel, spalten, zeilen, ("Über einen Bruch hinweg sind Jahre nicht vergleichbar.",))]


def build_steckbriefe(bank: Werkbank) -> list[Freiblatt]:
    """Lay the areas out one below the other: figures against the town, and the sentences about each."""
    bericht = bank.bericht
    raeume = [raum for raum in bericht.raeume if not raum.ist_rest]
    indikatoren = _mit_raeumen(bank, bericht.vereinbarte)
    if not raeume or not indikatoren:
        return []
    ebene = bericht.planungsebene.name
    zeilen = []
    for raum in raeume:
        for ind in indikatoren:
            name, einheit, hier, stadt, _, vorjahr = build_steckbriefzeile(bank, raum, ind).zellen
            stellen = ind.nachkommastellen
            zeilen.append((
                raum.name, ind.kennung, name, einheit, _mit_stellen(hier, stellen), _mit_stellen(stadt, stellen),
                _lage(neueste(bank, ind, raum)), _mit_stellen(vorjahr, stellen),
            ))  # fmt: skip
    spalten = (
        Spalte(ebene), Spalte("Indikator"), Spalte("Name des Indikators"), Spalte("Einheit"), Spalte("Wert hier", _ZAHL), Spalte("Wert der Stadt", _ZAHL),
        Spalte(_GEGEN), Spalte("Veränderung zum Vorjahr", _DIFFERENZ),
    )  # fmt: skip
    saetze = [
        (raum.name, name_zeichen_im(satz)) for raum in raeume for satz in saetze_zum_gebiet(bank, raum, indikatoren)
    ]
    titel = (
        f"Steckbriefe: {bericht.planungsebene.mehrzahl} und Stadt im Vergleich, {bericht.kommune.name} {bericht.jahr}"
    )
    return [
        Freiblatt("Steckbriefe", titel, spalten, zeilen, (f"Quelle: {bank.quelle(indikatoren)}.",)),
        Freiblatt(
            "Steckbriefe in Sätzen", f"Was in jedem {ebene} auffällt, {bericht.kommune.name} {bericht.jahr}",
            (Spalte(ebene), Spalte("Satz", Spaltenart.LANG)), saetze,
        ),
    ]  # fmt: skip


def build_kachelkarte(bank: Werkbank) -> list[Freiblatt]:
    """Say in a table what the map of tiles shows: where each area lies, and the leading indicators there."""
    plaetze = find_plaetze(bank)
    indikatoren = leitindikatoren(bank)
    if not plaetze or not indikatoren:
        return []
    zeilen = []
    for (x, y), raum in sorted(plaetze.items(), key=lambda paar: (paar[0][1], paar[0][0])):
        je = [(zelle(neueste(bank, ind, raum), ind), _lage(neueste(bank, ind, raum))) for ind in indikatoren]
        zeilen.append((raum.name, Zahl(y + 1.0), Zahl(x + 1.0), *(wert for paar in je for wert in paar)))
    koepfe = [
        spalte for ind in indikatoren
        for spalte in (Spalte(f"{kurzname(ind)} ({ind.einheit})", _ZAHL), Spalte(f"{kurzname(ind)}, Lage gegen die Stadt"))
    ]  # fmt: skip
    spalten = (
        Spalte(bank.bericht.planungsebene.name),
        Spalte("Reihe von Norden", _ANZAHL),
        Spalte("Platz von Westen", _ANZAHL),
        *koepfe,
    )
    titel = f"Kachelkarte in Worten: wo die {bank.bericht.planungsebene.mehrzahl} liegen und wie sie zur Stadt stehen, {bank.bericht.jahr}"
    return [Freiblatt("Kachelkarte", titel, spalten, zeilen, (f"Quelle: {bank.quelle(indikatoren)}.",))]
