"""A form comes back: recognised under any name, read cell by cell, questioned, nothing of it lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Rohmappe, Zellwert, adresse
from sozialtool.erhebung.formular import Formular, Kennung
from sozialtool.erhebung.lage import Bauplan, Lage, find_kennung, find_lage, plan_of, read_plan
from sozialtool.erhebung.zellen import read_zellen
from sozialtool.erhebung.zusatz import Notiz, find_notizen, find_zusatz
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import Kommune

__all__ = ["Notiz", "Ruecklauf", "read_ruecklauf"]

_EIGENE = ("BLATT-VERBORGEN", "ZELLE-FEHLER", "FORMEL-OHNE-WERT")
"""Findings of reading that mean nothing here, or are asked about cell by cell."""


@attrs.frozen
class Ruecklauf:
    """What came back.

    Attributes:
        datei, pruefsumme: name and SHA-256 of the file.
        kennung: its mark; None when it is no form of ours.
        formular: the form that was asked; None when the project does not know it.
        eintraege: (row, column) → what was entered, as it stands there; notes included.
        messwerte: figures and reasons that can be taken over.
        befunde: everything that was found, in reading order.
        fragen: (row, column) → the finding that marks the cell in a Rückfrage.
        notizen: remarks of the department, comments, texts on other sheets.
        gefragt, gefuellt: number of cells asked for (without "nicht zuzuordnen") and of those that say something.
    """

    datei: str
    pruefsumme: str
    kennung: Kennung | None = None
    formular: Formular | None = None
    eintraege: Mapping[tuple[str, str], Zellwert] = attrs.field(factory=dict, repr=False)
    messwerte: tuple[Messwert, ...] = attrs.field(default=(), repr=False)
    befunde: tuple[Befund, ...] = ()
    fragen: Mapping[tuple[str, str], Befund] = attrs.field(factory=dict, repr=False)
    notizen: tuple[Notiz, ...] = ()
    gefragt: int = 0
    gefuellt: int = 0

    @property
    def passt(self) -> bool:
        """Whether its figures can be taken over (perhaps with open questions)."""
        return self.formular is not None and not any(b.schwere is Schwere.FEHLER for b in self.befunde)

    @property
    def bereit(self) -> bool:
        """Whether nothing has to be asked."""
        return self.passt and all(b.schwere is Schwere.HINWEIS for b in self.befunde)


def read_ruecklauf(
    pfad: Path | str, formulare: Iterable[Formular], kommune: Kommune, jahr: int, *, rohmappe: Rohmappe | None = None
) -> Ruecklauf:
    """Read a file that may be a form of ours.

    Args:
        pfad: the file, under any name.
        formulare: the forms that were sent, of any year.
        kommune: the town that asked.
        jahr: the year that is being collected; a form of another year is named, not taken over.
        rohmappe: the file, if it has been read already.

    Returns:
        what came back; a file that is no form has no `kennung` and the finding RUECKLAUF-FREMD.

    Raises:
        DateiFehler: the file cannot be read.
    """
    mappe = rohmappe or read_rohmappe(pfad)
    alle = {(f.fachbereich.schluessel, f.jahr): f for f in formulare}
    kennung, befunde = _identify(mappe, pfad, alle, jahr)
    leer = Ruecklauf(mappe.datei, mappe.pruefsumme, kennung)
    if kennung is None:
        return attrs.evolve(leer, befunde=_sign(befunde, mappe))
    formular = alle.get((kennung.fachbereich, jahr))
    befunde += _compare(kennung, formular, kommune, jahr)
    gefragt = alle.get((kennung.fachbereich, kennung.jahr)) or formular
    plan = _merge(read_plan(mappe), plan_of(gefragt) if gefragt else None)
    lage = find_lage(mappe, plan) if plan else None
    if lage is None or plan is None:
        befunde.append(Befund("RUECKLAUF-OHNE-TABELLE", Schwere.FEHLER, f"In „{mappe.datei}“ ist die Tabelle mit den Angaben nicht mehr zu finden.", "Bitte den Fachbereich um die Datei mit dem Blatt „Angaben“ bitten."))  # fmt: skip
        return attrs.evolve(leer, formular=formular, befunde=_sign(befunde, mappe))
    befunde += [b for b in mappe.befunde if b.code not in _EIGENE]
    befunde += _check_aufbau(lage, plan, formular) if kennung.jahr == jahr else []
    befunde += find_zusatz(mappe, lage, plan)
    fremd = any(b.schwere is Schwere.FEHLER for b in befunde)
    zellen = read_zellen(lage, formular, kommune, plan, fremd=fremd, frage=_fremd_text(kennung, jahr))
    return attrs.evolve(
        leer, formular=formular, eintraege=zellen.eintraege, messwerte=zellen.messwerte,
        befunde=_sign([*befunde, *zellen.befunde], mappe), fragen=zellen.fragen,
        notizen=find_notizen(mappe, lage, plan), gefragt=zellen.gefragt, gefuellt=zellen.gefuellt,
    )  # fmt: skip


def _sign(befunde: Iterable[Befund], mappe: Rohmappe) -> tuple[Befund, ...]:
    return tuple(attrs.evolve(befund, datei=mappe.datei) for befund in befunde)


def _identify(
    mappe: Rohmappe, pfad: Path | str, alle: Mapping[tuple[str, int], Formular], jahr: int
) -> tuple[Kennung | None, list[Befund]]:
    """Return the mark; where it is gone, that of the form whose rows and columns are in the file."""
    kennung = find_kennung(mappe, pfad)
    if kennung is not None:
        return kennung, []
    for formular in alle.values():
        plan = plan_of(formular)
        lage = find_lage(mappe, plan) if formular.jahr == jahr else None
        if lage and len(lage.spalten) * 2 > len(plan.merkmale) and len(lage.zeilen) * 2 > len(plan.gebiete):
            frage = Befund(
                "RUECKLAUF-OHNE-KENNUNG", Schwere.FRAGE,
                f"In „{mappe.datei}“ fehlt die Kennung. Zeilen und Spalten passen zum Formular {jahr} von {formular.fachbereich.name}.",
                "Bitte prüfen, ob Jahr und Absender stimmen, und dann von Hand annehmen.",
            )  # fmt: skip
            return formular.kennung, [frage]
    return None, [
        Befund("RUECKLAUF-FREMD", Schwere.FEHLER, f"„{mappe.datei}“ ist kein Formular aus einer Datenabfrage.",
               "Eine eigene Liste des Fachbereichs wird mit „einlesen“ gelesen.")
    ]  # fmt: skip


def _compare(kennung: Kennung, formular: Formular | None, kommune: Kommune, jahr: int) -> list[Befund]:
    """Name the form of another town, of another year, unknown to the project, or of another version."""
    if kennung.ags != kommune.ags:
        return [Befund("RUECKLAUF-ORT", Schwere.FEHLER,
                       f"Das Formular gehört einer anderen Stadt (Gemeindeschlüssel {kennung.ags}, hier {kommune.ags}).",
                       "Bitte beim Absender nachfragen; es wurde nichts übernommen.")]  # fmt: skip
    if kennung.jahr != jahr:
        wort = "des Vorjahres" if kennung.jahr == jahr - 1 else "eines anderen Jahres"
        code = "RUECKLAUF-VORJAHR" if kennung.jahr == jahr - 1 else "RUECKLAUF-JAHR"
        return [Befund(code, Schwere.FEHLER, f"Das ist das Formular {wort}: {kennung.jahr} statt {jahr}.",
                       f"Die Angaben stehen in der Rückfrage; bitte klären, ob sie für {jahr} gelten.")]  # fmt: skip
    if formular is None:
        return [Befund("RUECKLAUF-UNBEKANNT", Schwere.FEHLER,
                       f"Von „{kennung.fachbereich}“ wurde für {jahr} nichts abgefragt.",
                       "Bitte die Abfrage anlegen und die Datei noch einmal einsortieren.")]  # fmt: skip
    soll = formular.kennung
    if kennung.form != soll.form:
        return [Befund("RUECKLAUF-FORM", Schwere.FRAGE, f"Das Formular hat den Aufbau {kennung.form}, heute gilt {soll.form}.",
                       "Bitte die übernommenen Zahlen ansehen und von Hand annehmen.")]  # fmt: skip
    if kennung.fassung != soll.fassung or kennung.aufbau != soll.aufbau:
        genau = (
            f"Fassung {kennung.fassung} statt {soll.fassung}"
            if kennung.fassung != soll.fassung
            else "andere Zeilen oder Spalten"
        )
        return [Befund("RUECKLAUF-FASSUNG", Schwere.HINWEIS, f"Das Formular ist nicht das zuletzt verschickte ({genau}).",
                       "Was sich nach Schlüssel und Name zuordnen lässt, ist gelesen; was fehlt, ist genannt.")]  # fmt: skip
    return []


def _merge(eigener: Bauplan | None, bekannter: Bauplan | None) -> Bauplan | None:
    """Know what the file says it asked, and what the project asked."""
    if eigener is None or bekannter is None:
        return eigener or bekannter
    return Bauplan(eigener.gebiete | bekannter.gebiete, eigener.merkmale | bekannter.merkmale)


def _fremd_text(kennung: Kennung, jahr: int) -> str:
    return f"Diese Angabe stand im Formular {kennung.jahr}. Gilt sie für {jahr}?" if kennung.jahr != jahr else ""


def _check_aufbau(lage: Lage, plan: Bauplan, formular: Formular | None) -> list[Befund]:
    """Name rows and columns that are missing, came twice, or whose number and name do not belong together."""
    if formular is None:
        return []
    befunde = []
    gefragt = plan_of(formular)
    fehlend = [("Zeile", n) for k, n in gefragt.gebiete.items() if k not in lage.zeilen]
    fehlend += [("Spalte", n) for k, n in gefragt.merkmale.items() if k not in lage.spalten]
    for wort, name in fehlend:
        befunde.append(Befund(f"RUECKLAUF-{wort.upper()}-FEHLT", Schwere.FRAGE, f"Die {wort} „{name}“ fehlt.",
                              "Bitte nachtragen lassen; die Rückfrage enthält sie wieder.", "", lage.blatt.name))  # fmt: skip
    for schluessel, ort in lage.doppelt:
        name = plan.gebiete.get(schluessel) or plan.merkmale.get(schluessel, schluessel)
        zeile = schluessel in lage.zeilen
        stelle = adresse(ort, 0) if zeile else adresse(lage.kopf, ort)
        befunde.append(Befund("RUECKLAUF-DOPPELT", Schwere.FRAGE, f"„{name}“ steht zweimal im Formular; gelesen ist das erste Mal.",
                              "Bitte klären, welche Angaben gelten.", "", lage.blatt.name, stelle))  # fmt: skip
    for schluessel, name in lage.namen:
        befunde.append(Befund("RUECKLAUF-NAME", Schwere.FRAGE,
                              f"Zeile {schluessel} gehört zu „{plan.gebiete.get(schluessel, schluessel)}“, daneben steht aber „{name}“.",
                              "Bitte klären, welches Gebiet gemeint ist.", "", lage.blatt.name, adresse(lage.zeilen[schluessel], 0)))  # fmt: skip
    return befunde
