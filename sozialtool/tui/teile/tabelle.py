"""A table that fits its width: fixed columns, one that takes the rest, figures to the right, headings between rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import attrs
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from sozialtool.tui.text import Seite, kuerzen, zelle

HOECHSTENS = 1000
"""More rows than this freeze the picture (trap 18); a preview shows fewer and says so."""

_GESTRICHEN = 2
"""Rows that may vanish with one that is struck out: itself and the heading it stood under."""


@attrs.frozen
class Spalte:
    """A column: title, width in cells (0: takes its share of what is left), side, unit (a second line of the head)."""

    titel: str
    breite: int = 0
    seite: Seite = "left"
    einheit: str = ""


@attrs.frozen
class Reihe:
    """A row: its key, one text (with style) per column, and what it stands for."""

    schluessel: str
    texte: tuple[str | Text, ...]
    wert: Any = None
    stil: Style | str = ""


class Tabelle(DataTable[Text]):
    """Rows chosen with ↑↓ and Enter; nothing to scroll sideways for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_top", "An den Anfang", show=False),
        Binding("end", "scroll_bottom", "Ans Ende", show=False),
    ]

    def __init__(self, *spalten: Spalte, cursor: str = "row", fest: int = 0, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(cursor_type=cursor, id=id, cell_padding=0, zebra_stripes=False, fixed_columns=fest)  # type: ignore[arg-type]  # a plain str of the literals
        self._spalten = spalten
        self._reihen: tuple[Reihe, ...] = ()
        self._gebaut_fuer = -1
        self._wunsch: Callable[[], object] | None = None

    def setze(self, reihen: Sequence[Reihe], spalten: Sequence[Spalte] | None = None) -> None:
        """Show these rows; the cursor stays on the row with the same key, or on its neighbour where that row was struck out."""
        if spalten is not None:
            self._spalten = tuple(spalten)
        self._reihen = tuple(reihen[:HOECHSTENS])
        self._gebaut_fuer = -1
        self._baue()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out anew when the width changed."""
        if event.size.width != self._gebaut_fuer:
            self._baue()

    @property
    def reihen(self) -> tuple[Reihe, ...]:
        """The rows shown."""
        return self._reihen

    @property
    def gewaehlt(self) -> Reihe | None:
        """The row under the cursor."""
        return self._reihen[self.cursor_row] if 0 <= self.cursor_row < len(self._reihen) else None

    @property
    def markiert(self) -> Any | None:
        """What the row under the cursor stands for; None where there is no row."""
        return self.gewaehlt.wert if self.gewaehlt is not None else None

    def waehle(self, passt: Callable[[Reihe], bool]) -> bool:
        """Put the cursor on the first row that fits, once the rows are laid out; False when there is none."""
        if self._gebaut_fuer < 0:
            self._wunsch = lambda: self.waehle(passt)
            return any(passt(reihe) for reihe in self._reihen)
        for nummer, reihe in enumerate(self._reihen):
            if passt(reihe):
                self.move_cursor(row=nummer)
                return True
        return False

    def stelle_marke(self, zeile: int, spalte: int) -> None:
        """Put the cursor on a cell (the last one where there are fewer), once the rows are laid out."""
        if self._gebaut_fuer < 0:
            self._wunsch = lambda: self.stelle_marke(zeile, spalte)
        elif self._reihen:
            ende = Coordinate(len(self._reihen) - 1, len(self._spalten) - 1)
            self.cursor_coordinate = Coordinate(min(zeile, ende.row), min(spalte, ende.column))

    def _baue(self) -> None:
        breite = self.size.width
        if breite <= 0:
            return
        merk, spalte = self._find_bleibend(), self.cursor_column
        oben = self.scroll_y
        breiten = self._breiten(breite - 1)
        self.clear(columns=True)
        self.header_height = 2 if any(angabe.einheit for angabe in self._spalten) else 1
        for angabe, weite in zip(self._spalten, breiten, strict=True):
            self.add_column(_kopf(angabe, weite), width=weite)
        for reihe in self._reihen:
            self.add_row(*self._zellen(reihe, breiten), key=reihe.schluessel)
        self._gebaut_fuer = breite
        zeile = next((nr for nr, reihe in enumerate(self._reihen) if reihe.schluessel == merk), 0)
        if self._reihen:
            self.cursor_coordinate = Coordinate(zeile, min(spalte, len(self._spalten) - 1))
            self.scroll_to(y=oben, animate=False)
        if self._wunsch is not None:
            wunsch, self._wunsch = self._wunsch, None
            wunsch()

    def _find_bleibend(self) -> str:
        """Key of the row that the cursor shall stand on: the same, or the next one that was there before; "" for the first."""
        vorher, stelle = [str(schluessel.value) for schluessel in self.rows], self.cursor_row
        if not 0 <= stelle < len(vorher):
            return ""
        da = {reihe.schluessel for reihe in self._reihen}
        if vorher[stelle] not in da and sum(schluessel not in da for schluessel in vorher) > _GESTRICHEN:
            return ""  # other rows than before: a filter, another view
        naechste = (*vorher[stelle:], *reversed(vorher[:stelle]))
        return next((schluessel for schluessel in naechste if schluessel in da), "")

    def _zellen(self, reihe: Reihe, breiten: Sequence[int]) -> list[Text]:
        zellen = []
        for angabe, weite, text in zip(self._spalten, breiten, reihe.texte, strict=True):
            if isinstance(text, Text):
                zellen.append(text)
            else:
                # One cell stays free between columns.
                zellen.append(zelle(kuerzen(text, weite - 1), reihe.stil, angabe.seite))
        return zellen

    def _breiten(self, breite: int) -> list[int]:
        fest = sum(angabe.breite for angabe in self._spalten)
        bewegliche = sum(not angabe.breite for angabe in self._spalten)
        rest = max(breite - fest, 4 * bewegliche)
        anteil, ueber = divmod(rest, bewegliche) if bewegliche else (0, 0)
        breiten = []
        for angabe in self._spalten:
            zusatz = 1 if not angabe.breite and ueber > 0 else 0
            ueber -= zusatz
            breiten.append(angabe.breite or anteil + zusatz)
        return breiten


class MitDetail:
    """For a screen with a table: what is under the mark stands below it in full, and follows the mark."""

    def on_data_table_row_highlighted(self, ereignis: DataTable.RowHighlighted) -> None:
        """Follow the mark."""
        ereignis.stop()
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        """Show the marked row in full; also called when there is none."""
        raise NotImplementedError


def _kopf(angabe: Spalte, weite: int) -> Text:
    text = zelle(kuerzen(angabe.titel, weite - 1), "", angabe.seite)
    if angabe.einheit:
        # Right-aligned text would lose the blanks behind it; the unit stands above the figures, not above their signs.
        text = zelle(f"{kuerzen(angabe.titel, weite - 1):>{weite}}")
        text.append(f"\n{angabe.einheit:>{weite}}", Style(bold=False))
    return text
