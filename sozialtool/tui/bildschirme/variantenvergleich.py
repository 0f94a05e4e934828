"""Varianten side by side: one column per Gebietsstand, the one in force first; below, what a line means and what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import Variantenvergleich, Vergleichszeile
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import UMBRUCH, Schrift, satz

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

BREITE_TITEL = 29
SCHMALSTE = 15
"""Cells that a column of figures needs at least for the name above it."""
BREITESTE = 26
_OHNE_EINWOHNER = "! Zu kleinsten Gebieten fehlen Einwohner: Größen und Sperrungen sind so nicht vergleichbar (F3, s, p zählt das Melderegister aus)."


class Einzeln(Befehl):
    """Nennt zu dieser Zeile alles einzeln: jede Straße, jeden zerschnittenen Bezirk, jede kleine Gruppe."""

    titel = "Einzeln zeigen"
    taste = "enter"
    kurz = "einzeln"


class Rollen(Befehl):
    """Zeigt die nächste Variante, wenn nicht alle nebeneinander passen; der geltende Stand bleibt stehen. ← geht zurück."""

    titel = "Nächste Variante"
    taste = "right"
    kurz = "weitere Varianten"


class NachExcel(Befehl):
    """Schreibt Variantenvergleich.xlsx für die Planungsgruppe; Einwohner darin sind gerundet."""

    titel = "Vergleich nach Excel"
    taste = "x"
    kurz = "nach Excel"


class VergleichSeite(MitDetail, Seite[None]):
    """The comparison."""

    CSS_PATH = "raumseiten.tcss"
    TITEL = "Variantenvergleich"
    HILFE = (
        "Links der geltende Gebietsstand, daneben die Varianten. Unten steht, was die Zeile bedeutet; Enter nennt alles einzeln. "
        "Diese Zahlen sind genau und nur für Sie: Die Excel-Datei (x) hat gerundete, freigegebene Einwohner."
    )
    BEFEHLE: ClassVar[Befehle] = (Einzeln, NachExcel, Rollen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((NachExcel,)),
        Binding("right", "rollen(1)", "weiter", show=False, priority=True),
        Binding("left", "rollen(-1)", "zurück", show=False, priority=True),
    ]

    def __init__(
        self, vergleich: Variantenvergleich, zeilen: Sequence[Vergleichszeile], auswahl: Sequence[str]
    ) -> None:
        super().__init__(f"Varianten im Vergleich · Zahlen von {vergleich.jahr}")
        self._vergleich = vergleich
        self._zeilen = tuple(zeilen)
        self._auswahl = tuple(auswahl)
        self._ab = 1

    def inhalt(self) -> ComposeResult:
        """Lay out the table and the detail."""
        yield Schrift("", id="vergleichkopf", classes="vorspann")
        yield Tabelle(Spalte(""), id="vergleich")
        yield Schrift("", id="vergleichdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page and begin in the table."""
        self.query_one(Tabelle).focus()
        self._zeige()

    def on_resize(self, ereignis: events.Resize) -> None:
        """Show as many columns as fit now."""
        del ereignis
        self._zeige()

    def _sichtbar(self) -> list[int]:
        """Numbers of the shown Gebietsstände: the one in force, then as many Varianten as fit."""
        platz = max((self.size.width - BREITE_TITEL - 2) // SCHMALSTE, 2)
        alle = len(self._vergleich.bilder)
        self._ab = max(1, min(self._ab, alle - platz + 1))
        return [0, *range(self._ab, min(self._ab + platz - 1, alle))]

    def _zeige(self) -> None:
        nummern = self._sichtbar()
        bilder = self._vergleich.bilder
        breite = min((self.size.width - BREITE_TITEL - 2) // len(nummern), BREITESTE)
        koepfe = [Spalte(bilder[n].stand.name, breite, "right", "gilt" if n == 0 else "Variante" if bilder[n].stand.variante else "vereinbart") for n in nummern]  # fmt: skip
        reihen: list[Reihe] = []
        for gruppe, glieder in groupby(self._zeilen, key=lambda zeile: zeile.gruppe):
            reihen.append(Reihe(f"#{gruppe}", (Text(gruppe, "bold"), *("" for _ in nummern))))
            reihen += [
                Reihe(f"{gruppe}|{z.titel}", (f"  {z.titel}", *(z.werte[n] for n in nummern)), z) for z in glieder
            ]
        self.query_one(Tabelle).setze(reihen, (Spalte(""), *koepfe))
        versteckt = len(bilder) - len(nummern)
        self.query_one(Tastenzeile).verstecke(*(() if versteckt else (Rollen,)))
        text = satz(", ".join(bilder[n].stand.name for n in nummern))
        if versteckt:
            text = satz(text, f" · {versteckt} weitere mit → und ←")
        if any(bild.verteilung is None for bild in bilder):
            text = satz(text, UMBRUCH, _OHNE_EINWOHNER)
        self.query_one("#vergleichkopf", Schrift).schreibe(text)
        self._zeige_detail()

    def action_rollen(self, um: int = 1) -> None:
        """Show the next or the previous Varianten."""
        self._ab += um
        self._zeige()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Name everything behind the line."""
        ereignis.stop()
        self.action_einzeln()

    def _zeile(self) -> Vergleichszeile | None:
        return self.query_one(Tabelle).markiert

    def _zeige_detail(self) -> None:
        zeile = self._zeile()
        self.query_one("#vergleichdetail", Schrift).schreibe(self._detail(zeile) if zeile else "")

    def _detail(self, zeile: Vergleichszeile) -> Content:
        text = satz((zeile.titel, "bold"), f"  {zeile.erklaerung}")
        for nummer in self._sichtbar():
            liste = zeile.einzeln[nummer] if zeile.einzeln else ()
            if liste:
                mehr = f" … und {len(liste) - 1} weitere (Enter)" if len(liste) > 1 else ""
                text = satz(
                    text, UMBRUCH, (f"{self._vergleich.bilder[nummer].stand.name}: ", "$leise"), f"{liste[0]}{mehr}"
                )
        return text

    @arbeit
    async def action_einzeln(self) -> None:
        """Show all that is behind the line, Gebietsstand by Gebietsstand."""
        zeile = self._zeile()
        if zeile is None:
            return
        teile = [zeile.erklaerung] if zeile.erklaerung else []
        for bild, liste in zip(self._vergleich.bilder, zeile.einzeln, strict=False):
            if liste:
                teile.append("\n".join((f"{bild.stand.name}:", *(f"  {satz_}" for satz_ in liste))))
        if not any(zeile.einzeln):
            teile.append("Dazu gibt es nichts Einzelnes.")
        await self.tool.push_screen_wait(meldung(zeile.titel, "\n\n".join(teile)))

    @arbeit
    async def action_nach_excel(self) -> None:
        """Write the workbook for the Planungsgruppe."""
        pfad = await self.tool.rufe_lang(
            "Variantenvergleich wird geschrieben",
            lambda fortschritt, stop: ablauf.write_variantenvergleich(
                self.tool.projekt, self._auswahl, self._vergleich.jahr, fortschritt, stop
            ),
        )
        self.tool.geaendert()
        self.tool.melde_datei(pfad)


async def vergleiche(tool: SozialtoolApp, auswahl: Sequence[str]) -> None:
    """Compute the comparison with progress and stop, and show it. Only inside a worker."""
    projekt = tool.projekt
    vergleich = await tool.rufe_lang(
        "Varianten werden verglichen",
        lambda fortschritt, stop: ablauf.compare_varianten(projekt, auswahl, None, fortschritt, stop),
    )
    zeilen = await tool.rufe(lambda: ablauf.lay_out_vergleich(projekt, vergleich))
    await tool.push_screen_wait(VergleichSeite(vergleich, zeilen, auswahl))
