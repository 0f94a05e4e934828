"""Step 2: what each column and each row is. Every open question has a proposal that Enter accepts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from sozialtool import ablauf
from sozialtool.fach.felder import Feld, parse_datum
from sozialtool.fehler import FeldFehler
from sozialtool.tui.assistent import bild
from sozialtool.tui.assistent.entwurf import Entwurf, Weiter
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.dialoge.formular import Formular, Werte
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, satz

if TYPE_CHECKING:
    from sozialtool.ablauf import Frage, Pruefung, ZuordnungZeile


class Bestaetigen(Befehl):
    """Nimmt den Vorschlag zur markierten Frage an. Ist nichts mehr offen, geht es weiter zu den Befunden."""

    titel = "Bestätigen"
    taste = "enter"
    kurz = "bestätigen"
    vorrang = True


class Anderes(Befehl):
    """Wählt etwas anderes als den Vorschlag: Name tippen, auswählen, Enter."""

    titel = "Anderes wählen"
    taste = "a"
    kurz = "anderes"


class NichtEinlesen(Befehl):
    """Lässt diese Spalte oder Zeile weg. Sie wird auch nächstes Jahr nicht gefragt."""

    titel = "Nicht einlesen"
    taste = "n"
    kurz = "nicht einlesen"


class ZuordnungSeite(MitDetail, Seite[Weiter]):
    """The mapping."""

    CSS_PATH = "assistent.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Einlesen: Zuordnung"
    HILFE = (
        "Oben steht, was noch offen ist, darunter, wie die übrigen Spalten und Zeilen verstanden wurden. Zu jeder offenen "
        "Frage gibt es unten einen Vorschlag: Enter nimmt ihn an, a wählt etwas anderes, n lässt die Stelle weg. "
        "Die Antworten werden behalten; nächstes Jahr fragt derselbe Aufbau nicht noch einmal."
    )
    BEFEHLE: ClassVar[Befehle] = (Bestaetigen, Anderes, NichtEinlesen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[:-1])

    def __init__(self, entwurf: Entwurf) -> None:
        super().__init__(f"Einlesen 2/3 · Zuordnung · {entwurf.datei}")
        self._entwurf = entwurf

    def inhalt(self) -> ComposeResult:
        """Lay out summary, mapping and question."""
        yield Schrift("", id="zuordnungstand", classes="vorspann")
        yield Tabelle(Spalte("Stelle", 9), Spalte("steht in der Datei"), Spalte("wird zu"), id="zuordnung")
        yield Schrift("", id="frage", classes="detail")

    def on_mount(self) -> None:
        """Show the mapping, the mark on the first open question."""
        self.query_one(Tabelle).focus()
        self._zeige()

    def _zeige(self, bleibe: ZuordnungZeile | None = None) -> None:
        """Show everything anew, the mark on the first open question, or on the settled column `bleibe`."""
        reihen: list[Reihe] = []
        for titel, zeilen in bild.build_zeilen(self._entwurf):
            reihen.append(Reihe(f"gruppe {titel}", ("", titel, ""), None, "bold"))
            for nummer, zeile in enumerate(zeilen):
                schluessel = zeile.frage.kennung if zeile.frage else f"{titel} {nummer}"
                ziel = zeile.ziel if zeile.frage else f"√ {zeile.ziel}"
                reihen.append(Reihe(schluessel, (zeile.ort, zeile.text, ziel), zeile))
        tabelle = self.query_one(Tabelle)
        tabelle.setze(reihen)
        if bleibe is None or not tabelle.waehle(
            lambda reihe: reihe.wert is not None and _same(reihe.wert.regel, bleibe)
        ):
            tabelle.waehle(lambda reihe: reihe.wert is not None)
        offen = len(self._entwurf.pruefung.fragen)
        stand = "√ Alles ist zugeordnet." if not offen else f"? {anzahl(offen, 'Frage ist', 'Fragen sind')} offen."
        self.query_one("#zuordnungstand", Schrift).schreibe(f"{stand}  {bild.summary(self._entwurf)}")
        self._zeige_detail()

    def _frage(self) -> Frage | None:
        reihe = self.query_one(Tabelle).gewaehlt
        return reihe.wert.frage if reihe and reihe.wert else None

    def _zeige_detail(self) -> None:
        frage = self._frage()
        text = _describe(frage) if frage else self._ohne_frage()
        if frage is not None and frage.art in ("gebiet", "gebiete") and len(self._entwurf.gebiete) <= 1:
            text = satz(
                text, UMBRUCH, "! Das Projekt hat noch keine Sozialräume. Erst unter Räume (F3) anlegen: Esc, Esc, F3."
            )
        self.query_one("#frage", Schrift).schreibe(text)

    def _ohne_frage(self) -> Content:
        if self._entwurf.pruefung.fragen:
            return klar("Diese Stelle ist zugeordnet. Die offenen Fragen stehen oben.")
        return klar("Alles ist zugeordnet. Enter: weiter zu den Befunden.")

    @arbeit
    async def action_bestaetigen(self) -> None:
        """Accept the proposal; with nothing open go on."""
        frage = self._frage()
        if frage is None:
            if self._entwurf.pruefung.fragen:
                self.query_one(Tabelle).waehle(lambda reihe: reihe.wert is not None)
            else:
                self.dismiss(Weiter.VOR)
        elif frage.vorschlaege:
            await self._antworte(frage, frage.vorschlaege[0].schluessel)
        else:
            await self._waehle(frage)

    @arbeit
    async def action_anderes(self) -> None:
        """Choose another answer, or another Merkmal for a column that is settled."""
        frage, regel = self._frage(), self._spalte()
        if frage is not None:
            await self._waehle(frage)
        elif regel is not None:
            wahl = await self.tool.push_screen_wait(Suche(f"{regel.ort} „{regel.text}“ ist …", self._entwurf.merkmale))
            if wahl is not None:
                await self._setze_spalte(regel, wahl)

    @arbeit
    async def action_nicht_einlesen(self) -> None:
        """Leave it out."""
        frage, regel = self._frage(), self._spalte()
        if frage is not None and frage.art != "stand":
            await self._antworte(frage, "")
        elif regel is not None:
            await self._setze_spalte(regel, "")

    def _spalte(self) -> ZuordnungZeile | None:
        """The settled column under the mark."""
        reihe = self.query_one(Tabelle).gewaehlt
        regel = reihe.wert.regel if reihe and reihe.wert else None
        return regel if regel is not None and regel.art == "spalte" else None

    async def _setze_spalte(self, regel: ZuordnungZeile, merkmal: str) -> None:
        alt = self._entwurf.pruefung
        await self._pruefe_neu(
            lambda: ablauf.set_spalte(self.tool.projekt, alt, regel.tabelle, regel.schluessel, merkmal), regel
        )

    async def _pruefe_neu(self, hole: Callable[[], Pruefung], bleibe: ZuordnungZeile | None = None) -> None:
        await self.tool.rufe(lambda: self._entwurf.pruefe_neu(self.tool.projekt, hole))
        self._zeige(bleibe)

    async def _waehle(self, frage: Frage) -> None:
        ziele = self._entwurf.ziele(frage)
        if not ziele:
            await self._tippe(frage)
            return
        # Without a proposal the mark stands on what does no harm, not on the first name of the list.
        nicht = {} if frage.vorschlaege else {"": "nicht einlesen"}
        zuerst = nicht | {
            v.schluessel: f"{v.name} · Vorschlag, {v.prozent} %" for v in frage.vorschlaege if v.schluessel
        }
        rest = {schluessel: name for schluessel, name in ziele.items() if schluessel not in zuerst}
        wahl = await self.tool.push_screen_wait(Suche(f"{frage.zelle} „{frage.text}“ ist …", zuerst | rest))
        if wahl is not None:
            await self._antworte(frage, wahl)

    async def _tippe(self, frage: Frage) -> None:
        feld = Feld(
            "stand", "Stand", str, hilfe="Ein Tag wie 31.12.2025: der Stichtag oder der letzte Tag.", pflicht=True
        )
        vorschlag = {"stand": frage.vorschlaege[0].name if frage.vorschlaege else ""}
        titel = "Von wann sind die Zahlen?"
        werte = await self.tool.push_screen_wait(
            Formular(titel, [feld], vorschlag, text=frage.frage, pruefe=_check_stand)
        )
        if werte is not None:
            await self._antworte(frage, werte["stand"])

    async def _antworte(self, frage: Frage, antwort: str) -> None:
        alt = self._entwurf.pruefung
        await self._pruefe_neu(lambda: ablauf.answer(self.tool.projekt, alt, frage.kennung, antwort))

    def action_zurueck(self) -> None:
        """Go back."""
        self.dismiss(Weiter.ZURUECK)


def _same(regel: ZuordnungZeile | None, andere: ZuordnungZeile) -> bool:
    """Whether two rules are about the same column."""
    return regel is not None and (regel.tabelle, regel.schluessel) == (andere.tabelle, andere.schluessel)


def _check_stand(werte: Werte) -> None:
    try:
        parse_datum(werte["stand"])
    except ValueError:
        raise FeldFehler(f"„{werte['stand']}“ ist kein Datum.", "Erwartet wird ein Tag wie 31.12.2025.") from None


def _describe(frage: Frage) -> Content:
    text = satz((f"{frage.zelle} ", "$leise"), (frage.frage, "bold"))
    if not frage.vorschlaege:
        return satz(text, UMBRUCH, "Enter oder a: auswählen · n: nicht einlesen")
    return satz(text, UMBRUCH, f"Enter: „{frage.vorschlaege[0].name}“ · a: etwas anderes · n: nicht einlesen")
