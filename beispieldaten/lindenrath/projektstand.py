"""How the project of Lindenrath is set up: areas, levels, agreed indicators, state of the process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lindenrath import bezirke, fachbereiche, wohngeld
from lindenrath.raum import AGS, KREIS, NZ, ORTSTEILE, SOZIALRAEUME, STADT, STIMMBEZIRKE
from lindenrath.soziales import wahl
from lindenrath.werkstatt import Werkstatt, write_csv

VEREINBART = {
    ("2024-11-14", "Planungsgruppe Sozialplanung"): (
        "B01", "B03", "B04", "B06", "B10", "M01", "M02", "F01", "F02", "F03", "F05", "A01", "A02", "A04", "A06", "A07",
        "A07a", "A10", "A13", "E01", "E02",
    ),
    ("2025-03-20", "Ausschuss für Soziales und Familie"): (
        "B09", "A12", "W01", "W03", "E05", "E06", "G01", "G02a", "G03", "H01", "H02", "H02a", "T01", "I01", "I03",
    ),
}  # fmt: skip
FORTSCHRITT = {
    "1": (("2024-05-23", "läuft"),),
    "1.1": (("2024-05-23", "läuft"), ("2025-02-06", "vereinbart")),
    "1.2": (("2024-08-15", "läuft"),),
    "2": (("2024-08-15", "läuft"),),
    "2.1": (("2024-08-15", "läuft"), ("2024-10-01", "fertig")),
    "2.2": (("2024-11-14", "läuft"),),
    "2.3": (("2025-06-12", "läuft"),),
    "3": (("2024-11-14", "läuft"),),
    "3.1": (("2024-08-15", "läuft"), ("2024-11-14", "vereinbart")),
    "3.2": (("2024-11-14", "läuft"), ("2025-03-20", "vereinbart")),
    "3.3": (("2025-11-27", "läuft"),),
    "4": (("2025-03-20", "läuft"),),
    "5": (("2025-11-27", "läuft"),),
    "5.1": (("2025-11-27", "läuft"),),
}
"""Baustein or Inhalt → since when it is how far; what is not here is open."""
SCHRITTE = {
    "1": ("Dezernat Soziales", "Budget für Projekte und Maßnahmen in den Haushalt 2027 anmelden", "2026-09-30"),
    "2": ("Sozialplanung", "Abstimmung mit der Schulentwicklungsplanung abschließen", "2026-09-17"),
    "3": ("Sozialplanung", "Monitoring 2025 in der Trägerrunde und den Stadtteilarbeitskreisen beraten", "2026-06-18"),
    "4": ("Sozialplanung", "Sozialräume für eine vertiefte Analyse vorschlagen", "2026-10-15"),
    "2.4": ("Sozialplanung", "Format der Bürgerbeteiligung mit den Stadtteilarbeitskreisen klären", "2026-05-20"),
    "3.4": ("Sozialplanung", "AG Wohlfahrt zur Rückkoppelung einladen", "2026-05-07"),
}
"""Baustein or Inhalt → who (a role), what next, until when."""
NACHWEISE = {
    "1.1": ("Sitzung RAT-24-3",), "2.2": ("Sitzung PG-01",), "3.1": ("Gebietsstand 2025", "Sitzung PG-01"),
    "3.2": ("Sitzung FA-25-1", "Indikator A07"),
}  # fmt: skip
"""Inhalt → what proves how far it is."""
STAENDE = (
    (
        1,
        "2024-05-23",
        "Der Rat hat den Einstieg in eine integrierte Sozialplanung beschlossen.",
        {"nachweise": ["Sitzung RAT-24-3"]},
    ),
    (1, "2024-08-15", "Eine Stelle ist eingerichtet."),
    (1, "2025-02-06", "Ein Budget für Projekte und Maßnahmen muss noch definiert werden.", {"ueberholt": "2026-03-05"}),
    (
        1,
        "2026-03-05",
        "Für Projekte und Maßnahmen sind ab 2027 jährlich 60.000 Euro vorgesehen, vorbehaltlich des Haushalts.",
    ),
    (2, "2024-10-01", "Die Stelle der Sozialplanungsfachkraft ist besetzt."),
    (
        2,
        "2024-11-14",
        "Die Planungsgruppe ist eingerichtet und tagt vierteljährlich.",
        {"nachweise": ["Sitzung PG-01"]},
    ),
    (2, "2025-06-12", "Die Abstimmung mit der Jugendhilfe- und der Schulentwicklungsplanung hat begonnen."),
    (2, "2025-06-12", "Die Bürgerbeteiligung ist als Thema für die Planungsgruppe vorgesehen."),
    (3, "2025-01-01", "Die zwölf Sozialräume gelten seit dem 01.01.2025.", {"nachweise": ["Gebietsstand 2025"]}),
    (
        3,
        "2025-03-20",
        "Die zu betrachtenden Daten sind mit den Fachbereichen vereinbart.",
        {"nachweise": ["Sitzung FA-25-1"]},
    ),
    (
        3,
        "2025-11-27",
        "Die kleinräumige Analyse der Gesamtstadt wird für das Berichtsjahr 2025 vorbereitet.",
        {"ueberholt": "2026-03-05"},
    ),
    (
        3,
        "2026-03-05",
        "Die kleinräumige Analyse der Gesamtstadt für 2025 liegt als Entwurf vor.",
        {"nachweise": ["Sitzung PG-06"]},
    ),
    (3, "2025-11-27", "Die Rückkoppelung mit der AG Wohlfahrt ist für das zweite Quartal 2026 vorgesehen."),
    (
        4,
        "2025-03-20",
        "Für vier Sozialräume ist je ein Entwicklungsziel vereinbart; ein zweites für die Weststadt wird beraten.",
        {"nachweise": ["Sitzung FA-25-1"]},
    ),
    (5, "2025-11-27", "Erste Maßnahmen laufen; über die Mittel ab 2027 entscheidet der Haushalt."),
    (6, "2025-11-27", "Die Planung dazu erfolgt zu einem späteren Zeitpunkt im Prozess."),
)


def write_projektstand(w: Werkstatt) -> None:
    """Write everything but the deliveries and the truth."""
    _gebiete(w.ziel)
    _write_toml(w.ziel / "kommune.toml", _kommune())
    _write_toml(w.ziel / "fachbereiche.toml", {"fachbereich": [dict(f) for f in fachbereiche.FACHBEREICHE]})
    _write_toml(w.ziel / "vereinbart.toml", {"vereinbarung": _vereinbarungen()})
    _write_toml(w.ziel / "bausteine.toml", _prozess())
    falsch = {
        "datei": f"{wohngeld.FALSCHE_SUMME}/wohngeld_{wohngeld.FALSCHE_SUMME} (2).xlsx",
        **wohngeld.falsche_summe(),
    }
    _write_toml(w.ziel / "lieferungen.toml", {"lieferung": w.lieferungen, "falsche_summe": [falsch]})


def _kommune() -> dict[str, Any]:
    return {
        "kommune": [{"ags": AGS, "name": STADT, "land": "Nordrhein-Westfalen", "kreis": KREIS, "berichtsjahr": 2025}],
        "gebietsstand": [dict(stand) for stand in bezirke.STAENDE],
    }


def _vereinbarungen() -> list[dict[str, Any]]:
    return [
        {"vereinbart_am": datum, "gremium": gremium, "kennungen": list(kennungen)}
        for (datum, gremium), kennungen in VEREINBART.items()
    ]


def _prozess() -> dict[str, Any]:
    je: dict[int, int] = {}
    staende = []
    for baustein, datum, text, *mehr in STAENDE:
        je[baustein] = je.get(baustein, 0) + 1
        eintrag = {"schluessel": f"{baustein}.{je[baustein]}", "baustein": baustein, "datum": datum, "text": text}
        staende.append({**eintrag, **(mehr[0] if mehr else {})})
    return {
        "fortschritt": [
            {"bezug": bezug, "datum": datum, "fortschritt": stufe}
            for bezug, schritte in FORTSCHRITT.items()
            for datum, stufe in schritte
        ],
        "schritt": [
            {"bezug": bezug, "zustaendig": wer, "naechster_schritt": was, "schritt_bis": bis}
            for bezug, (wer, was, bis) in SCHRITTE.items()
        ],
        "nachweis": [
            {"bezug": bezug, "nachweise": list(nachweise)} for bezug, nachweise in NACHWEISE.items() if nachweise
        ],
        "umsetzungsstand": staende,
    }


def _gebiete(ziel: Path) -> None:
    ebenen = (
        ("stadt", "Stadt", "Städte", "", "nein", "ja", 1),
        ("ortsteil", "Ortsteil", "Ortsteile", "stadt", "nein", "ja", 2),
        ("sozialraum", "Sozialraum", "Sozialräume", "ortsteil", "ja", "ja", 3),
        ("stimmbezirk", "Stimmbezirk", "Stimmbezirke", "", "nein", "nein", 4),
        (bezirke.BEZIRK, "Statistischer Bezirk", "Statistische Bezirke", "sozialraum", "nein", "nein", 5),
        (bezirke.SCHULBEZIRK, "Schulbezirk", "Schulbezirke", "", "nein", "nein", 6),
    )
    kopf = ("schluessel", "name", "mehrzahl", "teil_von", "planungsebene", "veroeffentlichen", "reihenfolge")
    write_csv(ziel / "ebenen.csv", kopf, ebenen)
    zeilen: list[tuple[object, ...]] = [(AGS, STADT, "stadt", "", "Lindenrath, Stadt; Stadt Lindenrath", "", "")]
    zeilen += [
        (schluessel, name, "ortsteil", AGS, f"Ortsteil {name}", "", "") for schluessel, name in ORTSTEILE.items()
    ]
    for raum in SOZIALRAEUME:
        zeilen.append((raum.schluessel, raum.name, "sozialraum", raum.ortsteil, "; ".join(raum.namen), *raum.kachel))
    zeilen.append((NZ, "nicht zuzuordnen", "sozialraum", AGS, "ohne Zuordnung; 99; ohne Angabe; Sonstige", "", ""))
    for bezirk in STIMMBEZIRKE:
        name = f"Stimmbezirk {bezirk.schluessel} {bezirk.lokal}"
        zeilen.append((bezirk.schluessel, name, "stimmbezirk", bezirk.teil_von, bezirk.lokal, "", ""))
    zeilen += [(b.schluessel, b.name, bezirke.BEZIRK, b.raum, "", "", "") for b in bezirke.BEZIRKE]
    zeilen += [
        (schluessel, name, bezirke.SCHULBEZIRK, "", "", "", "") for schluessel, name in bezirke.SCHULBEZIRKE.items()
    ]
    spalten = ("schluessel", "name", "ebene", "teil_von", "namen", "reihenfolge", "kachel_x", "kachel_y")
    write_csv(ziel / "gebiete.csv", spalten, ((*z[:5], nummer, *z[5:]) for nummer, z in enumerate(zeilen, start=1)))
    write_csv(ziel / "umsteiger_stimmbezirke.csv", ("von", "nach", "gewicht"), _umsteiger())
    write_csv(ziel / "umsteiger_bezirke.csv", ("von", "nach", "gewicht"), bezirke.einwohner_anteile())
    kopf = ("gebietsstand", "schluessel", "name", "teil_von", "reihenfolge")
    write_csv(ziel / "raeume.csv", kopf, bezirke.raum_zeilen())
    write_csv(ziel / "raumzuordnungen.csv", ("gebietsstand", "gebiet", "raum"), bezirke.zuordnung_zeilen())


def _umsteiger() -> list[tuple[str, str, str]]:
    """Weights of the two Stimmbezirke that cut across, by electorate in 2025; they are not part of the project at first."""
    zeilen = []
    for bezirk in STIMMBEZIRKE:
        if bezirk.teil_von:
            continue
        erster, zweiter = bezirk.anteile
        gewicht = round(_anteil_des_ersten(bezirk.schluessel, erster), 3)
        zeilen += [(bezirk.schluessel, erster, f"{gewicht:.3f}"), (bezirk.schluessel, zweiter, f"{1 - gewicht:.3f}")]
    return zeilen


def _anteil_des_ersten(bezirk: str, gebiet: str) -> float:
    anteile = next(b.anteile for b in STIMMBEZIRKE if b.schluessel == bezirk)
    ganz = next(b for b in STIMMBEZIRKE if b.teil_von == gebiet)
    je_anteil = wahl(ganz.schluessel, 2025)["wahlberechtigte"] / ganz.anteile[gebiet]
    return min(0.999, je_anteil * anteile[gebiet] / wahl(bezirk, 2025)["wahlberechtigte"])


def _write_toml(pfad: Path, inhalt: dict[str, list[dict[str, Any]]]) -> None:
    zeilen = ["# Lindenrath ist erfunden. Diese Datei schreibt beispieldaten/erzeugen.py.", ""]
    for name, eintraege in inhalt.items():
        for eintrag in eintraege:
            zeilen.append(f"[[{name}]]")
            zeilen += [f"{schluessel} = {_toml(schluessel, wert)}" for schluessel, wert in eintrag.items()]
            zeilen.append("")
    pfad.write_bytes("\n".join(zeilen).encode("utf-8"))


def _toml(schluessel: str, wert: Any) -> str:
    if isinstance(wert, list):
        return "[" + ", ".join(_toml("", teil) for teil in wert) + "]"
    if isinstance(wert, bool):
        return str(wert).lower()
    if isinstance(wert, int):
        return str(wert)
    if schluessel in (
        "datum",
        "vereinbart_am",
        "gueltig_ab",
        "gueltig_bis",
        "beschlossen_am",
        "wahltag",
        "ueberholt",
        "schritt_bis",
    ):
        return str(wert)
    return '"' + str(wert).replace("\\", "\\\\").replace('"', '\\"') + '"'
