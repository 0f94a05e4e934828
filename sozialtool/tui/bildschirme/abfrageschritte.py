"""The steps of an Abfrage as conversations: each asks what is needed, does one thing, and says whether anything changed.

All of them run inside a worker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool import ablauf
from sozialtool.ablauf.abfragelage import Abfragelage
from sozialtool.fach.abfrage import Abfragestand
from sozialtool.fach.felder import Feld
from sozialtool.orte import zeige
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

_FRIST = Feld("frist", "Frist", dt.date, hilfe="Bis wann die Antwort da sein soll, zum Beispiel 31.03.2026. Darf leer bleiben.")  # fmt: skip
_SCHRITTE = {
    "formulare_schreiben": Antwort("Formular schreiben", "formulare_schreiben", "Eine Excel-Datei im Ordner „abfragen“."),
    "mail_zeigen": Antwort("Mailtext zeigen", "mail_zeigen", "Zum Kopieren; der Name der Datei steht darin."),
    "versandt": Antwort("Als versandt festhalten", "versandt", "Von da an läuft die Frist."),
    "eingang_einsortieren": Antwort("Eingang einsortieren", "eingang_einsortieren", "Liest, was zurückgekommen ist."),
    "erinnern": Antwort("Erinnern", "mail_zeigen", "Zeigt den Text der Erinnerung und hält sie auf Wunsch fest."),
    "abfrage_bearbeiten": Antwort("Frist und Merkmale ändern", "abfrage_bearbeiten", "Nach dem Versand entsteht eine neue Fassung."),
    "abfrage_entfernen": Antwort("Abfrage entfernen", "abfrage_entfernen", "Gelieferte Zahlen bleiben."),
    "naechstes_jahr": Antwort("Ins nächste Jahr übernehmen", "naechstes_jahr", "Alle Fachbereiche, Merkmale und Fristen."),
}  # fmt: skip
_WEGE = {
    Abfragestand.ANGELEGT: "mail_zeigen versandt formulare_schreiben abfrage_bearbeiten abfrage_entfernen",
    Abfragestand.VERSANDT: "eingang_einsortieren erinnern formulare_schreiben abfrage_bearbeiten",
    Abfragestand.ZURUECK: "eingang_einsortieren mail_zeigen abfrage_bearbeiten",
    Abfragestand.IN_RUECKFRAGE: "eingang_einsortieren erinnern abfrage_bearbeiten",
    Abfragestand.ANGENOMMEN: "eingang_einsortieren naechstes_jahr abfrage_bearbeiten",
}
"""What can be done in each state; the first one is the proposal."""


def frage_schritt(lage: Abfragelage) -> Frage[str]:
    """Ask what to do with an Abfrage; the result is the name of the action."""
    wege = _WEGE[lage.zeile.abfrage.stand].split()
    if lage.zeile.abfrage.stand is Abfragestand.ANGELEGT and not lage.zeile.abfrage.datei:
        wege = ["formulare_schreiben", *(weg for weg in wege if weg.startswith("abfrage"))]
    if lage.zeile.ueberfaellig:
        wege.sort(key=lambda weg: weg != "erinnern")
    titel = f"{lage.zeile.fachbereich.name} {lage.zeile.abfrage.jahr}"
    return Frage(titel, lage.naechstes, [_SCHRITTE[weg] for weg in wege])


async def lege_an(tool: SozialtoolApp, jahr: int) -> int | None:
    """Begin the Abfragen of a year; return the year, None when nothing was begun."""
    projekt = tool.projekt
    zeilen = await tool.rufe(lambda: ablauf.list_fachbereiche(projekt))
    notierte = [f.name for f, bekannt in zeilen if bekannt]
    namen = notierte or [f.name for f, _ in zeilen]
    woher = "Gefragt werden" if notierte else "Noch ist kein Fachbereich notiert; vorgeschlagen sind die der Merkmale:"
    feld = Feld("jahr", "Jahr der Zahlen", int, hilfe="Das Jahr, über das die Zahlen sprechen.", pflicht=True)
    werte = await tool.push_screen_wait(
        Formular("Abfragen anlegen", [feld, _FRIST], {"jahr": jahr, "frist": dt.date(jahr + 1, 3, 31)},
                 text=f"{woher} {', '.join(namen)}. Wer nichts hat, das gebraucht wird, bekommt keine Abfrage.")
    )  # fmt: skip
    if werte is None:
        return None
    neue = await tool.rufe(lambda: ablauf.create_abfragen(projekt, werte["jahr"], werte["frist"]))
    tool.melde(f"{anzahl(len(neue), 'Abfrage', 'Abfragen')} für {werte['jahr']} angelegt." if neue else "Alle waren schon angelegt.")  # fmt: skip
    return int(werte["jahr"])


async def _frage_wen(tool: SozialtoolApp, titel: str, wen: Sequence[Abfragelage], lage: Abfragelage) -> list[str]:
    """Ask: all that it concerns, or only the marked one; an empty list for Esc."""
    alle = [teil.zeile.abfrage.fachbereich for teil in wen]
    if alle == [lage.zeile.abfrage.fachbereich]:
        return alle
    antworten = [Antwort(f"Alle {len(alle)}", alle, ", ".join(teil.zeile.fachbereich.name for teil in wen))]
    if len(alle) == 1:
        antworten = [Antwort(wen[0].zeile.fachbereich.name, alle)]
    elif lage in wen:
        antworten.append(Antwort(f"Nur {lage.zeile.fachbereich.name}", [lage.zeile.abfrage.fachbereich]))
    return await tool.push_screen_wait(Frage(titel, "", antworten)) or []


async def schreibe(tool: SozialtoolApp, jahr: int, lagen: Sequence[Abfragelage], lage: Abfragelage | None) -> bool:
    """Write the forms of those that have not been accepted yet."""
    offen = [teil for teil in lagen if teil.zeile.abfrage.stand is not Abfragestand.ANGENOMMEN]
    if lage is None or not offen:
        tool.melde("Es gibt hier kein Formular zu schreiben: n legt Abfragen an.")
        return False
    namen = await _frage_wen(tool, "Formulare schreiben", offen, lage)
    if not namen:
        return False
    pfade = await tool.rufe_lang(
        "Formulare werden geschrieben",
        lambda fortschritt, stop: ablauf.write_abfragen(tool.projekt, jahr, namen, fortschritt, stop),
    )
    geschrieben = anzahl(len(pfade), "Formular liegt", "Formulare liegen")
    tool.melde(f"{geschrieben} in {zeige(pfade[0].parent)}", sekunden=15)
    return True


async def halte_versand_fest(
    tool: SozialtoolApp, jahr: int, lagen: Sequence[Abfragelage], lage: Abfragelage | None
) -> bool:
    """Note that written forms went out."""
    bereit = [
        t for t in lagen if t.zeile.abfrage.stand is Abfragestand.ANGELEGT and t.zeile.abfrage.datei
    ]  # fmt: skip
    if lage is None or not bereit:
        tool.melde("Es wartet kein geschriebenes Formular auf den Versand; s schreibt die Formulare.")
        return False
    namen = await _frage_wen(tool, "Als versandt festhalten", bereit, lage)
    if not namen:
        return False
    neue = await tool.rufe(lambda: ablauf.mark_versandt(tool.projekt, jahr, namen))
    tool.melde(f"{anzahl(len(neue), 'Abfrage', 'Abfragen')} als versandt festgehalten.")
    return True


async def sortiere_ein(tool: SozialtoolApp, jahr: int) -> bool:
    """Sort the folder of the year, or one file from elsewhere, and show what became of each file."""
    from sozialtool.ablauf.daten import ENDUNGEN
    from sozialtool.tui.bildschirme.eingang import EingangSeite

    ordner = tool.projekt.pfad.parent / "eingang" / str(jahr)
    pfade: list[Path] = []
    if not await tool.rufe(lambda: has_dateien(ordner)):
        text = f"In {zeige(ordner)} liegt nichts. Legen Sie dort ab, was die Fachbereiche schicken; der Dateiname ist gleich."
        antworten = [
            Antwort("Eine Datei von anderswo wählen", wert=True, folge="Sie wird gelesen, wo sie liegt."),
            Antwort("Später", wert=False),
        ]
        if not await tool.push_screen_wait(Frage("Der Eingang ist leer", text, antworten)):
            return False
        pfad = await tool.push_screen_wait(Dateiwahl("Rücklauf wählen", tool.projekt.pfad.parent, tuple(ENDUNGEN)))
        if pfad is None:
            return False
        pfade = [pfad]
    eingaenge = await tool.rufe_lang(
        "Eingang wird einsortiert",
        lambda fortschritt, stop: ablauf.scan_eingang(tool.projekt, jahr, pfade, fortschritt=fortschritt, stop=stop),
    )
    tool.geaendert()
    await tool.push_screen_wait(EingangSeite(jahr, eingaenge))
    return True


def has_dateien(ordner: Path) -> bool:
    """Whether a folder exists and holds anything; it is made when missing, so that she finds it."""
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.orte import PLATZ_ORDNER, lang

    wo = lang(ordner, PLATZ_ORDNER)
    make_folder(wo)
    return any(not pfad.name.startswith((".", "~$")) for pfad in wo.rglob("*"))


async def zeige_mail(tool: SozialtoolApp, lage: Abfragelage) -> bool:
    """Show the mail that goes out now: with the form, or the reminder."""
    from sozialtool.tui.bildschirme.mail import MailSeite

    projekt, abfrage, name = tool.projekt, lage.zeile.abfrage, lage.zeile.fachbereich.name
    if abfrage.stand is Abfragestand.ANGENOMMEN:
        await tool.push_screen_wait(meldung("Keine Mail nötig", f"Der Rücklauf von {name} ist angenommen."))
        return False
    erinnern = abfrage.stand is not Abfragestand.ANGELEGT
    welche = ablauf.erinnerung if erinnern else ablauf.anschreiben
    mail = await tool.rufe(lambda: welche(projekt, abfrage.fachbereich, abfrage.jahr))
    folge = "als erinnert festhalten" if erinnern else "als versandt festhalten"
    festhalten = await tool.push_screen_wait(MailSeite(mail, abfrage.jahr, folge))
    if festhalten and erinnern:
        await tool.rufe(lambda: ablauf.mark_erinnert(projekt, abfrage.fachbereich, abfrage.jahr))
    elif festhalten:
        await tool.rufe(lambda: ablauf.mark_versandt(projekt, abfrage.jahr, [abfrage.fachbereich]))
    return bool(festhalten)


async def bearbeite(tool: SozialtoolApp, lage: Abfragelage) -> bool:
    """Let deadline and Merkmale be changed and save them."""
    from sozialtool.tui.bildschirme.abfrageinhalt import AbfrageinhaltSeite

    abfrage = lage.zeile.abfrage
    merkmale = await tool.rufe(lambda: ablauf.list_abfragemerkmale(tool.projekt, abfrage))
    neu = await tool.push_screen_wait(AbfrageinhaltSeite(lage.zeile, merkmale))
    if neu is None:
        return False
    geaendert = await tool.rufe(lambda: ablauf.edit_abfrage(tool.projekt, abfrage.fachbereich, abfrage.jahr, **neu))
    if abfrage.versandt_am and geaendert.merkmale != abfrage.merkmale:
        tool.melde(f"Das Formular ist schon verschickt. s schreibt es neu, als Fassung {abfrage.fassung + 1}.")
    return True


async def entferne(tool: SozialtoolApp, lage: Abfragelage) -> bool:
    """Take an Abfrage out of the year, asking first when it is under way."""
    abfrage, name = lage.zeile.abfrage, lage.zeile.fachbereich.name
    if abfrage.stand is not Abfragestand.ANGELEGT:
        antworten = [Antwort("Behalten", wert=False), Antwort("Entfernen", wert=True, folge="Strg+Z holt sie zurück.")]
        text = f"Die Abfrage ist schon {abfrage.stand.value}. Ein Rücklauf ließe sich danach nicht mehr einsortieren."
        if not await tool.push_screen_wait(Frage(f"{name} {abfrage.jahr} entfernen?", text, antworten)):
            return False
    await tool.rufe(lambda: ablauf.remove_abfrage(tool.projekt, abfrage.fachbereich, abfrage.jahr))
    tool.melde(f"{name} {abfrage.jahr} entfernt. Strg+Z holt die Abfrage zurück.")
    return True
