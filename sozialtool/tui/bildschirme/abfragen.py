"""Abfragen of a year: who is asked, where each one stands, and the step that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.abfragelage import Abfragelage
from sozialtool.fach.felder import Feld
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme import abfrageschritte as schritte
from sozialtool.tui.bildschirme.seite import Projektseite, Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.teile import abfragebild
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Spalte, Tabelle
from sozialtool.tui.text import Schrift


class NaechsterSchritt(Befehl):
    """Zeigt, was mit der markierten Abfrage jetzt zu tun ist; der Vorschlag steht oben."""

    titel = "Nächster Schritt"
    taste = "enter"
    kurz = "Schritt"


class AbfragenAnlegen(Befehl):
    """Legt für ein Jahr die Abfragen an: je Fachbereich, was die vereinbarten Indikatoren von ihm brauchen."""

    titel = "Abfragen anlegen"
    taste = "n"
    kurz = "anlegen"


class FormulareSchreiben(Befehl):
    """Schreibt die Excel-Formulare in den Ordner „abfragen“, je Fachbereich eines."""

    titel = "Formulare schreiben"
    taste = "s"
    kurz = "schreiben"


class Versandt(Befehl):
    """Hält fest, dass die Formulare verschickt sind. Von da an läuft die Frist."""

    titel = "Als versandt festhalten"
    taste = "v"
    kurz = "versandt"


class EingangEinsortieren(Befehl):
    """Liest alles im Ordner „eingang“ des Jahres: Was vollständig ist, wird angenommen; zu Fragen entsteht eine Rückfrage."""

    titel = "Eingang einsortieren"
    taste = "e"
    kurz = "Eingang"


class MailZeigen(Befehl):
    """Zeigt die Mail zum Formular, und ist die Frist vorbei, die Erinnerung: zum Kopieren."""

    titel = "Mailtext zeigen"
    taste = "m"
    kurz = "Mail"


class FachbereicheZeigen(Befehl):
    """Zeigt die Liste der Fachbereiche: ergänzen, ändern, nach Excel und zurück."""

    titel = "Fachbereiche bearbeiten"
    taste = "f"
    kurz = "Fachbereiche"


class AbfrageBearbeiten(Befehl):
    """Ändert Frist und Merkmale der markierten Abfrage."""

    titel = "Frist und Merkmale ändern"
    taste = "b"


class AbfrageEntfernen(Befehl):
    """Nimmt die markierte Abfrage aus dem Jahr heraus. Schon gelieferte Zahlen bleiben."""

    titel = "Abfrage entfernen"
    taste = "delete"


class JahrWaehlen(Befehl):
    """Zeigt die Abfragen eines anderen Jahres."""

    titel = "Anderes Jahr"
    taste = "j"


class NaechstesJahr(Befehl):
    """Übernimmt Fachbereiche, Merkmale und Fristen ins nächste Jahr."""

    titel = "Ins nächste Jahr übernehmen"
    taste = "w"


class AbfragenSeite(MitDetail, Projektseite):
    """The Abfragen of a year."""

    CSS_PATH = "abfragen.tcss"
    TITEL = "Abfragen"
    HILFE = (
        "Je Fachbereich eine Abfrage im Jahr: anlegen (n), Formulare schreiben (s), verschicken und festhalten (v). Was "
        "zurückkommt, legen Sie in den Ordner „eingang“ des Jahres; e sortiert alles auf einmal ein. Enter zeigt zu jeder "
        "Zeile, was als Nächstes zu tun ist. Alles lässt sich mit Strg+Z zurücknehmen."
    )
    BEFEHLE: ClassVar[Befehle] = (
        NaechsterSchritt, AbfragenAnlegen, FormulareSchreiben, Versandt, EingangEinsortieren, MailZeigen, FachbereicheZeigen,
        AbfrageBearbeiten, AbfrageEntfernen, JahrWaehlen, NaechstesJahr, Zuruecknehmen, Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        tuple(b for b in BEFEHLE if b not in (NaechsterSchritt, Zuruecknehmen, Zurueck))
    )

    def __init__(self, jahr: int, lagen: Sequence[Abfragelage]) -> None:
        super().__init__("")
        self._jahr = jahr
        self._lagen = tuple(lagen)

    def inhalt(self) -> ComposeResult:
        """Lay out the summary, the empty state, the table and the detail."""
        yield Schrift("", id="abfragezahl", classes="vorspann")
        yield Schrift("", id="abfrageleer", classes="leer")
        yield Tabelle(
            Spalte("Fachbereich"),
            Spalte("Stand", 16),
            Spalte("Frist", 11),
            Spalte("liegt vor", 20),
            id="abfragen",
        )
        yield Schrift("", id="abfragedetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Offer the next step."""
        ereignis.stop()
        self.action_naechster_schritt()

    def _zeige(self) -> None:
        self.query_one(".seitentitel", Schrift).schreibe(f"Abfragen {self._jahr}")
        self.query_one("#abfragezahl", Schrift).schreibe(abfragebild.summary(self._lagen))
        leer = self.query_one("#abfrageleer", Schrift)
        leer.display = not self._lagen
        leer.schreibe(
            f"Für {self._jahr} ist noch nichts abgefragt.\n\n"
            "n legt je Fachbereich eine Abfrage an: mit den Merkmalen, die die vereinbarten Indikatoren brauchen.\n"
            "f zeigt vorher die Fachbereiche. j wechselt das Jahr."
        )
        self.query_one(Tabelle).setze([abfragebild.reihe(lage) for lage in self._lagen])
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        lage = self._markiert()
        self.query_one("#abfragedetail", Schrift).schreibe(abfragebild.describe_lage(lage) if lage else "")

    def _markiert(self) -> Abfragelage | None:
        return self.query_one(Tabelle).markiert

    async def frisch(self) -> None:
        """Read anew and show."""
        self._lagen = await self.tool.rufe(lambda: ablauf.list_abfragelagen(self.tool.projekt, self._jahr))
        self._zeige()

    async def _lies(self) -> None:
        """Read anew after a step that may have changed something, and let the screens behind do so."""
        self.tool.geaendert()
        await self.frisch()

    @arbeit
    async def action_naechster_schritt(self) -> None:
        """Offer what can be done with the marked Abfrage and do it."""
        lage = self._markiert()
        if lage is None:
            return
        schritt = await self.tool.push_screen_wait(schritte.frage_schritt(lage))
        if schritt is not None:
            self.call_later(self.run_action, schritt)

    @arbeit
    async def action_abfragen_anlegen(self) -> None:
        """Begin the Abfragen of a year."""
        jahr = await schritte.lege_an(self.tool, self._jahr)
        if jahr is not None:
            self._jahr = jahr
            await self._lies()

    @arbeit
    async def action_formulare_schreiben(self) -> None:
        """Write the forms of all, or of the marked one."""
        if await schritte.schreibe(self.tool, self._jahr, self._lagen, self._markiert()):
            await self._lies()

    @arbeit
    async def action_versandt(self) -> None:
        """Note that the forms went out."""
        if await schritte.halte_versand_fest(self.tool, self._jahr, self._lagen, self._markiert()):
            await self._lies()

    @arbeit
    async def action_eingang_einsortieren(self) -> None:
        """Sort what came back and show what became of it."""
        if await schritte.sortiere_ein(self.tool, self._jahr):
            await self._lies()

    @arbeit
    async def action_mail_zeigen(self) -> None:
        """Show the mail or the reminder to copy."""
        lage = self._markiert()
        if lage is not None and await schritte.zeige_mail(self.tool, lage):
            await self._lies()

    @arbeit
    async def action_fachbereiche_zeigen(self) -> None:
        """Show the Fachbereiche."""
        from sozialtool.tui.bildschirme.fachbereiche import FachbereicheSeite

        zeilen = await self.tool.rufe(lambda: ablauf.list_fachbereiche(self.tool.projekt))
        await self.tool.push_screen_wait(FachbereicheSeite(zeilen))
        await self._lies()

    @arbeit
    async def action_abfrage_bearbeiten(self) -> None:
        """Change deadline and Merkmale."""
        lage = self._markiert()
        if lage is not None and await schritte.bearbeite(self.tool, lage):
            await self._lies()

    @arbeit
    async def action_abfrage_entfernen(self) -> None:
        """Take the marked Abfrage out of the year."""
        lage = self._markiert()
        if lage is not None and await schritte.entferne(self.tool, lage):
            await self._lies()

    @arbeit
    async def action_jahr_waehlen(self) -> None:
        """Show another year."""
        feld = Feld("jahr", "Jahr der Zahlen", int, hilfe="Das Jahr, über das die Zahlen sprechen.", pflicht=True)
        werte = await self.tool.push_screen_wait(Formular("Anderes Jahr", [feld], {"jahr": self._jahr}))
        if werte is not None:
            self._jahr = werte["jahr"]
            await self._lies()

    @arbeit
    async def action_naechstes_jahr(self) -> None:
        """Carry the Abfragen over and show the new year."""
        jahr = self._jahr
        neue = await self.tool.rufe(lambda: ablauf.carry_over(self.tool.projekt, jahr))
        self._jahr = jahr + 1
        await self._lies()
        uebernommen = f"{anzahl(len(neue), 'Abfrage', 'Abfragen')} von {jahr} nach {jahr + 1} übernommen"
        self.tool.melde(f"{uebernommen}, Fristen ein Jahr später." if neue else f"{jahr + 1} war schon angelegt.")
