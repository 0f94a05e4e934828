"""A sheet that knows its paper: a cursor, the room left on the A4 page, page breaks that cut nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs
from xlsxwriter.utility import xl_col_to_name

from sozialtool.ausgabe.mappe import Eintrag, Mappe, sauber
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.stil import Stil

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SEITE_BREITE = 905
"""Column pixels (96 dpi) that fit between 2 cm margins on A4 landscape (971).

On paper a column is as wide as its digits: 5.56 pt each in Arial 10, but 7 px (5.25 pt) on the screen; hence 6 % less.
"""
SEITE_HOEHE = 634
"""Pixels between 2 cm margins, less a little (642)."""
ZEILE = 17
"""Height of a plain row in pixels, as Excel gives it to Arial 10."""
_LETZTE = ZEILE
"""Pixels below the counted end of a page that the end of a text may use: a legend stands below its table, not alone on a page."""
KLEINSTE_SCHRIFT = 8.5
"""Points of notes and heads on a sheet that is printed in full size; smaller sheets keep 8 points on paper."""
RAND_ZOLL = 2 / 2.54
KLEINSTE_SKALA = 80
"""Percent; 10-point text stays at 8 points."""


@attrs.frozen
class Seitenrahmen:
    """What stands around every printed page."""

    kopf_links: str
    kopf_rechts: str
    stand: str


def rahmentext(text: str) -> str:
    """Escape a text for page heads and feet (`&` starts a command there); at most 100 characters."""
    return sauber(text).replace("\n", " ")[:100].replace("&", "&&")


def set_seite(ws: Worksheet, stil: Stil, rahmen: Seitenrahmen) -> None:
    """Set A4 landscape with 2 cm margins, head and foot ("Seite x von y", file name, Stand)."""
    ws.set_landscape()
    ws.set_paper(9)
    ws.set_margins(left=RAND_ZOLL, right=RAND_ZOLL, top=RAND_ZOLL, bottom=RAND_ZOLL)
    ws.hide_gridlines(2)
    schrift = f'&"{stil.schrift},Regular"&8'
    links, rechts = rahmentext(rahmen.kopf_links), rahmentext(rahmen.kopf_rechts)
    ws.set_header(f"&L{schrift}{links}&R{schrift}{rechts}", {"margin": 0.4})
    ws.set_footer(f"&L{schrift}&F · {rahmentext(rahmen.stand)}&R{schrift}Seite &P von &N", {"margin": 0.4})


class Blatt:
    """Writer for one worksheet with fixed column widths.

    Args:
        mappe: the workbook.
        name: wanted sheet name.
        breiten: column widths in pixels; the print scale follows from their sum.
        rahmen: head and foot of the printed pages.
        skala: largest print scale in percent; smaller when the columns are wider than the page.
    """

    def __init__(self, mappe: Mappe, name: str, breiten: Sequence[int], rahmen: Seitenrahmen, skala: int = 100) -> None:
        self.mappe = mappe
        self.formate = mappe.formate
        self.stil = mappe.stil
        self.ws = mappe.add_blatt(name)
        self.name = str(self.ws.name)
        self.breiten = tuple(breiten)
        self.spaltennamen = tuple(xl_col_to_name(spalte) for spalte in range(len(breiten)))
        self.zeile = 0
        self._benutzt = 0
        self._hoehen: list[int] = []
        self._umbrueche: list[int] = []
        self._wiederholt = 0
        self._druck_bis = 0
        gesamt = sum(breiten)
        self.skala = min(skala, int(SEITE_BREITE / gesamt * 100))
        self.platz = int(SEITE_HOEHE / self.skala * 100)
        for spalte, breite in enumerate(breiten):
            self.ws.set_column_pixels(spalte, spalte, breite)
        set_seite(self.ws, self.stil, rahmen)
        self.ws.set_print_scale(self.skala)

    @property
    def breite(self) -> int:
        """Width of all columns in pixels."""
        return sum(self.breiten)

    @property
    def kleingroesse(self) -> float:
        """Points of notes and heads of tables: at least 8 on paper."""
        return max(KLEINSTE_SCHRIFT, round(800 / self.skala, 1))

    @property
    def kleinzeile(self) -> int:
        """Height in pixels of a line in that size."""
        return 15 if self.kleingroesse < self.stil.groesse - 0.5 else ZEILE

    # -- moving ---------------------------------------------------------------------------------------------------

    def rueck(self, hoehe: int = ZEILE) -> int:
        """Take the next row with this height in pixels; return its number."""
        zeile = self.zeile
        if hoehe != ZEILE:
            self.ws.set_row_pixels(zeile, hoehe)
        self.zeile += 1
        self._benutzt += hoehe
        self._hoehen.append(hoehe)
        return zeile

    def platz_fuer(self, hoehe: int) -> int:
        """Take plain rows for a picture of this height in pixels; return the first."""
        erste = self.zeile
        for _ in range(-(-hoehe // ZEILE)):
            self.rueck()
        return erste

    def leer(self, hoehe: int = 9) -> None:
        """Leave a thin empty row, unless a page starts here."""
        if self._benutzt > self._wiederholt:
            self.rueck(hoehe)

    def hoehe_von(self, erste: int, letzte: int) -> int:
        """Return the height in pixels of written rows."""
        return sum(self._hoehen[erste : letzte + 1])

    def frei(self) -> int:
        """Return the room left on this page in pixels."""
        return self.platz - self._benutzt

    def braucht(self, hoehe: int) -> None:
        """Start a new page when fewer than `hoehe` pixels are left (never two in a row)."""
        if hoehe > self.frei() and self._benutzt > self._wiederholt:
            self.umbruch()

    def umbruch(self) -> None:
        """Start a new page here."""
        if self.zeile and self._benutzt > self._wiederholt:
            self._umbrueche.append(self.zeile)
            self._benutzt = self._wiederholt

    def wiederhole(self, von: int, bis: int) -> None:
        """Repeat these rows on every page; call it on the first page, right after writing them."""
        self.ws.repeat_rows(von, bis)
        self._wiederholt = self._benutzt

    def ende_druck(self) -> None:
        """Print nothing from here on: what follows stands in the file."""
        self._druck_bis = self.zeile

    # -- writing --------------------------------------------------------------------------------------------------

    def text(self, text: str, *, spalte: int = 0, platz: int | None = None, groesse: float = 0, **form: Any) -> None:
        """Write a text over the free cells to the right, broken into rows by its printed width."""
        groesse = groesse or self.stil.groesse
        platz = platz or sum(self.breiten[spalte:]) - 4
        format_ = self.formate.get(font_size=groesse, **form)
        hoehe = max(ZEILE, int(groesse * 1.75)) if groesse != self.stil.groesse else ZEILE
        if groesse == self.kleingroesse:
            hoehe = self.kleinzeile
        for zeile in umbrechen(sauber(text), platz, groesse, fett=bool(form.get("bold"))):
            # Excel would break here by itself; unless it is counted, the next break leaves a page of a few lines.
            if hoehe > self.frei() + _LETZTE:
                self.braucht(hoehe)
            self.ws.write_string(self.rueck(hoehe), spalte, zeile, format_)

    def titel(self, text: str, eintrag: str = "", stufe: int = 0) -> None:
        """Write the head of the sheet with a line under it and enter it into the Inhalt."""
        self.mappe.eintraege.append(Eintrag(sauber(eintrag or text), self.name, self.zeile, stufe))
        self.text(text, groesse=16, bold=True, font_color=self.stil.kopf)
        linie = self.formate.get(top=2, top_color=self.stil.kopf)
        zeile = self.rueck(8)
        for spalte in range(len(self.breiten)):
            self.ws.write_blank(zeile, spalte, None, linie)

    def zwischentitel(self, text: str) -> None:
        """Write a smaller head; it stays with at least three rows below it."""
        self.leer()
        self.braucht(5 * ZEILE)
        self.text(text, groesse=12, bold=True, font_color=self.stil.kopf)

    def absatz(self, text: str) -> None:
        """Write a paragraph in plain text."""
        self.text(text)
        self.rueck(5)

    def klein(self, text: str) -> None:
        """Write a note in small secondary text."""
        if text:
            self.text(text, groesse=self.kleingroesse, font_color=self.stil.neben)

    def fertig(self) -> None:
        """Set the page breaks and the cursor; call it last."""
        letzte = self._druck_bis or self.zeile
        if umbrueche := [zeile for zeile in self._umbrueche if zeile < letzte]:
            self.ws.set_h_pagebreaks(umbrueche)
        self.ws.set_selection(0, 0, 0, 0)
        self.ws.print_area(0, 0, max(letzte - 1, 0), len(self.breiten) - 1)
