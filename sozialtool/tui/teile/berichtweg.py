"""The way to a Sozialbericht: which chapters, write it; or take one that was written on and bring new figures into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.fach.indikator import Zustand
from sozialtool.orte import zeige
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung
from sozialtool.tui.dialoge.haken import Haken
from sozialtool.tui.teile.freigabefragen import frage_grund, frage_hinaus

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

_TEXT = (
    "Der Sozialbericht ist ein Word-Dokument, an dem Sie weiterschreiben. Neue Zahlen kommen später hinein, ohne Ihre Sätze zu berühren: "
    "Was Sie geändert oder gelöscht haben, bleibt so und wird genannt."
)
_FERTIG = (
    "Weiterschreiben in Word. Schreiben Sie dort {%s}, wird beim nächsten Auffrischen die Zahl daraus. Seitenzahlen im "
    "Inhalt bringt Word mit Strg+A, F9 auf den neuen Stand."
)


async def go_bericht(tool: SozialtoolApp, markiert: Path | None) -> None:
    """Ask what to do and do it; `markiert` is the output that is marked on the page. Only inside a worker."""
    antworten = [
        Antwort("Neu schreiben", wert="neu", folge="Ein Bericht, der schon da ist, bleibt liegen."),
        Antwort("Auffrischen", wert="auf", folge="Vorher entsteht eine Sicherung daneben. Bitte in Word schließen."),
        Antwort("Festhalten", wert="fest", folge="So geht er hinaus; Strg+Z nimmt das Festhalten zurück."),
    ]
    weg = await tool.push_screen_wait(Frage("Sozialbericht", _TEXT, antworten))
    if weg == "neu":
        await _write(tool)
    elif weg == "auf":
        await _refresh(tool, markiert)
    elif weg == "fest":
        await _release(tool, markiert)


async def _write(tool: SozialtoolApp) -> None:
    projekt = tool.projekt
    jahr, drucksache = await _ask_jahr(tool, "Sozialbericht schreiben")
    if not jahr:
        return
    felder, raeume = await tool.rufe(lambda: ablauf.list_kapitel(projekt))
    gewaehlt = []
    for titel, worte in (("Welche Themen?", felder), ("Welche Sozialräume?", raeume)):
        wahl = await tool.push_screen_wait(Haken(titel, "Jedes angekreuzte bekommt ein Kapitel.", worte, list(worte)))
        if wahl is None:
            return
        gewaehlt.append(() if wahl == set(worte) else tuple(key for key in worte if key in wahl))
    if not await frage_hinaus(tool):
        return
    pfad = await tool.rufe_lang(
        "Der Sozialbericht wird geschrieben",
        lambda melde, stop: ablauf.write_sozialbericht(
            projekt, jahr, drucksache, melde, stop, felder=gewaehlt[0], raeume=gewaehlt[1], grenzen_geprueft=True,
            bekanntes_hinnehmen=True,
        ),
    )  # fmt: skip
    tool.geaendert()
    beispiel = await tool.rufe(lambda: _name_platz(projekt, raeume))
    text = f"{zeige(pfad)}\n\n{_FERTIG % beispiel}"
    await tool.push_screen_wait(meldung("Der Sozialbericht ist geschrieben", text))


def _name_platz(projekt: ablauf.Projekt, raeume: Mapping[str, str]) -> str:
    """Name a place that this town can fill: an agreed indicator and its first Sozialraum."""
    vereinbart = (z.indikator for z in ablauf.indikatoren(projekt) if z.indikator.zustand is Zustand.VEREINBART)
    kennung = next((indikator.kennung for indikator in vereinbart), "")
    return " ".join(filter(None, (kennung, next(iter(raeume.values()), "")))) if kennung else "Stadt"


async def _choose(tool: SozialtoolApp, markiert: Path | None) -> Path | None:
    """Take the marked output where it is a report, else ask for one; None for Esc."""
    if markiert is not None and markiert.suffix == ".docx" and markiert.name.startswith("Sozialbericht"):
        return markiert
    ordner = tool.projekt.pfad.parent / "ausgaben"
    ordner = ordner if await tool.rufe(ordner.is_dir) else tool.projekt.pfad.parent
    return await tool.push_screen_wait(Dateiwahl("Sozialbericht wählen", ordner, (".docx",)))


async def _release(tool: SozialtoolApp, markiert: Path | None) -> None:
    projekt, pfad = tool.projekt, await _choose(tool, markiert)
    if pfad is None:
        return
    jahr, _ = await tool.rufe(lambda: ablauf.find_berichtszeit(projekt, pfad))
    feld = Feld("drucksache", "Drucksache", str, hilfe="Nummer der Drucksache; darf leer bleiben.")
    werte = await tool.push_screen_wait(Formular(f"{pfad.name} festhalten", [feld], {"drucksache": ""}))
    grund = await frage_grund(tool, jahr) if werte is not None else None
    if werte is None or grund is None or not await frage_hinaus(tool):
        return
    drucksache = str(werte["drucksache"] or "")
    v = await tool.rufe_lang(
        "Der Sozialbericht wird geprüft",
        lambda melde, stop: ablauf.release_sozialbericht(
            projekt, pfad, drucksache, melde, stop, grenzen_geprueft=True, bekanntes_hinnehmen=True, begruendung=grund
        ),
    )
    tool.geaendert()
    await tool.push_screen_wait(meldung("Der Sozialbericht ist festgehalten", f"{v.name}\n\nStrg+Z nimmt das zurück."))


async def _refresh(tool: SozialtoolApp, markiert: Path | None) -> None:
    projekt, bericht = tool.projekt, await _choose(tool, markiert)
    if bericht is None:
        return
    jahr, drucksache = await _ask_jahr(tool, f"{bericht.name} auffrischen")
    if not jahr or not await frage_hinaus(tool):
        return
    pflege = await tool.rufe_lang(
        "Der Sozialbericht wird aufgefrischt",
        lambda melde, stop: ablauf.refresh_sozialbericht(
            projekt, bericht, jahr, melde, stop, drucksache=drucksache, grenzen_geprueft=True, bekanntes_hinnehmen=True
        ),
    )
    tool.geaendert()
    await tool.push_screen_wait(
        meldung("Der Sozialbericht ist aufgefrischt" if pflege.pfad else "Nichts zu tun", pflege.text)
    )


async def _ask_jahr(tool: SozialtoolApp, titel: str) -> tuple[int, str]:
    """Ask for the year of the figures and the number of the paper; 0 for Esc."""
    felder = [
        Feld("jahr", "Zahlen bis", int, hilfe="Das jüngste Jahr, dessen Zahlen hineinkommen.", pflicht=True),
        Feld("drucksache", "Drucksache", str, hilfe="Nummer der Drucksache; darf leer bleiben."),
    ]
    vorschlag = {"jahr": tool.projekt.kommune.berichtsjahr, "drucksache": ""}
    werte = await tool.push_screen_wait(Formular(titel, felder, vorschlag))
    return (int(werte["jahr"]), str(werte["drucksache"] or "")) if werte else (0, "")
