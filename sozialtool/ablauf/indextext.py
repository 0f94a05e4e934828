"""An index in words: its methods, its classes, its robustness; lines for the command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sozialtool.ablauf.indexhinweise import list_kurznamen
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.sozialindex import MSS_STATUS, Klassen, Normierung, Sozialindex

if TYPE_CHECKING:
    from sozialtool.ablauf.indexbild import Indexbild
    from sozialtool.rechnen.robustheit import Laufart, Spanne

STABIL_AB = 80
"""From this percentage of runs in the same class on a class is called stable."""


def describe_klasse(bild: Indexbild, platz: int) -> str:
    """Write the class of an area, or why it has none."""
    klasse = bild.stufen.klassen[platz]
    if klasse is None:
        return bild.ohne.get(bild.gebiete[platz].schluessel, "ohne Index")
    if bild.index.klassen is Klassen.MSS:
        return MSS_STATUS[klasse - 1]
    return f"{klasse} von {bild.index.klassen.anzahl}"


def describe_verfahren(bild: Indexbild) -> tuple[tuple[str, str], ...]:
    """List each step with what was chosen; nothing is left to a silent default."""
    index = bild.index
    bezug = f" von {index.bezugsjahr or bild.jahr}" if index.normierung is Normierung.ABSTAND else ""
    grund = f"{sum(bild.stufen.basis)} von {len(bild.gebiete)} Gebieten"
    if index.mindesteinwohner:
        grund += f", ab {index.mindesteinwohner} Einwohnern"
    gewichte = "; ".join(f"{name} {format_zahl(g, 2)}" for name, g in index.gewichte_der_teile.items())
    return (
        ("Grundmenge", grund),
        ("Fehlende oder geheime Werte", index.fehlwerte.value),
        ("Ausreißer", index.ausreisser.value),
        ("Normierung", index.normierung.value + bezug),
        ("Richtung", "vor dem Zusammenfassen; ein hoher Index belastet"),
        ("Teilindizes", index.gliederung.value + (f" (Gewichte: {gewichte})" if gewichte else "")),
        ("Zusammenfassung", index.aggregation.value),
        ("Klassen", index.klassen.value),
        ("Läufe mit anderen Gewichten", _describe_streuung(index)),
    )


def _describe_streuung(index: Sozialindex) -> str:
    if not index.laeufe:
        return "keine"
    return f"{index.laeufe}, je Gewicht höchstens {format_zahl(index.streuung, 0)} % mehr oder weniger, Startzahl {index.startzahl}"


def describe_laeufe(bild: Indexbild) -> tuple[str, ...]:
    """List every run by kind, and those that were not possible with the reason."""
    from sozialtool.rechnen.robustheit import Laufart

    saetze = []
    for art in Laufart:
        laeufe = [lauf for lauf in bild.robustheit.laeufe if lauf.art is art]
        if art is Laufart.GEWICHTE:
            saetze.append(f"{art.value}: {_describe_streuung(bild.index)}.")
        elif laeufe:
            saetze.append(
                f"{art.value}: {', '.join(_name_lauf(bild, lauf.was) for lauf in laeufe if not lauf.grund).rstrip('.')}."
            )
        saetze += [f"nicht möglich – {_name_lauf(bild, lauf.was)}: {lauf.grund}" for lauf in laeufe if lauf.grund]
    return tuple(saetze)


def _share(bild: Indexbild, platz: int, *arten: Laufart) -> float | None:
    """Percentage of the runs of these kinds that put an area into the class it has; None without runs or index."""
    anteil = bild.robustheit.share_of(platz, bild.stufen.klassen[platz], *arten)
    return None if anteil is None else 100 * anteil


def share_gewichte(bild: Indexbild, platz: int) -> float | None:
    """Percentage of the runs with other weights in the same class."""
    from sozialtool.rechnen.robustheit import Laufart

    return _share(bild, platz, Laufart.GEWICHTE)


def share_anders(bild: Indexbild, platz: int) -> float | None:
    """Percentage of the runs with one other choice in the same class."""
    from sozialtool.rechnen.robustheit import Laufart

    return _share(bild, platz, *(art for art in Laufart if art is not Laufart.GEWICHTE))


def _name_lauf(bild: Indexbild, text: str) -> str:
    """Write a run with the short names of the indicators instead of their Kennungen."""
    kurz = list_kurznamen(bild)
    return re.sub(r"\w+", lambda treffer: kurz.get(treffer[0], treffer[0]), text)


def describe_bewegung(bild: Indexbild, spanne: Spanne) -> str:
    """Name the runs at the ends of the span."""
    teile = [
        f"Rang {spanne.von}: {_name_lauf(bild, spanne.bester_lauf)}" if spanne.bester_lauf else "",
        f"Rang {spanne.bis}: {_name_lauf(bild, spanne.schlechtester_lauf)}" if spanne.schlechtester_lauf else "",
    ]
    return "; ".join(filter(None, teile)) or "bleibt immer gleich"


def find_wackelige(bild: Indexbild) -> tuple[str, ...]:
    """Name the areas whose class is another one in more than a fifth of the runs of a kind."""
    namen = []
    for platz, gebiet in enumerate(bild.gebiete):
        anteile = (share_gewichte(bild, platz), share_anders(bild, platz))
        if any(anteil is not None and anteil < STABIL_AB for anteil in anteile):
            namen.append(gebiet.name)
    return tuple(namen)


def describe_stabil(bild: Indexbild) -> str:
    """Say how many areas keep their class, and which do not."""
    wackelig, alle = find_wackelige(bild), sum(bild.stufen.basis)
    if not wackelig:
        return f"Alle {alle} Gebiete bleiben in mindestens {STABIL_AB} % der Läufe in ihrer Klasse."
    return (
        f"{alle - len(wackelig)} von {alle} Gebieten bleiben in mindestens {STABIL_AB} % der Läufe in ihrer Klasse. Vom Verfahren "
        f"hängt die Klasse ab bei: {', '.join(wackelig)}."
    )


def index_text(bild: Indexbild, *, stufen: bool = False) -> str:
    """Write an index for the command: a table separated by tabs, then the sentences that belong to it."""
    zeilen = [f"{bild.index.kennung} {bild.titel} – {bild.fassung}", ""]
    namen = [i.kurzname or i.kennung for i in bild.indikatoren]
    teile = list(bild.stufen.teile) if stufen else []
    zeilen.append("\t".join(["Gebiet", *namen, *teile, "Index", "Rang", "von–bis", "Klasse"]))
    for platz, gebiet in enumerate(bild.gebiete):
        werte = [
            _roh(bild, i.kennung, platz, i.nachkommastellen)
            if not stufen
            else format_zahl(bild.stufen.normiert[i.kennung][platz], 2, leer="x")
            for i in bild.indikatoren
        ]
        werte += [format_zahl(bild.stufen.teile[name][platz], 2, leer="x") for name in teile]
        spanne = bild.robustheit.spannen[platz]
        rang = bild.stufen.raenge[platz]
        werte += [
            format_zahl(bild.stufen.index[platz], 2, leer="x"), "x" if rang is None else str(rang),
            f"{spanne.von}–{spanne.bis}" if spanne else "x", describe_klasse(bild, platz),
        ]  # fmt: skip
        zeilen.append("\t".join([gebiet.name, *werte]))
    return "\n".join([*zeilen, "", *bild.hinweise, describe_stabil(bild)])


def _roh(bild: Indexbild, kennung: str, platz: int, stellen: int) -> str:
    geheim = (kennung, bild.gebiete[platz].schluessel) in bild.geheim
    return format_zahl(bild.lage.werte[kennung][platz], stellen, leer="•" if geheim else "k. A.")


def robustheit_text(bild: Indexbild) -> str:
    """Write the robustness for the command: a table, the runs, the sentence about stable classes."""
    zeilen = [f"{bild.titel}: Wie sicher ist der Rang?", ""]
    zeilen.append("Gebiet\tRang\tbester\tschlechtester\tKlasse\tandere Gewichte %\tandere Verfahren %\tverschiebt")
    for platz, gebiet in enumerate(bild.gebiete):
        spanne = bild.robustheit.spannen[platz]
        if spanne is None:
            zeilen.append(f"{gebiet.name}\tx\tx\tx\t{describe_klasse(bild, platz)}")
            continue
        anteile = [format_zahl(a, 0, leer="x") for a in (share_gewichte(bild, platz), share_anders(bild, platz))]
        werte = (bild.stufen.raenge[platz], spanne.von, spanne.bis, describe_klasse(bild, platz), *anteile)
        zeilen.append("\t".join([gebiet.name, *map(str, werte), describe_bewegung(bild, spanne)]))
    return "\n".join([*zeilen, "", describe_stabil(bild), "Was gerechnet wurde:", *describe_laeufe(bild)])


def definition_text(bild: Indexbild) -> str:
    """Write parts and methods for the command."""
    wirksam = bild.plan.wirksame_gewichte()
    zeilen = [f"{bild.index.kennung} {bild.index.name} – {bild.fassung}", ""]
    for i in bild.indikatoren:
        teil = f", Teilindex {bild.teil_von[i.kennung]}" if i.kennung in bild.teil_von else ""
        gewicht = format_zahl(bild.plan.gewichte.get(i.kennung, 1.0), 2)
        zeilen.append(
            f"{i.kennung} {i.name}: {i.richtung.value}{teil}, Gewicht {gewicht}, wirkt mit {format_zahl(wirksam[i.kennung] * 100, 1)} %"
        )
    zeilen.append("")
    return "\n".join([*zeilen, *(f"{schritt}: {wahl}" for schritt, wahl in describe_verfahren(bild))])
