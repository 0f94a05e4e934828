"""A fake town for the tests of the workbook: Wöhrstadt, 12 Sozialräume, 31 indicators, 7 years, through `freigeben`."""

from __future__ import annotations

import datetime as dt
import math
import random
from functools import cache
from typing import Any

import attrs
import polars as pl

from sozialtool.ausgabe.bericht import Indexblatt, Monitoringbericht
from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator, Intervallart, Richtung, Zustand
from sozialtool.fach.messwert import Merkmal, Vermerk, Zeichen
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.rahmen import KENNZAHLEN, MESSWERTE
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Kommune
from sozialtool.geheimhaltung.freigabe import FreigegebeneTabelle, freigeben
from sozialtool.geheimhaltung.werte import Bezug

JAHRE = tuple(range(2019, 2026))
KOMMUNE = Kommune("05999044", "Wöhrstadt", "Nordrhein-Westfalen", "Kreis Wöhr", 2025)
STAND = dt.date(2026, 3, 20)
NAMEN = (
    "Innenstadt", "Nordviertel", "Sankt-Antonius-Siedlung", "Rheinfeld-Nord und Alte Ziegelei", "Müllersgrund",
    "Bahnhofsviertel", "Hüttenkamp / Grüner Weg", "Ostheide", "Schloßberg", "Wöhraue", "Dörpe", "Kirchwöhr-Süd",
)  # fmt: skip
EBENEN = (
    Ebene("stadt", "Stadt", "Städte"),
    Ebene("sozialraum", "Sozialraum", "Sozialräume", teil_von="stadt", planungsebene=True),
)
GEBIETE = (
    Gebiet(KOMMUNE.ags, KOMMUNE.name, "stadt"),
    *(
        Gebiet(
            f"{nr:02d}", name, "sozialraum", KOMMUNE.ags, reihenfolge=nr, kachel_x=(nr - 1) % 4, kachel_y=(nr - 1) // 4
        )
        for nr, name in enumerate(NAMEN, start=1)
    ),
    Gebiet("nz", "nicht zuzuordnen", "sozialraum", KOMMUNE.ags, reihenfolge=99),
)
FELDER = tuple(
    Handlungsfeld(schluessel, name, nr)
    for nr, (schluessel, name) in enumerate([
        ("bevoelkerung", "Bevölkerung"), ("familie", "Familie und Haushalte"), ("arbeit", "Arbeit, Einkommen, Armut"),
        ("wohnen", "Wohnen"), ("bildung", "Bildung und Erziehung"), ("gesundheit", "Gesundheit und Alter"),
    ])
)  # fmt: skip

