"""The comparison of Varianten as a workbook for the Planungsgruppe.

Only released inhabitants go into it, and rounded: exact ones on two divisions of the same town would give away every small group
between the boundaries. Rates of single Sozialräume stay out of it for the same reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.varianten import RUNDUNG, Variantenbild, Variantenvergleich, compare_varianten
from sozialtool.ablauf.vergleichszeilen import hausnummern
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.tabelle import Spalte, Zellwert
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

DATEINAME = "Variantenvergleich.xlsx"
_TITEL = {
    "Überblick": "Die Varianten neben dem geltenden Gebietsstand",
    "Einwohner": "Einwohner je Sozialraum",
    "Ähnlichkeit": "Anteil der Unterschiede, der zwischen den Sozialräumen liegt, in Prozent",
    "Zerschnittene Bezirke": "Bezirke, die in mehreren Sozialräumen liegen",
    "Straßen": "Straßenabschnitte mit neuem Sozialraum",
    "Kleine Differenzen": "Gruppen zwischen alten und neuen Grenzen",
}
"""Sheet → title of its table."""


def write_variantenvergleich(
    projekt: Projekt,
    schluessel: Sequence[str] = (),
    jahr: int | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
) -> Path:
    """Write `ausgaben/<Jahr>/Variantenvergleich.xlsx` and return its path; arguments as in `compare_varianten`.

    Raises:
        BedienFehler: nothing to compare, no figures in that year, or a file of that name which was not written here. DateiGesperrt: open in Excel. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.vergleichsmappe import write_vergleich

    vergleich = compare_varianten(projekt, schluessel, jahr, fortschritt, stop)
    if not any(bild.zellen for bild in vergleich.bilder):
        raise BedienFehler(
            f"Für {vergleich.jahr} gibt es keine Zahlen zum Vergleichen.",
            "Bitte ein anderes Jahr wählen.",
            "RECHNEN-JAHR",
        )
    pfad = ausgaben_ordner(projekt, vergleich.jahr) / DATEINAME
    make_folder(pfad.parent)
    check_ziel(pfad)
    titel = f"{projekt.kommune.name}: Varianten der Sozialräume, {vergleich.jahr}"
    write_vergleich(pfad, build_blaetter(projekt, vergleich), titel, stand or dt.date.today())
    return pfad


def build_blaetter(projekt: Projekt, vergleich: Variantenvergleich) -> tuple[Vergleichsblatt, ...]:
    """Lay the comparison out: overview, inhabitants, homogeneity, cut districts, streets, small differences."""
    return (
        _build_ueberblick(projekt, vergleich),
        _build_einwohner(vergleich),
        _build_streuung(vergleich),
        _build_schnitte(projekt, vergleich),
        _build_strassen(vergleich),
        _build_differenzen(projekt, vergleich),
    )


def _blatt(
    name: str, absaetze: tuple[str, ...], spalten: Sequence[Spalte], zeilen: Sequence[tuple[Zellwert, ...]]
) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Tabelle, Zeile
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    hinweis = () if zeilen else ("Dazu gibt es nichts zu zeigen.",)
    tabelle = Tabelle(_TITEL[name], tuple(spalten), tuple(Zeile(zeile) for zeile in zeilen), beschreibung=name)
    return Vergleichsblatt(name, (*absaetze, *hinweis), tabelle)


def _name(bild: Variantenbild) -> str:
    return f"{bild.stand.name} (gilt)" if bild.gilt else bild.stand.name


def _spalten(erste: str, bilder: Sequence[Variantenbild], stellen: int = 0) -> tuple[Spalte, ...]:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    art = Spaltenart.ZAHL if stellen else Spaltenart.ANZAHL
    je = tuple(Spalte(_name(bild), art, breite=130, nachkommastellen=stellen) for bild in bilder)
    return (Spalte(erste, Spaltenart.LANG, breite=330), *je)


def _zahl(wert: float | None, stellen: int = 0, *, geheim: bool = False) -> Zellwert:
    from sozialtool.ausgabe.tabelle import Grund, Zahl

    if wert is None:
        return Grund(Zeichen.GEHEIM.symbol if geheim else Zeichen.FEHLT.symbol, geheim)
    return Zahl(round(wert, stellen), nachkommastellen=stellen)


