"""What the pages of the Planung share: a list to look through, records to enter and change by hand or in Excel."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.schreibweise import end_satz
from sozialtool.fehler import SozialtoolFehler
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Tabellenseite, Zurueck
from sozialtool.tui.dialoge.formular import Formular, Werte
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung
from sozialtool.tui.dialoge.schreibfenster import Fuellung
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, satz


class EintragAendern(Befehl):
    """Ändert den markierten Eintrag; alle Felder mit Hilfe."""

    titel = "Eintrag ändern"
    taste = "enter"
    kurz = "ändern"


class NeuerEintrag(Befehl):
    """Trägt etwas Neues ein."""

    titel = "Neuer Eintrag"
    taste = "n"
    kurz = "neu"


class EintragStreichen(Befehl):
    """Streicht den markierten Eintrag; Strg+Z holt ihn zurück."""

    titel = "Eintrag streichen"
    taste = "delete"


class HinweiseZeigen(Befehl):
    """Zeigt alles zum markierten Eintrag und die Regeln dieser Liste."""

    titel = "Alles dazu zeigen"
    taste = "h"
    kurz = "alles dazu"


class Tafelseite(MitDetail, Tabellenseite):
    """A page that shows a `Plantafel`. A subclass says how it is made (`hole`)."""

    CSS_PATH = "planung.tcss"

    def __init__(self) -> None:
        super().__init__(self.TITEL)
        self.tafel: Plantafel | None = None

    def inhalt(self) -> ComposeResult:
        """Lay out the table and the lines below."""
        yield Tabelle(Spalte(""), id="tafel")
        yield Schrift("", id="tafeldetail", classes="detail")

    async def hole(self) -> Plantafel:
        """Make the table; only inside a worker."""
        raise NotImplementedError

    async def frisch(self) -> None:
        """Read anew and show."""
        tool, tafel = self.tool, await self.hole()
        self.tafel = await tool.rufe(lambda: ablauf.mark_tafel(tool.projekt, tafel))
        spalten = [Spalte(s.titel, s.breite, "right" if s.rechts else "left") for s in self.tafel.spalten]
        reihen = [
            Reihe(z.schluessel, z.texte, z, "bold" if z.fett else "") for z in self.tafel.zeilen
        ]  # fmt: skip
        gezaehlt = len(reihen) if self.tafel.anzahl is None else self.tafel.anzahl
        anzahl = f" · {gezaehlt}" if gezaehlt else ""
        self.query_one(".seitentitel", Schrift).schreibe(f"{self.tafel.titel}{anzahl}")
        self.query_one(Tabelle).setze(reihen, spalten)
        self.set_class(
            not reihen, "-leer"
        )  # what there is to say then stands below the head, not at the foot of an empty page
        self._zeige_detail()

    @property
    def markiert(self) -> Any:
        """The record under the mark, or None."""
        reihe = self.query_one(Tabelle).gewaehlt
        return reihe.wert.eintrag if reihe is not None else None

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        if self.tafel is None:
            return
        saetze = reihe.wert.detail if reihe is not None else (self.tafel.leer,)
        hinweis = [klar(self.tafel.hinweise[0], "$leise")] if self.tafel.hinweise else []
        texte = [
            satz((t, "bold")) if nr == 0 and reihe is not None else klar(t) for nr, t in enumerate(filter(None, saetze))
        ]
        self.query_one("#tafeldetail", Schrift).schreibe(UMBRUCH.join([*texte, *hinweis]))

    @arbeit
    async def action_hinweise_zeigen(self) -> None:
        """Show everything about the marked row, and what has to be known about the list."""
        reihe = self.query_one(Tabelle).gewaehlt
        if self.tafel is not None:
            detail = list(reihe.wert.detail) if reihe is not None else []
            text = "\n\n".join([*detail, *(f"– {hinweis}" for hinweis in self.tafel.hinweise)])
            await self.tool.push_screen_wait(meldung(self.tafel.titel, text or self.tafel.leer))


class Listenseite(Tafelseite):
    """A list whose records are entered here or in Excel. A subclass names class, list and what is new."""

    KLASSE: ClassVar[type]
    LISTE: ClassVar[str] = ""
    TAFEL: ClassVar[str] = ""
    """Name for `ablauf.build_plantafel`; "": that of the list."""
    RECHNET: ClassVar[str] = "Die Liste wird gelesen"
    """What the progress window says while the figures are computed."""
    OHNE: ClassVar[tuple[str, ...]] = ()
    """Fields that the form leaves out: they are set in another way."""
    GRUND: ClassVar[Befehle] = (
        EintragAendern, NeuerEintrag, EintragStreichen, HinweiseZeigen, listen.ListeNachExcel, listen.ListeAusExcel,
        Zuruecknehmen, Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(GRUND[1:-2])

    async def hole(self) -> Plantafel:
        """Build the list by its name; where figures are needed this may take a while."""
        tool, name = self.tool, self.TAFEL or self.LISTE
        return await tool.rufe_lang(
            self.RECHNET, lambda melde, stop: ablauf.build_plantafel(tool.projekt, name, 0, melde, stop)
        )

    def fest(self) -> Werte:
        """What a new record has that nobody is asked for."""
        return {}

    def vorgabe(self) -> Werte:
        """What stands in the form of a new record."""
        return {}

    def fuellung(self, alt: Any, klasse: type) -> Fuellung | None:
        """What longer texts of a record may name in braces; None: nothing."""
        del alt, klasse
        return None

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Do with the record under the mark what Enter means on this page."""
        ereignis.stop()
        self.oeffne()

    def oeffne(self) -> None:
        """Change the record under the mark."""
        self.action_eintrag_aendern()

    @arbeit
    async def action_eintrag_aendern(self) -> None:
        """Ask for the fields of the marked record and store them."""
        alt = self.markiert
        if alt is not None:
            felder = [f for f in felder_of(type(alt)) if f.name not in self.OHNE and not f.schluessel]
            await self.frage(alt, felder, {f.name: getattr(alt, f.name) for f in felder}, type(alt))

    @arbeit
    async def action_neuer_eintrag(self) -> None:
        """Ask for a new record and store it."""
        felder = [f for f in felder_of(self.KLASSE) if f.name not in self.OHNE]
        await self.frage(None, felder, {f.name: f.leer for f in felder} | self.vorgabe(), self.KLASSE)

    async def frage(self, alt: Any, felder: list[Feld], werte: Werte, klasse: type) -> None:
        """Ask and store; what was typed stays while it does not fit. Only inside a worker."""
        titel, anfang = f"{self.TITEL} · {'Neuer Eintrag' if alt is None else 'Ändern'}", werte
        while True:
            antwort = await self.tool.push_screen_wait(
                Formular(titel, felder, werte, anfang=anfang, fuellung=self.fuellung(alt, klasse))
            )
            if antwort is None:
                return
            werte = antwort
            alles = antwort if alt is not None else {**self.fest(), **antwort}
            tun: Callable[[], Any] = functools.partial(ablauf.save_eintrag, self.tool.projekt, klasse, alles, alt)
            try:
                await self.aendere(tun)
            except SozialtoolFehler as fehler:
                await self.tool.zeige_fehler(fehler)
                continue
            await self._frage_nach(klasse, alles, alt)
            return

    async def _frage_nach(self, klasse: type, werte: Werte, alt: Any) -> None:
        """Say what in a record that was just stored deserves a look. Only inside a worker."""
        saetze = await self.tool.rufe(lambda: ablauf.check_eingabe(self.tool.projekt, klasse, werte, alt))
        if saetze:
            text = "\n\n".join((*saetze, "Gespeichert ist es so. Enter ändert den Eintrag, Strg+Z nimmt ihn zurück."))
            await self.tool.push_screen_wait(meldung("Stimmt das so?", text))

    @arbeit
    async def action_eintrag_streichen(self) -> None:
        """Strike the marked record out; the message says how it comes back."""
        eintrag = self.markiert
        if eintrag is not None and await self._darf_weg(eintrag):
            aenderung = await self.aendere(lambda: ablauf.remove_eintrag(self.tool.projekt, eintrag))
            self.tool.melde(f"{end_satz(aenderung.text)} Strg+Z nimmt es zurück.")

    async def _darf_weg(self, eintrag: Any) -> bool:
        """Ask first where something else names the record. Only inside a worker."""
        verweise = await self.tool.rufe(lambda: ablauf.list_verweise(self.tool.projekt, [eintrag]))
        if not verweise:
            return True
        antworten = [
            Antwort("Nicht streichen", wert=False, folge="Alles bleibt, wie es ist."),
            Antwort("Trotzdem streichen", wert=True, folge="Strg+Z holt es zurück."),
        ]
        frage: Frage[bool] = Frage("Wird noch gebraucht", "\n".join(verweise), antworten)
        trotzdem = await self.tool.push_screen_wait(frage)
        return bool(trotzdem)

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write the list as Excel."""
        await listen.nach_excel(self.tool, self.LISTE, self.TITEL)

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read the edited list."""
        await listen.aus_excel(self.tool, self.LISTE, self.TITEL)
        await self.frisch()