_B, _E, _N = Richtung.BELASTEND, Richtung.ENTLASTEND, Richtung.NEUTRAL
# Kennung, Name, Kurzname, Feld, Zähler, Nenner, Quote, Gefälle, Richtung, Faktor, Einheit
_PLAN: tuple[tuple[str, str, str, str, str, str, float, float, Richtung, float, str], ...] = (
    ("B01", "Einwohnerinnen und Einwohner (Hauptwohnung)", "Bevölkerung", "bevoelkerung", "ew", "", 1, 0, _N, 1, "Anzahl"),
    ("B03", "Anteil der unter 18-Jährigen", "unter 18", "bevoelkerung", "ew_u18", "ew", 0.17, 0.2, _N, 100, "%"),
    ("B04", "Anteil der 65-Jährigen und Älteren", "65 und älter", "bevoelkerung", "ew_65", "ew", 0.23, -0.2, _N, 100, "%"),
    ("B05", "Anteil der 80-Jährigen und Älteren", "80 und älter", "bevoelkerung", "ew_80", "ew", 0.07, -0.2, _N, 100, "%"),
    ("B10", "Zuzüge je 1.000 Einwohnerinnen und Einwohner", "Zuzüge", "bevoelkerung", "zuzuege", "ew", 0.06, 0.3, _N, 1000, "je 1.000"),
    ("B13", "Wohndauer von mindestens fünf Jahren", "Wohndauer 5+", "bevoelkerung", "ew_5j", "ew", 0.72, -0.1, _E, 100, "%"),
    ("M01", "Anteil der Menschen ohne deutsche Staatsangehörigkeit", "Ausländ. Pass", "bevoelkerung", "auslaender", "ew", 0.11, 0.8, _N, 100, "%"),
    ("F01", "Haushalte mit Kindern unter 18 Jahren", "mit Kindern", "familie", "hh_kind", "hh", 0.22, 0.1, _N, 100, "%"),
    ("F02", "Alleinerziehenden-Haushalte an allen Haushalten mit Kindern", "Alleinerz.", "familie", "hh_ae", "hh_kind", 0.21, 0.4, _B, 100, "%"),
    ("F04", "Einpersonenhaushalte", "Einpersonen", "familie", "hh_1", "hh", 0.41, 0.15, _N, 100, "%"),
    ("F05", "Alleinlebende ab 75 Jahren", "Alleinleb. 75+", "familie", "hh_1_75", "ew_65", 0.26, 0.1, _B, 100, "%"),
    ("F06", "Kinderreiche Familien mit drei und mehr Kindern", "Kinderreich", "familie", "hh_3k", "hh_kind", 0.12, 0.3, _N, 100, "%"),
    ("A01", "Arbeitslosenanteil (SGB II und SGB III)", "Arbeitslose", "arbeit", "alo", "ew_15_65", 0.058, 0.7, _B, 100, "%"),
    ("A02", "Jugendarbeitslosenanteil der 15- bis unter 25-Jährigen", "Jugend-Al.", "arbeit", "alo_j", "ew_15_25", 0.035, 0.6, _B, 100, "%"),
    ("A03", "Langzeitarbeitslose", "Langzeit-Al.", "arbeit", "alo_l", "ew_15_65", 0.022, 0.8, _B, 100, "%"),
    ("A04", "Beschäftigtenquote am Wohnort", "Beschäftigte", "arbeit", "sv", "ew_15_65", 0.60, -0.12, _E, 100, "%"),
    ("A06", "SGB-II-Quote", "SGB II", "arbeit", "sgb2", "ew_u65", 0.094, 0.75, _B, 100, "%"),
    ("A07", "SGB-II-Quote der unter 15-Jährigen (Kinderarmut)", "Kinderarmut", "arbeit", "sgb2_u15", "ew_u15", 0.142, 0.8, _B, 100, "%"),
    ("A10", "Grundsicherung im Alter", "Grusi Alter", "arbeit", "grusi", "ew_65", 0.031, 0.7, _B, 100, "%"),
    ("A13", "Haushalte mit Wohngeld", "Wohngeld", "arbeit", "wohngeld", "hh", 0.024, 0.4, _N, 100, "%"),
    ("W01", "Öffentlich geförderte Wohnungen", "gefördert", "wohnen", "we_gef", "we", 0.06, 0.9, _N, 100, "%"),
    ("W02", "Wohnungen in Ein- und Zweifamilienhäusern", "Ein-/Zweifam.", "wohnen", "we_efh", "we", 0.48, -0.5, _N, 100, "%"),
    ("W04", "Wohnungsnotfälle je 1.000 Haushalte", "Notfälle", "wohnen", "notfall", "hh", 0.004, 0.9, _B, 1000, "je 1.000"),
    ("K01", "Betreuungsquote der unter 3-Jährigen", "Kita u3", "bildung", "kita_u3", "ew_u3", 0.36, -0.2, _E, 100, "%"),
    ("K03", "Kinder mit zusätzlichem Sprachförderbedarf", "Sprachförd.", "bildung", "sprach", "einschul", 0.19, 0.6, _B, 100, "%"),
    ("S01", "Übergänge zum Gymnasium", "Gymnasium", "bildung", "gym", "uebergang", 0.39, -0.4, _E, 100, "%"),
    ("S04", "Schulabgänge ohne Abschluss", "ohne Abschl.", "bildung", "ohne_abs", "abgang", 0.055, 0.7, _B, 100, "%"),
    ("J01", "Hilfen zur Erziehung je 1.000 unter 21-Jährige", "HzE", "bildung", "hze", "ew_u21", 0.03, 0.6, _B, 1000, "je 1.000"),
    ("G01", "Kinder mit Übergewicht bei der Einschulung", "Übergewicht", "gesundheit", "adip", "einschul", 0.10, 0.5, _B, 100, "%"),
    ("G04", "Vollständige Früherkennung (U1 bis U9)", "U1–U9", "gesundheit", "u_voll", "einschul", 0.84, -0.08, _E, 100, "%"),
    ("G07", "Pflegebedürftige je 1.000 Einwohnerinnen und Einwohner", "Pflege", "gesundheit", "pflege", "ew", 0.062, 0.1, _N, 1000, "je 1.000"),
)  # fmt: skip
_NENNER = {
    "ew_u18": 0.17, "ew_65": 0.23, "ew_15_65": 0.62, "ew_15_25": 0.10, "ew_u65": 0.77, "ew_u15": 0.14, "ew_u3": 0.026,
    "ew_u21": 0.20, "hh": 0.49, "we": 0.51, "einschul": 0.009, "uebergang": 0.010, "abgang": 0.011, "hh_kind": 0.108,
}  # fmt: skip
BRUCH = Bruch("wohngeld", 2023, "Wohngeld-Plus-Gesetz: viel größerer Kreis der Berechtigten")


