"""Council papers: the list, the parts of one, its Word document."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.drucksachentafel import build_drucksachentafel, build_teiletafel
from sozialtool.ablauf.drucksachenwort import WEITERE
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.ablauf.textfelder import Textfelder, describe_felder
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.schreibweise import end_satz
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehle, bindings
from sozialtool.tui.bildschirme.drucksachenbefehle import (
    BerichtigungenZeigen,
    DrucksacheBeginnen,
    EinsetzenZeigen,
    FolgeUebernehmen,
    NeueAnlage,
    NeueBeratung,
    NummerAendern,
    TeileZeigen,
    WordSchreiben,
)
from sozialtool.tui.bildschirme.planseite import EintragAendern, EintragStreichen, NeuerEintrag
from sozialtool.tui.bildschirme.prozessliste import Prozessliste
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.dialoge.schreibfenster import Fuellung
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.freigabefragen import ENDGUELTIG, frage_grund, frage_hinaus

_EINSETZEN = (
    "Was in geschweiften Klammern steht, wird eingesetzt, und zwar nur, was veröffentlicht werden darf:\n"
    + "\n".join(describe_felder(WEITERE))
    + "\n\nIm Schreibfenster eines Textes setzt F4 es aus einer Liste ein, mit dem Wert von heute."
    "\n\nAuf dem Briefbogen der Stadt: die Word-Datei als briefbogen.docx neben das Projekt legen. Kopf, Fuß und Formatvorlagen "
    "bleiben; wo {Inhalt} steht, kommt der Text hin."
)


class _Wortseite(Prozessliste):
    """What both pages share: writing the Word document, saying what can be filled in."""

    LISTE = "drucksachen"
    HILFE = _EINSETZEN
    BEFEHLE: ClassVar[Befehle] = (WordSchreiben, EinsetzenZeigen, *Prozessliste.GRUND)

    @property
    def nummer(self) -> str:
        """Number of the paper in question; "" where there is none."""
        raise NotImplementedError

    def fuellung(self, alt: Any, klasse: type) -> Fuellung | None:
        """Figures and names of the paper that a text belongs to; a new paper has none yet."""
        tool, nummer = self.tool, self.nummer
        if klasse is not Textbaustein and alt is None:
            return None

        async def hole() -> Textfelder:
            return await tool.rufe_lang(
                "Die Zahlen werden gelesen",
                lambda melde, stop: ablauf.read_textfelder(tool.projekt, nummer, melde, stop),
            )

        return hole

    @arbeit
    async def action_einsetzen_zeigen(self) -> None:
        """Say what can be filled in."""
        await self.tool.push_screen_wait(meldung("Was eingesetzt werden kann", _EINSETZEN))

    @arbeit
    async def action_word_schreiben(self) -> None:
        """Ask whether it goes out, write it, say what could not be filled."""
        tool, nummer = self.tool, self.nummer
        if not nummer:
            tool.melde("Bitte erst eine Drucksache beginnen (a).")
            return
        werte = await tool.push_screen_wait(
            Formular(f"Drucksache {nummer} als Word", [ENDGUELTIG], {"endgueltig": False})
        )
        if werte is None:
            return
        endgueltig = bool(werte["endgueltig"])
        bild = await tool.rufe(lambda: ablauf.describe_drucksache(tool.projekt, nummer))
        if not await frage_hinaus(tool):
            return
        if endgueltig:  # what is missing is said before anybody types a reason
            await tool.rufe_lang(
                f"Drucksache {nummer} wird geprüft",
                lambda melde, stop: ablauf.require_fertige_drucksache(tool.projekt, nummer, melde, stop),
            )
        grund = await frage_grund(tool, bild.jahr) if endgueltig else ""
        if grund is None:
            return
        geschrieben = await tool.rufe_lang(
            f"Drucksache {nummer} wird geschrieben",
            lambda melde, stop: ablauf.issue_drucksache(
                tool.projekt, nummer, melde, stop, grenzen_geprueft=True, bekanntes_hinnehmen=True, endgueltig=endgueltig,
                begruendung=grund,
            ),
        )  # fmt: skip
        tool.geaendert()
        await self.frisch()
        await tool.push_screen_wait(
            meldung("Die Drucksache ist geschrieben", _describe(geschrieben, endgueltig=endgueltig))
        )


def _describe(geschrieben: ablauf.Schriftstueck, *, endgueltig: bool) -> str:
    fest = "Die Zahlen im Text sind als Veröffentlichung festgehalten (Strg+Z nimmt das zurück)."
    entwurf = "Das ist ein Entwurf. Geht er so hinaus, dann noch einmal als endgültige Fassung schreiben."
    return "\n\n".join([*geschrieben.describe(), fest if endgueltig else entwurf])


class DrucksachenSeite(_Wortseite):
    """All papers."""

    TITEL = "Drucksachen"
    KLASSE = Drucksache
    HILFE = (
        "Vorlagen für Ausschuss und Rat: Kopf, Beratungsfolge, Beschlussvorschlag, finanzielle Auswirkungen, Sachdarstellung und Anlagen. "
        "a beginnt eine zum Monitoring, t zeigt ihre Teile, w schreibt sie als Word. Ihre Nummer steht auf den Blättern der Anlage. "
        "k zeigt, was nach einer Berichtigung in veröffentlichten Drucksachen nicht mehr stimmt.\n\n" + _EINSETZEN
    )
    BEFEHLE: ClassVar[Befehle] = (
        TeileZeigen, WordSchreiben, DrucksacheBeginnen, BerichtigungenZeigen, EinsetzenZeigen, NummerAendern, *Prozessliste.GRUND,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[:6])

    @property
    def nummer(self) -> str:
        """The marked paper."""
        return self.markiert.schluessel if self.markiert is not None else ""

    def build(self) -> Plantafel:
        """List the papers."""
        return build_drucksachentafel(self.tool.projekt)

    @arbeit
    async def action_drucksache_beginnen(self) -> None:
        """Ask for number and year, and begin."""
        tool = self.tool
        felder = [
            Feld(
                "nummer",
                "Nummer",
                str,
                hilfe="Wie der Sitzungsdienst sie vergibt; bis dahin ein Arbeitstitel.",
                pflicht=True,
            ),
            Feld("jahr", "Zahlen des Jahres", int, hilfe="Berichtsjahr der Zahlen.", pflicht=True),
        ]
        werte = await tool.push_screen_wait(
            Formular("Drucksache beginnen", felder, {"jahr": tool.projekt.kommune.berichtsjahr})
        )
        if werte is not None:
            await self.aendere(lambda: ablauf.create_drucksache(tool.projekt, werte["nummer"], werte["jahr"]))
            tool.melde(f"Drucksache {werte['nummer']} ist begonnen. t zeigt Beratungsfolge, Texte und Anlagen.")

    @arbeit
    async def action_nummer_aendern(self) -> None:
        """Ask for the number that the marked paper gets."""
        if not self.nummer:
            return
        alt, feld = (
            self.nummer,
            Feld("neu", "Nummer", str, hilfe="Wie der Sitzungsdienst sie vergeben hat.", pflicht=True),
        )
        werte = await self.tool.push_screen_wait(Formular(f"Drucksache {alt}: Nummer ändern", [feld], {"neu": alt}))
        if werte is not None and werte["neu"] != alt:
            await self.aendere(lambda: ablauf.renumber_drucksache(self.tool.projekt, alt, werte["neu"]))

    @arbeit
    async def action_teile_zeigen(self) -> None:
        """Open the parts of the marked paper."""
        if self.markiert is not None:
            await self.tool.push_screen_wait(DrucksacheSeite(self.markiert))
            await self.frisch()

    @arbeit
    async def action_berichtigungen_zeigen(self) -> None:
        """Open the page of the corrections."""
        from sozialtool.tui.bildschirme.berichtigungen import BerichtigungenSeite

        await self.tool.push_screen_wait(BerichtigungenSeite())
        await self.frisch()


class DrucksacheSeite(_Wortseite):
    """The parts of one paper."""

    TITEL = "Drucksache"
    KLASSE = Textbaustein
    HILFE = (
        "Die Beratungsfolge, die Absätze der Sachdarstellung und die Anlagen; Enter ändert, was markiert ist, n schreibt einen neuen Absatz. "
        "Auf einem Text öffnet Enter das Schreibfenster: F4 setzt dort Zahlen und Namen ein, F5 zeigt, wie der Text in Word steht.\n\n"
        + _EINSETZEN
    )
    BEFEHLE: ClassVar[Befehle] = (
        WordSchreiben, EintragAendern, NeuerEintrag, NeueBeratung, NeueAnlage, FolgeUebernehmen, EinsetzenZeigen, EintragStreichen,
        listen.ListeNachExcel, listen.ListeAusExcel, Zuruecknehmen, Zurueck,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        (WordSchreiben, NeueBeratung, NeueAnlage, FolgeUebernehmen, EinsetzenZeigen)
    )
    OHNE: ClassVar[tuple[str, ...]] = ("drucksache",)

    def __init__(self, drucksache: Drucksache) -> None:
        super().__init__()
        self._nummer = drucksache.schluessel

    @property
    def nummer(self) -> str:
        """The paper of this page."""
        return self._nummer

    def build(self) -> Plantafel:
        """List the parts."""
        return build_teiletafel(self.tool.projekt, self._nummer)

    def fest(self) -> dict[str, Any]:
        """Say which paper it belongs to."""
        return {"drucksache": self._nummer}

    def vorgabe(self) -> dict[str, Any]:
        """Propose the next place for a block."""
        return {"nummer": self._next(Textbaustein)}

    def _next(self, klasse: type[Any]) -> int:
        eintraege = [z.eintrag for z in (self.tafel.zeilen if self.tafel else ()) if isinstance(z.eintrag, klasse)]
        return 1 + max((e.nummer for e in eintraege), default=0)

    async def _enter(self, klasse: type[Any]) -> None:
        felder = [f for f in felder_of(klasse) if f.name != "drucksache"]
        await self.frage(None, felder, {f.name: f.leer for f in felder} | {"nummer": self._next(klasse)}, klasse)

    @arbeit
    async def action_neue_beratung(self) -> None:
        """Ask for a step of the Beratungsfolge."""
        await self._enter(Beratungsschritt)

    @arbeit
    async def action_neue_anlage(self) -> None:
        """Ask for an Anlage."""
        await self._enter(Anlage)

    @arbeit
    async def action_folge_uebernehmen(self) -> None:
        """Take the Beratungsfolge over from the agendas."""
        aenderung = await self.aendere(lambda: ablauf.renew_beratungsfolge(self.tool.projekt, self._nummer))
        self.tool.melde(f"{end_satz(aenderung.text)} Strg+Z nimmt es zurück.")
