"""Wohngeldstelle: a sheet that begins in column B, formulas, an error cell – and in 2025 a wrong total."""

from __future__ import annotations

from lindenrath.raum import AGS, JAHRE, NAMEN, NZ, SCHLUESSEL
from lindenrath.soziales import stadtwert, werte_of
from lindenrath.werkstatt import Werkstatt, ende, mappe

ABSENDER = "Wohngeldstelle"
BRUCH = 2023  # Wohngeld-Plus
FALSCHE_SUMME = JAHRE[-1]
SUMMENZELLE = "C20"
_NAME = {"04": "Rheinfeld-Nord", "05": "Rheinfeld-Süd", NZ: "Sonstige"}


def falsche_summe() -> dict[str, object]:
    """What the wrong total says and what it should say: its SUM ends before the last row."""
    richtig = stadtwert("wohngeld_hh", FALSCHE_SUMME)
    letzte = werte_of("12", FALSCHE_SUMME)["wohngeld_hh"] + werte_of(NZ, FALSCHE_SUMME)["wohngeld_hh"]
    return {"blatt": "Auswertung", "zelle": SUMMENZELLE, "steht": richtig - letzte, "richtig": richtig}


def liefern(w: Werkstatt, jahr: int) -> None:
    """Write the households with Wohngeld of one year."""
    falsch = jahr == FALSCHE_SUMME
    pfad = w.begin(
        f"{jahr}/wohngeld_{jahr} (2).xlsx" if falsch else f"{jahr}/wohngeld_{jahr}.xlsx",
        ABSENDER,
        befunde=("SPALTE-UNGELESEN", *(("SUMME-FALSCH",) if falsch else ()), *(("SPRUNG",) if jahr == BRUCH else ())),
        hinweis="Tabelle beginnt in Spalte B"
        + ("; Summe in C20 lässt die letzten beiden Zeilen aus" if falsch else "")
        + ("; Fehlerzellen in der Spalte „Veränd. %“" if jahr == JAHRE[0] else ""),
    )
    with mappe(pfad, "Wohngeldstelle Lindenrath") as buch:
        blatt, fett = buch.add_worksheet("Auswertung"), buch.add_format({"bold": True, "text_wrap": True})
        blatt.write("B2", f"Wohngeld in Lindenrath, Stand 31.12.{jahr}", fett)
        for spalte, kopf in enumerate(
            ("Sozialraum", f"Haushalte mit Wohngeld {jahr}", "davon Rentner", "Veränd. %", "Bemerkung"), 1
        ):
            blatt.merge_range(3, spalte, 5, spalte, kopf, fett)
        blatt.set_column(1, 1, 24)
        for zeile, gebiet in enumerate((*SCHLUESSEL, NZ), start=6):
            werte = werte_of(gebiet, jahr)
            blatt.write(zeile, 1, _NAME.get(gebiet, NAMEN[gebiet]))
            for spalte, merkmal in ((2, "wohngeld_hh"), (3, "wohngeld_hh_ab_65")):
                blatt.write(zeile, spalte, werte[merkmal])
                w.note(gebiet, merkmal, ende(jahr), werte[merkmal])
            vorher = werte_of(gebiet, jahr - 1)["wohngeld_hh"] if jahr > JAHRE[0] else 0
            formel, ergebnis = (
                f"=(C{zeile + 1}-{vorher})/{vorher}",
                (werte["wohngeld_hh"] - vorher) / vorher if vorher else "#DIV/0!",
            )
            blatt.write_formula(zeile, 4, formel, buch.add_format({"num_format": "0.0%"}), ergebnis)
        blatt.write("F10", "Neubau 24 WE seit Mai" if jahr == 2024 else "")
        blatt.write("B20", "Summe", fett)
        summe = falsche_summe()["steht"] if falsch else stadtwert("wohngeld_hh", jahr)
        blatt.write_formula("C20", "=SUM(C7:C17)" if falsch else "=SUM(C7:C19)", fett, summe)
        blatt.write_formula("D20", "=SUM(D7:D19)", fett, stadtwert("wohngeld_hh_ab_65", jahr))
        if jahr >= 2023:
            blatt.write("B22", "Ab 2023 mit Wohngeld-Plus, mit den Vorjahren nicht vergleichbar.")
    for merkmal in ("wohngeld_hh", "wohngeld_hh_ab_65"):
        w.note(AGS, merkmal, ende(jahr), stadtwert(merkmal, jahr))
