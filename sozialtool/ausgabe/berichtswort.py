"""A report in Word that is written on: blocks become paragraphs, tables and pictures, each generated piece in its marks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sozialtool.ausgabe import berichtsform as form
from sozialtool.ausgabe import wordteile
from sozialtool.ausgabe.seitenplan import (
    WEIT,
    Absatz,
    Bildblock,
    Block,
    Inhaltsmass,
    Kopf,
    Tafelblock,
    choose_inhaltsmass,
    plan,
)
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.stuecke import Bild, Satz, Stueck, liste_xml, make_lesezeichen, make_tag, summe_of
from sozialtool.ausgabe.word import Dokument

_VORLAGEN = {
    "": "",
    "punkt": "ListBullet",
    "klein": form.QUELLE,
    "titel": "Title",
    "unter": "Subtitle",
    "stadt": "Subtitle",
}


class Berichtsdokument(Dokument):
    """A Word document whose generated pieces can be renewed later.

    Args:
        titel: title in the properties of the file.
        stand: its day; the same content with the same day gives the same bytes.
        ags: key of the town, so that pieces of another one are never filled with its figures.
        fuss: piece that stands in the foot of every page but the first.
        stil: colours and font.
    """

    def __init__(self, titel: str, stand: dt.date, ags: str, fuss: Satz, *, stil: Stil = STIL) -> None:
        self._ags, self._fusssatz, self._stand = ags, fuss, stand
        self._nummer = 0
        self._namen: Counter[str] = Counter()
        self._zaehler: Counter[str] = Counter()
        self._stuecke: dict[str, Stueck] = {}
        super().__init__(titel, stand, thema="Sozialbericht", stil=stil)
        self._add_vorlagen()
        self._docx.sections[0].different_first_page_header_footer = True

    # -- writing --------------------------------------------------------------------------------------------------

    def write_titelseite(self, bloecke: Sequence[Block]) -> None:
        """Write the first page."""
        for block in bloecke:
            self._write_block(block, umbruch=False)

    def write_inhalt_und(self, bloecke: Sequence[Block], jahr: int) -> None:
        """Write the contents on the second page, then everything, then the list of pieces of the year `jahr`."""
        koepfe = [(n, b) for n, b in enumerate(bloecke) if isinstance(b, Kopf) and b.stufe <= 2]
        mass = choose_inhaltsmass([kopf for _, kopf in koepfe])
        self._set_inhaltsmass(mass)
        seitenplan = plan(bloecke, 2 + mass.count_seiten([kopf for _, kopf in koepfe]))
        zeilen, nummern = [], self._number(koepfe)
        for n, kopf in koepfe:
            zeile = form.inhaltszeile(nummern[n], kopf.text, _anker(n), seitenplan.seiten[n])
            zeilen.append((kopf.stufe, zeile))
        self._add(form.absatz(form.lauf("Inhalt"), "TOCHeading", "<w:pageBreakBefore/>"))
        for absatz in form.inhaltsfeld(zeilen) if zeilen else ():
            self._add(absatz)
        for n, block in enumerate(bloecke):
            neu = n in seitenplan.umbrueche or n == 0
            self._write_block(block, umbruch=neu, anker=_anker(n) if isinstance(block, Kopf) else "")
        self._add_liste(jahr)

    @staticmethod
    def _number(koepfe: Sequence[tuple[int, Kopf]]) -> dict[int, str]:
        """Number heads as Word will: "3", "3.2"."""
        erste = zweite = 0
        nummern = {}
        for n, kopf in koepfe:
            erste, zweite = (erste + 1, 0) if kopf.stufe == 1 else (erste, zweite + 1)
            nummern[n] = str(erste) if kopf.stufe == 1 else f"{erste}.{zweite}"
        return nummern

    def _write_block(self, block: Block, *, umbruch: bool, anker: str = "") -> None:
        seite = "<w:pageBreakBefore/>" if umbruch else ""
        if isinstance(block, Kopf):
            inhalt = form.lauf(block.text)
            if anker:
                inhalt = form.lesezeichen(anker, self._next(), inhalt)
            self._add(form.absatz(inhalt, f"Heading{block.stufe}", seite))
        elif isinstance(block, Absatz):
            texte = wordteile.wortlaute([t if isinstance(t, str) else t.text for t in block.teile])
            inhalt = "".join(
                form.lauf(text) if isinstance(t, str) else self._satz(t, text)
                for t, text in zip(block.teile, texte, strict=True)
            )
            oben = '<w:spacing w:before="2400"/>' if block.art == "stadt" else ""
            self._add(form.absatz(inhalt, _VORLAGEN[block.art], seite + oben))
        elif isinstance(block, Tafelblock):
            self._write_titel("Tabelle", block.titel, f"<w:keepNext/>{seite}")
            self._write_tafel(block)
        else:
            # On the first page the picture stands free; elsewhere it keeps to its caption.
            # A line that holds a picture is single: wider spacing would count for the height of the picture.
            davor, danach = (900, 900) if block.titel is None else (120, 0)
            um = f'<w:spacing w:before="{davor}" w:after="{danach}" w:line="240" w:lineRule="auto"/>'
            halten = "" if block.titel is None else "<w:keepNext/>"
            self._add(form.absatz(self._bild(block.bild), "", f"{halten}{seite}{um}"))
            if block.titel is not None:
                self._write_titel("Abbildung", block.titel, "<w:keepNext/>" if block.noten else "")
            self._write_noten(block)  # fmt: skip

    def _write_titel(self, art: str, titel: Satz, eigen: str) -> None:
        self._zaehler[art] += 1
        self._add(form.absatz(form.zaehler(art, self._zaehler[art]) + self._satz(titel), "Caption", eigen))

    def _write_noten(self, block: Tafelblock | Bildblock) -> None:
        for nummer, note in enumerate(block.noten, start=1):
            letzte = '<w:spacing w:before="20" w:after="160"/>' if nummer == len(block.noten) else "<w:keepNext/>"
            self._add(form.absatz(self._satz(note), form.QUELLE, letzte))

    def _write_tafel(self, block: Tafelblock) -> None:
        tafel = block.tafel
        self._stuecke[tafel.schluessel] = tafel
        xml = form.tabelle(tafel, self._stil.linie[1:], self._stil.band[1:], (self._mark(tafel), self._next()))
        self._add(form.kontrolle(tafel.name, make_tag(self._ags, tafel.schluessel, summe_of(tafel)), xml))
        if block.noten:
            self._write_noten(block)
        else:
            self._add(form.absatz("", form.QUELLE))

    # -- pieces ---------------------------------------------------------------------------------------------------

    def _satz(self, satz: Satz, text: str = "") -> str:
        """Write a text piece: runs in a content control in a bookmark; `text` is how it stands in its paragraph."""
        self._stuecke[satz.schluessel] = satz
        lauf = form.lauf(text or satz.text)
        inhalt = form.kontrolle(satz.name, make_tag(self._ags, satz.schluessel, summe_of(satz)), lauf)
        return form.lesezeichen(self._mark(satz), self._next(), inhalt)

    def _bild(self, bild: Bild) -> str:
        self._stuecke[bild.schluessel] = bild
        self._zaehler["bild"] += 1
        nummer = self._zaehler["bild"]
        teil = Part(PackURI(f"/word/media/image{nummer}.emf"), "image/x-emf", bild.bild.inhalt, self._docx.part.package)
        verweis = self._docx.part.relate_to(teil, RELATIONSHIP_TYPE.IMAGE)
        tag = make_tag(self._ags, bild.schluessel, summe_of(bild))
        inhalt = form.kontrolle(bild.name, tag, form.zeichnung(bild, verweis, nummer))
        return form.lesezeichen(self._mark(bild), self._next(), inhalt)

    def _mark(self, stueck: Stueck) -> str:
        name = make_lesezeichen(self._ags, stueck.schluessel, summe_of(stueck))
        self._namen[name] += 1
        return make_lesezeichen(self._ags, stueck.schluessel, summe_of(stueck), self._namen[name])

    def _next(self) -> int:
        self._nummer += 1
        return self._nummer

    def _add(self, xml: str) -> Any:
        element = form.parse(xml)
        self._docx.element.body.sectPr.addprevious(element)
        return element

    def _add_liste(self, jahr: int) -> None:
        """Keep the keys of all pieces in the file: what is missing later was deleted."""
        inhalt = liste_xml(self._ags, jahr, self._stand, {s.schluessel: s.name for s in self._stuecke.values()})
        teil = Part(PackURI("/customXml/sozialbericht.xml"), "application/xml", inhalt, self._docx.part.package)
        self._docx.part.relate_to(teil, RELATIONSHIP_TYPE.CUSTOM_XML)

    # -- how it looks ---------------------------------------------------------------------------------------------

    def _write_fuss(self, titel: str, stand: dt.date) -> None:
        del titel, stand
        absatz = self._docx.sections[0].footer.paragraphs[0]
        self._docx.styles["Footer"].paragraph_format.tab_stops.clear_all()
        absatz.paragraph_format.tab_stops.add_tab_stop(Cm(self.breite), alignment=WD_TAB_ALIGNMENT.RIGHT)
        tag = make_tag(self._ags, self._fusssatz.schluessel, summe_of(self._fusssatz))
        inhalt = form.kontrolle(self._fusssatz.name, tag, form.lauf(self._fusssatz.text))
        huelle = form.parse(f"<w:p>{form.lesezeichen(self._mark(self._fusssatz), self._next(), inhalt)}</w:p>")
        for element in list(huelle):
            absatz._p.append(element)  # noqa: SLF001  # python-docx has no door to it
        self._stuecke[self._fusssatz.schluessel] = self._fusssatz
        absatz.add_run("\tSeite ")
        wordteile.add_feld(absatz, "PAGE")
        absatz.add_run(" von ")
        wordteile.add_feld(absatz, "NUMPAGES")

    def _add_vorlagen(self) -> None:
        """Add our styles: contents, captions, text of tables, sources; number the heads."""
        stil = self._stil
        for name, groesse, fett, farbe, davor, danach in (
            ("Caption", 9, True, stil.tinte, 4, 4),
            ("TOC Heading", 16, True, stil.kopf, 0, 10),
            ("toc 1", 10, True, stil.tinte, 0, 0),  # how large and close: _set_inhaltsmass
            ("toc 2", 9, False, stil.tinte, 0, 0),
            (form.TABELLENTEXT, 8.5, False, stil.tinte, 0.75, 0.75),
            (form.TABELLENKOPF, 8.5, True, stil.tinte, 2, 2),
            (form.QUELLE, 8, False, stil.neben, 2, 2),
        ):
            vorlage = self._vorlage(name)
            vorlage.base_style = self._docx.styles["Normal"]
            wordteile.set_schrift(vorlage, stil.schrift)
            vorlage.font.size, vorlage.font.bold, vorlage.font.italic = Pt(groesse), fett, False
            vorlage.font.color.rgb = RGBColor.from_string(farbe[1:])
            absatz = vorlage.paragraph_format
            absatz.space_before, absatz.space_after, absatz.line_spacing = Pt(davor), Pt(danach), 1.0
        for stufe, links in ((1, 0.0), (2, 1.0)):
            halter = self._docx.styles[f"toc {stufe}"].paragraph_format.tab_stops
            halter.add_tab_stop(Cm(links + 1.0 + 0.3 * (stufe - 1)))
            halter.add_tab_stop(Cm(self.breite), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            self._docx.styles[f"toc {stufe}"].paragraph_format.left_indent = Cm(links)
        self._set_inhaltsmass(WEIT)
        self._number_heads()
        for name, groesse, davor, danach in (("Title", 32, 6, 8), ("Subtitle", 12, 0, 6)):
            vorlage = self._docx.styles[name]
            vorlage.font.size = Pt(groesse)
            wordteile.set_schrift(vorlage, stil.schrift)
            vorlage.paragraph_format.space_before, vorlage.paragraph_format.space_after = Pt(davor), Pt(danach)

    def _set_inhaltsmass(self, mass: Inhaltsmass) -> None:
        for stufe, (groesse, davor, danach) in mass.stufen.items():
            vorlage = self._docx.styles[f"toc {stufe}"]
            vorlage.font.size = Pt(groesse)
            vorlage.paragraph_format.space_before, vorlage.paragraph_format.space_after = Pt(davor), Pt(danach)

    def _vorlage(self, name: str) -> Any:
        """Return a style of paragraphs, made after the plain one where there is none of this name."""
        vorlagen = self._docx.styles
        if name not in {vorlage.name for vorlage in vorlagen}:
            vorlagen.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = vorlagen["Normal"]
        return vorlagen[name]

    def _number_heads(self) -> None:
        """Let Word number the heads of level 1 and 2."""
        nummern = self._docx.part.numbering_part.element
        frei = 1 + max(int(e.get(qn("w:abstractNumId"))) for e in nummern.iter(qn("w:abstractNum")))
        next(iter(nummern.iter(qn("w:num")))).addprevious(form.parse(form.gliederung(frei)))
        nummer = 1 + max(int(e.get(qn("w:numId"))) for e in nummern.iter(qn("w:num")))
        nummern.append(form.parse(f'<w:num w:numId="{nummer}"><w:abstractNumId w:val="{frei}"/></w:num>'))
        for stufe, (groesse, davor) in form.KOPFMASSE.items():
            vorlage = self._docx.styles[f"Heading {stufe}"]
            vorlage.font.size = Pt(groesse)
            vorlage.paragraph_format.space_before = Pt(davor)
            vorlage.paragraph_format.space_after = Pt(form.KOPF_DANACH)
            vorlage.paragraph_format.line_spacing = 1.0
            if stufe <= 2:
                zahl = vorlage.element.get_or_add_pPr().get_or_add_numPr()
                zahl.get_or_add_ilvl().val, zahl.get_or_add_numId().val = stufe - 1, nummer


def _anker(nummer: int) -> str:
    """Name the bookmark of a head, as Word names those of its contents."""
    return f"_Toc{900000 + nummer}"
