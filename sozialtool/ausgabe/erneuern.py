"""Put new content into a place of a Word document and renew its marks; formats, sizes and everything around stay hers."""

from __future__ import annotations

import copy
from typing import Any

from sozialtool.ausgabe import berichtsform as form
from sozialtool.ausgabe.fundstellen import Fundstelle, W, read_text, read_zellen, replace_text, set_text
from sozialtool.ausgabe.mappe import sauber
from sozialtool.ausgabe.stil import STIL
from sozialtool.ausgabe.stuecke import (
    OHNE_SUMME,
    TAG_LAENGE,
    Bild,
    Satz,
    Stueck,
    Tafel,
    make_lesezeichen,
    make_tag,
    summe_of,
)
from sozialtool.ausgabe.wordteile import wortlaut
from sozialtool.ausgabe.wortpaket import EMBED, Wortpaket

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MARKE = "\ue000"
"""A character that nobody types: it holds the place of what is put in."""


class Nummern:
    """Names and numbers of bookmarks that are still free in one part."""

    def __init__(self, wurzel: Any) -> None:
        beginne = list(wurzel.iter(f"{W}bookmarkStart"))
        self.namen = {b.get(f"{W}name", "") for b in beginne}
        self._naechste = max((int(n) for b in beginne if (n := b.get(f"{W}id", "")).isdecimal()), default=0)

    def next(self) -> int:
        """Return a free number."""
        self._naechste += 1
        return self._naechste

    def name(self, ags: str, stueck: Stueck) -> str:
        """Return a free name for the bookmark of a piece and take it."""
        return self.free(make_lesezeichen(ags, stueck.schluessel, summe_of(stueck)))

    def free(self, basis: str) -> str:
        """Return this name, with a number where it is taken, and take it."""
        nummer, name = 1, basis
        while name in self.namen:
            nummer += 1
            name = f"{basis}_{nummer}"
        self.namen.add(name)
        return name


def renew_marken(stelle: Fundstelle, stueck: Stueck, ags: str, nummern: Nummern) -> None:
    """Write key and checksum of what stands there now into content control and bookmark."""
    if stelle.sdt is not None:
        rahmen = stelle.sdt.find(f"{W}sdtPr")
        rahmen.find(f"{W}tag").set(f"{W}val", make_tag(ags, stueck.schluessel, summe_of(stueck)))
        titel = rahmen.find(f"{W}alias")
        if titel is not None:
            titel.set(f"{W}val", sauber(stueck.name)[:TAG_LAENGE])
    if stelle.lesezeichen is not None:
        stelle.lesezeichen.set(f"{W}name", nummern.name(ags, stueck))


def forget_summe(stelle: Fundstelle, nummern: Nummern) -> None:
    """Take the checksum out of the marks of a place: a small figure is found again from it by trying."""
    if stelle.sdt is not None:
        tag = stelle.sdt.find(f"{W}sdtPr/{W}tag")
        tag.set(f"{W}val", f"{tag.get(f'{W}val').rpartition('#')[0]}#{OHNE_SUMME}")
    if stelle.lesezeichen is not None:
        woher = "_".join(stelle.lesezeichen.get(f"{W}name").split("_")[:3])
        stelle.lesezeichen.set(f"{W}name", nummern.free(f"{woher}_{OHNE_SUMME}"))


def put_satz(stelle: Fundstelle, ab: int, laenge: int, text: str) -> None:
    """Replace what was written by the new text; what she wrote before and behind it in the same place stays."""
    replace_text(stelle.laeufe, ab, laenge, text)


def put_tafel(stelle: Fundstelle, tafel: Tafel, ags: str, nummern: Nummern) -> None:
    """Renew a table: cell by cell where it has the same shape, else as a whole."""
    _put_alternativtext(stelle.tabelle, tafel)
    alt, neu = read_zellen(stelle.tabelle), [list(zeile) for zeile in (tafel.kopf, *tafel.zeilen)]
    if [len(zeile) for zeile in alt] != [len(zeile) for zeile in neu]:
        marke = (nummern.name(ags, tafel), nummern.next())
        element = form.parse(form.tabelle(tafel, STIL.linie[1:], STIL.band[1:], marke))
        stelle.tabelle.getparent().replace(stelle.tabelle, element)
        stelle.tabelle, stelle.lesezeichen = element, None
        return
    for zeile, alte, neue in zip(stelle.tabelle.iter(f"{W}tr"), alt, neu, strict=True):
        for zelle, vorher, nachher in zip(zeile.iterchildren(f"{W}tc", f"{W}sdt"), alte, neue, strict=True):
            if " ".join(vorher.split()) != " ".join(nachher.split()):
                _put_zelle(zelle, nachher)


