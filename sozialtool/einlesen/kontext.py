"""Look-ups of a reading: areas and Merkmale by name, code or answer, with what made them sure."""

from __future__ import annotations

import re

import attrs

from sozialtool.einlesen.aehnlich import Verzeichnis, Vorschlag, build_gebiete, build_merkmale
from sozialtool.einlesen.texte import clean, norm
from sozialtool.einlesen.themen import Themen, build_themen, is_dependent
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import NICHT_ZUZUORDNEN

_CODE_IM_TEXT = re.compile(r"(?<!\d)\d{2,12}(?!\d)")
_CODE_NAME = re.compile(r"^(\d[\d.]*\d|\d)[.)]?\s+(\D.*)$")
_SUMMENWORT = re.compile(
    r"^(?:(?:gesamt|gesamte) ?stadt|stadt|gesamt|insgesamt|summe|zusammen|gesamtsumme|gesamtergebnis|stadtgebiet|stadt (?:gesamt|insgesamt))$"
)
_REST = frozenset(("nicht zuzuordnen", "nicht zuordenbar", "nicht zugeordnet", "ohne zuordnung", "keine zuordnung"))


@attrs.frozen
class Kontext:
    """Everything a reading looks names up in; `ebene` is the level that a column of areas mostly speaks of."""

    umfeld: Umfeld
    gebiete: Verzeichnis
    merkmale: Verzeichnis
    ebenen: dict[str, str]
    teil_von: dict[str, str]
    neueste: dict[str, dict[str, Messwert]]
    datei: str
    themen: Themen

    def is_part(self, gebiet: str, ganzes: str) -> bool:
        """Whether one area lies in another, over any number of levels; everything lies in the town."""
        if ganzes == self.umfeld.stadt:
            return gebiet != ganzes
        return ganzes in self._above(gebiet)

    def wholes(self, gebiete: set[str]) -> set[str]:
        """Return those of some areas that contain at least two others of them."""
        teile: dict[str, int] = {}
        for gebiet in gebiete:
            oben = {ganzes for ganzes in self._above(gebiet) if ganzes in gebiete}
            if self.umfeld.stadt in gebiete and gebiet != self.umfeld.stadt:
                oben.add(self.umfeld.stadt)
            for ganzes in oben:
                teile[ganzes] = teile.get(ganzes, 0) + 1
        return {ganzes for ganzes, anzahl in teile.items() if anzahl >= 2}

    def _above(self, gebiet: str) -> list[str]:
        kette: list[str] = []
        while (gebiet := self.teil_von.get(gebiet, "")) and gebiet not in kette:
            kette.append(gebiet)
        return kette

    def only_ebene(self, kandidaten: tuple[str, ...], ebene: str) -> tuple[str, ...]:
        """Of several areas with the same name take the one on the level that the column speaks of."""
        if len(kandidaten) < 2:
            return kandidaten
        passend = tuple(k for k in kandidaten if self.ebenen.get(k) == ebene)
        return passend or kandidaten

    def find_merkmal(self, formen: tuple[str, ...], zuletzt: str, daneben: tuple[str, ...]) -> str:
        """Return the Merkmal that a header or label surely means, "" when unsure.

        `formen` are its wordings, the full path first; `zuletzt` the Merkmal of the column or row before that names a subject; `daneben` the
        texts beside the table. A name that only says who is counted ("Frauen", "unter 18") is sure when the column before
        or the title names that subject – below "Arbeitslose" it means other people.
        """
        keys = self.merkmale.find_exact(formen[0]) if formen else ()
        if len(keys) != 1:
            return ""
        schluessel = keys[0]
        if not is_dependent(formen[0]) or schluessel not in self.themen.oben:
            return schluessel
        andere = {key for form in formen[1:] for key in self.merkmale.find_exact(form)} - {schluessel}
        if zuletzt:
            return schluessel if self.themen.follows(schluessel, zuletzt) else ""
        return schluessel if not andere and self.themen.is_supported(schluessel, daneben) else ""

    def find_code(self, code: str, ebene: str) -> tuple[str, ...]:
        """Return the areas a code means on the level that the column speaks of; without a level the code as it stands."""
        keys = self.gebiete.find_code(code)
        passend = tuple(key for key in keys if ebene and self.ebenen.get(key) == ebene)
        return passend or (keys[:1] if keys[:1] == (clean(code),) else keys)

    def find_gebiet(self, name: str, code: str = "", ebene: str = "") -> tuple[str, bool]:
        """Return the area that a code or written name surely means ("" when unsure), and whether zeros were restored."""
        if code:
            keys = self.find_code(code, ebene) or self.only_ebene(self.gebiete.find_exact(code), ebene)
            if len(keys) == 1:
                return keys[0], keys[0] != clean(code) and keys[0] in self.gebiete.find_code(code)
        text = clean(name)
        if not text:
            return "", False
        keys = self.only_ebene(self.gebiete.find_exact(text), ebene)
        if len(keys) == 1:
            return keys[0], False
        teile = _CODE_NAME.match(text)
        if teile:
            nach_name = self.gebiete.find_exact(teile[2])
            beide = tuple(k for k in self.gebiete.find_code(teile[1]) if k in nach_name)
            if len(beide) == 1:
                return beide[0], beide[0] != teile[1]
        return "", False

    def find_summe(self, text: str) -> str:
        """Return the town's key when a label means the whole town ("insgesamt", "Stadt", the town's name)."""
        kern = norm(text)
        name = norm(self.umfeld.kommune.name)
        if _SUMMENWORT.match(kern) or (name and kern in (name, f"stadt {name}", f"{name} insgesamt", f"{name} gesamt")):
            return self.umfeld.stadt
        return ""

    def propose_gebiet(self, name: str, code: str = "") -> tuple[Vorschlag, ...]:
        """Propose areas for a label that is not sure."""
        vorschlaege = self.gebiete.propose([text for text in (name, code, f"{code} {name}".strip()) if text])
        rest = norm(name)
        if rest in _REST and NICHT_ZUZUORDNEN in self.gebiete.namen:
            nz = Vorschlag(NICHT_ZUZUORDNEN, self.gebiete.namen[NICHT_ZUZUORDNEN], 98, "heißt sinngemäß so")
            vorschlaege = (nz, *(v for v in vorschlaege if v.schluessel != NICHT_ZUZUORDNEN))
        stadt = self.find_summe(name)
        if stadt and all(v.schluessel != stadt for v in vorschlaege):
            vorschlaege = (Vorschlag(stadt, self.gebiete.namen.get(stadt, self.umfeld.kommune.name), 90), *vorschlaege)
        return vorschlaege[:3]

    def find_im_text(self, text: str) -> tuple[str, ...]:
        """Return the areas that a title or file name speaks of: by code, else by the longest written name."""
        codes = [key for code in _CODE_IM_TEXT.findall(text) if len(code) >= 5 for key in self.gebiete.find_code(code)]
        if codes:
            return tuple(dict.fromkeys(codes))
        rein = f" {norm(text)} "
        treffer = [(len(name), name) for name in self.gebiete.gleich if len(name) > 3 and f" {name} " in rein]
        if not treffer:
            return ()
        laengster = max(treffer)[1]
        return self.gebiete.gleich[laengster]

    def without_gebiet(self, text: str) -> str:
        """Return a normalised text without the name of the area that it speaks of."""
        rein = f" {text} "
        namen = [name for name in self.gebiete.gleich if len(name) > 3 and f" {name} " in rein]
        return " ".join(rein.replace(f" {max(namen, key=len)} ", " ").split()) if namen else text


