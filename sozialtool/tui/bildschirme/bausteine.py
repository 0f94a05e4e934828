"""The six Bausteine with what belongs to them: how far, who does what next, what proves it; the table for the council."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import Bausteinbild
from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.ablauf.werte import BausteinZeile
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.nachweis import Nachweis
from sozialtool.fach.prozess import Inhalt
from sozialtool.orte import zeige
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehle, bindings
from sozialtool.tui.bildschirme.bausteinbefehle import (
    AenderungenZeigen,
    NachweiseSetzen,
    SchrittSetzen,
    TafelAusgeben,
    TafelEinlesen,
    VerlaufZeigen,
)
from sozialtool.tui.bildschirme.bausteinseiten import AenderungenSeite, VerlaufSeite
from sozialtool.tui.bildschirme.seite import Tabellenseite, Zurueck
from sozialtool.tui.bildschirme.ueberblick import FortschrittSetzen, NeuerStand, StandBearbeiten
from sozialtool.tui.deutsch import datum
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile import weg
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.eintragsform import frage_und_speichere
from sozialtool.tui.teile.listen import ListeAusExcel, ListeNachExcel, aus_excel, frage_unterschiede, nach_excel
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, satz, zelle

TABELLEN = (".docx", ".xlsx", ".ods", ".csv")
_SEIT = "Ein Tag wie 15.08.2024, die Nummer einer Drucksache oder der Schlüssel einer Veröffentlichung."


class BausteineSeite(MitDetail, Tabellenseite):
    """The Bausteine."""

    CSS_PATH = "bausteine.tcss"
    TITEL = "Bausteine"
    HILFE = (
        "Die sechs Bausteine mit ihren Inhalten: wie weit sie sind, wer sie voranbringt, was als Nächstes kommt und was es belegt. "
        "Jeder Satz behält sein Datum; so lässt sich die Tabelle für den Rat von jedem Tag schreiben und sagen, was sich seit "
        "einer Drucksache geändert hat."
    )
    BEFEHLE: ClassVar[Befehle] = (
        NeuerStand, SchrittSetzen, AenderungenZeigen, TafelAusgeben, VerlaufZeigen, NachweiseSetzen, StandBearbeiten,
        FortschrittSetzen, TafelEinlesen, ListeNachExcel, ListeAusExcel, Zuruecknehmen, Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[:-2])

    def __init__(self) -> None:
        super().__init__("Bausteine")
        self._bilder: tuple[Bausteinbild, ...] = ()

    def inhalt(self) -> ComposeResult:
        """Lay out the Bausteine and what is said of the marked one."""
        yield Tabelle(Spalte("Bausteine und Inhalte"), Spalte("Stand", 14), Spalte("Schritt bis", 13), id="bausteine")
        yield Schrift("", id="bausteinsatz", classes="detail")

    async def frisch(self) -> None:
        """Read the Bausteine of today."""
        self._bilder = await self.tool.rufe(lambda: ablauf.describe_bausteine(self.tool.projekt))
        self.query_one(Tabelle).setze([reihe for bild in self._bilder for reihe in _reihen(bild)])
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Set the progress of what is marked."""
        ereignis.stop()
        self.action_fortschritt_setzen()

    def _stelle(self) -> weg.Stelle | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        stelle = self._stelle()
        if stelle is not None:
            bild = next(b for b in self._bilder if b.baustein.nummer == stelle.zeile.baustein.nummer)
            self.query_one("#bausteinsatz", Schrift).schreibe(_detail(stelle, bild))

    @arbeit
    async def action_neuer_stand(self) -> None:
        """Ask for a dated sentence and write it down."""
        stelle = self._stelle()
        if stelle is not None:
            await weg.frage_stand(self.tool, stelle.zeile.baustein, None, mit_nachweisen=True)
            await self.frisch()

    @arbeit
    async def action_stand_bearbeiten(self) -> None:
        """Change the newest sentence."""
        stelle = self._stelle()
        if stelle is not None:
            await weg.frage_stand(
                self.tool, stelle.zeile.baustein, next(iter(stelle.zeile.staende), None), mit_nachweisen=True
            )
            await self.frisch()

    @arbeit
    async def action_fortschritt_setzen(self) -> None:
        """Ask how far it is and set it."""
        stelle = self._stelle()
        if stelle is not None:
            await weg.frage_fortschritt(self.tool, stelle)
            await self.frisch()

    @arbeit
    async def action_schritt_setzen(self) -> None:
        """Ask who does what next and until when."""
        stelle, projekt = self._stelle(), self.tool.projekt
        if stelle is None:
            return
        eintrag = stelle.inhalt or stelle.zeile.baustein
        felder = [f for f in felder_of(type(eintrag)) if f.name in ("zustaendig", "naechster_schritt", "schritt_bis")]
        await frage_und_speichere(
            self.tool, f"Nächster Schritt · {stelle.name}", felder, {f.name: getattr(eintrag, f.name) for f in felder},
            lambda w: ablauf.set_schritt(
                projekt, stelle.schluessel, w["zustaendig"], w["naechster_schritt"], w["schritt_bis"]
            ),
        )  # fmt: skip
        await self.frisch()

    @arbeit
    async def action_nachweise_setzen(self) -> None:
        """Ask what proves how far an Inhalt is."""
        stelle, projekt = self._stelle(), self.tool.projekt
        if stelle is None or stelle.inhalt is None:
            self.tool.melde("Nachweise stehen bei Inhalten und Sätzen: bitte einen Inhalt markieren.")
            return
        inhalt = stelle.inhalt
        felder = [f for f in felder_of(Inhalt) if f.name == "nachweise"]
        await frage_und_speichere(
            self.tool, f"Nachweise · {inhalt.text}", felder, {"nachweise": inhalt.nachweise},
            lambda w: ablauf.set_nachweise(projekt, inhalt.schluessel, w["nachweise"]),
            text="Möglich sind zum Beispiel: Gebietsstand 2025; Indikator A07; Veröffentlichung 2025-1. Mehrere durch Semikolon.",
        )  # fmt: skip
        await self.frisch()

    @arbeit
    async def action_verlauf_zeigen(self) -> None:
        """Show all sentences."""
        stelle = self._stelle()
        await self.tool.push_screen_wait(VerlaufSeite(stelle.zeile.baustein if stelle else None))
        await self.frisch()

    @arbeit
    async def action_aenderungen_zeigen(self) -> None:
        """Ask since when, and show what has changed."""
        projekt = self.tool.projekt
        werte = await self.tool.push_screen_wait(
            Formular("Änderungen seit", [Feld("seit", "Seit", str, hilfe=_SEIT, pflicht=True)])
        )
        if werte is None:
            return
        tag, wovon = await self.tool.rufe(lambda: ablauf.find_tag(projekt, werte["seit"]))
        aenderungen = await self.tool.rufe(lambda: ablauf.compare_bausteine(projekt, tag))
        await self.tool.push_screen_wait(AenderungenSeite(aenderungen, wovon))

    @arbeit
    async def action_tafel_ausgeben(self) -> None:
        """Ask for the day and write both files."""
        projekt = self.tool.projekt
        felder = [
            Feld("am", "Stand", dt.date, hilfe="Von welchem Tag die Tabelle ist.", pflicht=True),
            Feld("seit", "Änderungen seit", str, hilfe=f"{_SEIT} Leer: ohne."),
            Feld(
                "drucksache",
                "Drucksache",
                str,
                hilfe="Nummer der Drucksache, mit der sie hinausgeht; darf leer bleiben.",
            ),
        ]
        werte = await self.tool.push_screen_wait(Formular("Bausteine für den Rat", felder, {"am": dt.date.today()}))
        if werte is not None:
            pfade = await self.tool.rufe(
                lambda: ablauf.write_bausteine(projekt, werte["am"], werte["seit"], werte["drucksache"])
            )
            self.tool.geaendert()
            zeilen = "\n".join(str(zeige(pfad)) for pfad in pfade)
            await self.tool.push_screen_wait(meldung("Die Tabelle ist geschrieben", zeilen))

    @arbeit
    async def action_tafel_einlesen(self) -> None:
        """Ask for a table and its day, show the differences, take them over when wanted."""
        projekt = self.tool.projekt
        pfad = await self.tool.push_screen_wait(Dateiwahl("Tabelle einer Drucksache", projekt.pfad.parent, TABELLEN))
        if pfad is None:
            return
        feld = Feld("am", "Stand der Tabelle", dt.date, hilfe="Tag der Drucksache, wie 15.08.2024.", pflicht=True)
        werte = await self.tool.push_screen_wait(Formular(pfad.name, [feld]))
        if werte is not None:
            unterschiede = await self.tool.rufe(lambda: ablauf.import_bausteintabelle(projekt, pfad, werte["am"]))
            await frage_unterschiede(self.tool, f"Bausteine aus {pfad.name}", unterschiede)
            await self.frisch()

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write the lists as Excel."""
        await nach_excel(self.tool, "bausteine", "Bausteine")

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read the edited lists back."""
        await aus_excel(self.tool, "bausteine", "Bausteine")
        await self.frisch()


