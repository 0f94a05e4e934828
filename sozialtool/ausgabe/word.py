"""A Word document in the town's look: heads as styles, real lists, tables with repeated heads and alt texts, in German.

What is written here is meant to be written on: everything hangs on styles, so that a change of style changes the whole paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm, Pt, RGBColor

from sozialtool.ausgabe import wordteile
from sozialtool.ausgabe.briefbogen import Briefbogen, open_briefbogen
from sozialtool.ausgabe.briefplatz import A4_CM, RAND_CM, Platz
from sozialtool.ausgabe.briefvorlagen import find_vorlage
from sozialtool.ausgabe.datei import KATEGORIE, write_ganz
from sozialtool.ausgabe.mappe import sauber
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.orte import lang

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

ENG = 4
"""Points of the line behind a close table; those of an ordinary line otherwise."""
BREITE_HOCH, BREITE_QUER = 17.0, 25.7
"""Centimetres between the margins of A4, upright and landscape."""
_SCHMALSTE = 14.0
"""Centimetres for which tables are laid out at least; where a letterhead leaves less, their widest columns shrink."""
_ENGE_SCHRIFT = 9
"""Points of the text in tables that had to shrink: a day then stands on one line in 2 cm."""
_ZEILEN_ZUSAMMEN = 4
"""From so many rows on the last two of a table stay on one page."""
_UEBERSCHRIFTEN = {1: 14, 2: 12, 3: 11}
"""Points of the heads by their level."""
_PUNKT, _FUSS = "List Bullet", "Footer"


@attrs.frozen
class Eintraege:
    """Several entries in one cell of a table: each is a point of a list."""

    texte: tuple[str, ...]


Zelle = str | Eintraege
"""What a cell of a table holds; a line break in a text stays one."""


@attrs.frozen
class Worttabelle:
    """A table: name and description for who does not see it, heads, widths in centimetres, rows.

    Without `kopf` it is a plain arrangement of labels and texts without lines; the first column is bold. Figures stand in the
    columns `rechts`. With `eng` its lines stand close together. With
    `verbinde` a row whose first cell is empty shares that of the row above it.
    """

    titel: str
    beschreibung: str
    kopf: tuple[str, ...]
    breiten: tuple[float, ...]
    zeilen: tuple[tuple[Zelle, ...], ...]
    rechts: frozenset[int] = frozenset()
    eng: bool = False
    verbinde: bool = False

    def __attrs_post_init__(self) -> None:
        for zeile in (*self.zeilen, *((self.kopf,) if self.kopf else ())):
            if len(zeile) != len(self.breiten):
                raise ValueError(f"{self.titel}: {len(zeile)} cells in a table of {len(self.breiten)} columns")


class Dokument:
    """A document under construction, written from top to bottom.

    Args:
        titel: title in the properties of the file and in the foot of every page.
        stand: day of the document; the same content with the same day gives the same bytes.
        thema: what it is about, in the properties of the file.
        urheber: office that writes it; never a person.
        quer: landscape.
        stil: colours and font.
        bogen: the town's own letterhead; styles, page, head and foot are then those of the letterhead.
    """

    def __init__(
        self, titel: str, stand: dt.date, *, thema: str = "", urheber: str = "Sozialplanung", quer: bool = False,
        stil: Stil = STIL, bogen: Briefbogen | None = None,
    ) -> None:  # fmt: skip
        self._stil = stil
        self._vorlagen: dict[str, ParagraphStyle] = {}
        self._platz: Platz | None = None
        if bogen is None:
            self._docx = docx.Document()
        else:
            self._docx, self._platz = open_briefbogen(bogen)
        self._raum = (BREITE_QUER if quer else BREITE_HOCH) if self._platz is None else self._platz.breite
        self.breite = max(self._raum, _SCHMALSTE)
        """Centimetres for which a table is laid out."""
        self._eng = self._raum < self.breite
        wordteile.drop_vorschau(self._docx)
        wordteile.set_sprache(self._docx)
        self._set_eigenschaften(titel, thema, urheber, stand)
        if bogen is not None:
            return
        wordteile.set_programm(self._docx)
        self._set_vorlagen()
        self._set_seite(quer=quer)
        self._write_fuss(titel, stand)

    # -- writing --------------------------------------------------------------------------------------------------

    def titel(self, text: str, unter: str = "") -> None:
        """Write the title of the document and a line below it."""
        self._docx.add_paragraph(wordteile.wortlaut(text), style=self._vorlage("Title"))
        if unter:
            self.unterzeile(unter)

    def unterzeile(self, text: str) -> None:
        """Write a line in the style of a subtitle."""
        self._docx.add_paragraph(wordteile.wortlaut(text), style=self._vorlage("Subtitle"))

    def ueberschrift(self, text: str, stufe: int = 1) -> None:
        """Write a head of level 1 to 3; it stays with what follows."""
        self._docx.add_paragraph(wordteile.wortlaut(text), style=self._vorlage(f"Heading {stufe}"))

    def absatz(self, text: str, *, vorweg: str = "", klein: bool = False) -> None:
        """Write a paragraph; `vorweg` stands bold before it; `klein` is for notes."""
        absatz = self._docx.add_paragraph()
        if vorweg:
            absatz.add_run(wordteile.wortlaut(vorweg) + " ").bold = True
        lauf = absatz.add_run(wordteile.wortlaut(text))
        if klein:
            lauf.font.size, lauf.font.color.rgb = Pt(self._stil.groesse - 1.5), _farbe(self._stil.neben)

    def liste(self, punkte: Sequence[str]) -> None:
        """Write points, each a paragraph of a list."""
        for punkt in punkte:
            self._docx.add_paragraph(wordteile.wortlaut(punkt), style=self._vorlage(_PUNKT))

    def fliesstext(self, laeufe: Sequence[tuple[str, bool]], *, punkt: bool = False) -> None:
        """Write a paragraph (or a point of a list) of several runs; those marked True stand raised, as numbers of footnotes do."""
        absatz = self._docx.add_paragraph(style=self._vorlage(_PUNKT) if punkt else None)
        texte = wordteile.wortlaute([text for text, _ in laeufe])
        for text, (_, hoch) in zip(texte, laeufe, strict=True):
            absatz.add_run(text).font.superscript = hoch or None

    def tabelle(self, inhalt: Worttabelle) -> None:
        """Write a table; its head is repeated on every page, no row is cut in two."""
        kopf = 1 if inhalt.kopf else 0
        breiten = _narrow(inhalt.breiten, self._raum) if self._eng else inhalt.breiten
        rumpf = self._docx._body  # noqa: SLF001  # its other door takes the width of the last section, where the text need not stand
        tabelle = rumpf.add_table(kopf + len(inhalt.zeilen), len(breiten), Cm(sum(breiten)))
        tabelle.alignment, tabelle.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        linie = self._stil.linie[1:] if kopf else ""
        wordteile.set_tabelle(tabelle, sauber(inhalt.titel), sauber(inhalt.beschreibung), linie)
        for spalte, breite in zip(tabelle.columns, breiten, strict=True):
            spalte.width = Cm(breite)
        if kopf:
            wordteile.set_kopfzeile(tabelle.rows[0])
            self._fill(tabelle, 0, inhalt.kopf, breiten, fett=range(len(inhalt.kopf)), grund=self._stil.band[1:])
        for nummer, zeile in enumerate(inhalt.zeilen, start=kopf):
            wordteile.keep_ganz(tabelle.rows[nummer])
            self._fill(tabelle, nummer, zeile, breiten, fett=range(1))
        if len(inhalt.zeilen) >= _ZEILEN_ZUSAMMEN:  # the last row does not stand alone on a page
            for absatz in (a for zelle in tabelle.rows[-2].cells for a in zelle.paragraphs):
                absatz.paragraph_format.keep_with_next = True
        for ort in sorted(inhalt.rechts):
            for absatz in (a for zeile_ in tabelle.rows for a in zeile_.cells[ort].paragraphs):
                absatz.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        danach = self._docx.add_paragraph().paragraph_format
        danach.space_after = Pt(2)
        if inhalt.eng:
            danach.line_spacing = Pt(ENG)
            for absatz in (a for zeile_ in tabelle.rows for zelle in zeile_.cells for a in zelle.paragraphs):
                _space(absatz, 1)
        if inhalt.verbinde:
            _merge_erste(tabelle, [not zeile_[0] for zeile_ in inhalt.zeilen], kopf)

    def write(self, pfad: Path | str) -> None:
        """Write the file; it appears whole or not at all.

        Raises:
            DateiGesperrt: the target is open in Word. DateiFehler: it cannot be written.
        """
        if self._platz is not None:
            self._platz.fill()
        with write_ganz(Path(pfad)) as vorlaeufig:
            vorlaeufig.write_bytes(wordteile.to_bytes(self._docx))

    def _vorlage(self, name: str) -> ParagraphStyle:
        """Find a style; a letterhead has been given those that it lacked."""
        if name not in self._vorlagen:
            vorlage = find_vorlage(self._docx, name)
            assert vorlage is not None, name
            self._vorlagen[name] = vorlage
        return self._vorlagen[name]

    # -- how it looks ---------------------------------------------------------------------------------------------

    def _fill(
        self, tabelle: Table, nummer: int, zeile: Sequence[Zelle], breiten: Sequence[float], *, fett: range, grund: str = ""
    ) -> None:  # fmt: skip
        for ort, (zelle, inhalt, breite) in enumerate(zip(tabelle.rows[nummer].cells, zeile, breiten, strict=True)):
            zelle.width = Cm(breite)
            if grund:
                wordteile.set_grund(zelle, grund)
            self._write_zelle(zelle, inhalt, fett=ort in fett)

    def _write_zelle(self, zelle: _Cell, inhalt: Zelle, *, fett: bool) -> None:
        texte = inhalt.texte if isinstance(inhalt, Eintraege) else (inhalt,)
        for nummer, text in enumerate(texte):
            absatz = zelle.paragraphs[0] if nummer == 0 else zelle.add_paragraph()
            if isinstance(inhalt, Eintraege):
                absatz.style = self._vorlage(_PUNKT)
                absatz.paragraph_format.left_indent, absatz.paragraph_format.first_line_indent = Cm(0.4), Cm(-0.4)
            _space(absatz, 2)
            absatz.paragraph_format.space_before = Pt(2 if nummer == 0 else 0)
            lauf = absatz.add_run(wordteile.wortlaut(text))
            lauf.bold, lauf.font.size = fett or None, Pt(_ENGE_SCHRIFT) if self._eng else None

    def _set_eigenschaften(self, titel: str, thema: str, urheber: str, stand: dt.date) -> None:
        tag, angaben = dt.datetime.combine(stand, dt.time(12)), self._docx.core_properties
        angaben.title, angaben.subject = sauber(titel)[:255], sauber(thema)[:255]
        angaben.author = angaben.last_modified_by = sauber(urheber)[:255]
        angaben.category, angaben.comments, angaben.keywords = KATEGORIE, "", ""
        angaben.language, angaben.revision = wordteile.SPRACHE, 1
        angaben.created = angaben.modified = tag

    def _set_vorlagen(self) -> None:
        """Give the styles of python-docx the town's font and colours."""
        vorlagen, stil = self._docx.styles, self._stil
        groessen = {
            "Normal": stil.groesse, "Title": 18, "Subtitle": stil.groesse + 1, _PUNKT: stil.groesse, _FUSS: 8,
            **{f"Heading {n}": groesse for n, groesse in _UEBERSCHRIFTEN.items()},
        }  # fmt: skip
        for name, groesse in groessen.items():
            vorlage = vorlagen[name]
            wordteile.set_schrift(vorlage, stil.schrift)
            vorlage.font.size, vorlage.font.italic = Pt(groesse), False
            farbe = stil.kopf if name.startswith(("Heading", "Title")) else stil.tinte
            farbe = stil.neben if name == _FUSS else farbe
            vorlage.font.color.rgb = _farbe(farbe)
            _space(vorlage, 4)
        for stufe in _UEBERSCHRIFTEN:
            vorlagen[f"Heading {stufe}"].paragraph_format.space_before = Pt(14 - 2 * stufe)

    def _set_seite(self, *, quer: bool) -> None:
        seite = self._docx.sections[0]
        breite, hoehe = (A4_CM[1], A4_CM[0]) if quer else A4_CM
        seite.orientation = WD_ORIENT.LANDSCAPE if quer else WD_ORIENT.PORTRAIT
        seite.page_width, seite.page_height = Cm(breite), Cm(hoehe)
        seite.left_margin = seite.right_margin = seite.top_margin = seite.bottom_margin = Cm(RAND_CM)

    def _write_fuss(self, titel: str, stand: dt.date) -> None:
        """Write title, day and "Seite x von y" into the foot of the pages."""
        absatz = self._docx.sections[0].footer.paragraphs[0]
        self._docx.styles[_FUSS].paragraph_format.tab_stops.clear_all()
        absatz.paragraph_format.tab_stops.add_tab_stop(Cm(self.breite), alignment=WD_TAB_ALIGNMENT.RIGHT)
        absatz.add_run(f"{wordteile.wortlaut(titel)} · Stand {stand:%d.%m.%Y}\tSeite ")
        wordteile.add_feld(absatz, "PAGE")
        absatz.add_run(" von ")
        wordteile.add_feld(absatz, "NUMPAGES")


