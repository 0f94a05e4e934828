"""An index of one's own as sheets of the monitoring workbook: result and stages, robustness, definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.indexbild import TEIL, Indexbild
from sozialtool.ablauf.indextext import (
    describe_bewegung,
    describe_klasse,
    describe_laeufe,
    describe_stabil,
    describe_verfahren,
    share_anders,
    share_gewichte,
)
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import runde

if TYPE_CHECKING:
    from sozialtool.ausgabe.tabelle import Spalte, Tabelle, Zeile, Zellwert
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

_STELLEN = 2
_QUELLE = "veröffentlichte Zahlen dieses Monitorings, eigene Berechnung"


def build_indexblaetter(bild: Indexbild, weitere: Sequence[str] = ()) -> tuple[Vergleichsblatt, ...]:
    """Lay out the sheets Index, Robustheit and Indexdefinition; `weitere` are paragraphs for the first."""
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    index, robust = (*bild.hinweise, *weitere), describe_stabil(bild)
    return (
        Vergleichsblatt(
            "Index", index, _build_ergebnis(bild), (_build_stufen(bild), _build_zusammenhang(bild)),
            titel=f"{bild.titel}: Index und alle Rechenstufen", skala=90,
        ),
        Vergleichsblatt(
            "Robustheit", (bild.hinweise[0], robust), _build_robustheit(bild), (),
            "Was gerechnet wurde", describe_laeufe(bild), f"{bild.titel}: Wie sicher ist der Rang?", 90,
        ),
        Vergleichsblatt(
            "Indexdefinition", (f"Fassung: {bild.fassung}.",), _build_bestandteile(bild), (_build_verfahren(bild),),
            titel=f"{bild.titel}: Woraus er besteht", skala=90,
        ),
    )  # fmt: skip


def _kurz(indikator: Indikator) -> str:
    return indikator.kurzname or indikator.kennung


def _zahl(wert: float | None, stellen: int, *, geheim: bool = False, ersatz: Zellwert = None) -> Zellwert:
    from sozialtool.ausgabe.tabelle import Zahl
    from sozialtool.ausgabe.werkbank import grund

    if wert is None:
        return ersatz or grund(Zeichen.GEHEIM if geheim else Zeichen.FEHLT)
    return Zahl(runde(wert, stellen), nachkommastellen=stellen)


def _ohne() -> Zellwert:
    """The cell of an area that does not belong to the base set."""
    from sozialtool.ausgabe.werkbank import grund

    return grund(Zeichen.SINNLOS)


def _raum_spalte() -> Spalte:
    from sozialtool.ausgabe.tabelle import Spalte

    return Spalte("Sozialraum", breite=170)


def _build_ergebnis(bild: Indexbild) -> Tabelle:
    """Rates beside index, rank, span of ranks and class."""
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    zahl = Spaltenart.ZAHL
    quoten = [Spalte(_kurz(i), zahl, i.einheit, 78, i.nachkommastellen, "Quoten") for i in bild.indikatoren]
    spalten = (
        _raum_spalte(), *quoten, Spalte("Index", zahl, "", 62, _STELLEN, "Ergebnis"),
        Spalte("Rang", Spaltenart.ANZAHL, "", 50, 0, "Ergebnis"),
        Spalte("Rang von – bis", Spaltenart.TEXT, "", 78, 0, "Ergebnis"),
        Spalte("Klasse", Spaltenart.TEXT, "", 138, 0, "Ergebnis"),
    )  # fmt: skip
    zeilen = []
    for platz, gebiet in enumerate(bild.gebiete):
        quoten_zellen = [
            _zahl(bild.lage.werte[i.kennung][platz], i.nachkommastellen, geheim=(i.kennung, gebiet.schluessel) in bild.geheim)
            for i in bild.indikatoren
        ]  # fmt: skip
        spanne = bild.robustheit.spannen[platz]
        zeilen.append(Zeile((
            gebiet.name, *quoten_zellen, _zahl(bild.stufen.index[platz], _STELLEN, ersatz=_ohne()),
            _zahl(bild.stufen.raenge[platz], 0, ersatz=_ohne()),
            f"{spanne.von} – {spanne.bis}" if spanne else "", describe_klasse(bild, platz),
        )))  # fmt: skip
    anmerkungen = (
        "Ein hoher Index heißt: stärker belastet; Rang 1 ist der höchste. Klasse 1 ist am wenigsten belastet.",
        "Ränge und Klassen folgen aus ungerundeten Werten. x: gehört nicht zur Grundmenge.",
        "Rang von – bis: Spanne bei anderer Wahl von Gewichten, Indikatoren und Verfahren (Blatt „Robustheit“).",
    )
    return Tabelle(
        f"{bild.titel}: Quoten und Index", spalten, tuple(zeilen), 1, anmerkungen, _QUELLE,
        _legende(zeilen), "Quoten, Index, Rang, Rangspanne und Klasse je Sozialraum",
    )  # fmt: skip


def _legende(zeilen: Sequence[Zeile]) -> str:
    from sozialtool.ausgabe.zeichen import legende

    return legende(tuple(zeilen))


def _build_stufen(bild: Indexbild) -> Tabelle:
    """Normalised values, Teilindizes and the index before rounding to what is shown."""
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile
    from sozialtool.fach.messwert import Vermerk

    zahl, stufen = Spaltenart.ZAHL, bild.stufen
    normiert = [Spalte(_kurz(i), zahl, "", 78, _STELLEN, "auf einer Skala") for i in bild.indikatoren]
    teile = [Spalte(name.removeprefix(TEIL), zahl, "", 90, _STELLEN, "Teilindizes") for name in stufen.teile]
    zeilen = []
    for platz, gebiet in enumerate(bild.gebiete):
        zellen: list[Zellwert] = [gebiet.name]
        for spalte_name, spalte in (*stufen.normiert.items(), *stufen.teile.items(), ("", stufen.index)):
            zelle = _zahl(spalte[platz], _STELLEN, ersatz=_ohne())
            if isinstance(zelle, Zahl) and (spalte_name, platz) in stufen.eingesetzt:
                zelle = Zahl(zelle.wert, vermerk=Vermerk.GESCHAETZT, nachkommastellen=_STELLEN)
            zellen.append(zelle)
        zeilen.append(Zeile(tuple(zellen)))
    anmerkung = (
        f"Skala: {bild.index.normierung.value}; die Richtung ist schon berücksichtigt: Ein hoher Wert belastet immer. "
        f"Zusammengefasst: {bild.index.aggregation.value}."
    )
    return Tabelle(
        f"{bild.titel}: Rechenstufen", (_raum_spalte(), *normiert, *teile, Spalte("Index", zahl, "", 62, _STELLEN, "Ergebnis")),
        tuple(zeilen), 2, (anmerkung,), _QUELLE, _legende(zeilen), "Normierte Werte, Teilindizes und Index je Sozialraum",
    )  # fmt: skip


def _build_zusammenhang(bild: Indexbild) -> Tabelle:
    """Correlation of every pair of indicators, and with the index."""
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile
    from sozialtool.rechnen.sozialindex import INDEX

    paare = {(p.einer, p.anderer): p.pearson for p in bild.zusammenhaenge}
    paare |= {(b, a): wert for (a, b), wert in paare.items()}
    namen = [i.kennung for i in bild.indikatoren]
    kurz = {i.kennung: _kurz(i) for i in bild.indikatoren} | {INDEX: "Index"}
    zeilen = tuple(
        Zeile((
            kurz[eins],
            *(Zahl(1.0) if eins == zwei else _zahl(paare.get((eins, zwei)), _STELLEN) for zwei in (*namen, INDEX)),
        ))
        for eins in (*namen, INDEX)
    )  # fmt: skip
    spalten = (Spalte("", breite=170), *(Spalte(kurz[n], Spaltenart.ZAHL, "", 78, _STELLEN) for n in (*namen, INDEX)))
    anmerkung = (
        f"Korrelation nach Pearson über {sum(bild.stufen.basis)} Gebiete, nach Anwenden der Richtung. Nahe 1: messen fast dasselbe; "
        "unter 0: laufen gegeneinander. Bei so wenigen Gebieten nur ein Anhalt."
    )
    return Tabelle(f"{bild.titel}: Zusammenhang der Indikatoren", spalten, zeilen, 3, (anmerkung,), _QUELLE)


def _build_robustheit(bild: Indexbild) -> Tabelle:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    anzahl, gleich = Spaltenart.ANZAHL, "gleiche Klasse in % der Läufe"
    spalten = (
        _raum_spalte(), Spalte("Rang", anzahl, "", 52), Spalte("von", anzahl, "", 60, 0, "Rangspanne"),
        Spalte("bis", anzahl, "", 60, 0, "Rangspanne"), Spalte("Klasse", Spaltenart.TEXT, "", 138),
        Spalte("mit anderen Gewichten", anzahl, "%", 92, 0, gleich), Spalte("mit anderen Verfahren", anzahl, "%", 92, 0, gleich),
        Spalte("Was den Rang am weitesten verschiebt", Spaltenart.LANG, "", 290),
    )  # fmt: skip
    zeilen = []
    for platz, gebiet in enumerate(bild.gebiete):
        spanne = bild.robustheit.spannen[platz]
        if spanne is None:
            zeilen.append(
                Zeile((gebiet.name, *(_ohne() for _ in range(3)), describe_klasse(bild, platz), _ohne(), _ohne(), ""))
            )
            continue
        zeilen.append(Zeile((
            gebiet.name, _zahl(bild.stufen.raenge[platz], 0), _zahl(spanne.von, 0), _zahl(spanne.bis, 0),
            describe_klasse(bild, platz), _zahl(share_gewichte(bild, platz), 0, ersatz=_ohne()),
            _zahl(share_anders(bild, platz), 0, ersatz=_ohne()), describe_bewegung(bild, spanne),
        )))  # fmt: skip
    return Tabelle(
        f"{bild.titel}: Ränge und Klassen bei anderer Wahl", spalten, tuple(zeilen), 1,
        ("Die Spanne umfasst den eigenen Rang und alle Läufe, die unten genannt sind.",), _QUELLE, _legende(zeilen),
        "Rang, Rangspanne und Anteil gleicher Klasse je Sozialraum",
    )  # fmt: skip


def _build_bestandteile(bild: Indexbild) -> Tabelle:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    wirksam = bild.plan.wirksame_gewichte()
    lang = Spaltenart.LANG
    spalten = (
        Spalte("Indikator", lang, breite=330), Spalte("Teilindex", lang, breite=230), Spalte("Richtung", lang, breite=170),
        Spalte("Gewicht", Spaltenart.ZAHL, "", 76, 2), Spalte("wirkt mit", Spaltenart.ZAHL, "%", 76, 1),
    )  # fmt: skip
    zeilen = tuple(
        Zeile((
            f"{i.kennung} {i.name}", bild.teil_von.get(i.kennung, "–"),
            "hoher Wert belastet" if i.richtung is Richtung.BELASTEND else "hoher Wert entlastet",
            _zahl(bild.plan.gewichte.get(i.kennung, 1.0), 2), _zahl(wirksam[i.kennung] * 100, 1),
        ))
        for i in bild.indikatoren
    )  # fmt: skip
    anmerkung = (
        "Das Gewicht gilt innerhalb des Teilindex; „wirkt mit“ ist der Anteil am ganzen Index (bei gewichtetem Mittel)."
    )
    return Tabelle(f"{bild.titel}: Bestandteile", spalten, zeilen, 1, (anmerkung,), _QUELLE)


def _build_verfahren(bild: Indexbild) -> Tabelle:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    spalten = (Spalte("Schritt", Spaltenart.LANG, breite=330), Spalte("Wahl", Spaltenart.LANG, breite=230))
    zeilen = tuple(Zeile(paar) for paar in describe_verfahren(bild))
    anmerkung = "Schritte nach OECD/JRC, Handbook on Constructing Composite Indicators (2008)."
    return Tabelle(f"{bild.titel}: Verfahren", spalten, zeilen, 2, (anmerkung,))
