"""IT.NRW: two legacy .xls with three merged header rows, NBSP, years descending as text, legend and "Stand:" below."""

from __future__ import annotations

from typing import Any, NamedTuple

from lindenrath.bevoelkerung import noise
from lindenrath.raum import AGS, JAHRE
from lindenrath.soziales import stadtwert
from lindenrath.werkstatt import Werkstatt, ende

ABSENDER = "IT.NRW"
_ERSTES_JAHR = 2010
_ZENSUS = 2022
_COPYRIGHT = (
    "__________",
    "(C)opyright Landesbetrieb Information und Technik Nordrhein-Westfalen",
    "(IT.NRW), Düsseldorf, 2026. Vervielfältigung und Verbreitung,",
    "auch auszugsweise, mit Quellangabe gestattet.",
    "Stand: 02.02.2026 / 20:19:53",
)


class Kopf(NamedTuple):
    """A merged head: text, first row, first column, last row, last column."""

    text: str
    oben: int
    links: int
    unten: int
    rechts: int


def bevoelkerung(jahr: int) -> dict[str, int]:
    """Official population of the year; it drops by 1.6 % with the Zensus 2022 base."""
    ew = stadtwert("ew", jahr) if jahr in JAHRE else round(stadtwert("ew", 2019) * (1 - 0.0035 * (2019 - jahr)))
    auslaender = stadtwert("auslaender", jahr) if jahr in JAHRE else round(ew * (0.130 - 0.0065 * (2019 - jahr)))
    ew = round(ew * (0.985 if jahr >= _ZENSUS else 1.001))
    auslaender = round(auslaender * (0.93 if jahr >= _ZENSUS else 0.99))
    maennlich, a_maennlich = round(ew * 0.4905), round(auslaender * 0.532)
    return {
        "ew_amtlich": ew, "ew_amtlich_maennlich": maennlich, "ew_amtlich_weiblich": ew - maennlich,
        "ew_amtlich_deutsche": ew - auslaender, "d_m": maennlich - a_maennlich,
        "d_w": ew - auslaender - maennlich + a_maennlich,
        "ew_amtlich_auslaender": auslaender, "a_m": a_maennlich, "a_w": auslaender - a_maennlich,
    }  # fmt: skip


def liefern_bevoelkerung(w: Werkstatt) -> None:
    """Write the population series 2010 … 2025; the columns by sex within nationality belong to no Merkmal."""
    pfad = w.begin(
        f"reihen/12411-02i_{AGS}_Bevoelkerung.xls",
        ABSENDER,
        zeichentabelle="it_nrw",
        befunde=("SPALTE-UNGELESEN",),
        hinweis="Drei Kopfzeilen; Deutsche und Nichtdeutsche nach Geschlecht werden nicht übernommen; Zensusbruch 2022",
    )
    gruppen = ("Insgesamt", "Deutsche", "Nichtdeutsche")
    koepfe = [Kopf("Jahr", 5, 0, 7, 0), Kopf("Bevölkerungsstand\xa0(31.12.)", 5, 1, 5, 9)]
    for nummer, gruppe in enumerate(gruppen):
        koepfe.append(Kopf(gruppe, 6, 1 + 3 * nummer, 6, 3 + 3 * nummer))
        koepfe += [
            Kopf(t, 7, 1 + 3 * nummer + i, 7, 1 + 3 * nummer + i)
            for i, t in enumerate(("Insgesamt", "männlich", "weiblich"))
        ]
    titel = ("Fortschreibung des Bevölkerungsstandes nach Geschlecht und Nationalität", "- Gemeinden - Stichtag",
             "Bevölkerungsfortschreibung", "Bevölkerung\xa0(Anzahl)", "Lindenrath, Stadt")  # fmt: skip
    zeilen: list[tuple[str, list[object]]] = []
    for jahr in range(JAHRE[-1], _ERSTES_JAHR - 1, -1):
        werte = bevoelkerung(jahr)
        zeilen.append((str(jahr), list(werte.values())))
        for merkmal, wert in werte.items():
            if merkmal.startswith("ew_"):
                w.note(AGS, merkmal, ende(jahr), wert)
    legende = (
        "Ab 2022: Fortschreibung auf der Grundlage des Zensus vom 15. Mai 2022,",
        "davor auf der Grundlage des Zensus 2011.",
    )
    _write_xls(pfad, titel, koepfe, zeilen, (*legende, *_COPYRIGHT))