def _build_ueberblick(projekt: Projekt, vergleich: Variantenvergleich) -> Vergleichsblatt:
    from sozialtool.rechnen.varianten import describe_verteilung

    bilder = vergleich.bilder
    je = [
        describe_verteilung(() if None in bild.frei.values() else (z for z in bild.frei.values() if z is not None))
        for bild in bilder
    ]
    zeilen: list[tuple[Zellwert, ...]] = [("Sozialräume", *(_zahl(len(b.raeume)) for b in bilder))]
    zeilen += [
        ("Kleinster Sozialraum (Einwohner)", *(_zahl(v.kleinster if v else None) for v in je)),
        ("Größter Sozialraum (Einwohner)", *(_zahl(v.groesster if v else None) for v in je)),
        (
            "Der größte hat so viele Mal die Einwohner des kleinsten",
            *(_zahl(v.verhaeltnis if v else None, 1) for v in je),
        ),
        ("Weiteste Abweichung vom Mittel (Prozent)", *(_zahl(v.abweichung if v else None, 1) for v in je)),
        ("Gleichmäßigkeit (1 = alle gleich groß)", *(_zahl(v.gleichmaessigkeit if v else None, 3) for v in je)),
        ("Zellen, die gesperrt werden müssten", *(_zahl(b.gesperrt) for b in bilder)),
    ]
    for ebene in projekt.read(Ebene):
        if ebene.schluessel in bilder[0].zerschnitten:
            zahlen = (_zahl(len(b.zerschnitten[ebene.schluessel])) for b in bilder)
            offen = bilder[0].ungeprueft.get(ebene.schluessel, 0)
            zeilen.append((f"Zerschnittene {ebene.mehrzahl}" + (f" ({offen} ungeprüft)" if offen else ""), *zahlen))
    zeilen.append(("Straßenabschnitte, die die Seite wechseln", *(_zahl(len(b.wechsel)) for b in bilder)))
    zeilen.append(
        (f"Grenzstücke mit weniger als {vergleich.schranke} Menschen", *(_zahl(len(b.differenzen)) for b in bilder))
    )
    absaetze = (
        (
            f"Zahlen von {vergleich.jahr}. Einwohner sind auf {RUNDUNG} gerundet, damit sich kleine Gruppen zwischen alten und neuen "
            "Grenzen nicht ausrechnen lassen; daraus sind auch die Maße gerechnet."
        ),
        (
            "Gleichmäßigkeit: −Σ p·ln p / ln N mit dem Anteil p jedes Sozialraums (Pielou 1966). Abweichung vom Mittel wie bei "
            "Wahlkreisen (§ 3 BWahlG: möglichst nicht über 15 Prozent)."
        ),
    )
    return _blatt("Überblick", absaetze, _spalten("Merkmal", bilder), zeilen)


def _build_einwohner(vergleich: Variantenvergleich) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Grund

    namen: dict[str, dict[str, None]] = {}
    for r in (r for bild in vergleich.bilder for r in bild.raeume):
        namen.setdefault(r.raum.schluessel, {})[r.raum.name] = None
    zeilen = [
        (
            " / ".join(je),
            *(
                _zahl(b.frei[schluessel], geheim=True) if schluessel in b.frei else Grund(Zeichen.NICHTS.symbol)
                for b in vergleich.bilder
            ),
        )
        for schluessel, je in namen.items()
    ]  # fmt: skip
    absatz = f"Einwohner {vergleich.jahr} je Sozialraum, auf {RUNDUNG} gerundet. – heißt: Diesen Sozialraum gibt es dort nicht."
    return _blatt("Einwohner", (absatz,), _spalten("Sozialraum", vergleich.bilder), zeilen)


