"""Where on a letterhead the text goes: the mark {Inhalt}, the page without one, and how wide it is there.

Elements: ISO/IEC 29500-1, 17.2 (body), 17.4 (tables), 17.5.2 (content controls), 17.6 (sections).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm

from sozialtool.ausgabe import wordteile
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fehler import DateiUnlesbar

if TYPE_CHECKING:
    from docx.document import Document

MARKE = "{Inhalt}"
RAND_CM = 2.0
A4_CM = (21.0, 29.7)
"""Margins, width and height of a page, where a letterhead says nothing of them."""
SCHMALSTE_CM = 10.0
"""Below that nobody could read a table of four columns."""
_UNSICHTBAR = re.compile("[\\s\u00ad\u200b\u2060\ufeff]")
"""Blanks of all kinds, and what Word puts between letters without showing it."""
_ANGEHAENGT = tuple(qn(n) for n in ("w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference"))
_VERMERKE = tuple(qn(f"w:{art}{ende}") for art in ("bookmark", "perm") for ende in ("Start", "End"))
_GEAENDERT = tuple(
    qn(f"w:{n}") for n in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange")
)
"""Tracked changes (17.13.5)."""
_TWIPS = 1440 / 2.54
"""Twips of a centimetre: a twentieth of a point."""
_SPALTENLUECKE = 720
"""Twips between columns, unless said otherwise (17.6.4)."""
_ZELLRAND_CM = 0.4
"""What a cell keeps free at its two sides, as Word has it."""


@attrs.define
class Platz:
    """A place for text: centimetres that it may take there, what the planner should know of it, and how the text gets there."""

    breite: float
    hinweise: tuple[str, ...]
    _rumpf: Any
    _stelle: Any = None
    _eigene: list[Any] = attrs.field(factory=list)

    def fill(self) -> None:
        """Move what was written at the end of the document to its place; once."""
        if self._stelle is None:
            return
        stelle, self._stelle = self._stelle, None
        neue = [k for k in self._rumpf if k not in self._eigene and k.tag != qn("w:sectPr")]
        for kind in neue:
            stelle.addprevious(kind)
        if not neue or neue[-1].tag != qn("w:p"):
            return  # a cell and a section end with a paragraph: it stays
        if stelle.pPr is not None and stelle.pPr.sectPr is not None:
            neue[-1].set_sectPr(stelle.pPr.sectPr)
        stelle.getparent().remove(stelle)


def find_platz(dokument: Document, name: str) -> Platz:
    """Find the place of the text and clear it; `name` is that of the letterhead, for messages.

    Raises:
        DateiUnlesbar: BRIEF-MARKE, the mark stands where no text can; BRIEF-SCHMAL, there is too little room.
    """
    rumpf = dokument.element.body
    rumpf.get_or_add_sectPr()
    marke = _find_marke(dokument, name)
    if marke is None:
        verworfen = tuple(_say_verworfen(rumpf, name))
        _clear(rumpf)
        breite = _measure(dokument, rumpf.sectPr, name)
        return Platz(breite, (*verworfen, *_say_geaendert(dokument, name)), rumpf)
    stelle = _take_marke(marke)
    breite = _measure_zelle(stelle, _measure(dokument, _find_abschnitt(rumpf, stelle), name), name)
    return Platz(breite, tuple(_say_geaendert(dokument, name)), rumpf, stelle, list(rumpf))


# -- the mark ---------------------------------------------------------------------------------------------------------


def _kern(text: str) -> str:
    return _UNSICHTBAR.sub("", text).casefold()


_KERN = _kern(MARKE)


def _text(absatz: Any) -> str:
    """The text of a paragraph, without that of text boxes that hang on it, and without what was moved away."""
    eigene = (t for t in absatz.iter(qn("w:t")) if next(t.iterancestors(qn("w:p")), None) is absatz)
    return "".join(t.text or "" for t in eigene if next(t.iterancestors(qn("w:moveFrom")), None) is None)


def _find_marke(dokument: Document, name: str) -> Any | None:
    """Find the one paragraph that is the mark; None where there is none at all."""
    fundorte = [absatz for absatz in dokument.element.body.iter(qn("w:p")) if _KERN in _kern(_text(absatz))]
    if not fundorte:
        if any(_KERN in _kern(_text(p)) for teil in _list_raender(dokument) for p in teil.iter(qn("w:p"))):
            raise _misplaced(name, "steht {Inhalt} in der Kopf- oder Fußzeile")
        return None
    if any(next(p.iterancestors(qn("w:txbxContent")), None) is not None for p in fundorte):
        raise _misplaced(name, "steht {Inhalt} in einem Textfeld; dort liefe der Text nicht auf die nächste Seite")
    if len(fundorte) > 1:
        raise _misplaced(name, f"steht {{Inhalt}} {len(fundorte)}-mal")
    (marke,) = fundorte
    if _kern(_text(marke)) != _KERN:
        raise _misplaced(name, f"steht im Absatz mit {{Inhalt}} noch anderer Text („{_shorten(_text(marke))}“)")
    for tabelle in marke.iterancestors(qn("w:tbl")):
        if tabelle.tblPr.find(qn("w:tblpPr")) is not None:
            raise _misplaced(name, "steht {Inhalt} in einer Tabelle, um die der Text fließt (Textumbruch „Umgebend“)")
    return marke


def _misplaced(name: str, was: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"Auf dem Briefbogen „{name}“ {was}.",
        "Bitte {Inhalt} in Word genau einmal in einen eigenen Absatz der Seite schreiben: Dort kommt der Text hin.",
        "BRIEF-MARKE",
    )


def _list_raender(dokument: Document) -> Iterator[Any]:
    """The heads and feet of all pages."""
    for verweis in dokument.part.rels.values():
        if not verweis.is_external and verweis.reltype.endswith(("/header", "/footer")):
            yield verweis.target_part.element


def _take_marke(marke: Any) -> Any:
    """Put an empty paragraph in the place of the mark and return it; what hangs on the mark (a picture, a section) stays."""
    for huelle in list(marke.iterancestors(qn("w:sdt"))):
        _unwrap(huelle)
    for zeile in marke.iterancestors(qn("w:tr")):
        _loosen(zeile)
    stelle = wordteile.make("w:p")
    marke.addnext(stelle)
    if marke.pPr is not None and marke.pPr.sectPr is not None:
        stelle.set_sectPr(marke.pPr.sectPr)
    if any(True for _ in marke.iter(*_ANGEHAENGT)):
        for text in [t for t in marke.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is marke]:
            text.getparent().remove(text)
        return stelle
    for vermerk in [k for k in marke if k.tag in _VERMERKE]:
        marke.addprevious(vermerk)
    marke.getparent().remove(marke)
    return stelle


def _unwrap(huelle: Any) -> None:
    """Put what a content control holds in its stead: a locked or bound one would not keep the text."""
    inhalt = huelle.find(qn("w:sdtContent"))
    for kind in list(inhalt) if inhalt is not None else []:
        huelle.addprevious(kind)
    huelle.getparent().remove(huelle)


def _loosen(zeile: Any) -> None:
    """Let a row of a table grow with its text, over several pages."""
    for art in ("w:cantSplit", "w:trHeight"):
        for angabe in list(zeile.iterfind(f"{qn('w:trPr')}/{qn(art)}")):
            if art == "w:cantSplit":
                angabe.getparent().remove(angabe)
            else:
                angabe.set(qn("w:hRule"), "atLeast")


# -- the page without a mark ------------------------------------------------------------------------------------------


def _clear(rumpf: Any) -> None:
    """Empty the page. Of several sections the first has the letterhead of page one; it becomes the only one."""
    erste = next(iter(rumpf.iter(qn("w:sectPr"))))
    for kind in list(rumpf):
        rumpf.remove(kind)
    rumpf.append(erste)
    for spalten in erste.findall(qn("w:cols")):  # those of the sample
        erste.remove(spalten)


def _say_verworfen(rumpf: Any, name: str) -> Iterator[str]:
    """Say what of the page is left out."""
    texte = [text for absatz in rumpf.iter(qn("w:p")) if (text := _text(absatz).strip())]
    bilder = any(True for _ in rumpf.iter(*_ANGEHAENGT[:3]))
    if texte or bilder:
        was = "steht eigener Text" if texte else "stehen Bilder oder Textfelder"
        zitat = f" („{_shorten(texte[0])}“{', auch Bilder oder Textfelder' if bilder else ''})" if texte else ""
        yield (
            f"Auf der Seite des Briefbogens „{name}“ {was}{zitat}. Das gilt als Muster und ist weggelassen. Soll es bleiben: "
            f"in Word in einen eigenen Absatz {MARKE} schreiben. Dort kommt der Text hin; was davor und dahinter steht, bleibt."
        )
    abschnitte = sum(1 for _ in rumpf.iter(qn("w:sectPr")))
    if abschnitte > 1:
        yield (
            f"Der Briefbogen „{name}“ hat {abschnitte} Abschnitte: Verwendet sind Seite, Kopf und Fuß des ersten. Soll der Text "
            f"in einem anderen stehen: dort {MARKE} in einen eigenen Absatz schreiben."
        )


def _say_geaendert(dokument: Document, name: str) -> Iterator[str]:
    if any(True for teil in (dokument.element.body, *_list_raender(dokument)) for _ in teil.iter(*_GEAENDERT)):
        yield (
            f"Im Briefbogen „{name}“ stehen nachverfolgte Änderungen; sie stehen auch in diesem Schreiben. Bitte in Word "
            "annehmen oder ablehnen."
        )


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"


# -- how wide it is ---------------------------------------------------------------------------------------------------


def _find_abschnitt(rumpf: Any, stelle: Any) -> Any:
    """The section of a place: its properties stand in its last paragraph, those of the last section at the end (17.6.17)."""
    oben = next(k for k in (stelle, *stelle.iterancestors()) if k.getparent() is rumpf)
    for kind in (oben, *oben.itersiblings()):
        for eigenschaften in kind.iter(qn("w:sectPr")):
            return eigenschaften
    return rumpf.sectPr


def _measure(dokument: Document, eigenschaften: Any, name: str) -> float:
    """Centimetres between the margins, or of one column; a page that says nothing becomes A4 with the margins of the house."""
    seite = Section(eigenschaften, dokument.part)
    for mass, vorgabe in zip(("page_width", "page_height"), A4_CM, strict=True):
        if getattr(seite, mass) is None:
            setattr(seite, mass, Cm(vorgabe))
    for rand in ("left", "right", "top", "bottom"):
        if getattr(seite, f"{rand}_margin") is None:
            setattr(seite, f"{rand}_margin", Cm(RAND_CM))
    links, rechts, falz = (int(mass or 0) for mass in (seite.left_margin, seite.right_margin, seite.gutter))
    breite = (int(seite.page_width or 0) - links - rechts - falz) / int(Cm(1))
    anzahl, spalte = _read_spalten(eigenschaften.find(qn("w:cols")), breite)
    if spalte < SCHMALSTE_CM:
        wo = "zwischen den Rändern" if anzahl == 1 else f"in einer von {anzahl} Spalten"
        rat = "die Ränder in Word schmaler stellen" if anzahl == 1 else "den Text in Word einspaltig stellen"
        raise _narrow(name, f"bleiben {wo} {_cm(spalte)} für den Text", rat)
    return round(spalte, 2)


def _read_spalten(spalten: Any, breite: float) -> tuple[int, float]:
    """Number of columns, and centimetres of the narrowest."""
    if spalten is None:
        return 1, breite
    eigene = [int(s.get(qn("w:w"), 0)) / _TWIPS for s in spalten.findall(qn("w:col"))]
    if eigene and spalten.get(qn("w:equalWidth"), "1") in ("0", "false", "off"):
        return len(eigene), min(eigene)
    anzahl = max(1, int(spalten.get(qn("w:num"), 1)))
    luecke = int(spalten.get(qn("w:space"), _SPALTENLUECKE)) / _TWIPS
    return anzahl, (breite - (anzahl - 1) * luecke) / anzahl


def _measure_zelle(stelle: Any, breite: float, name: str) -> float:
    """Centimetres in the cell in which a place is; `breite` where it is in none."""
    for zelle in stelle.iterancestors(qn("w:tc")):
        eigene = _read_zellbreite(zelle)
        breite = min(breite, eigene or breite) - _ZELLRAND_CM
        if breite < SCHMALSTE_CM:
            raise _narrow(
                name,
                f"ist die Tabellenzelle mit {MARKE} {_cm(breite)} breit",
                f"die Zelle breiter machen oder {MARKE} in einen eigenen Absatz unter der Tabelle schreiben",
            )
    return round(breite, 2)


def _read_zellbreite(zelle: Any) -> float:
    """Centimetres of a cell: its own, else those of the columns that it spans; 0 where nothing says it."""
    eigenschaften = zelle.tcPr
    if eigenschaften is not None and eigenschaften.width:
        return float(eigenschaften.width.cm)
    spalten = [int(s.get(qn("w:w"), 0)) / _TWIPS for s in zelle.getparent().getparent().tblGrid]
    return sum(spalten[zelle.grid_offset : zelle.grid_offset + zelle.grid_span])


def _narrow(name: str, was: str, rat: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"Auf dem Briefbogen „{name}“ {was}; mindestens {_cm(SCHMALSTE_CM)} sind nötig, damit Tabellen zu lesen sind.",
        f"Bitte {rat}.",
        "BRIEF-SCHMAL",
    )


def _cm(wert: float) -> str:
    return f"{format_zahl(wert, 1).removesuffix(',0')} cm"
