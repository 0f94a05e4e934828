"""One Gebietsstand: smallest areas by Sozialraum; in a Variante the marked ones move to another, and the figures follow at once."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import Planbild, PlanGebiet, VariantenRaum
from sozialtool.fach.raum import Raum
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.raumseite import Raumseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile import raumdialoge
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zahl

OHNE = "ohne Sozialraum"


class Markieren(Befehl):
    """Markiert das Gebiet unter dem Balken; auf einem Sozialraum alle seine Gebiete. Noch einmal: Marke weg."""

    titel = "Markieren"
    taste = "space"
    kurz = "markieren"


class Verschieben(Befehl):
    """Verschiebt die markierten Gebiete (ohne Marken: das unter dem Balken) in einen anderen Sozialraum."""

    titel = "Verschieben"
    taste = "enter"
    kurz = "verschieben"


class NeuerRaum(Befehl):
    """Legt in dieser Variante einen neuen, leeren Sozialraum an."""

    titel = "Neuer Sozialraum"
    taste = "n"
    kurz = "neuer Raum"


class LeerenRaumWegnehmen(Befehl):
    """Nimmt einen leeren Sozialraum aus dieser Variante."""

    titel = "Leeren Sozialraum wegnehmen"
    taste = "delete"


class NurGeaenderte(Befehl):
    """Zeigt nur Gebiete, die anders liegen als im geltenden Stand; noch einmal: wieder alle."""

    titel = "Nur Geänderte zeigen"
    taste = "f"
    kurz = "Geänderte"


class VarianteSeite(Raumseite):
    """Edit a Variante, or look at an agreed Gebietsstand."""

    TITEL = "Gebietsstand"
    HILFE = (
        "Unter jedem Sozialraum stehen seine kleinsten Gebiete. In einer Variante markiert die Leertaste, Enter verschiebt die "
        "Markierten; Einwohner und Gleichmäßigkeit rechnen sofort mit, Strg+Z nimmt zurück. „zum Mittel“ sagt, um wie viel Prozent "
        "ein Sozialraum größer oder kleiner ist als der Durchschnitt. → nennt, wo ein Gebiet im geltenden Stand liegt."
    )
    BEFEHLE: ClassVar[Befehle] = (
        Verschieben, Markieren, NeuerRaum, NurGeaenderte, LeerenRaumWegnehmen, Zuruecknehmen, Zurueck
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[1:-2])

    def __init__(self, bild: Planbild) -> None:
        art = "Variante bearbeiten" if bild.plan.stand.variante else "vereinbart, nur zum Ansehen"
        super().__init__(f"{bild.plan.stand.name} · {art}")
        self._bild = bild
        self._marken: set[str] = set()
        self._nur_geaenderte = False

    def inhalt(self) -> ComposeResult:
        """Lay out the figures of the whole and the table."""
        yield Schrift("", id="planbild", classes="vorspann")
        yield Tabelle(
            Spalte("Sozialraum, kleinstes Gebiet"), Spalte("Einwohner", 11, "right"), Spalte("Anteil", 9, "right"),
            Spalte("zum Mittel", 12, "right"), id="plan",
        )  # fmt: skip

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    async def frisch(self) -> None:
        """Read this Gebietsstand anew; leave when it is gone (its making was taken back)."""
        schluessel = self._bild.plan.stand.schluessel
        plaene = await self.tool.rufe(lambda: dict(_by_key(ablauf.describe_plaene(self.tool.projekt))))
        if schluessel not in plaene:
            self.dismiss(None)
            return
        self._bild = plaene[schluessel]
        self._zeige()

    def _zeige(self) -> None:
        self.query_one("#planbild", Schrift).schreibe(describe_bild(self._bild, len(self._marken)))
        self.query_one(Tabelle).setze(self._reihen())

    def _reihen(self) -> list[Reihe]:
        mittel = self._bild.verteilung.mittel if self._bild.verteilung else None
        reihen: list[Reihe] = []
        for raum in self._bild.raeume:
            eigene = [g for g in self._bild.gebiete if g.raum == raum.raum.schluessel and self._passt(g)]
            if eigene or not self._nur_geaenderte:
                reihen.append(_raumreihe(raum, mittel))
                reihen += [self._gebietsreihe(g) for g in eigene]
        offen = [g for g in self._bild.gebiete if not g.raum]
        if offen:
            reihen.append(Reihe(f"#{OHNE}", (Text(f"! {OHNE}", "bold"), "", "", "")))
            reihen += [self._gebietsreihe(g) for g in offen]
        return reihen

    def _passt(self, gebiet: PlanGebiet) -> bool:
        return not self._nur_geaenderte or gebiet.raum != gebiet.bisher

    def _gebietsreihe(self, g: PlanGebiet) -> Reihe:
        marke = "[×]" if g.gebiet.schluessel in self._marken else " · "
        bisher = f"  → bisher {self._raumname(g.bisher)}" if g.raum != g.bisher else ""
        text = f"  {marke} {g.gebiet.schluessel} {g.gebiet.name}{bisher}"
        return Reihe(g.gebiet.schluessel, (text, zahl(g.einwohner, leer="k. A."), "", ""), g)

    def _raumname(self, schluessel: str) -> str:
        return next((r.raum.name for r in self._bild.raeume if r.raum.schluessel == schluessel), schluessel or "keiner")

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Move what is marked."""
        ereignis.stop()
        self.action_verschieben()

    def _unter_balken(self) -> tuple[PlanGebiet, ...]:
        """The area under the cursor, or all of the Sozialraum under it."""
        wert = self.query_one(Tabelle).markiert
        if isinstance(wert, VariantenRaum):
            return tuple(g for g in self._bild.gebiete if g.raum == wert.raum.schluessel)
        return (wert,) if isinstance(wert, PlanGebiet) else ()

    def action_markieren(self) -> None:
        """Mark or unmark, and go on to the next line."""
        if not self._darf():
            return
        eigene = {g.gebiet.schluessel for g in self._unter_balken()}
        self._marken = self._marken - eigene if eigene <= self._marken else self._marken | eigene
        tabelle = self.query_one(Tabelle)
        zeile = tabelle.cursor_row
        self._zeige()
        tabelle.stelle_marke(zeile + 1, 0)

    def action_nur_geaenderte(self) -> None:
        """Show only what differs from the one in force, or all again."""
        self._nur_geaenderte = not self._nur_geaenderte
        self._zeige()

    def _darf(self) -> bool:
        if self._bild.plan.stand.variante:
            return True
        self.tool.melde("Ein vereinbarter Gebietsstand bleibt, wie er ist. In der Liste macht n eine Variante daraus.")
        return False

    @arbeit
    async def action_verschieben(self) -> None:
        """Ask for the Sozialraum and move the marked areas."""
        gebiete = sorted(self._marken) or [g.gebiet.schluessel for g in self._unter_balken()]
        if not self._darf() or not gebiete:
            return
        namen = {r.raum.schluessel: f"{r.raum.name}  ({zahl(r.einwohner, leer='k. A.')})" for r in self._bild.raeume}
        ziel = await self.tool.push_screen_wait(
            Suche(f"{anzahl(len(gebiete), 'Gebiet', 'Gebiete')} verschieben nach", namen)
        )
        if ziel is None:
            return
        variante, projekt = self._bild.plan.stand.schluessel, self.tool.projekt
        self._marken = set()
        await self.aendere(lambda: ablauf.move_gebiete(projekt, variante, gebiete, ziel))
        self.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == gebiete[0])

    @arbeit
    async def action_neuer_raum(self) -> None:
        """Ask for key and name of a Sozialraum and add it."""
        if not self._darf():
            return
        werte = await self.tool.push_screen_wait(raumdialoge.neuer_raum())
        if werte is None:
            return
        letzte = max((r.raum.reihenfolge for r in self._bild.raeume), default=0)
        neu = Raum(self._bild.plan.stand.schluessel, werte["schluessel"], werte["name"], "", letzte + 1)
        await self.aendere(lambda: ablauf.save_raum(self.tool.projekt, neu))
        self.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == f"#{neu.schluessel}")

    @arbeit
    async def action_leeren_raum_wegnehmen(self) -> None:
        """Ask which empty Sozialraum shall go."""
        leere = [r.raum for r in self._bild.raeume if not r.gebiete]
        if not self._darf():
            return
        if not leere:
            self.tool.melde("Alle Sozialräume haben Gebiete. Bitte diese zuerst verschieben.")
            return
        wahl = [Antwort(r.name, r.schluessel) for r in leere]
        weg = await self.tool.push_screen_wait(Frage("Welcher leere Sozialraum?", "", wahl))
        if weg is not None:
            variante = self._bild.plan.stand.schluessel
            await self.aendere(lambda: ablauf.remove_raum(self.tool.projekt, variante, weg))