def _build_streuung(vergleich: Variantenvergleich) -> Vergleichsblatt:
    je = [{s.indikator.kennung: s for s in bild.streuung} for bild in vergleich.bilder]
    zeilen = []
    for s in vergleich.bilder[0].streuung:
        anteile = (teil[s.indikator.kennung].zwischen if s.indikator.kennung in teil else None for teil in je)
        prozente = (None if anteil is None else anteil * 100 for anteil in anteile)
        zeilen.append((f"{s.indikator.kennung} {s.indikator.name}", *(_zahl(p) for p in prozente)))
    absaetze = (
        (
            "Wie viel Prozent der Unterschiede zwischen den kleinsten Gebieten liegen zwischen den Sozialräumen? Der Rest liegt in "
            "ihnen. Ein hoher Wert heißt: innen ähnlich, untereinander verschieden."
        ),
        (
            "Gerechnet als Korrelationsverhältnis η², mit den Nennern gewichtet (Pearson 1905, Fisher 1925). Mehr Sozialräume haben "
            "von allein höhere Werte."
        ),
    )
    return _blatt("Ähnlichkeit", absaetze, _spalten("Indikator", vergleich.bilder), zeilen)


def _build_schnitte(projekt: Projekt, vergleich: Variantenvergleich) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    namen = {ebene.schluessel: ebene.name for ebene in projekt.read(Ebene)}
    zeilen: list[tuple[Zellwert, ...]] = [
        (_name(bild), namen[ebene], gebiet.name, ", ".join(raeume))
        for bild in vergleich.bilder
        for ebene, liste in bild.zerschnitten.items()
        for gebiet, raeume in liste
    ]
    spalten = [Spalte(titel, Spaltenart.LANG, breite=b) for titel, b in (("Gebietsstand", 190), ("Ebene", 110), ("Gebiet", 230), ("Liegt in", 330))]  # fmt: skip
    offen = [
        f"{zahl} Gebiete der Ebene {namen[ebene]} ließen sich nicht prüfen, weil nicht bekannt ist, aus "
        "welchen kleinsten Gebieten sie bestehen."
        for ebene, zahl in vergleich.bilder[0].ungeprueft.items()
        if zahl
    ]
    return _blatt("Zerschnittene Bezirke", tuple(offen), spalten, zeilen)


def _build_strassen(vergleich: Variantenvergleich) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    namen = [{r.raum.schluessel: r.raum.name for r in bild.raeume} for bild in vergleich.bilder]
    zeilen: list[tuple[Zellwert, ...]] = [
        (_name(bild), w.abschnitt.name, hausnummern(w.abschnitt), namen[0].get(w.von, w.von or "–"), neue.get(w.nach, w.nach or "–"))
        for bild, neue in zip(vergleich.bilder, namen, strict=True)
        for w in bild.wechsel
    ]  # fmt: skip
    titel = (("Gebietsstand", 190), ("Straße", 230), ("Hausnummern", 150), ("Bisher", 180), ("Neu", 180))
    spalten = [Spalte(name, Spaltenart.LANG, breite=breite) for name, breite in titel]
    return _blatt("Straßen", ("Straßenabschnitte, die in einen anderen Sozialraum kommen.",), spalten, zeilen)


def _build_differenzen(projekt: Projekt, vergleich: Variantenvergleich) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    gebiete = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    zeilen: list[tuple[Zellwert, ...]] = [
        (
            _name(bild), ", ".join(gebiete.get(g, g) for g in (*d.nur_alt, *d.nur_neu)),
            "durch eine Subtraktion" if d.genau else "nur als Unterschied zweier Gruppen",
        )
        for bild in vergleich.bilder
        for d in bild.differenzen
    ]  # fmt: skip
    titel = (("Gebietsstand", 190), ("Kleinste Gebiete dazwischen", 420), ("Auszurechnen", 230))
    spalten = [Spalte(name, Spaltenart.LANG, breite=breite) for name, breite in titel]
    absatz = (
        f"Wer Zahlen für die alten und für die neuen Sozialräume hat, kann Zahlen dieser kleinen Gruppen (weniger als "
        f"{vergleich.schranke} Menschen) ausrechnen. Für ein Jahr bitte nur Zahlen eines Gebietsstands veröffentlichen."
    )
    return _blatt("Kleine Differenzen", (absatz,), spalten, zeilen)
