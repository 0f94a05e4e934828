"""The lists of the planning by name, for screen and command: those that need figures compute and protect them first."""

from __future__ import annotations

from typing import Any

import attrs

from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder, build_bedarfstafel
from sozialtool.ablauf.befragungsbild import build_befragungstafel
from sozialtool.ablauf.bestandstafel import build_bestandstafel
from sozialtool.ablauf.controlling import build_massnahmenbilder
from sozialtool.ablauf.foerdertext import build_aufruftafel
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.stimmen import build_stimmentafel
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.zielbild import build_zielbilder
from sozialtool.ablauf.zieltafel import build_massnahmentafel, build_zieltafel
from sozialtool.fach.bedarf import Bedarf
from sozialtool.fach.felder import felder_of
from sozialtool.fach.planung import Massnahme
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.fehler import SozialtoolFehler
from sozialtool.projekt import Projekt


def build_plantafel(
    projekt: Projekt, name: str, jahr: int = 0, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Plantafel:
    """Build the list "bestand", "befragungen", "stimmen", "bedarfe", "ziele", "massnahmen" or "foerderaufrufe".

    Without any figure the entries are listed alone; without a year the newest one with figures stands in for a Berichtsjahr that has none
    yet. Otherwise what was entered could not be seen until the first figures come.

    Raises:
        BedienFehler: no figures in the year that was asked for. Abgebrochen: stopped.
    """
    if name == "bestand":
        return build_bestandstafel(projekt)
    if name == "befragungen":
        return build_befragungstafel(projekt)
    if name == "foerderaufrufe":
        return build_aufruftafel(projekt)
    try:
        grundlage = read_plangrundlage(projekt, jahr, fortschritt, stop)
    except SozialtoolFehler as fehler:
        if fehler.code == "RECHNEN-LEER":
            return build_stimmentafel(projekt, None) if name == "stimmen" else _list_ohne_zahlen(projekt, name)
        if fehler.code != "RECHNEN-JAHR" or jahr:
            raise
        ersatz = _find_ersatzjahr(projekt)
        tafel = _build(projekt, name, read_plangrundlage(projekt, ersatz, fortschritt, stop))
        hinweis = f"Für {projekt.kommune.berichtsjahr} gibt es noch keine Zahlen; hier stehen die von {ersatz}."
        return attrs.evolve(tafel, hinweise=(hinweis, *tafel.hinweise))
    return _build(projekt, name, grundlage)


def _find_ersatzjahr(projekt: Projekt) -> int:
    """Return the newest year with figures, before the Berichtsjahr if there is one."""
    from sozialtool.ablauf.kennzahlen import compute

    jahre: set[int] = set(compute(projekt).tabelle.kennzahlen["jahr"])
    return max((j for j in jahre if j < projekt.kommune.berichtsjahr), default=min(jahre))


def _build(projekt: Projekt, name: str, grundlage: Plangrundlage) -> Plantafel:
    if name == "stimmen":
        return build_stimmentafel(projekt, grundlage)
    if name == "bedarfe":
        return build_bedarfstafel(projekt, grundlage, build_bedarfsbilder(projekt, grundlage))
    if name == "ziele":
        return build_zieltafel(projekt, grundlage, build_zielbilder(projekt, grundlage))
    return build_massnahmentafel(projekt, grundlage, build_massnahmenbilder(projekt, grundlage))


_OHNE_ZAHLEN: dict[str, tuple[str, tuple[type, ...]]] = {
    "bedarfe": ("Bedarfe", (Bedarf,)), "ziele": ("Ziele", (Leitziel, Entwicklungsziel)), "massnahmen": ("Maßnahmen", (Massnahme,)),
}  # fmt: skip


def _list_ohne_zahlen(projekt: Projekt, name: str) -> Plantafel:
    """List what was entered, field by field, while there is nothing to judge it by."""
    titel, klassen = _OHNE_ZAHLEN[name]
    gebiete = {g.schluessel: g.name for g in projekt.read(Gebiet)} | {projekt.kommune.ags: projekt.kommune.name}
    zeilen = []
    for klasse in klassen:
        eintraege: list[Any] = projekt.read(klasse)
        for eintrag in eintraege:
            orte = getattr(eintrag, "gebiete", None) or filter(None, (getattr(eintrag, "gebiet", ""),))
            wo = ", ".join(gebiete.get(g, g) for g in orte)
            stand = getattr(eintrag, "stand", None) or getattr(eintrag, "zustand", None)
            texte = (f"{eintrag.schluessel} {eintrag.name}", wo, stand.value if stand else "")
            felder = [
                (f.titel, f.to_text(getattr(eintrag, f.name)))
                for f in felder_of(klasse)
                if not f.name.startswith("start")
            ]
            detail = tuple(f"{was}: {wert}" for was, wert in felder[1:] if wert)
            zeilen.append(Tafelzeile(f"{klasse.__name__}{eintrag.schluessel}", texte, detail, eintrag))
    spalten = (Tafelspalte("Eintrag"), Tafelspalte("Sozialräume", 24), Tafelspalte("Stand", 14))
    hinweis = "Noch gibt es keine Zahlen; beurteilt wird, sobald Dateien eingelesen (F5) und Indikatoren vereinbart sind (F4)."
    return Plantafel(titel, spalten, tuple(zeilen), (hinweis,), "Noch nichts eingetragen. n trägt etwas ein.")
