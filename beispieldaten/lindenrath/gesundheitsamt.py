"""Gesundheitsamt of the Kreis: three cohorts pooled, "/" where too few children were examined, a row of the Kreis."""

from __future__ import annotations

from lindenrath.raum import AGS, KREIS, MIT_REST, NAMEN, NZ
from lindenrath.soziales import schuleingang
from lindenrath.werkstatt import Werkstatt, ende, mappe

ABSENDER = "Gesundheitsamt"
ZEITRAEUME = (2022, 2025)
_MINDESTENS = 40
"""Fewer examined children: results are shown as "/"."""
SPALTEN = {
    "untersuchte Kinder": "seu_untersucht", "Sprachkompetenz auffällig": "seu_sprache",
    "Übergewicht (einschl. Adipositas)": "seu_uebergewicht", "Adipositas": "seu_adipositas",
    "Visuomotorik auffällig": "seu_visuomotorik", "Körperkoordination auffällig": "seu_koordination",
    "vorgelegte Vorsorgehefte": "seu_hefte", "U8 und U9 vollständig": "seu_u8u9",
    "vorgelegte Impfausweise": "seu_impfausweise", "Masern 2 Dosen": "seu_masern",
}  # fmt: skip
_IMMER = ("seu_untersucht", "seu_hefte", "seu_impfausweise")


def liefern(w: Werkstatt, bis: int) -> None:
    """Write the pooled results of the school entry examinations of three years."""
    von = bis - 2
    pfad = w.begin(
        f"{bis}/SEU_Lindenrath_{von}-{bis}.xlsx",
        ABSENDER,
        zeichentabelle="din",
        hinweis="Drei Jahrgänge zusammen; „/“ ist nicht sicher genug; die Zeile des Kreises gehört zu keinem Gebiet",
    )
    with mappe(pfad, f"{KREIS}, Gesundheitsamt") as buch:
        blatt = buch.add_worksheet("SEU")
        fett = buch.add_format({"bold": True, "text_wrap": True})
        blatt.write(0, 0, f"{KREIS} – Der Landrat – Gesundheitsamt")
        blatt.write(1, 0, f"Schuleingangsuntersuchungen, Einschulungsjahrgänge {von} bis {bis} zusammengefasst", fett)
        blatt.write(2, 0, "Anzahl der Kinder nach Wohnort")
        blatt.write_row(4, 0, ["Nr.", "Gebiet", *SPALTEN], fett)
        for zeile, gebiet in enumerate(MIT_REST, start=5):
            blatt.write_row(zeile, 0, ["", "ohne Angabe"] if gebiet == NZ else [gebiet, NAMEN[gebiet]])
            werte = schuleingang(gebiet, bis)
            for spalte, merkmal in enumerate(SPALTEN.values(), start=2):
                unsicher = merkmal not in _IMMER and werte["seu_untersucht"] < _MINDESTENS
                blatt.write(zeile, spalte, "/" if unsicher else werte[merkmal])
                wert, zeichen = (None, "UNSICHER") if unsicher else (werte[merkmal], "")
                w.note(gebiet, merkmal, ende(bis), wert, jahre=3, zeichen=zeichen)
        zeile = 5 + len(MIT_REST)
        blatt.write_row(zeile, 0, ["", "Stadt Lindenrath"], fett)
        blatt.write_row(zeile + 1, 0, ["", KREIS])
        for spalte, merkmal in enumerate(SPALTEN.values(), start=2):
            summe = sum(schuleingang(g, bis)[merkmal] for g in MIT_REST)
            blatt.write(zeile, spalte, summe, fett)
            blatt.write(zeile + 1, spalte, round(summe * 6.4))
            w.note(AGS, merkmal, ende(bis), summe, jahre=3)
        blatt.write(zeile + 3, 1, f"/ = Aussage nicht sicher genug, weniger als {_MINDESTENS} untersuchte Kinder")