def _reihen(bild: Bausteinbild) -> list[Reihe]:
    zeile = BausteinZeile(bild.baustein, bild.inhalte, bild.staende)
    reihen = []
    for reihe in weg.reihen(zeile):
        eintrag = reihe.wert.inhalt or reihe.wert.zeile.baustein
        bis = _faellig(eintrag.schritt_bis, offen=bool(eintrag.naechster_schritt))
        reihen.append(Reihe(reihe.schluessel, (*reihe.texte, bis), reihe.wert, reihe.stil))
    return reihen


def _faellig(bis: dt.date | None, *, offen: bool) -> Text:
    if not offen:
        return zelle("")
    if bis is None:
        return zelle("offen")
    return zelle(f"! {datum(bis)}" if bis < dt.date.today() else f"  {datum(bis)}")


def _detail(stelle: weg.Stelle, bild: Bausteinbild) -> Content:
    zeilen = [klar(stelle.name, "bold"), *weg.schrittzeilen(stelle)]
    if stelle.inhalt is not None:
        zeilen += [_nachweis(b) for b in bild.nachweise_of(stelle.inhalt)]
        return UMBRUCH.join(zeilen)
    if not bild.staende:
        zeilen.append(satz((f"Zu Baustein {bild.baustein.nummer} steht noch kein Satz. Mit n eintragen.", "$leise")))
    for s in bild.staende:
        zeilen.append(satz((f"{datum(s.datum)} ", "$leise"), s.text))
        zeilen += [_nachweis(b) for b in bild.nachweise_of(s)]
    return UMBRUCH.join(zeilen)


def _nachweis(nachweis: Nachweis) -> Content:
    return satz(("  Nachweis: ", "$leise"), describe_nachweis(nachweis))
