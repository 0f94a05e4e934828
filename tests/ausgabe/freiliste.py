"""The checklist of the UK Government Analysis Function, line by line, with what finds an offence in a written workbook.

"Making spreadsheets accessible: a brief checklist of the basics", 7 July 2021 (address in docs/entscheidungen/ausgabe-barrierefrei.md).
A line is met (its check finds nothing) or reasoned (the decision says why); (E) are the lines it calls essential.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import attrs

from sozialtool.ausgabe.frei.blatt import WORTE
from sozialtool.ausgabe.schrift import breite
from sozialtool.ausgabe.stil import kontrast
from tests.ausgabe.freibuch import Freibuch, ort

_MARKE = re.compile(r"\[Hinweis \d+\]")
_HOCH = re.compile(r"¹|(?<!m)[²³]|[⁰⁴-⁹†‡]|(?<=\w\w\w)\*")


@attrs.frozen
class Punkt:
    """One line: number, what it asks, whether essential, how it is met or why not, what finds an offence, how a test breaks it.

    `bruch` is (part, pattern, replacement) of the small edition.
    """

    nummer: str
    was: str
    essentiell: bool
    wie: str
    pruefe: Callable[[Freibuch], Iterator[str]]
    bruch: tuple[str, str, str]
    begruendet: bool = False


def _ohne_tabelle(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.seiten if not s.tabellen and s.name != "Deckblatt")


def _tabellennamen(b: Freibuch) -> Iterator[str]:
    namen = [t.get("displayName") for s in b.seiten for t in s.tabellen]
    yield from (n for n in namen if re.fullmatch(r"(?:Table|Tabelle_?)\d*", n) or namen.count(n) > 1)
    for seite in b.tabellenseiten:
        if not all(
            t.get("altText") and t.get("altTextSummary") for x in seite.tabellen for t in x.findall(".//table") or [x]
        ):
            yield f"{seite.name}: ohne Alternativtext"


def _verbunden(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.seiten if s.find("mergeCell"))


def _leere_zeilen(b: Freibuch) -> Iterator[str]:
    for s in b.tabellenseiten:
        z1, z2, s1, s2 = s.bereich
        zeilen, spalten = {z for z, _ in s.zellen}, {sp for z, sp in s.zellen if z > z1}
        yield from (f"{s.name} Zeile {z}" for z in range(z1, z2 + 1) if z not in zeilen)
        yield from (f"{s.name} Spalte {sp}" for sp in range(s1, s2 + 1) if sp not in spalten and s.name != "Daten")


def _kopf(b: Freibuch) -> Iterator[str]:
    for s in b.tabellenseiten:
        namen = [c.get("name").replace("_x000a_", "\n") for c in s.tabellen[0].iter("tableColumn")]
        if namen != s.kopf or not all(namen) or len({n.casefold() for n in namen}) < len(namen):
            yield s.name
        if s.tabellen[0].get("headerRowCount") == "0":
            yield f"{s.name}: Kopf nicht ausgezeichnet"


def _umbruch(b: Freibuch) -> Iterator[str]:
    for s in b.tabellenseiten:
        breiten = {}
        for c in s.find("col"):
            breiten |= dict.fromkeys(range(int(c.get("min")), int(c.get("max")) + 1), float(c.get("width")) * 7)
        z1, z2, *_ = s.bereich
        for (z, sp), (wert, form) in s.zellen.items():
            if z1 <= z <= z2 and isinstance(wert, str) and breite(wert, 12) > breiten.get(sp, 64) + 4:
                lage = b.zellformate[form].find("alignment")
                if lage is None or lage.get("wrapText") != "1":
                    yield f"{s.name} {z}/{sp}"


def _filter(b: Freibuch) -> Iterator[str]:
    for s in b.seiten:
        if s.find("pane") or s.find("autoFilter") or any(list(t.iter("autoFilter")) for t in s.tabellen):
            yield s.name


def _leere_zellen(b: Freibuch) -> Iterator[str]:
    for s in b.tabellenseiten:
        z1, z2, s1, s2 = s.bereich
        voll = (z2 - z1 + 1) * (s2 - s1 + 1)
        leere = voll - sum(z1 <= z <= z2 and wert != "" for (z, _), (wert, _) in s.zellen.items())
        if leere and not any(satz.startswith("Leere Zellen") for satz in s.saetze):
            yield s.name


def _verborgen(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.seiten for t in (*s.find("row"), *s.find("col")) if t.get("hidden") == "1")
    yield from (t.get("name") for t in b.mappe.iter("sheet") if t.get("state"))


def _spaltenbreite(b: Freibuch) -> Iterator[str]:
    for s in b.tabellenseiten:
        yield from (f"{s.name} {c.get('min')}" for c in s.find("col") if not 8 <= float(c.get("width")) <= 80)
        mit = {n for c in s.find("col") for n in range(int(c.get("min")), int(c.get("max")) + 1)}
        if not set(range(1, s.bereich[3] + 1)) <= mit:
            yield f"{s.name}: Spalte ohne Breite"


def _hinweiszeichen(b: Freibuch) -> Iterator[str]:
    yield from (
        f"{s.name}: {w}" for s in b.seiten for w, _ in s.zellen.values() if isinstance(w, str) and _HOCH.search(w)
    )
    if b.formate.findall(".//vertAlign") or b"vertAlign" in b.teile["xl/sharedStrings.xml"]:
        yield "hochgestellt"


def _hinweiswort(b: Freibuch) -> Iterator[str]:
    marken = [m for s in b.seiten for w, _ in s.zellen.values() for m in re.findall(r"\[[^\]]*\d+\]", str(w))]
    yield from (m for m in marken if not _MARKE.fullmatch(m))


def _hinweisort(b: Freibuch) -> Iterator[str]:
    for s in b.tabellenseiten:
        spalte = s.kopf.index("Hinweise") + 1 if "Hinweise" in s.kopf else 0
        for (z, sp), (w, _) in s.zellen.items():
            if z >= s.bereich[0] and sp != spalte and _MARKE.search(str(w)) and s.name != "Zeichenerklärung":
                yield f"{s.name} {z}/{sp}"


def _hinweistabelle(b: Freibuch) -> Iterator[str]:
    benutzt = {m[1:-1] for s in b.seiten for w, _ in s.zellen.values() for m in _MARKE.findall(str(w))} - {"Hinweis 1"}
    da = {str(w) for (_, sp), (w, _) in b.seite("Hinweise").zellen.items() if sp == 1}
    yield from sorted(benutzt - da)


def _geschrieben(b: Freibuch) -> Iterator[str]:
    """What a machine can see of plain writing: no words in capitals for emphasis, no double spaces as layout."""
    for s in b.seiten:
        yield from (
            f"{s.name}: {w}"
            for w, _ in s.zellen.values()
            if isinstance(w, str) and re.search(r"\b[A-ZÄÖÜ]{4,} [A-ZÄÖÜ]{4,}\b|  ", w)
        )


def _links(b: Freibuch) -> Iterator[str]:
    namen = {s.name for s in b.seiten}
    for s in b.seiten:
        for link in s.find("hyperlink"):
            text = str(s.zellen[ort(link.get("ref"))][0])
            ziel = re.sub(r"!.*", "", link.get("location", "")).strip("'").replace("''", "'")
            if ziel not in namen or text not in (ziel, "Zum Inhaltsverzeichnis"):
                yield f"{s.name} {link.get('ref')}: {text}"


def _text(b: Freibuch) -> Iterator[str]:
    benutzt = {form for s in b.seiten for _, form in s.zellen.values()}
    for form in benutzt:
        schrift = b.schrift(form)
        if (
            schrift.find("i") is not None
            or schrift.find("name").get("val") != "Arial"
            or float(schrift.find("sz").get("val")) < 12
        ):
            yield f"Format {form}"


def _titel(b: Freibuch) -> Iterator[str]:
    stile = {x.get("builtinId"): x.get("xfId") for x in b.formate.iter("cellStyle")}
    titel = [str(s.zellen.get((1, 1), ("", 0))[0]) for s in b.seiten]
    for s in b.seiten:
        text, form = s.zellen.get((1, 1), ("", 0))
        if (
            len(str(text)) < 10
            or titel.count(str(text)) > 1
            or b.zellformate[form].get("xfId") != stile.get("16", "keiner")
        ):
            yield s.name


def _symbole(b: Freibuch) -> Iterator[str]:
    """No cell is a sign alone: behind each stands its word."""
    for s in b.seiten:
        yield from (f"{s.name}: {w}" for w, _ in s.zellen.values() if str(w) in WORTE and s.name != "Daten")


def _kopffuss(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.seiten if s.find("headerFooter") or s.find("drawing") or s.find("legacyDrawing"))


def _linien(b: Freibuch) -> Iterator[str]:
    yield from ("Rahmen" for r in b.formate.find("borders") for kante in r if kante.get("style"))


def _grund(b: Freibuch) -> Iterator[str]:
    yield from ("Fläche" for f in b.formate.iter("patternFill") if f.get("patternType") not in ("none", "gray125"))
    yield from (s.name for s in b.tabellenseiten for i in s.tabellen[0].iter("tableStyleInfo") if i.get("name"))


def _farbe(b: Freibuch) -> Iterator[str]:
    """Beside the ink there is one colour, and what has it is underlined, too."""
    benutzt = {form for s in b.seiten for _, form in s.zellen.values()}
    farben = {
        (f.find("color").get("rgb"), f.find("u") is not None)
        for f in map(b.schrift, benutzt)
        if f.find("color") is not None
    }
    bunt = [f for f in farben if f[0] not in (None, "FF1B1B1B")]
    if len(bunt) > 1 or any(not u for _, u in bunt):
        yield str(bunt)
    if b.formate.findall(".//dxf/fill") or any(s.find("conditionalFormatting") for s in b.seiten):
        yield "bedingte Farbe"


def _kontrast(b: Freibuch) -> Iterator[str]:
    farben = {c.get("rgb") for f in b.schriften for c in f.iter("color") if c.get("rgb")}
    yield from (f for f in farben if kontrast("#" + f[2:], "#FFFFFF") < 4.5)


def _bilder(b: Freibuch) -> Iterator[str]:
    yield from (name for name in b.teile if "/media/" in name or "/drawings/" in name or "/charts/" in name)


def _makros(b: Freibuch) -> Iterator[str]:
    yield from (name for name in b.teile if "vba" in name.casefold() or "macro" in name.casefold())


def _blattnamen(b: Freibuch) -> Iterator[str]:
    namen = [s.name for s in b.seiten]
    yield from (
        n
        for n in namen
        if re.fullmatch(r"(?:Sheet|Tabelle|Blatt)\s*\d+", n) or [m.casefold() for m in namen].count(n.casefold()) > 1
    )


def _leere_blaetter(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.seiten if len(s.zellen) < 3)


def _spalte_a(b: Freibuch) -> Iterator[str]:
    for s in b.seiten:
        oben = s.bereich[0] if s.tabellen else 10**6
        yield from (f"{s.name} Zeile {nr}" for nr, satz in enumerate(s.saetze, start=1) if not satz)
        yield from (f"{s.name} {z}/{sp}" for z, sp in s.zellen if z < oben and sp > 1)


def _links_buendig(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.tabellenseiten if s.bereich[2] != 1)


def _darunter(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.tabellenseiten if max(z for z, _ in s.zellen) > s.bereich[1])


def _mehrere(b: Freibuch) -> Iterator[str]:
    yield from (s.name for s in b.seiten if len(s.tabellen) > 1)


def _woerter(b: Freibuch) -> Iterator[str]:
    """What a machine can see of spelling: a word twice in a row, a space before a stop."""
    for s in b.seiten:
        for w, _ in s.zellen.values():
            teile = str(w).split()
            if any(a == c and len(a) > 3 for a, c in pairwise(teile)) or re.search(r"\w [,.;]\s", str(w)):
                yield f"{s.name}: {w}"


def _pruefer(b: Freibuch) -> Iterator[str]:
    """What Excel's own checker looks for and is not in another line: alternative texts, default names of sheets."""
    yield from _tabellennamen(b)
    yield from _blattnamen(b)