def merkmale() -> tuple[Merkmal, ...]:
    """All Merkmale of the plan."""
    schluessel = dict.fromkeys(["ew", *_NENNER, *(p[4] for p in _PLAN), *(p[5] for p in _PLAN if p[5])])
    teil = {p[4]: p[5] for p in _PLAN if p[5]}
    namen = {p[4]: p[1] for p in _PLAN if p[5]}
    return tuple(
        Merkmal(
            s, namen.get(s, "Einwohnerinnen und Einwohner" if s == "ew" else f"Grundgesamtheit {s}"),
            teil_von=teil.get(s, ""), mindestfallzahl=3,
            stichtag="Jahr" if s in ("zuzuege", "notfall", "hze") else "31.12.",
        )
        for s in schluessel
    )  # fmt: skip


def indikatoren() -> tuple[Indikator, ...]:
    """All Indikatoren of the plan, two of them only proposed."""
    return tuple(
        Indikator(
            kennung, name, feld, zaehler, nenner=nenner, kurzname=kurz, faktor=faktor, einheit=einheit, richtung=richtung,
            nachkommastellen=1 if nenner else 0,
            intervall=Intervallart.WILSON if faktor == 100 else Intervallart.BYAR if nenner else Intervallart.KEINES,
            quelle="Einwohnermelderegister" if feld == "bevoelkerung" else "Bundesagentur für Arbeit",
            hinweis="Neue Berechtigte seit 2023." if kennung == "A13" else "",
            definition_nach="MSS Berlin" if kennung.startswith("A") else "",
            zustand=Zustand.VORGESCHLAGEN if kennung in ("F06", "W02") else Zustand.VEREINBART,
            vereinbart_am=dt.date(2025, 6, 12), gremium="Planungsgruppe", reihenfolge=nr,
        )
        for nr, (kennung, name, kurz, feld, zaehler, nenner, _, _, richtung, faktor, einheit) in enumerate(_PLAN)
    )  # fmt: skip


def _messwerte(zufall: random.Random, einzeln: dict[tuple[str, str, int], float]) -> dict[tuple[str, str, int], float]:
    werte: dict[tuple[str, str, int], float] = {}
    groessen = [5200, 4100, 3600, 2900, 4400, 3100, 2500, 3900, 2100, 3300, 760, 2400, 90]
    lasten = [0.2, 0.8, 0.6, 0.9, -0.2, 1.0, 0.3, -0.4, -0.9, -0.7, -0.8, -0.3, 0.0]
    for gebiet, groesse, last in zip(GEBIETE[1:], groessen, lasten, strict=True):
        for nummer, jahr in enumerate(JAHRE):
            ew = round(groesse * (1 + 0.004 * nummer * last) + zufall.randint(-20, 20))
            werte[gebiet.schluessel, "ew", jahr] = ew
            for name, anteil in _NENNER.items():
                werte[gebiet.schluessel, name, jahr] = round(ew * anteil * zufall.uniform(0.97, 1.03))
            for _, _, _, _, zaehler, nenner, quote, gefaelle, *_ in _PLAN:
                if nenner and zaehler not in _NENNER:
                    basis = werte[gebiet.schluessel, nenner, jahr]
                    schub = 2.2 if zaehler == "wohngeld" and jahr >= 2023 else 1 + 0.012 * nummer * last
                    p = min(0.97, quote * (1 + gefaelle * last) * schub)
                    wert = zufall.gauss(basis * p, math.sqrt(max(basis * p * (1 - p), 0.01)))
                    werte[gebiet.schluessel, zaehler, jahr] = max(0, min(basis, round(wert)))
    werte |= einzeln
    for (_, merkmal, jahr), wert in list(werte.items()):
        stadt = (KOMMUNE.ags, merkmal, jahr)
        werte[stadt] = werte.get(stadt, 0) + wert
    return werte


