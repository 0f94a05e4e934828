"""Bauamt: one wide sheet, name of the figure repeated above each year (as INKAR does), Kennziffer as text."""

from __future__ import annotations

from lindenrath.bevoelkerung import lage, noise, teil
from lindenrath.raum import AGS, JAHRE, SOZIALRAEUME, Sozialraum
from lindenrath.soziales import werte_of
from lindenrath.werkstatt import Werkstatt, ende, mappe

ABSENDER = "Bauamt"
SPALTEN = {
    "Siedlungsfläche in ha": "siedlungsflaeche_ha", "Wohnfläche in m²": "wohnflaeche", "Wohneinheiten": "we",
    "davon in EFH/ZFH": "we_1_2fh", "davon mit Bindung": "we_gebunden", "Spielplatzfläche in m²": "spielplatzflaeche",
    "EW im Radius Nahversorgung (500 m)": "ew_nahversorgung", "EW im Radius Haltestelle (300 m)": "ew_haltestelle",
}  # fmt: skip
_NAHVERSORGUNG = {"01": 0.97, "02": 0.95, "03": 0.86, "04": 0.74, "05": 0.69, "06": 0.41, "07": 0.33, "08": 0.78, "09": 0.58, "10": 0.0, "11": 0.62, "12": 0.24}  # fmt: skip
_HALTESTELLE = {"01": 0.98, "02": 0.99, "03": 0.91, "04": 0.88, "05": 0.84, "06": 0.66, "07": 0.52, "08": 0.90, "09": 0.79, "10": 0.45, "11": 0.74, "12": 0.49}  # fmt: skip


def build_werte(raum: Sozialraum, jahr: int) -> dict[str, float]:
    """Land, dwellings and reach of one Sozialraum."""
    g, w, d = raum.schluessel, werte_of(raum.schluessel, jahr), lage(raum, 2019)
    wohnungen = round(werte_of(g, 2022)["hh"] * 1.035 * (1 + max(raum.wachstum, 0.001) * (jahr - 2022)))
    spielplatz = round(werte_of(g, 2019)["ew_unter_18"] * (7.5 + 2 * noise("spiel", g)) / 50) * 50
    return {
        "siedlungsflaeche_ha": round(raum.einwohner / (24 + 46 * (1 - raum.efh)) + (jahr - 2019) * max(raum.wachstum, 0) * 40, 1),
        "wohnflaeche": round(wohnungen * (62 + 66 * raum.efh + 6 * (1 - d))),
        "we": wohnungen,
        "we_1_2fh": round(wohnungen * raum.efh),
        "we_gebunden": round(wohnungen * (1 - raum.efh) * 0.19 * d * (1 - 0.02 * (jahr - 2019))),
        "spielplatzflaeche": spielplatz + (900 if g == "05" and jahr >= 2023 else 0),
        "ew_nahversorgung": teil(w["ew"], _NAHVERSORGUNG[g], "nah", g, 0, 0.3),
        "ew_haltestelle": teil(w["ew"], _HALTESTELLE[g] + (0.05 if g == "07" and jahr >= 2024 else 0.0), "halt", g, 0, 0.3),
    }  # fmt: skip


def liefern(w: Werkstatt) -> None:
    """Write all years side by side; total as text "Stadt"."""
    pfad = w.begin(
        "reihen/Flaechen_Wohnungen_Erreichbarkeit.xlsx",
        ABSENDER,
        hinweis="Zwei Kopfzeilen: Bezeichnung je Jahr wiederholt, darunter das Jahr; kein „nicht zuzuordnen“",
    )
    spalten = [(name, merkmal, jahr) for name, merkmal in SPALTEN.items() for jahr in JAHRE]
    with mappe(pfad, "Bauamt Lindenrath") as buch:
        blatt, komma = buch.add_worksheet("Daten"), buch.add_format({"num_format": "#,##0"})
        blatt.write_row(0, 0, ["Kennziffer", "Raumeinheit", *(name for name, _, _ in spalten)])
        blatt.write_row(1, 2, [str(jahr) for _, _, jahr in spalten])
        summen = [0.0] * len(spalten)
        for zeile, raum in enumerate(SOZIALRAEUME, start=2):
            blatt.write_row(zeile, 0, [raum.schluessel, raum.name])
            for nummer, (_, merkmal, jahr) in enumerate(spalten):
                wert = build_werte(raum, jahr)[merkmal]
                summen[nummer] += wert
                blatt.write(zeile, nummer + 2, wert, komma)
                w.note(raum.schluessel, merkmal, ende(jahr), wert)
        blatt.write_row(2 + len(SOZIALRAEUME), 0, [AGS, "Lindenrath, Stadt"])
        for nummer, (_, merkmal, jahr) in enumerate(spalten):
            summe = round(summen[nummer], 1)
            blatt.write(2 + len(SOZIALRAEUME), nummer + 2, summe, komma)
            w.note(AGS, merkmal, ende(jahr), summe)
