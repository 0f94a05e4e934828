"""Native Excel charts: one message each, the city always the same dark line, intervals as thin bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sozialtool.ausgabe.diagrammdaten import Bereich
from sozialtool.ausgabe.mappe import sauber
from sozialtool.ausgabe.reihen import Reihe
from sozialtool.ausgabe.stil import Stil
from sozialtool.ausgabe.verlaufssatz import say_verlauf
from sozialtool.ausgabe.werkbank import Werkbank, kurzname, neueste
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl, runde

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart


_ENG = 0.12
"""Share of the highest value under which two names at the lines would touch."""
_BALKENENDE = 300
"""Three times the town: longer bars are cut, their label says how long they would be."""


def schrift(stil: Stil, groesse: float = 8.5, **mehr: Any) -> dict[str, Any]:
    """Return chart font properties."""
    return {"name": stil.schrift, "size": groesse, "color": stil.tinte, "bold": False, **mehr}


def waehle_linien(bank: Werkbank, reihe: Reihe) -> tuple[int | None, int | None]:
    """Choose the areas with the highest and the lowest newest value; they are drawn and labelled."""
    jahr = reihe.jahre[-1]
    werte = []
    for nummer, gebiet in enumerate(reihe.gebiete[1:], start=1):
        zeile = bank.zahlen.get(reihe.indikator.kennung, jahr, gebiet.schluessel)
        if zeile is not None and zeile.wert is not None and not gebiet.ist_rest:
            werte.append((zeile.wert, -nummer))
    if len(werte) < 2:
        return None, None
    return -max(werte)[1], -min(werte)[1]


def draw_linien(bank: Werkbank, reihe: Reihe) -> Chart:
    """Draw a line chart: all areas pale, the highest and the lowest coloured, the town dark; labels at the lines."""
    stil = bank.mappe.stil
    nummer_bild = bank.mappe.next_abbildung()
    diagramm = bank.mappe.workbook.add_chart({"type": "line", "name": f"Abbildung {nummer_bild}"})
    assert diagramm is not None
    hoch, tief = waehle_linien(bank, reihe)
    vorn = [nummer for nummer in (hoch, tief) if nummer is not None]
    andere = [n for n, g in enumerate(reihe.gebiete) if n and n not in vorn and not g.ist_rest]
    lage = _labellage(bank, reihe, hoch, tief)
    farben = dict(zip(vorn, stil.linien, strict=False)) | {0: stil.tinte}
    for nummer in (*andere, *vorn, 0):
        farbe = farben.get(nummer)
        diagramm.add_series({
            "name": reihe.block.name(nummer), "categories": reihe.block.kategorien, "values": reihe.block.werte(nummer),
            "line": {"color": farbe or stil.zurueck, "width": 2.5 if nummer == 0 else 1.75 if farbe else 0.75},
            "marker": _marke(nummer, farbe),
            **({"data_labels": _endlabel(stil, reihe, farbe, lage.get(nummer, "right"))} if farbe else {}),
        })  # fmt: skip
    titel = f"Abbildung {nummer_bild}: {say_verlauf(bank, reihe.indikator, reihe.jahre, reihe.brueche)}"
    _einrichten(diagramm, stil, bank.daten.add_text(titel))
    einheit = reihe.indikator.einheit
    zahl = (
        "#,##0" if reihe.indikator.einheit == "Anzahl" else "#,##0.#" if reihe.indikator.nachkommastellen else "#,##0"
    )
    diagramm.set_y_axis({
        "min": 0, "num_format": zahl.replace(".#", ""), "num_font": schrift(stil), "line": {"none": True},
        "name": bank.daten.add_text(f"Angabe in {einheit}"), "name_font": schrift(stil),
        "major_gridlines": {"visible": True, "line": {"color": stil.linie, "width": 0.5}},
    })  # fmt: skip
    return diagramm


def _marke(nummer: int, farbe: str | None) -> dict[str, Any]:
    if farbe is None:
        return {"type": "none"}
    form = "circle" if nummer == 0 else "diamond"
    return {"type": form, "size": 5, "fill": {"color": farbe}, "border": {"color": farbe}}


def _labellage(bank: Werkbank, reihe: Reihe, hoch: int | None, tief: int | None) -> dict[int, str]:
    """Move the names above and below where the lines end so close that names beside them would overlap."""
    if hoch is None or tief is None:
        return {}
    enden = [neueste(bank, reihe.indikator, reihe.gebiete[nummer]) for nummer in (hoch, 0, tief)]
    oben, stadt, unten = (zeile.wert if zeile and zeile.wert is not None else 0.0 for zeile in enden)
    eng = oben * _ENG
    return ({hoch: "above"} if oben - stadt < eng else {}) | ({tief: "below"} if stadt - unten < eng else {})


def _endlabel(stil: Stil, reihe: Reihe, farbe: str, lage: str) -> dict[str, Any]:
    """Label a line at its newest point only, by its name."""
    stellen = reihe.block.breite
    weg: list[dict[str, Any]] = [{"delete": True}] * (stellen - 1)
    return {
        "series_name": True, "value": False, "position": lage, "font": schrift(stil, 8.5, color=farbe, bold=True),
        "fill": {"color": "#FFFFFF"},
        "custom": [*weg, {}],
    }  # fmt: skip


def _einrichten(diagramm: Chart, stil: Stil, titel: Bereich) -> None:
    diagramm.set_title({
        "name": titel, "overlay": False, "name_font": schrift(stil, 10, bold=True, color=stil.kopf),
        "layout": {"x": 0.01, "y": 0.02},
    })  # fmt: skip
    diagramm.set_legend({"none": True})
    diagramm.show_blanks_as("gap")
    diagramm.set_x_axis({
        "num_font": schrift(stil), "line": {"color": stil.neben}, "major_tick_mark": "none",
    })  # fmt: skip
    diagramm.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    diagramm.set_plotarea({"layout": {"x": 0.06, "y": 0.16, "width": 0.76, "height": 0.70}})


def beschreibe_linien(bank: Werkbank, reihe: Reihe) -> str:
    """Say in words what a line chart shows, for readers who do not see it."""
    hoch, tief = waehle_linien(bank, reihe)
    teile = [f"Liniendiagramm. {say_verlauf(bank, reihe.indikator, reihe.jahre, reihe.brueche)}."]
    if hoch is not None and tief is not None:
        teile.append(
            f"Am höchsten liegt {reihe.gebiete[hoch].name}, am niedrigsten {reihe.gebiete[tief].name} ({reihe.jahre[-1]})."
        )
    teile += [f"Bruch {jahr}: {text}." for jahr, text in sorted(reihe.brueche.items())]
    return sauber(" ".join(teile))


def balkenfarbe(stil: Stil, lage: int | None, richtung: Richtung) -> str:
    """Return the fill of a bar: by position and Richtung, grey without one."""
    farbe = stil.farbe(lage, richtung)
    return stil.balken if not farbe or lage == 0 else farbe


def satz_balken(paare: list[tuple[Indikator, Kennzahl]]) -> str:
    """Say which indicator is farthest from the town beyond chance; the scale stands behind it."""
    fern = [
        (abs(math.log(zeile.verhaeltnis)), -nr)
        for nr, (_, zeile) in enumerate(paare)
        if zeile.lage and zeile.verhaeltnis
    ]
    if not fern:
        return "nahe an der Stadt (Stadt = 100)"
    return f"am weitesten von der Stadt: {kurzname(paare[-max(fern)[1]][0])} (Stadt = 100)"


def draw_balken(bank: Werkbank, raum: Gebiet, indikatoren: list[Indikator]) -> tuple[Chart, str] | None:
    """Draw one bar per indicator: the area as a ratio to the town (town = 100); None without figures."""
    stil = bank.mappe.stil
    zeilen = [(ind, neueste(bank, ind, raum)) for ind in indikatoren if ind.nenner]
    gezeigt = [(ind, zeile) for ind, zeile in zeilen if zeile is not None and zeile.verhaeltnis is not None]
    if not gezeigt:
        return None
    namen = [kurzname(ind) for ind, _ in gezeigt]
    werte = [runde((zeile.verhaeltnis or 0) * 100, 0) for _, zeile in gezeigt]
    block = bank.daten.add(f"{raum.name}: Stadt = 100", namen, [(raum.name, werte)])
    nummer = bank.mappe.next_abbildung()
    diagramm = bank.mappe.workbook.add_chart({"type": "bar", "name": f"Abbildung {nummer}"})
    assert diagramm is not None
    punkte = [{"fill": {"color": balkenfarbe(stil, z.lage, i.richtung)}, "border": {"none": True}} for i, z in gezeigt]
    diagramm.add_series({
        "name": block.name(0), "categories": block.kategorien, "values": block.werte(0), "points": punkte, "gap": 45,
        "data_labels": {"value": True, "num_format": "0", "font": schrift(stil, 8)},
    })  # fmt: skip
    titel = f"Abbildung {nummer}: {satz_balken(gezeigt)}"
    _einrichten(diagramm, stil, bank.daten.add_text(titel))
    diagramm.set_plotarea({"layout": {"x": 0.30, "y": 0.10, "width": 0.62, "height": 0.88}})
    # In a bar chart xlsxwriter's y axis is the one with the names.
    diagramm.set_y_axis({
        "reverse": True, "num_font": schrift(stil, 8), "line": {"color": stil.tinte, "width": 1.5},
        "label_position": "low", "major_tick_mark": "none", "major_gridlines": {"visible": False},
    })  # fmt: skip
    diagramm.set_x_axis({
        "crossing": 100, "min": 0, "max": min(_BALKENENDE, max(150, *werte) * 1.1), "visible": False,
        "major_gridlines": {"visible": False},
    })  # fmt: skip
    paare = ", ".join(f"{name} {format_zahl(wert, 0)}" for name, wert in zip(namen, werte, strict=True))
    return diagramm, sauber(f"Balkendiagramm {raum.name}, Stadt = 100: {paare}.")
