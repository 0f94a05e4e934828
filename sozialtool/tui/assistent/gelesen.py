"""Step 1: what was read – sheets, tables, a preview – and for text files how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sozialtool import ablauf
from sozialtool.fach.felder import Feld
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.tui.assistent import bild
from sozialtool.tui.assistent.entwurf import Entwurf, Weiter
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Spalte, Tabelle
from sozialtool.tui.text import Schrift, zahl

if TYPE_CHECKING:
    from sozialtool.ablauf import Rohblatt

ZEICHENSAETZE = ("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16")
TRENNER = {"Semikolon": ";", "Komma": ",", "Tabulator": "\t", "Strich": "|"}


class WeiterGehen(Befehl):
    """Geht zum nächsten Schritt."""

    titel = "Weiter"
    taste = "enter"
    kurz = "weiter"
    vorrang = True


class NaechstesBlatt(Befehl):
    """Zeigt das nächste Blatt der Datei."""

    titel = "Nächstes Blatt"
    taste = "b"
    kurz = "nächstes Blatt"


class SpaltenBlaettern(Befehl):
    """Zeigt die nächsten Spalten der Vorschau; ← die vorigen."""

    titel = "Weitere Spalten"
    taste = "right"
    kurz = "Spalten"
    vorrang = True


class LeseartAendern(Befehl):
    """Ändert, wie eine Textdatei (CSV) gelesen wird: Zeichensatz, Trennzeichen, Dezimalzeichen."""

    titel = "Leseart ändern"
    taste = "l"
    kurz = "Leseart"


class GelesenSeite(Seite[Weiter]):
    """What was read."""

    CSS_PATH = "assistent.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Einlesen: was gelesen wurde"
    HILFE = (
        "Die Datei ist gelesen, aber noch nicht übernommen. Oben steht, welche Tabellen gefunden wurden, darunter die "
        "ersten Zeilen, wie sie in der Datei stehen. Stimmen bei einer CSV-Datei Umlaute oder Spalten nicht, ändern Sie "
        "mit l die Leseart."
    )
    BEFEHLE: ClassVar[Befehle] = (WeiterGehen, NaechstesBlatt, SpaltenBlaettern, LeseartAendern, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BEFEHLE[:-1]),
        Binding("left", "spalten_blaettern(-1)", "Vorige Spalten", show=False, priority=True),
    ]

    def __init__(self, entwurf: Entwurf) -> None:
        super().__init__(f"Einlesen 1/3 · Was gelesen wurde · {entwurf.datei}")
        self._entwurf = entwurf
        self._blatt = 0
        self._ab = 0
        self._gezeigt = 0
        self._frueher: list[int] = []

    def inhalt(self) -> ComposeResult:
        """Lay out what was found, and the preview."""
        yield Schrift(self._befund(), id="gelesen")
        yield Schrift("", id="vorschautitel", classes="vorspann")
        yield Tabelle(Spalte(""), id="vorschau")

    def on_mount(self) -> None:
        """Show the sheet of the first table."""
        pruefung = self._entwurf.pruefung
        namen = [blatt.name for blatt in pruefung.rohmappe.blaetter]
        if pruefung.funde and pruefung.funde[0].blatt in namen:
            self._blatt = namen.index(pruefung.funde[0].blatt)
        self._zeige()
        self.query_one(Tabelle).focus()

    def on_resize(self, ereignis: events.Resize) -> None:
        """Lay the columns out anew."""
        del ereignis
        self._zeige()

    def _befund(self) -> str:
        pruefung = self._entwurf.pruefung
        zeilen = []
        if pruefung.profil is not None:
            zeilen.append(f"√ Bekannter Aufbau: wird gelesen wie „{pruefung.profil.name}“.")
        zeilen += [f"! {abweichung.meldung}" for abweichung in pruefung.abweichungen[:4]]
        if len(pruefung.abweichungen) > 4:
            mehr = format_anzahl(len(pruefung.abweichungen) - 4, "weiterer Unterschied", "weitere Unterschiede")
            zeilen.append(f"! und {mehr} im Aufbau")
        zeilen += [bild.describe_fund(fund) for fund in pruefung.funde[:4]]
        if len(pruefung.funde) > 4:
            zeilen.append(f"und {format_anzahl(len(pruefung.funde) - 4, 'weitere Tabelle', 'weitere Tabellen')}")
        if not pruefung.funde:
            zeilen.append("! Es wurde keine Tabelle gefunden.")
        leseart = pruefung.rohmappe.leseart
        if leseart is not None:
            name = next((wort for wort, zeichen in TRENNER.items() if zeichen == leseart.trenner), leseart.trenner)
            zeilen.append(f"Leseart: {leseart.zeichensatz} · Trennzeichen {name} · Dezimalzeichen „{leseart.dezimal}“")
        return "\n".join(zeilen)

    def _sheet(self) -> Rohblatt | None:
        blaetter = self._entwurf.pruefung.rohmappe.blaetter
        return blaetter[self._blatt] if blaetter else None

    def _zeige(self) -> None:
        blatt = self._sheet()
        if blatt is None or not self.size.width:
            return
        breiten = bild.preview_widths(blatt, self._ab, self.size.width - 9)
        self._gezeigt = anzahl = len(breiten)
        koepfe = [Spalte(bild.buchstabe(self._ab + nummer), breite) for nummer, breite in enumerate(breiten)]
        self.query_one(Tabelle).setze(bild.preview(blatt, self._ab, breiten), [Spalte("", 6), *koepfe])
        titel = f"Blatt „{blatt.name}“ ({self._blatt + 1} von {len(self._entwurf.pruefung.rohmappe.blaetter)})"
        titel += f" · Spalten {self._ab + 1}–{self._ab + anzahl} von {blatt.breite}"
        if blatt.hoehe > bild.VORSCHAU:
            titel += f" · Vorschau: die ersten {bild.VORSCHAU} von {zahl(blatt.hoehe)} Zeilen"
        self.query_one("#vorschautitel", Schrift).schreibe(titel)

    def action_weiter_gehen(self) -> None:
        """Go on; without a table there is nothing to go on to."""
        if self._entwurf.pruefung.funde:
            self.dismiss(Weiter.VOR)
        elif self._entwurf.pruefung.rohmappe.leseart is not None:
            self.tool.melde(
                "Ohne Tabelle gibt es nichts einzulesen. Vielleicht hilft eine andere Leseart (l); Esc geht zurück."
            )
        else:
            self.tool.melde("Ohne Tabelle gibt es nichts einzulesen. Esc geht zurück.")

    def action_zurueck(self) -> None:
        """Go back."""
        self.dismiss(Weiter.ZURUECK)

    def action_naechstes_blatt(self) -> None:
        """Show the next sheet."""
        self._blatt = (self._blatt + 1) % max(len(self._entwurf.pruefung.rohmappe.blaetter), 1)
        self._ab = 0
        self._frueher.clear()
        self._zeige()

    def action_spalten_blaettern(self, um: int = 1) -> None:
        """Show further columns."""
        blatt = self._sheet()
        if blatt is None:
            return
        if um > 0 and self._ab + self._gezeigt < blatt.breite:
            self._frueher.append(self._ab)
            self._ab += self._gezeigt
        elif um < 0 and self._frueher:
            self._ab = self._frueher.pop()
        self._zeige()

    @arbeit
    async def action_leseart_aendern(self) -> None:
        """Ask how to read a text file, and have it read again."""
        alt = self._entwurf.pruefung.rohmappe.leseart
        if alt is None:
            self.tool.melde("Die Leseart gibt es nur bei Textdateien (CSV).")
            return
        felder = [
            Feld("zeichensatz", "Zeichensatz", str, auswahl=tuple(dict.fromkeys((alt.zeichensatz, *ZEICHENSAETZE)))),
            Feld("trenner", "Trennzeichen", str, auswahl=tuple(TRENNER)),
            Feld("dezimal", "Dezimalzeichen", str, auswahl=(",", ".")),
        ]
        worte = {zeichen: wort for wort, zeichen in TRENNER.items()}
        jetzt = {"zeichensatz": alt.zeichensatz, "trenner": worte.get(alt.trenner, "Semikolon"), "dezimal": alt.dezimal}
        werte = await self.tool.push_screen_wait(Formular("Leseart", felder, jetzt))
        if werte is not None:
            self._entwurf.leseart = ablauf.Leseart(werte["zeichensatz"], TRENNER[werte["trenner"]], werte["dezimal"])
            self.dismiss(Weiter.NEU_LESEN)
