"""Goals with their start, line and light; measures with service, money and what is said of them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.zieltafel import write_kosten
from sozialtool.fach.felder import felder_of
from sozialtool.fach.planung import Massnahme, Massnahmenkosten
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.planseite import Listenseite
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.formular import Werte
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.traegerweg import take_massnahmen


class StartwerteFuellen(Befehl):
    """Füllt den Startwert aus den veröffentlichten Zahlen des Startjahrs, wo er noch fehlt; danach bleibt er stehen."""

    titel = "Startwerte füllen"
    taste = "s"
    kurz = "Startwerte"


class NeuesLeitziel(Befehl):
    """Trägt ein Leitziel ein: was die Stadt auf lange Sicht will."""

    titel = "Neues Leitziel"
    taste = "l"
    kurz = "Leitziel"


class ZieleSeite(Listenseite):
    """Leitziele and Entwicklungsziele."""

    TITEL = "Ziele"
    KLASSE = Entwicklungsziel
    LISTE = "ziele"
    HILFE = (
        "Leitziele und darunter die Entwicklungsziele je Sozialraum: woran man es sieht, von welchem Wert bis wann zu welchem. Die Ampel "
        "vergleicht den neuesten Wert mit der geraden Linie vom Start zum Ziel und rechnet den Zufall ein; h zeigt die Regel. "
        "√ auf dem Weg, ○ nicht zu unterscheiden, ! hinter dem Weg, – noch nicht zu sagen."
    )
    BEFEHLE: ClassVar[Befehle] = (*Listenseite.GRUND[:4], StartwerteFuellen, NeuesLeitziel, *Listenseite.GRUND[4:])
    BINDINGS: ClassVar[list[BindingType]] = bindings((StartwerteFuellen, NeuesLeitziel))

    RECHNET = "Ziele werden geprüft"

    @arbeit
    async def action_startwerte_fuellen(self) -> None:
        """Fill what is missing and say what could not be filled."""
        _, saetze = await self.aendere(lambda: ablauf.fill_startwerte(self.tool.projekt))
        await self.tool.push_screen_wait(meldung("Startwerte", "\n".join(saetze) or "Es gibt noch kein Ziel."))

    @arbeit
    async def action_neues_leitziel(self) -> None:
        """Ask for a Leitziel and store it."""
        felder = list(felder_of(Leitziel))
        await self.frage(None, felder, {f.name: f.leer for f in felder}, Leitziel)


class KostenZeigen(Befehl):
    """Zeigt und ändert die Kosten der markierten Maßnahme Jahr für Jahr."""

    titel = "Kosten je Jahr"
    taste = "k"
    kurz = "Kosten"


class AnTraeger(Befehl):
    """Gibt jedem Verantwortlichen eine Excel-Datei mit seinen Maßnahmen und ihren Kosten; sie liegen in abfragen/."""

    titel = "An die Träger geben"
    taste = "t"
    kurz = "an Träger"


class VonTraeger(Befehl):
    """Liest die Datei eines Trägers zurück; vorher sehen Sie, was sich ändert. Was darin fehlt, bleibt."""

    titel = "Von einem Träger zurück"
    taste = "z"
    kurz = "zurück von Träger"


class MassnahmenSeite(Listenseite):
    """The measures and their controlling."""

    TITEL = "Maßnahmen"
    KLASSE = Massnahme
    LISTE = "massnahmen"
    HILFE = (
        "Was geplant ist und läuft. Die Zeichen sagen je Maßnahme, wie es mit ihrer Leistung, dem Geld, dem Ziel, dem sie dient, und "
        "den Urteilen von Teilnehmenden und Fachkräften steht: √ gut, ○ im Blick behalten, ! hinter dem Weg, – noch nicht zu sagen. "
        "h zeigt die Regeln, k die Kosten je Jahr. t gibt jedem Verantwortlichen seine Maßnahmen als Excel, z liest sie zurück. Bitte nur Stellen eintragen, keine Personen."
    )
    BEFEHLE: ClassVar[Befehle] = (*Listenseite.GRUND[:2], KostenZeigen, AnTraeger, VonTraeger, *Listenseite.GRUND[2:])
    BINDINGS: ClassVar[list[BindingType]] = bindings((KostenZeigen, AnTraeger, VonTraeger))

    RECHNET = "Maßnahmen werden geprüft"

    @arbeit
    async def action_kosten_zeigen(self) -> None:
        """Open the money of the marked measure."""
        massnahme = self.markiert
        if massnahme is not None:
            await self.tool.push_screen_wait(KostenSeite(massnahme))
            await self.frisch()

    @arbeit
    async def action_an_traeger(self) -> None:
        """Write one workbook per body."""
        pfade = await self.tool.rufe(lambda: ablauf.write_traegervorlagen(self.tool.projekt))
        self.tool.melde(f"Geschrieben: {anzahl(len(pfade), 'Datei', 'Dateien')} in {zeige(pfade[0].parent)}")

    @arbeit
    async def action_von_traeger(self) -> None:
        """Read what came back, show the differences, take them over when wanted."""
        tool = self.tool
        pfad = await tool.push_screen_wait(
            Dateiwahl("Maßnahmen von einem Träger", tool.projekt.pfad.parent, listen.EXCEL)
        )
        if pfad is None:
            return
        if await take_massnahmen(tool, pfad):
            tool.geaendert()
            await self.frisch()


class KostenSeite(Listenseite):
    """The money of one measure by year."""

    TITEL = "Kosten"
    KLASSE = Massnahmenkosten
    LISTE = "massnahmen"
    HILFE = "Was die Maßnahme je Haushaltsjahr kostet, wer es bezahlt und was tatsächlich ausgegeben wurde. Enter ändert ein Jahr, n trägt ein neues ein."
    OHNE = ("massnahme",)
    BEFEHLE: ClassVar[Befehle] = Listenseite.GRUND

    def __init__(self, massnahme: Massnahme) -> None:
        super().__init__()
        self._massnahme = massnahme

    def fest(self) -> Werte:
        """The measure is known."""
        return {"massnahme": self._massnahme.schluessel}

    async def hole(self) -> Plantafel:
        """List the years."""
        return await self.tool.rufe(self._build)

    def _build(self) -> Plantafel:
        alle = [k for k in self.tool.projekt.read(Massnahmenkosten) if k.massnahme == self._massnahme.schluessel]
        zeilen = tuple(
            Tafelzeile(
                str(k.jahr),
                (
                    str(k.jahr),
                    *(format_zahl(b, leer="–") for b in (k.kosten, k.eigenmittel, k.drittmittel, k.ausgegeben)),
                    f"  {k.foerderprogramm}",
                ),
                (write_kosten(k),),
                k,
            )
            for k in alle
        )
        spalten = (
            Tafelspalte("Jahr", 6), Tafelspalte("Kosten", 11, rechts=True), Tafelspalte("eigen", 11, rechts=True),
            Tafelspalte("Dritte", 11, rechts=True), Tafelspalte("ausgegeben", 12, rechts=True), Tafelspalte("  Förderprogramm"),
        )  # fmt: skip
        return Plantafel(
            f"Kosten · {self._massnahme.name}", spalten, zeilen, (), "Noch keine Kosten. n trägt ein Jahr ein."
        )