def _wilson(x: float, n: float) -> tuple[float, float]:
    z = 1.959964
    wurzel = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    return (2 * x + z * z - wurzel) / (2 * (n + z * z)), (2 * x + z * z + wurzel) / (2 * (n + z * z))


def _kennzahl(ind: Indikator, jahr: int, gebiet: Gebiet, werte: dict[tuple[str, str, int], float]) -> dict[str, Any]:
    def rate(j: int, g: str) -> float | None:
        x = werte.get((g, ind.zaehler, j))
        if x is None:
            return None
        return x if not ind.nenner else x / werte[g, ind.nenner, j] * ind.faktor

    zeile: dict[str, Any] = dict.fromkeys(KENNZAHLEN.schema)
    zeile |= {"indikator": ind.kennung, "jahr": jahr, "gebiet": gebiet.schluessel, "ebene": gebiet.ebene}
    zeile["bruch"] = BRUCH.grund if ind.zaehler == BRUCH.merkmal and jahr == BRUCH.ab_jahr else ""
    if ind.kennung == "G04" and jahr == 2021:
        return zeile | {"zeichen": Zeichen.UNSICHER.name, "vermerk": ""}
    if ind.kennung == "S04" and gebiet.schluessel == "05" and jahr >= 2024:
        return zeile | {"zeichen": Zeichen.FEHLT.name, "vermerk": ""}
    x = werte[gebiet.schluessel, ind.zaehler, jahr]
    n = werte[gebiet.schluessel, ind.nenner, jahr] if ind.nenner else None
    wert, stadt = rate(jahr, gebiet.schluessel), rate(jahr, KOMMUNE.ags)
    zeile |= {"zaehler": x, "nenner": n, "wert": wert, "stadtwert": stadt, "vermerk": ""}
    if ind.kennung == "A04" and jahr == JAHRE[-1]:
        zeile["vermerk"] = Vermerk.VORLAEUFIG.name
    if n:
        unten, oben = (grenze * ind.faktor for grenze in _wilson(x, n))
        zeile |= {"unten": unten, "oben": oben, "verhaeltnis": wert / stadt}
        if gebiet.ebene != "stadt":
            deutlich = wert / stadt > 1.5 or wert / stadt < 0.67
            richtung = 1 if unten > stadt else -1 if oben < stadt else 0
            zeile["lage"] = richtung * (2 if deutlich else 1)
    for spalte, abstand in (("vorjahr", 1), ("fuenfjahr", 5)):
        quer = ind.zaehler == BRUCH.merkmal and jahr - abstand < BRUCH.ab_jahr <= jahr
        frueher = rate(jahr - abstand, gebiet.schluessel)
        zeile[spalte] = None if frueher is None or quer else wert - frueher
    return zeile