def _by_key(plaene: tuple[tuple[ablauf.GebietsstandZeile, Planbild], ...]) -> list[tuple[str, Planbild]]:
    return [(zeile.stand.schluessel, bild) for zeile, bild in plaene]


def _raumreihe(raum: VariantenRaum, mittel: float | None) -> Reihe:
    anteil = f"{zahl(raum.anteil, 1)} %" if raum.anteil is not None else ""
    weg = ""
    if raum.einwohner is not None and mittel:
        prozent = (raum.einwohner / mittel - 1) * 100
        weg = f"{'+' if prozent > 0 else ''}{zahl(prozent)} %"
    texte = (f"{raum.raum.name}  {raum.raum.schluessel}", zahl(raum.einwohner, leer="k. A."), anteil, weg)
    return Reihe(f"#{raum.raum.schluessel}", texte, raum, "bold")


def describe_bild(bild: Planbild, marken: int = 0) -> Content:
    """Say how even the Sozialräume are, what moved, and what is marked."""
    v = bild.verteilung
    if v is None:
        gleich = "Einwohner der kleinsten Gebiete fehlen; Größen lassen sich nicht vergleichen."
    else:
        gleich = (
            f"Gleichmäßigkeit {zahl(v.gleichmaessigkeit, 3, '–')} · {zahl(v.kleinster)} bis {zahl(v.groesster)} Einwohner "
            f"({bild.jahr}) · Abweichung bis {zahl(v.abweichung)} %"
        )
    lage = [
        anzahl(len(bild.raeume), "Sozialraum", "Sozialräume"),
        f"{anzahl(bild.bewegt, 'Gebiet', 'Gebiete')} anders als im geltenden Stand",
    ]
    if bild.offen:
        lage.append(f"! {bild.offen} ohne Sozialraum")
    if marken:
        lage.append(f"{marken} markiert")
    return satz((gleich, "bold"), UMBRUCH, " · ".join(lage))