def eckdaten(jahr: int) -> dict[str, tuple[object, float | None, str]]:
    """What stands in the cell, value, Zeichen – per Merkmal for one year."""
    ew = bevoelkerung(jahr)["ew_amtlich"]
    zahlen: dict[str, float] = {
        "mindestsicherung": stadtwert("sgb2", jahr) + stadtwert("grusi_alter", jahr) + stadtwert("grusi_em", jahr) + stadtwert("asylblg", jahr),
        "pflegebeduerftige": round(ew * (0.049 + 0.0035 * (jahr - 2019)) / 5) * 5,
        "schwerbehinderte": round(ew * (0.101 + 0.0004 * (jahr - 2019)) + 12 * noise("sb", jahr)),
        "einbuergerungen": round(stadtwert("auslaender", jahr) * (0.011 + 0.0016 * (jahr - 2019)) + 3 * noise("eb", jahr)),
        "abgaenge": round(338 + 9 * noise("abg", jahr)),
        "abgaenge_ohne_abschluss": round(19 + 3 * noise("ohne", jahr)),
        "steuerpflichtige": round(ew * 0.512),
        "einkuenfte": round(ew * 0.512 * (41.2 + 1.1 * (jahr - 2019))),
    }  # fmt: skip
    ergebnis: dict[str, tuple[object, float | None, str]] = {m: (z, z, "") for m, z in zahlen.items()}
    if jahr % 2 == 0:
        ergebnis["pflegebeduerftige"] = ("x", None, "SINNLOS")
    if jahr > 2021:
        ergebnis["steuerpflichtige"] = ergebnis["einkuenfte"] = ("...", None, "FOLGT")
    if jahr == 2021:
        ergebnis["abgaenge_ohne_abschluss"] = (".", zahlen["abgaenge_ohne_abschluss"], "GEHEIM")
    return ergebnis


def liefern_eckdaten(w: Werkstatt) -> None:
    """Write the key figures of the whole town 2019 … 2025 with the signs of IT.NRW."""
    pfad = w.begin(
        f"reihen/Kommunalprofil_{AGS}_Auszug_Soziales.xls",
        ABSENDER,
        zeichentabelle="it_nrw",
        hinweis="Nur Gesamtstadt; Zeichen „...“, „.“ und „x“; Pflegestatistik alle zwei Jahre, auf 5 gerundet",
    )
    einzeln = ("Empfänger/-innen von\xa0Mindestsicherung (31.12.)", "Pflegebedürftige nach SGB XI (Dezember)",
               "Schwerbehinderte (GdB 50 und mehr, 31.12.)", "Einbürgerungen im\xa0Jahr")  # fmt: skip
    koepfe = [Kopf("Jahr", 5, 0, 7, 0), Kopf("Soziale Sicherung und Gesundheit", 5, 1, 5, 4)]
    koepfe += [Kopf(text, 6, i, 7, i) for i, text in enumerate(einzeln, start=1)]
    koepfe += [
        Kopf("Schule und Einkommen", 5, 5, 5, 8), Kopf("Schulabgänge", 6, 5, 6, 6),
        Kopf("insgesamt", 7, 5, 7, 5), Kopf("ohne Ersten Schulabschluss", 7, 6, 7, 6),
        Kopf("Lohn- und Einkommensteuer", 6, 7, 6, 8), Kopf("Steuerpflichtige", 7, 7, 7, 7),
        Kopf("Gesamtbetrag der Einkünfte (1.000 EUR)", 7, 8, 7, 8),
    ]  # fmt: skip
    im_jahr = {"einbuergerungen", "abgaenge", "abgaenge_ohne_abschluss", "steuerpflichtige", "einkuenfte"}
    zeilen = []
    for jahr in reversed(JAHRE):
        werte = eckdaten(jahr)
        zeilen.append((str(jahr), [text for text, _, _ in werte.values()]))
        for merkmal, (_, wert, zeichen) in werte.items():
            w.note(AGS, merkmal, ende(jahr), wert, jahre=1 if merkmal in im_jahr else 0, zeichen=zeichen)
    titel = (
        "Kommunalprofil: ausgewählte Merkmale",
        "- Gemeinden - Jahr",
        "Kommunalstatistik",
        "Anzahl",
        "Lindenrath, Stadt",
    )
    legende = ("Zeichenerklärung:", "... Angabe fällt später an", ".   Zahlenwert unbekannt oder geheim zu halten",
               "x   Tabellenfach gesperrt, weil Aussage nicht sinnvoll")  # fmt: skip
    _write_xls(pfad, titel, koepfe, zeilen, (*legende, *_COPYRIGHT))


def _write_xls(
    pfad: Any, titel: tuple[str, ...], koepfe: list[Kopf], zeilen: list[tuple[str, list[object]]], fuss: tuple[str, ...]
) -> None:
    import xlwt

    buch = xlwt.Workbook(encoding="utf-8")
    blatt = buch.add_sheet("Temporär")
    breite = len(zeilen[0][1])
    for nummer, text in enumerate(titel):
        blatt.write_merge(nummer, nummer, 0, breite, text)
    for kopf in koepfe:
        blatt.write_merge(kopf.oben, kopf.unten, kopf.links, kopf.rechts, kopf.text)
    zeile = 8
    for jahr, werte in zeilen:
        blatt.write(zeile, 0, jahr)
        for spalte, wert in enumerate(werte, start=1):
            blatt.write(zeile, spalte, wert)
        zeile += 1
    for nummer, text in enumerate(fuss):
        blatt.write(zeile + nummer, 0, text)
    buch.save(str(pfad))