def _put_alternativtext(tabelle: Any, tafel: Tafel) -> None:
    """Renew the alt text, which names the year; LibreOffice throws it away."""
    eigenschaften = tabelle.find(f"{W}tblPr")
    for name, text in (("tblCaption", tafel.name), ("tblDescription", tafel.beschreibung)):
        element = eigenschaften.find(f"{W}{name}")
        if element is None:
            element = eigenschaften.makeelement(f"{W}{name}")
            spaeter = [e for e in eigenschaften if e.tag in (f"{W}tblDescription", f"{W}tblPrChange")]
            eigenschaften.insert(eigenschaften.index(spaeter[0]) if spaeter else len(eigenschaften), element)
        element.set(f"{W}val", sauber(text))


def _put_zelle(zelle: Any, text: str) -> None:
    absaetze = list(zelle.iter(f"{W}p"))
    laeufe = [lauf for absatz in absaetze for lauf in absatz.iter(f"{W}r")]
    if not laeufe:
        laeufe = [absaetze[0].makeelement(f"{W}r")]
        absaetze[0].append(laeufe[0])
    set_text(laeufe[0], wortlaut(text))
    for lauf in laeufe[1:]:
        set_text(lauf, "")
    erster = next(laeufe[0].iterancestors(f"{W}p"))
    for absatz in absaetze:
        if absatz is not erster:
            absatz.getparent().remove(absatz)


def put_bild(stelle: Fundstelle, bild: Bild, paket: Wortpaket) -> None:
    """Exchange a picture; its width stays as she has set it."""
    blip = stelle.blip
    alt = blip.get(EMBED, "")
    blip.set(EMBED, paket.add_bild(stelle.teil, bild.bild.inhalt))
    paket.drop_bild(stelle.teil, alt)
    verhaeltnis = bild.bild.hoehe / bild.bild.breite
    for lauf in stelle.laeufe:
        for mass in (*lauf.iter(f"{_WP}extent"), *lauf.iter(f"{_A}ext")):
            if mass.get("cx", "").isdecimal():
                mass.set("cy", str(round(int(mass.get("cx")) * verhaeltnis)))
        for name in lauf.iter(f"{_WP}docPr", "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"):
            if name.tag.endswith("docPr") or name.get("descr"):
                name.set("descr", sauber(bild.alt))


def put_klartext(stelle: Fundstelle, text: str) -> None:
    """Say in the place of a table or picture that there is none any more; old figures do not stay."""
    if stelle.tabelle is not None:
        absatz = form.parse(form.absatz(form.lauf(text, "<w:i/>")))
        stelle.tabelle.getparent().replace(stelle.tabelle, absatz)
        stelle.tabelle, stelle.laeufe = None, list(absatz.iter(f"{W}r"))
        return
    erster = stelle.laeufe[0]
    for lauf in stelle.laeufe:
        for kind in [k for k in lauf if k.tag != f"{W}rPr"]:
            lauf.remove(kind)
    set_text(erster, wortlaut(text))


def put_bild_wieder(stelle: Fundstelle, bild: Bild, paket: Wortpaket) -> None:
    """Put a picture where only words stood because there was none for a year."""
    verweis = paket.add_bild(stelle.teil, bild.bild.inhalt)
    nummer = 1 + max(
        (int(d.get("id", "0")) for d in paket.baum(stelle.teil).iter(f"{_WP}docPr") if d.get("id", "").isdecimal()),
        default=0,
    )
    neu = next(form.parse(f"<w:p>{form.zeichnung(bild, verweis, nummer)}</w:p>").iter(f"{W}r"))
    stelle.laeufe[0].addprevious(neu)
    for lauf in stelle.laeufe:
        lauf.getparent().remove(lauf)
    stelle.laeufe = [neu]


def put_tafel_wieder(stelle: Fundstelle, tafel: Tafel, ags: str, nummern: Nummern) -> None:
    """Put a table where only words stood because there was none for a year."""
    absatz = next(stelle.laeufe[0].iterancestors(f"{W}p"))
    marke = (nummern.name(ags, tafel), nummern.next())
    stelle.tabelle = form.parse(form.tabelle(tafel, STIL.linie[1:], STIL.band[1:], marke))
    absatz.getparent().replace(absatz, stelle.tabelle)
    stelle.lesezeichen = None


def put_platz(laeufe: list[Any], ab: int, platz: str, satz: Satz, ags: str, nummern: Nummern) -> None:
    """Make a piece of a place that she typed, in the format of her words."""
    lauf = replace_text(laeufe, ab, len(platz), _MARKE)
    davor, _, danach = read_text([lauf]).partition(_MARKE)
    neu, hinten = copy.deepcopy(lauf), copy.deepcopy(lauf)
    for eines in (neu, hinten):
        for kind in [k for k in eines if k.tag != f"{W}rPr"]:
            eines.remove(kind)
    set_text(lauf, davor)
    set_text(neu, wortlaut(satz.text))
    set_text(hinten, danach)
    name, nummer = nummern.name(ags, satz), nummern.next()
    tag = make_tag(ags, satz.schluessel, summe_of(satz))
    huelle = form.parse(f"<w:p>{form.lesezeichen(name, nummer, form.kontrolle(satz.name, tag, ''))}</w:p>")
    next(huelle.iter(f"{W}sdtContent")).append(neu)
    for element in reversed([*huelle, *([hinten] if danach else [])]):
        lauf.addnext(element)