def _newest(umfeld: Umfeld) -> dict[str, dict[str, Messwert]]:
    """Merkmal → Gebiet → newest stored value."""
    neueste: dict[str, dict[str, Messwert]] = {}
    for (gebiet, merkmal, stand), wert in umfeld.bestand.items():
        je_gebiet = neueste.setdefault(merkmal, {})
        if gebiet not in je_gebiet or je_gebiet[gebiet].stand < stand:
            je_gebiet[gebiet] = wert
    return neueste


def build_kontext(umfeld: Umfeld, datei: str) -> Kontext:
    """Index a project's areas and Merkmale for one file."""
    ebenen = {g.schluessel: g.ebene for g in umfeld.gebiete}
    teil_von = {g.schluessel: g.teil_von for g in umfeld.gebiete if g.teil_von}
    gebiete = build_gebiete(umfeld.gebiete)
    if umfeld.stadt not in gebiete.namen:
        from sozialtool.fach.raum import STADT, Gebiet

        stadt = Gebiet(umfeld.stadt, umfeld.kommune.name, STADT)
        gebiete = build_gebiete((stadt, *umfeld.gebiete))
        ebenen[stadt.schluessel] = STADT
    return Kontext(
        umfeld, gebiete, build_merkmale(umfeld.merkmale), ebenen, teil_von, _newest(umfeld), datei,
        build_themen(umfeld.merkmale),
    )  # fmt: skip