def baue_tabelle(
    einzeln: dict[tuple[str, str, int], float] | None = None, inds: tuple[Indikator, ...] | None = None
) -> FreigegebeneTabelle:
    """Run the fake figures (changed by `einzeln`: Gebiet, Merkmal, Jahr → value) through the real `freigeben`."""
    werte = _messwerte(random.Random(7), einzeln or {})
    inds = inds or indikatoren()
    zeilen = [_kennzahl(ind, jahr, g, werte) for ind in inds for jahr in JAHRE for g in GEBIETE]
    _rank(zeilen)
    basis = [
        {"gebiet": g, "merkmal": m, "stand": dt.date(j, 12, 31), "jahre": 0, "wert": float(w), "zeichen": "",
         "vermerk": "", "quelle": "q1"}
        for (g, m, j), w in werte.items()
    ]  # fmt: skip
    bezuege = [Bezug(i.kennung, {i.zaehler: 1.0}, {i.nenner: 1.0} if i.nenner else {}, i.faktor) for i in inds]
    return freigeben(
        pl.DataFrame(zeilen, schema=KENNZAHLEN.schema), pl.DataFrame(basis, schema=MESSWERTE.schema),
        inds, merkmale(), GEBIETE, bezuege,
    )  # fmt: skip


def _rank(zeilen: list[dict[str, Any]]) -> None:
    gruppen: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for zeile in zeilen:
        if zeile["wert"] is not None and zeile["ebene"] == "sozialraum" and zeile["gebiet"] != "nz":
            gruppen.setdefault((zeile["indikator"], zeile["jahr"]), []).append(zeile)
    for gruppe in gruppen.values():
        for zeile in gruppe:
            zeile["rang"] = 1 + sum(andere["wert"] > zeile["wert"] for andere in gruppe)
            if zeile["unten"] is not None:
                zeile["rang_von"] = 1 + sum(andere["unten"] > zeile["oben"] for andere in gruppe)
                zeile["rang_bis"] = len(gruppe) - sum(andere["oben"] < zeile["unten"] for andere in gruppe)


@cache
def freigegeben() -> FreigegebeneTabelle:
    """The approved figures of Wöhrstadt, made once per run."""
    return baue_tabelle()


def baue_bericht(**anders: Any) -> Monitoringbericht:
    """A whole report; keyword arguments replace its fields."""
    bericht = Monitoringbericht(
        tabelle=anders.pop("tabelle") if "tabelle" in anders else freigegeben(),
        kommune=KOMMUNE, jahr=2025, gebiete=GEBIETE, ebenen=EBENEN, indikatoren=indikatoren(), handlungsfelder=FELDER,
        stand=STAND, merkmale=merkmale(), brueche=(BRUCH,),
        quellen=(
            Quelle("q1", "Arbeitsmarkt_2025.xlsx", "ab" * 32, "Bundesagentur für Arbeit", dt.date(2025, 12, 31), dt.datetime(2026, 2, 3, 10, 0)),
            Quelle("q2", "Einwohner_2025.csv", "cd" * 32, "Bürgerservice", dt.date(2025, 12, 31), dt.datetime(2026, 1, 14, 9, 0)),
        ),
        gebietsstand=Gebietsstand("g1", "Sozialräume 2024", dt.date(2024, 1, 1), dt.date(2023, 11, 14), "Planungsgruppe"),
        drucksache="17/801", anlage="Anlage 1 zur Drucksache 17/801",
        index=Indexblatt(
            "Sozialindex 2025", ("Gebiet", "Summe", "Index", "Status"),
            tuple((name, 1.234 * nr - 6, (nr - 6) / 3.3, "mittel") for nr, name in enumerate(NAMEN)),
            "Alle 12 Sozialräume mit mindestens 300 Einwohnerinnen und Einwohnern.",
            "Der Index ordnet nur. Sein Mittel ist jedes Jahr 0: Verbesserungen der ganzen Stadt zeigt er nicht.",
        ),
        bausteine=(Baustein(1, "Entschluss zum integrierten und strategischen Handeln", "Entschluss"), Baustein(2, "Strukturen entwickeln")),
        inhalte=(Inhalt("i1", 1, "Handlungsleitende, wertgetragene Zielstellungen"), Inhalt("i2", 1, "Bereitstellung von Ressourcen"), Inhalt("i3", 2, "Sozialplanungsfachkraft")),
        umsetzungsstaende=(Umsetzungsstand("u1", 1, dt.date(2025, 5, 6), "Ratsbeschluss liegt vor."),),
        hinweise=("Dieses Monitoring zeigt Tendenzen. Es bewertet Gebiete, nicht die Menschen, die dort leben.",),
    )  # fmt: skip
    return attrs.evolve(bericht, **anders)
