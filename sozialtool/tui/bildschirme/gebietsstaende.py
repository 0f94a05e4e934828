"""Gebietsstände and Varianten: what is in force, what is under discussion, and what can be done with each."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import GebietsstandZeile, Planbild
from sozialtool.ablauf.raumtext import stand_wort
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.raumseite import Raumtabelle
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.teile import raumdialoge
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.listen import EXCEL, frage_ziel
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import Schrift, zahl

_LEER = (
    "Noch ist nichts vereinbart. v vereinbart die heutigen Sozialräume.\n"
    "n: eine Variante anlegen; dazu braucht es kleinere Gebiete (Baublöcke)."
)


class Oeffnen(Befehl):
    """Öffnet den markierten Gebietsstand: eine Variante zum Bearbeiten, einen vereinbarten zum Ansehen."""

    titel = "Öffnen"
    taste = "enter"
    kurz = "öffnen"


class NeueVariante(Befehl):
    """Legt eine Variante an, als Kopie des markierten Gebietsstands."""

    titel = "Neue Variante"
    taste = "n"
    kurz = "neu"


class Vergleichen(Befehl):
    """Stellt die angekreuzten Gebietsstände nebeneinander, den geltenden zuerst; ohne Kreuze alle Varianten."""

    titel = "Vergleichen"
    taste = "g"
    kurz = "vergleichen"


class Ankreuzen(Befehl):
    """Kreuzt den markierten Gebietsstand für den Vergleich an oder nimmt das Kreuz weg."""

    titel = "Ankreuzen"
    taste = "space"
    kurz = "ankreuzen"


class Vereinbaren(Befehl):
    """Hält fest, dass die markierte Variante (ohne eine: die Sozialräume, wie sie heute sind) vereinbart ist: von wem, wann, ab wann."""

    titel = "Variante vereinbaren"
    taste = "v"
    kurz = "vereinbaren"


class Umrechnen(Befehl):
    """Zeigt, welche Zahlen sich auf den markierten Gebietsstand umrechnen lassen und welche nicht."""

    titel = "Zahlen umrechnen"
    taste = "u"
    kurz = "umrechnen"


class NachExcel(Befehl):
    """Schreibt die Zuordnung der kleinsten Gebiete als Excel-Datei, um sie dort zu bearbeiten."""

    titel = "Zuordnung nach Excel"
    taste = "x"
    kurz = "Excel"


class AusExcel(Befehl):
    """Liest die bearbeitete Zuordnung der markierten Variante zurück; vorher sehen Sie, was sich ändert."""

    titel = "Zuordnung aus Excel"
    taste = "r"
    kurz = "zurück"


class Verwerfen(Befehl):
    """Nimmt die markierte Variante weg. Strg+Z holt sie wieder."""

    titel = "Variante verwerfen"
    taste = "delete"


class GebietsstaendeSeite(MitDetail, Raumtabelle):
    """All Gebietsstände, the one in force first."""

    TITEL = "Gebietsstände und Varianten"
    HILFE = (
        "Ein Gebietsstand sagt, welches kleinste Gebiet zu welchem Sozialraum gehört. Einer gilt; Varianten werden noch beraten, "
        "frühere bleiben für die langen Reihen. Vereinbarte ändert man nicht: n macht eine Variante daraus. "
        "Einwohner je Raum nennt den kleinsten und den größten Sozialraum."
    )
    BEFEHLE: ClassVar[Befehle] = (
        Oeffnen, NeueVariante, Vergleichen, Vereinbaren, Umrechnen, Ankreuzen, NachExcel, AusExcel, Verwerfen, Zuruecknehmen,
        Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[1:-2])

    def __init__(self) -> None:
        super().__init__(self.TITEL)
        self._kreuze: set[str] = set()

    def inhalt(self) -> ComposeResult:
        """Lay out the table and the detail."""
        yield Tabelle(
            Spalte("", 3), Spalte("Name"), Spalte("Stand", 12), Spalte("ab", 11), Spalte("Räume", 7, "right"),
            Spalte("Einwohner je Raum", 19, "right"), id="staende",
        )  # fmt: skip
        yield Schrift("", id="standdetail", classes="detail")

    async def frisch(self) -> None:
        """Read all Gebietsstände with their inhabitants."""
        plaene = await self.tool.rufe(lambda: ablauf.describe_plaene(self.tool.projekt))
        self._kreuze &= {zeile.stand.schluessel for zeile, _ in plaene}
        self.query_one(Tabelle).setze([self._reihe(zeile, bild) for zeile, bild in plaene])
        self._zeige_detail()

    def _reihe(self, zeile: GebietsstandZeile, bild: Planbild) -> Reihe:
        stand = zeile.stand
        ab = f"{stand.gueltig_ab:%d.%m.%Y}" if stand.gueltig_ab and not stand.variante else "–"
        spanne = (
            f"{zahl(bild.verteilung.kleinster)} … {zahl(bild.verteilung.groesster)}" if bild.verteilung else "k. A."
        )
        kreuz = "×" if stand.schluessel in self._kreuze else ""
        texte = (kreuz, stand.name, stand_wort(zeile), ab, str(len(bild.raeume)), spanne)
        return Reihe(stand.schluessel, texte, (zeile, bild), "bold" if zeile.gilt else "")

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Open it."""
        ereignis.stop()
        self.action_oeffnen()

    def _markiert(self) -> tuple[GebietsstandZeile, Planbild] | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        gewaehlt = self._markiert()
        self.query_one("#standdetail", Schrift).schreibe(raumdialoge.describe_stand(*gewaehlt) if gewaehlt else _LEER)

    def action_ankreuzen(self) -> None:
        """Put or take the cross for the comparison."""
        gewaehlt = self._markiert()
        if gewaehlt is not None:
            self._kreuze ^= {gewaehlt[0].stand.schluessel}
            tabelle = self.query_one(Tabelle)
            tabelle.setze([self._reihe(*reihe.wert) for reihe in tabelle.reihen])

    @arbeit
    async def action_oeffnen(self) -> None:
        """Edit a Variante, look at an agreed one."""
        from sozialtool.tui.bildschirme.variante import VarianteSeite

        gewaehlt = self._markiert()
        if gewaehlt is not None:
            await self.tool.push_screen_wait(VarianteSeite(gewaehlt[1]))
            await self.frisch()

    @arbeit
    async def action_neue_variante(self) -> None:
        """Ask for key and name and copy the marked Gebietsstand."""
        gewaehlt = self._markiert()
        werte = await self.tool.push_screen_wait(raumdialoge.neue_variante(gewaehlt[0] if gewaehlt else None))
        if werte is None:
            return
        aus = gewaehlt[0].stand.schluessel if gewaehlt else ""
        projekt = self.tool.projekt
        await self.aendere(
            lambda: ablauf.make_variante(projekt, werte["schluessel"], werte["name"], aus, werte["bemerkung"])
        )
        self.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == werte["schluessel"])

    @arbeit
    async def action_vergleichen(self) -> None:
        """Compute and show the comparison."""
        from sozialtool.tui.bildschirme.variantenvergleich import vergleiche

        await vergleiche(self.tool, sorted(self._kreuze))

    @arbeit
    async def action_vereinbaren(self) -> None:
        """Ask who agreed and when; then the areas of the project follow."""
        gewaehlt = self._markiert()
        if gewaehlt is None or not gewaehlt[0].stand.variante:
            await self._vereinbare_heutige(gewaehlt[0].stand.name if gewaehlt else "")
            return
        stand = gewaehlt[0].stand
        werte = await self.tool.push_screen_wait(raumdialoge.vereinbaren(stand))
        if werte is not None:
            projekt = self.tool.projekt
            await self.aendere(
                lambda: ablauf.agree_gebietsstand(
                    projekt, stand.schluessel, werte["datum"], werte["gremium"], werte["gueltig_ab"],
                    sitzung=werte["sitzung"], abweichend=werte["abweichend"],
                )
            )  # fmt: skip

    async def _vereinbare_heutige(self, name: str) -> None:
        """Without a Variante the Sozialräume as they are now can be agreed, unless that is what is in force."""
        projekt = self.tool.projekt
        schon = await self.tool.rufe(lambda: ablauf.are_raeume_vereinbart(projekt))
        if schon:
            self.tool.melde(f"„{name}“ ist schon vereinbart.")
            return
        werte = await self.tool.push_screen_wait(raumdialoge.vereinbaren_heutige())
        if werte is not None:
            await self.aendere(
                lambda: ablauf.agree_sozialraeume(
                    projekt, werte["datum"], werte["gremium"], werte["gueltig_ab"],
                    name=werte["name"], sitzung=werte["sitzung"], abweichend=werte["abweichend"],
                )
            )  # fmt: skip

    @arbeit
    async def action_umrechnen(self) -> None:
        """Show what a conversion to the marked Gebietsstand does."""
        from sozialtool.tui.bildschirme.umrechnung import zeige_umrechnung

        gewaehlt = self._markiert()
        if gewaehlt is not None and await zeige_umrechnung(self.tool, gewaehlt[0].stand):
            self.dismiss(None)
            self.tool.call_later(self.tool.action_gehe, "monitoring")

    @arbeit
    async def action_nach_excel(self) -> None:
        """Write the assignment as Excel."""
        gewaehlt = self._markiert()
        if gewaehlt is None:
            return
        stand, projekt = gewaehlt[0].stand, self.tool.projekt
        name = ablauf.folder_name(f"Zuordnung_{stand.schluessel}")
        ziel = await frage_ziel(self.tool, f"{stand.name} nach Excel", projekt.pfad.parent / f"{name}.xlsx")
        if ziel is not None:
            pfad = await self.tool.rufe(lambda: ablauf.export_variante(projekt, stand.schluessel, ziel))
            self.tool.melde_datei(pfad)

    @arbeit
    async def action_aus_excel(self) -> None:
        """Read an edited assignment, show the differences, take them over when wanted."""
        gewaehlt = self._markiert()
        if gewaehlt is None:
            return
        stand, projekt = gewaehlt[0].stand, self.tool.projekt
        pfad = await self.tool.push_screen_wait(Dateiwahl(f"{stand.name} aus Excel", projekt.pfad.parent, EXCEL))
        if pfad is None:
            return
        unterschiede = await self.tool.rufe(lambda: ablauf.import_variante(projekt, stand.schluessel, pfad))
        if await raumdialoge.zeige_unterschiede(self.tool, f"{stand.name} aus {pfad.name}", unterschiede):
            await self.aendere(lambda: ablauf.save_liste(projekt, unterschiede))

    @arbeit
    async def action_verwerfen(self) -> None:
        """Drop the marked Variante after a question."""
        gewaehlt = self._markiert()
        if gewaehlt is None:
            return
        stand = gewaehlt[0].stand
        frage = Frage(
            "Variante verwerfen", f"„{stand.name}“ mit allen Zuordnungen wegnehmen?",
            [Antwort("Behalten", wert=False), Antwort("Verwerfen", wert=True, folge="Strg+Z holt sie wieder.")],
        )  # fmt: skip
        if await self.tool.push_screen_wait(frage):
            await self.aendere(lambda: ablauf.remove_variante(self.tool.projekt, stand.schluessel))
