"""What a later correction changes in figures that are out: seen, and written as a Korrekturmitteilung."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.korrekturtafel import build_korrekturtafel
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.felder import Feld
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.planseite import HinweiseZeigen, Tafelseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.freigabefragen import ENDGUELTIG, frage_grund, frage_hinaus


class KorrekturSchreiben(Befehl):
    """Schreibt die Korrekturmitteilung als Word-Datei: bisher veröffentlichte und berichtigte Zahlen, ohne Geheimes."""

    titel = "Korrekturmitteilung schreiben"
    taste = "k"
    kurz = "Korrekturmitteilung"


class BerichtigungenSeite(Tafelseite):
    """Released figures that are others now."""

    TITEL = "Berichtigungen"
    HILFE = (
        "Nach einer berichtigten Lieferung steht hier jede Zahl, die veröffentlicht ist und heute anders wäre, mit der Drucksache und Anlage, "
        "in der sie steht. k schreibt daraus die Korrekturmitteilung. Was geheim ist oder durch die Berichtigung geheim wird, steht ohne "
        "Zahl da: Aus alter und neuer Zahl zusammen ließe sich sonst etwas ausrechnen. Geht die Mitteilung endgültig hinaus, wird sie festgehalten."
    )
    BEFEHLE: ClassVar[Befehle] = (KorrekturSchreiben, HinweiseZeigen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((KorrekturSchreiben, HinweiseZeigen))

    def __init__(self) -> None:
        """Nothing is compared yet."""
        super().__init__()
        self._jahr = 0

    async def hole(self) -> Plantafel:
        """Compute and compare."""
        tool = self.tool

        def compare(melde: Fortschritt, stop: Stop) -> tuple[Plantafel, int]:
            bild = ablauf.find_korrekturen(tool.projekt, melde, stop)
            return build_korrekturtafel(tool.projekt, bild), bild.jahr

        vorher = tool.projekt.revision
        tafel, self._jahr = await tool.rufe_lang("Veröffentlichtes wird verglichen", compare)
        if tool.projekt.revision != vorher:  # it is noted that nothing differs: the start screen asks no more
            tool.geaendert()
        return tafel

    @arbeit
    async def action_korrektur_schreiben(self) -> None:
        """Ask for reason and number, and whether it goes out; write it."""
        tool = self.tool
        if self.tafel is None or not self.tafel.zeilen:
            tool.melde(self.tafel.leer if self.tafel is not None else "Die Zahlen werden noch verglichen.")
            return
        felder = [
            Feld(
                "anlass", "Anlass", str, hilfe="Warum berichtigt wird; leer: welche Fachbereiche neu geliefert haben."
            ),
            Feld("nummer", "Drucksache", str, hilfe="Nummer, mit der die Mitteilung hinausgeht; darf leer bleiben."),
            ENDGUELTIG,
        ]
        werte = await tool.push_screen_wait(Formular("Korrekturmitteilung", felder, {"endgueltig": False}))
        if werte is None:
            return
        endgueltig = bool(werte["endgueltig"])
        grund = await frage_grund(tool, self._jahr, berichtigung=True) if endgueltig else ""
        if grund is None or not await frage_hinaus(tool):
            return
        pfad = await tool.rufe_lang(
            "Korrekturmitteilung wird geschrieben",
            lambda melde, stop: ablauf.issue_korrektur(
                tool.projekt, werte["anlass"], melde, stop, nummer=werte["nummer"], grenzen_geprueft=True, bekanntes_hinnehmen=True,
                endgueltig=endgueltig, begruendung=grund,
            ),
        )  # fmt: skip
        tool.geaendert()
        await self.frisch()
        fassung = "Sie ist festgehalten." if endgueltig else "Das ist ein Entwurf."
        hinweise = [f"! {hinweis}" for hinweis in await tool.rufe(lambda: ablauf.say_briefbogen(tool.projekt))]
        text = "\n\n".join([zeige(pfad), *hinweise, fassung])
        await tool.push_screen_wait(meldung("Die Korrekturmitteilung ist geschrieben", text))