def _narrow(breiten: Sequence[float], raum: float) -> tuple[float, ...]:
    """Make columns fit by one limit for all of them: only those that are wider shrink (a day needs its width)."""
    grenze, rest = 0.0, raum
    for nummer, breite in enumerate(sorted(breiten)):
        grenze = rest / (len(breiten) - nummer)
        if breite > grenze:
            break
        rest -= breite
    return tuple(min(breite, grenze) for breite in breiten) if sum(breiten) > raum else tuple(breiten)


def _merge_erste(tabelle: Table, leere: Sequence[bool], kopf: int) -> None:
    """Let rows with an empty first cell share the one above; the empty paragraph of a merged cell goes."""
    oben = kopf
    for nummer, leer in enumerate(leere, start=kopf):
        if not leer or nummer == kopf:
            oben = nummer
            continue
        erste, zweite = tabelle.cell(oben, 0), tabelle.cell(nummer, 0)
        erste.merge(zweite)
        for absatz in erste.paragraphs[1:]:
            if not absatz.text:
                absatz._element.getparent().remove(absatz._element)  # noqa: SLF001 - python-docx cannot remove one


def is_bearbeitet(pfad: Path) -> bool:
    """Whether somebody saved a document of ours in Word since it was written: what is written here bears one and the same time twice."""
    try:
        angaben = docx.Document(str(lang(pfad))).core_properties
    except (PackageNotFoundError, KeyError, ValueError):
        return True  # damaged: nobody knows what somebody did to it
    return bool(angaben.created != angaben.modified or angaben.last_modified_by != angaben.author)


def _farbe(farbe: str) -> RGBColor:
    return RGBColor.from_string(farbe[1:])


def _space(wo: Paragraph | ParagraphStyle, punkte: int) -> None:
    """Set the room before and behind a paragraph or the paragraphs of a style."""
    form = wo.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(punkte)
