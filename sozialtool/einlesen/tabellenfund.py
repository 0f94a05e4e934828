"""Find the tables on a sheet: where their data block lies, what stands above, beside and below it.

Nothing is decided here that needs the town: which area, which Merkmal and which Stand a cell belongs to is the
business of `einlesen.zuordnung`. A finding carries a confidence and may be wrong; the planner sees it before use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialtool.einlesen.fund import (
    Fundspalte,
    Fundzeile,
    Spaltenart,
    Tabellenfund,
    Textstelle,
    Zeilenart,
    cell_text,
)
from sozialtool.einlesen.kopf import Kopf, find_kopf, header_texts
from sozialtool.einlesen.nebeneinander import find_side_by_side
from sozialtool.einlesen.rohblatt import Bereich, Rohblatt
from sozialtool.einlesen.summen import is_total_word, mark_totals
from sozialtool.einlesen.texte import norm
from sozialtool.einlesen.zeilenbild import Bild, Raster, build_raster, is_year_header
from sozialtool.einlesen.zellart import Zellart, as_jahr, has_letters

__all__ = ["find_tabellen"]

_CODEWORT = re.compile(
    r"(?:^|\b)(?:nr|nummer|lfd nr|id|ags|kennziffer|kennung|kennzahl|schluessel|code|plz|postleitzahl|\w*nummer|\w*schluessel|"
    r"gemeindeschluessel|gkz|pct la code)(?:$|\b)"
)
_ZEITWORT = re.compile(r"^(?:jahr|berichtsjahr|monat|schuljahr|stichtag|stand|datum|date|year|quartal)\b")
_RAUMWORT = re.compile(r"\b(?:stimmbezirk|wahlbezirk|baublock|bezirk)e?s?$|^(?:sr|ot|plr|bzr)$")
_NOTIZ = re.compile(
    r"^(?:quelle|anmerkung|hinweis|stand|\*|\d\)|[a-z]\)|©|\(c\)|zeichenerkl|legende|_{3,}|-{3,}|note|source)",
    re.IGNORECASE,
)


def find_tabellen(blatt: Rohblatt) -> tuple[Tabellenfund, ...]:
    """Find all tables of a sheet, from top to bottom and left to right; an empty tuple when there are none."""
    if not blatt.hoehe or not blatt.breite:
        return ()
    return find_side_by_side(blatt, _find) or _find(blatt)


def _find(blatt: Rohblatt) -> tuple[Tabellenfund, ...]:
    raster = build_raster(blatt)
    funde: list[Tabellenfund] = []
    ende = 0
    laeufe = _runs(raster)
    for i, lauf in enumerate(laeufe):
        bis = laeufe[i + 1][0] if i + 1 < len(laeufe) else blatt.hoehe
        fund = _build(raster, lauf, ende, bis, len(funde) + 1)
        if fund is not None:
            funde.append(fund)
            ende = fund.daten.bis_zeile + 1
    return _share_notes(raster, funde)


def _runs(raster: Raster) -> list[list[int]]:
    """Group data rows into runs; a new header or three empty rows begin a new run."""
    laeufe: list[list[int]] = []
    for z in range(raster.blatt.hoehe):
        if not _is_data(raster, z, laeufe[-1] if laeufe else []):
            continue
        if laeufe and not _new_table(raster, laeufe[-1], z):
            laeufe[-1].append(z)
        else:
            laeufe.append([z])
    return laeufe


def _is_data(raster: Raster, z: int, lauf: list[int]) -> bool:
    bild = raster.bilder[z]
    if bild is Bild.DATEN:
        return True
    if bild is Bild.JAHRE:
        return not is_year_header(raster, z, raster.texte(z)) and (bool(lauf) or _text_above(raster, z))
    return bild is Bild.NUMMERN and bool(lauf) and lauf[-1] == z - 1 and len(raster.texte(z)) > 1


def _text_above(raster: Raster, z: int) -> bool:
    return z > 0 and raster.bilder[z - 1] in (Bild.TEXTE, Bild.NUMMERN, Bild.JAHRE)


def _new_table(raster: Raster, lauf: list[int], z: int) -> bool:
    """Whether something between the last row of the run and row z begins another table."""
    zwischen = range(lauf[-1] + 1, z)
    leere = sum(1 for r in zwischen if raster.bilder[r] is Bild.LEER)
    texte = [r for r in zwischen if raster.bilder[r] is not Bild.LEER]
    if leere >= 3 or (not texte and leere >= 2):
        return True
    if not texte or (leere == 0 and not any(raster.bilder[r] in (Bild.JAHRE, Bild.NUMMERN) for r in texte)):
        return False
    werte = _value_columns(raster, lauf)
    kopfartig = [
        r for r in texte
        if raster.bilder[r] in (Bild.JAHRE, Bild.NUMMERN)
        or (raster.bilder[r] is Bild.TEXTE and any(s in werte for s in raster.texte(r)))
    ]  # fmt: skip
    if not kopfartig:
        return False
    # A title of its own above the same header makes another table; without one (or with the old one) a page broke.
    return not _repeats_header(raster, lauf[0], texte)


def _repeats_header(raster: Raster, erste: int, zeilen: list[int]) -> bool:
    """Whether all texts between two runs stood above the first one already."""
    oben = {_row_text(raster, r) for r in range(max(0, erste - 8), erste)}
    return all(_row_text(raster, r) in oben for r in zeilen)


def _row_text(raster: Raster, z: int) -> tuple[str, ...]:
    return tuple(cell_text(wert) for wert in raster.blatt.zeilen[z])


def _value_columns(raster: Raster, lauf: list[int]) -> list[int]:
    """Columns in which at least half of what stands in the data rows are figures or signs, one figure at least."""
    werte = []
    for s in range(raster.blatt.breite):
        arten = [raster.arten[z][s] for z in lauf]
        fehler = sum(1 for z in lauf if (z, s) in raster.blatt.fehler or (z, s) in raster.blatt.ohne_wert)
        belegt = sum(1 for art in arten if art is not Zellart.LEER)
        zahlen = sum(1 for art in arten if art is Zellart.ZAHL) + fehler
        zeichen = sum(1 for art in arten if art is Zellart.ZEICHEN)
        if (zahlen or zeichen) and (zahlen + zeichen) * 2 >= belegt:
            werte.append(s)
    return werte


def _build(raster: Raster, lauf: list[int], ab: int, bis: int, nummer: int) -> Tabellenfund | None:
    werte = _value_columns(raster, lauf)
    lauf = [
        z for z in lauf if any(raster.arten[z][s] is not Zellart.LEER or (z, s) in raster.blatt.fehler for s in werte)
    ]
    if not werte or not lauf:
        return None
    werte = _without_labels(raster, lauf, werte, None)
    kopf = find_kopf(raster, ab, lauf[0], werte)
    texte = header_texts(raster, kopf, werte)
    werte = _without_labels(raster, lauf, _value_columns(raster, lauf), texte)
    spalten = _columns(raster, lauf, werte, texte)
    letzte = _last_row(raster, lauf, werte, bis)
    if not _plausible(raster, kopf, lauf, spalten):
        return None
    zeilen = mark_totals(raster.blatt, _rows(raster, kopf, letzte, spalten), werte)
    links, rechts = min(s.nummer for s in spalten), max(s.nummer for s in spalten)
    kopfbereich = Bereich(kopf.oben, links, kopf.rumpf - 1, rechts) if kopf.zeilen else None
    titel = _texts(raster, range(ab, kopf.oben))
    return Tabellenfund(
        raster.blatt.name, nummer, kopfbereich, Bereich(kopf.rumpf, links, letzte, rechts), tuple(spalten),
        tuple(zeilen), titel, (), _confidence(raster, kopf, lauf, spalten),
    )  # fmt: skip


def _without_labels(
    raster: Raster, lauf: list[int], werte: list[int], texte: list[tuple[str, ...]] | None
) -> list[int]:
    """Take codes, running numbers and years in front of the table out of the columns with figures."""
    rest = []
    for s in werte:
        kopf = norm(texte[s][-1]) if texte and texte[s] else ""
        if kopf and (_CODEWORT.search(kopf) or _ZEITWORT.match(kopf) or _RAUMWORT.search(kopf)):
            continue
        vorn = s == min(werte) and len(werte) > 1
        if vorn and not _labels_before(raster, lauf, s) and _is_key(raster, lauf, s):
            continue
        rest.append(s)
    return rest or werte


def _labels_before(raster: Raster, lauf: list[int], s: int) -> bool:
    return any(raster.arten[z][links] in (Zellart.TEXT, Zellart.CODE) for z in lauf for links in range(s))


def _is_key(raster: Raster, lauf: list[int], s: int) -> bool:
    """Years or different whole numbers in the first column."""
    zellen = [raster.blatt.wert(z, s) for z in lauf]
    zellen = [wert for wert in zellen if wert not in (None, "")]
    if all(as_jahr(wert) is not None for wert in zellen):
        return True
    texte = [cell_text(wert) for wert in zellen]
    texte = [text for text in texte if not is_total_word(text)]
    return len(texte) > 2 and len(set(texte)) == len(texte) and all(text.isdigit() for text in texte)


def _columns(raster: Raster, lauf: list[int], werte: list[int], texte: list[tuple[str, ...]]) -> list[Fundspalte]:
    spalten = []
    for s in range(raster.blatt.breite):
        arten = [raster.arten[z][s] for z in lauf]
        belegt = [art for art in arten if art is not Zellart.LEER]
        if not belegt and not texte[s]:
            continue
        if s in werte:
            art = Spaltenart.WERT
        elif s < min(werte) or _is_code_column(texte[s], belegt):
            art = Spaltenart.BESCHRIFTUNG
        else:
            art = Spaltenart.TEXT
        if not belegt and art is Spaltenart.TEXT and s > max(werte):
            continue
        spalten.append(Fundspalte(s, texte[s], art))
    return spalten


def _is_code_column(kopf: tuple[str, ...], belegt: Sequence[Zellart]) -> bool:
    codes = sum(1 for art in belegt if art is Zellart.CODE)
    text = norm(kopf[-1]) if kopf else ""
    return codes * 2 > len(belegt) or bool(text and (_CODEWORT.search(text) or _ZEITWORT.match(text)))


def _last_row(raster: Raster, lauf: list[int], werte: list[int], bis: int) -> int:
    """The last data row, and rows of unknown words right below it ("geheim", "gesperrt" in every column)."""
    letzte = lauf[-1]
    for z in range(letzte + 1, min(bis, raster.blatt.hoehe)):
        belegt = raster.texte(z)
        if raster.bilder[z] is not Bild.TEXTE or sum(1 for s in werte if s in belegt) * 2 < len(werte):
            break
        if len(werte) < 2 or any(len(cell_text(raster.blatt.wert(z, s))) > 20 for s in belegt[1:]):
            break
        if min(belegt) >= min(werte):
            break
        letzte = z
    return letzte


def _rows(raster: Raster, kopf: Kopf, letzte: int, spalten: list[Fundspalte]) -> list[Fundzeile]:
    labels = [s.nummer for s in spalten if s.art is Spaltenart.BESCHRIFTUNG]
    werte = [s.nummer for s in spalten if s.art is Spaltenart.WERT]
    codes = {s.nummer for s in spalten if s.kopf and _CODEWORT.search(norm(s.kopf[-1]))}
    gruppen = _grouping(raster, kopf.rumpf, letzte, labels, codes)
    kopfzeilen = {_row_text(raster, z) for z in (*kopf.zeilen, *kopf.nummern)}
    zeilen: list[Fundzeile] = []
    oben: dict[int, str] = {}
    abschnitt: tuple[str, ...] = ()
    frisch = False
    for z in range(kopf.rumpf, letzte + 1):
        belegt = raster.texte(z)
        texte = {s: cell_text(raster.blatt.wert(z, s)) for s in labels}
        hat_wert = any(s in belegt or (z, s) in raster.blatt.fehler or (z, s) in raster.blatt.ohne_wert for s in werte)
        if (not belegt and not hat_wert) or _row_text(raster, z) in kopfzeilen:
            zeilen.append(Fundzeile(z, Zeilenart.LEER))
        elif not hat_wert:
            text = " ".join(cell_text(raster.blatt.wert(z, s)) for s in belegt)
            abschnitt = (*abschnitt, text)[-3:] if frisch else (text,)
            frisch, oben = True, {}
            zeilen.append(Fundzeile(z, Zeilenart.ABSCHNITT, (), abschnitt))
        else:
            frisch = False
            gefuellt = _fill_down(texte, gruppen, labels, oben)
            zeilen.append(Fundzeile(z, Zeilenart.DATEN, gefuellt, abschnitt))
    return zeilen


def _grouping(raster: Raster, ab: int, bis: int, labels: list[int], codes: set[int]) -> list[int]:
    """Label columns that are filled only where a group begins: the leftmost ones, before a column that is filled."""
    gruppen: list[int] = []
    for s in labels[:-1]:
        if s in codes:
            break
        rechts = [z for z in range(ab, bis + 1) if any(raster.arten[z][r] is not Zellart.LEER for r in labels if r > s)]
        leer = sum(1 for z in rechts if raster.arten[z][s] is Zellart.LEER)
        if leer == len(rechts) or leer < 0.2 * len(rechts):
            break
        gruppen.append(s)
    return gruppen


def _fill_down(texte: dict[int, str], gruppen: list[int], labels: list[int], oben: dict[int, str]) -> tuple[str, ...]:
    for s in gruppen:
        gehoert_dazu = any(texte[r] for r in labels if r > s)
        if texte[s]:
            # A label that stands alone ("Insgesamt") begins no group.
            oben[s] = texte[s] if gehoert_dazu else ""
            for rechts in gruppen:
                if rechts > s:
                    oben.pop(rechts, None)
        elif gehoert_dazu:
            texte[s] = oben.get(s, "")
    return tuple(texte[s] for s in labels)


def _plausible(raster: Raster, kopf: Kopf, lauf: list[int], spalten: list[Fundspalte]) -> bool:
    werte = sum(1 for s in spalten if s.art is Spaltenart.WERT)
    labels = sum(1 for s in spalten if s.art is Spaltenart.BESCHRIFTUNG)
    if _is_key_list(raster, lauf, spalten):
        return False
    if kopf.zeilen:
        return True
    return len(lauf) >= 2 and werte + labels >= 2 and (werte >= 2 or len(lauf) >= 3)


def _is_key_list(raster: Raster, lauf: list[int], spalten: list[Fundspalte]) -> bool:
    """An imprint ("Produkt-ID: 992") is no table: one column of figures, labels that end with a colon."""
    if sum(1 for s in spalten if s.art is Spaltenart.WERT) != 1:
        return False
    labels = [s.nummer for s in spalten if s.art is Spaltenart.BESCHRIFTUNG]
    mit = sum(1 for z in lauf if any(cell_text(raster.blatt.wert(z, s)).endswith(":") for s in labels))
    return mit * 2 > len(lauf)


def _confidence(raster: Raster, kopf: Kopf, lauf: list[int], spalten: list[Fundspalte]) -> float:
    werte = [s for s in spalten if s.art is Spaltenart.WERT]
    labels = [s for s in spalten if s.art is Spaltenart.BESCHRIFTUNG]
    zellen = [raster.arten[z][s.nummer] for z in lauf for s in werte]
    voll = sum(1 for art in zellen if art in (Zellart.ZAHL, Zellart.ZEICHEN)) / len(zellen)
    sicher = 0.2 + 0.3 * bool(kopf.zeilen) + 0.1 * bool(labels) + 0.1 * (len(lauf) >= 3) + 0.2 * voll
    sicher += 0.1 if kopf.zeilen and all(s.kopf and has_letters("".join(s.kopf) + "x") for s in spalten) else 0.0
    return round(min(sicher, 1.0), 2)


def _texts(raster: Raster, zeilen: range) -> tuple[Textstelle, ...]:
    return tuple(
        Textstelle(z, s, cell_text(raster.blatt.wert(z, s)))
        for z in zeilen
        for s in raster.texte(z)
        if cell_text(raster.blatt.wert(z, s)).strip("_- ")
    )


def _share_notes(raster: Raster, funde: list[Tabellenfund]) -> tuple[Tabellenfund, ...]:
    """Give the texts between two tables to the one they belong to: notes go up, the title of the next goes down."""
    import attrs

    ergebnis: list[Tabellenfund] = []
    for i, fund in enumerate(funde):
        ab = fund.daten.bis_zeile + 1
        bis = raster.blatt.hoehe
        if i + 1 < len(funde):
            naechster = funde[i + 1]
            oben = naechster.kopf.zeile if naechster.kopf else naechster.daten.zeile
            bis = _notes_end(raster, ab, oben)
            titel = tuple(t for t in naechster.titel if t.zeile >= bis)
            funde[i + 1] = attrs.evolve(naechster, titel=titel)
        ergebnis.append(attrs.evolve(fund, fussnoten=_texts(raster, range(ab, bis))))
    return tuple(ergebnis)


def _notes_end(raster: Raster, ab: int, oben: int) -> int:
    """First row between two tables that is no longer a note of the upper one."""
    leere = [z for z in range(ab, oben) if raster.bilder[z] is Bild.LEER]
    texte = [z for z in range(ab, oben) if raster.bilder[z] is not Bild.LEER]
    if not texte:
        return oben
    if leere:
        grenze = max(leere)
        return grenze if any(z > grenze for z in texte) else min(leere, default=oben)
    notizen = [z for z in texte if _NOTIZ.match(next((t.text for t in _texts(raster, range(z, z + 1))), ""))]
    return max(notizen) + 1 if notizen else ab