def _angaben(b: Freibuch) -> Iterator[str]:
    kern = b.teile["docProps/core.xml"].decode("utf-8")
    for name in ("dc:title", "dc:subject", "dc:creator", "dc:language"):
        if not re.search(rf"<{name}>[^<]+</{name}>", kern):
            yield name


def _cursor(b: Freibuch) -> Iterator[str]:
    sicht = next(b.mappe.iter("workbookView"))
    if sicht.get("activeTab", "0") != "0" or sicht.get("firstSheet", "0") != "0":
        yield "aktives Blatt"
    yield from (s.name for s in b.seiten for a in s.find("selection") if a.get("activeCell", "A1") != "A1")


def _sheet(nummer: int) -> str:
    return f"xl/worksheets/sheet{nummer}.xml"


_STYLES, _STRINGS, _TABELLE = "xl/styles.xml", "xl/sharedStrings.xml", "xl/tables/table1.xml"
_VOR_TABELLEN = "(<tableParts)"
LISTE: tuple[Punkt, ...] = (
    Punkt("T1", "Mark up tables", True, "jede Tabelle ist eine Excel-Tabelle", _ohne_tabelle,
          ("xl/worksheets/_rels/sheet4.xml.rels", r"<Relationship [^>]*table[^>]*/>", "")),
    Punkt("T2", "Give tables meaningful names", False, "Name des Blatts; Titel und Beschreibung als Alternativtext", _tabellennamen,
          (_TABELLE, r'displayName="[^"]*"', 'displayName="Tabelle1"')),
    Punkt("T3", "Remove merged cells, split cells and nested tables", True, "keine", _verbunden,
          (_sheet(4), "(</sheetData>)", r'\1<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')),
    Punkt("T4", "Remove blank rows and columns within tables", True, "keine", _leere_zeilen,
          (_sheet(4), r'<row r="9".*?</row>', "")),
    Punkt("T5", "All tables should have one tagged header row", True, "eine Kopfzeile, jeder Kopf anders", _kopf,
          (_TABELLE, r'(<tableColumn id="2" name=")[^"]*"', r'\1Blatt"')),
    Punkt("T6", "Wrap text within cells", True, "Texte brechen um", _umbruch, (_STYLES, r'( wrapText="1")', "")),
    Punkt("T7", "Avoid adding filters and freeze panes", False, "keine", _filter,
          (_sheet(4), r"(<sheetView [^>]*)/>", r'\1><pane ySplit="4" topLeftCell="A5" state="frozen"/></sheetView>')),
    Punkt("T8", "Only leave cells with no data empty in certain circumstances", True,
          "„entfällt“ statt leer; im Blatt „Daten“ sagt ein Satz darüber, was leer heißt", _leere_zellen,
          (_sheet(4), r'<c r="B7"[^>]*>.*?</c>', '<c r="B7"/>')),
    Punkt("T9", "Avoid hiding rows or columns", False, "nichts ist verborgen", _verborgen, (_sheet(4), r'<row r="7"', '<row r="7" hidden="1"')),
    Punkt("T10", "Columns should be a sensible width", False, "nach dem längsten Text, 70 bis 520 Pixel", _spaltenbreite,
          (_sheet(4), r'(<col min="1" max="1" width=")[^"]*"', r'\g<1>2"')),
    Punkt("H1", "Do not use symbols or superscript to signpost to notes", True, "[Hinweis 1] in Klammern", _hinweiszeichen,
          (_STRINGS, "<t>geheim</t>", "<t>geheim¹</t>")),
    Punkt("H2", "Use the word 'note' when referring to footnotes", False, "das Wort ist „Hinweis“", _hinweiswort,
          (_STRINGS, r"\[Hinweis 1\]", "[1]")),
    Punkt("H3", "Avoid putting note markers in specific cells", False, "in einer eigenen Spalte „Hinweise“", _hinweisort,
          (_STRINGS, "<t>Altstadt</t>|<t>Innenstadt</t>", "<t>Innenstadt [Hinweis 2]</t>")),
    Punkt("H4", "Put note text in a notes table on a notes worksheet", False, "Blatt „Hinweise“", _hinweistabelle,
          (_STRINGS, "<t>Hinweis 2</t>", "<t>anders</t>")),
    Punkt("F1", "All written content needs to meet the accessibility guidelines", False, "siehe Entscheidung", _geschrieben,
          (_STRINGS, "<t>geheim</t>", "<t>SEHR WICHTIG geheim</t>"), begruendet=True),
    Punkt("F2", "Links must be accessible", True, "der Text nennt das Blatt, zu dem er führt", _links,
          (_STRINGS, "<t>Zum Inhaltsverzeichnis</t>", "<t>hier</t>")),
    Punkt("F3", "Format text to make it accessible", False, "Arial, 12 Punkt, nicht kursiv", _text, (_STYLES, r'<sz val="12"/>', '<sz val="8"/>')),
    Punkt("F4", "All worksheets should have descriptive titles which are properly tagged and formatted", True,
          "in A1, Formatvorlage Überschrift 1", _titel, (_STYLES, r'builtinId="16"', 'builtinId="20"')),
    Punkt("F5", "Avoid using symbols in general", False, "siehe Entscheidung", _symbole,
          (_STRINGS, "<t>• geheim</t>", "<t>•</t>"), begruendet=True),
    Punkt("F6", "Do not use headers and footers, floating text boxes or floating toolbars", True, "keine", _kopffuss,
          (_sheet(4), _VOR_TABELLEN, r"<headerFooter><oddHeader>&amp;LKopf</oddHeader></headerFooter>\1")),
    Punkt("F7", "Do not use visual devices to divide data regions", False, "keine Linien", _linien,
          (_STYLES, r"<border><left/>", '<border><left style="thin"/>')),
    Punkt("F8", "Do not use a background fill", False, "keine Fläche, keine Tabellenvorlage", _grund,
          (_TABELLE, r"<tableStyleInfo", '<tableStyleInfo name="TableStyleMedium2"')),
    Punkt("F9", "Do not use colour as the only way to convey a message", True, "Lage und Trend stehen in Worten", _farbe,
          (_STYLES, r"<u/>", "")),
    Punkt("F10", "When using colour for emphasis check the contrast", True, "mindestens 4,5 zu 1", _kontrast,
          (_STYLES, r'rgb="FF1B1B1B"', 'rgb="FFBBBBBB"')),
    Punkt("F11", "Avoid images in spreadsheets", False, "keine; Karten und Diagramme sind Tabellen", _bilder,
          ("xl/media/image1.png", "", "bild")),
    Punkt("F12", "Remove macros", False, "keine", _makros, ("xl/vbaProject.bin", "", "makro")),
    Punkt("S1", "Give worksheets unique names or numbers", True, "nach dem Inhalt", _blattnamen,
          ("xl/workbook.xml", 'name="Zeichenerklärung"', 'name="Tabelle1"')),
    Punkt("S2", "Remove blank worksheets", True, "keine", _leere_blaetter, (_sheet(4), r"<sheetData>.*</sheetData>", "<sheetData/>")),
    Punkt("S3", "Use cells in column A wisely", True, "A1 der Titel, darunter Sätze, dann die Tabelle, nichts daneben", _spalte_a,
          (_sheet(4), r'<c r="A2"[^>]*>.*?</c>', '<c r="A2"/>')),
    Punkt("S4", "Position tables against the left-hand edges of each sheet", True, "ab Spalte A", _links_buendig,
          (_TABELLE, r' ref="A(\d+):', r' ref="B\1:')),
    Punkt("S5", "Avoid putting content below a table", False, "Sätze und Quelle stehen darüber", _darunter,
          (_sheet(4), "(</sheetData>)", r'<row r="900"><c r="A900" t="s"><v>0</v></c></row>\1')),
    Punkt("S6", "Avoid worksheets with multiple tables", False, "eine je Blatt", _mehrere,
          ("xl/worksheets/_rels/sheet4.xml.rels", r"(<Relationship [^>]*table[^>]*/>)", r"\1\1")),
    Punkt("V1", "Run a spelling and grammar check", True, "siehe Entscheidung", _woerter,
          (_STRINGS, "<t>geheim</t>", "<t>steht steht geheim</t>"), begruendet=True),
    Punkt("V2", "Use the accessibility checker", False, "siehe Entscheidung", _pruefer,
          (_TABELLE, r' altText="[^"]*"', ""), begruendet=True),
    Punkt("V3", "Add document information", True, "Titel, Thema, Urheber, Sprache", _angaben,
          ("docProps/core.xml", "<dc:language>.*?</dc:language>", "")),
    Punkt("V4", "Ensure the cursor is in cell A1 of the first worksheet when doing your final save", True, "so geschrieben", _cursor,
          ("xl/workbook.xml", r"<workbookView ", '<workbookView activeTab="3" ')),
)  # fmt: skip
"""All 36 lines, in the order of the list."""
