"""The Straßenverzeichnis: its findings, its sections, decided spellings; and lists of people counted by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.vergleichszeilen import hausnummern
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.strasse import Strassenabschnitt
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.raumseite import Raumtabelle
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile import registerweg
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import HOECHSTENS, MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zahl

_LEER = (
    "Noch kein Straßenverzeichnis. Mit e wird eine Datei gelesen: je Zeile Straße (oder Straßenschlüssel), Hausnummer von, bis, "
    "Seite (alle, gerade, ungerade) und das kleinste Gebiet. Die Vorlage liegt bei den Vorlagen (Straßenverzeichnis.xlsx)."
)


class DateiEinlesen(Befehl):
    """Liest ein Straßenverzeichnis, prüft es auf Lücken und Überschneidungen und setzt es an die Stelle des bisherigen."""

    titel = "Straßenverzeichnis einlesen"
    taste = "e"
    kurz = "Datei einlesen"


class Personenliste(Befehl):
    """Zählt eine Liste von Personen (Melderegister, Leistungsfälle) nach kleinsten Gebieten aus. Keine Person wird gespeichert."""

    titel = "Personenliste auszählen"
    taste = "p"
    kurz = "Personenliste"


class Umschalten(Befehl):
    """Wechselt zwischen Befunden, Abschnitten und entschiedenen Schreibweisen."""

    titel = "Befunde, Abschnitte, Schreibweisen"
    taste = "b"
    kurz = "andere Ansicht"


class StrasseSuchen(Befehl):
    """Zeigt die Abschnitte einer Straße."""

    titel = "Straße suchen"
    taste = "f"
    kurz = "suchen"


class StrassenSeite(MitDetail, Raumtabelle):
    """The Straßenverzeichnis."""

    TITEL = "Straßenverzeichnis"
    HILFE = (
        "Jede Adresse der Stadt soll in genau einem kleinsten Gebiet liegen. Lücken und Überschneidungen stehen unter den "
        "Befunden; b wechselt zu den Abschnitten und zu den Schreibweisen, die einmal entschieden wurden. "
        "Mit p wird eine Liste von Personen danach ausgezählt: Namen, Geburtsdaten und Adressen werden nicht gespeichert."
    )
    BEFEHLE: ClassVar[Befehle] = (DateiEinlesen, Personenliste, Umschalten, StrasseSuchen, Zuruecknehmen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[:-2])

    def __init__(self) -> None:
        super().__init__(self.TITEL)
        self._sicht = 0
        self._strasse = ""
        self._abschnitte: tuple[Strassenabschnitt, ...] = ()
        self._befunde: tuple[Befund, ...] = ()
        self._schreibweisen: tuple[tuple[str, str], ...] = ()
        self._gebiete: dict[str, str] = {}

    def inhalt(self) -> ComposeResult:
        """Lay out what there is, the table and the detail."""
        yield Schrift("", id="strassenkopf", classes="vorspann")
        yield Tabelle(Spalte(""), id="strassen")
        yield Schrift("", id="strassendetail", classes="detail")

    async def frisch(self) -> None:
        """Read the sections, check them, read the decided spellings."""
        projekt = self.tool.projekt
        self._abschnitte, self._befunde, self._schreibweisen = await self.tool.rufe(
            lambda: (ablauf.strassen(projekt), ablauf.check_strassen(projekt), ablauf.schreibweisen(projekt))
        )
        raeume = await self.tool.rufe(lambda: ablauf.raeume(projekt))
        self._gebiete = {zeile.gebiet.schluessel: zeile.gebiet.name for zeile in raeume}
        if not self._befunde and self._sicht == 0:
            self._sicht = 1
        self._zeige()

    def _zeige(self) -> None:
        namen = {a.strasse: a.name for a in self._abschnitte}
        kopf = (
            f"{anzahl(len(namen), 'Straße', 'Straßen')}, {anzahl(len(self._abschnitte), 'Abschnitt', 'Abschnitte')} · "
            f"{anzahl(len(self._befunde), 'Befund', 'Befunde')} · {anzahl(len(self._schreibweisen), 'Schreibweise', 'Schreibweisen')} entschieden"
        )
        titel = (
            "Befunde",
            f"Abschnitte{f' von {namen[self._strasse]}' if self._strasse in namen else ''}",
            "Schreibweisen",
        )
        self.query_one("#strassenkopf", Schrift).schreibe(
            satz((titel[self._sicht], "bold"), f" · {kopf}") if self._abschnitte else _LEER
        )
        (self._zeige_befunde, self._zeige_abschnitte, self._zeige_schreibweisen)[self._sicht]()
        self._zeige_detail()

    def _zeige_befunde(self) -> None:
        wort = {Schwere.FEHLER: "! Fehler", Schwere.FRAGE: "? Frage", Schwere.HINWEIS: "  Hinweis"}
        reihen = [Reihe(str(nr), (wort[b.schwere], b.meldung), b) for nr, b in enumerate(self._befunde)]
        self.query_one(Tabelle).setze(reihen, (Spalte("", 11), Spalte("Befund")))

    def _zeige_abschnitte(self) -> None:
        gezeigt = [a for a in self._abschnitte if not self._strasse or a.strasse == self._strasse][:HOECHSTENS]
        reihen = [
            Reihe(f"{a.strasse}|{a.nummer}", (a.name, a.strasse, hausnummern(a), self._gebietsname(a.gebiet)), a)
            for a in gezeigt
        ]
        spalten = (Spalte("Straße"), Spalte("Schlüssel", 12), Spalte("Hausnummern", 18), Spalte("Gebiet", 24))
        self.query_one(Tabelle).setze(reihen, spalten)

    def _gebietsname(self, gebiet: str) -> str:
        return f"{gebiet} {self._gebiete[gebiet]}" if gebiet in self._gebiete else gebiet

    def _zeige_schreibweisen(self) -> None:
        namen = {a.strasse: a.name for a in self._abschnitte}
        reihen = [
            Reihe(text, (text, namen.get(ziel, ziel) if ziel else "keine Straße der Stadt"), (text, ziel))
            for text, ziel in self._schreibweisen
        ]
        self.query_one(Tabelle).setze(reihen, (Spalte("Schreibweise"), Spalte("ist")))

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Choose anew what a spelling means."""
        ereignis.stop()
        if self._sicht == 2:
            self.aendere_schreibweise()

    def _zeige_detail(self) -> None:
        wert = self.query_one(Tabelle).markiert
        text: object = ""
        if isinstance(wert, Befund):
            text = satz((wert.meldung, "bold"), UMBRUCH, wert.vorschlag, (f"  {wert.code}", "$leise"))
        elif isinstance(wert, Strassenabschnitt):
            text = satz((wert.name, "bold"), f" {hausnummern(wert)} → {self._gebietsname(wert.gebiet)}")
            if len(self._abschnitte) > HOECHSTENS and not self._strasse:
                text = satz(
                    text, UMBRUCH, f"Gezeigt werden die ersten {zahl(HOECHSTENS)} Abschnitte; f sucht eine Straße."
                )
        elif wert is not None:
            text = "Enter wählt für diese Schreibweise eine andere Straße."
        self.query_one("#strassendetail", Schrift).schreibe(text)

    def action_umschalten(self) -> None:
        """Show the next of the three tables."""
        self._sicht, self._strasse = (self._sicht + 1) % 3, ""
        self._zeige()

    @arbeit
    async def action_strasse_suchen(self) -> None:
        """Ask for a street and show its sections."""
        namen = {a.strasse: a.name for a in self._abschnitte}
        strasse = await self.tool.push_screen_wait(Suche("Welche Straße?", namen)) if namen else None
        if strasse is not None:
            self._sicht, self._strasse = 1, strasse
            self._zeige()

    @arbeit
    async def aendere_schreibweise(self) -> None:
        """Choose anew what the marked spelling means."""
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is None:
            return
        text, _ = reihe.wert
        namen = {a.strasse: a.name for a in self._abschnitte}
        ziel = await self.tool.push_screen_wait(Suche(f"„{text}“ ist", namen))
        if ziel is not None:
            await self.aendere(lambda: ablauf.decide_schreibweise(self.tool.projekt, text, ziel))

    @arbeit
    async def action_datei_einlesen(self) -> None:
        """Read a file, show what it would bring, take it over when wanted."""
        projekt = self.tool.projekt
        pfad = await self.tool.push_screen_wait(
            Dateiwahl("Straßenverzeichnis einlesen", projekt.pfad.parent, registerweg.TABELLEN)
        )
        if pfad is None:
            return
        lesung = await self.tool.rufe_lang(
            f"{pfad.name} wird gelesen",
            lambda fortschritt, stop: ablauf.read_strassen(projekt, pfad, fortschritt=fortschritt, stop=stop),
        )
        antworten = [Antwort("Nichts ändern", wert=False, folge="Das bisherige Verzeichnis bleibt.")]
        if lesung.bereit:
            folge = f"{len(self._abschnitte)} bisherige Abschnitte werden ersetzt; Strg+Z nimmt es zurück."
            antworten.insert(0, Antwort("Übernehmen", wert=True, folge=folge))
        text = describe_lesung(lesung.abschnitte, lesung.befunde, lesung.spalten)
        if await self.tool.push_screen_wait(Frage(f"Straßenverzeichnis aus {pfad.name}", text, antworten)):
            self._sicht = 0
            await self.aendere(lambda: ablauf.accept_strassen(projekt, lesung))

    @arbeit
    async def action_personenliste(self) -> None:
        """Count a list of people."""
        if await registerweg.zaehle_aus(self.tool):
            await self.frisch()


def describe_lesung(abschnitte: Sequence[Strassenabschnitt], befunde: Sequence[Befund], spalten: dict[str, str]) -> str:
    """Say what a file would bring: streets, sections, columns, the heaviest findings."""
    zeilen = [f"{len({a.strasse for a in abschnitte})} Straßen mit {len(abschnitte)} Abschnitten."]
    if spalten:
        zeilen.append("Gelesen aus den Spalten " + ", ".join(f"„{titel}“" for titel in spalten.values()) + ".")
    zaehlung = [
        f"{sum(b.schwere is s for b in befunde)} {s.value}" for s in Schwere if any(b.schwere is s for b in befunde)
    ]
    zeilen += ["", "Befunde: " + ", ".join(zaehlung)] if befunde else ["", "Keine Lücken, keine Überschneidungen."]
    zeilen += [f"{b.schwere.value} {b.zelle}: {b.meldung}" for b in befunde[:200]]
    return "\n".join(zeilen)
