"""House numbers of a section as offices write them into one cell: "1–15", "2-20 gerade", "1-9 u", "17 ff.", "1–9, 13, 17a"."""

from __future__ import annotations

import re
from typing import NamedTuple

from sozialtool.einlesen.strassen.namen import Hausnummer, parse_hausnummer
from sozialtool.fach.strasse import Seite

SEITEN = {
    "": Seite.ALLE, "alle": Seite.ALLE, "a": Seite.ALLE, "beide": Seite.ALLE, "b": Seite.ALLE, "f": Seite.ALLE,
    "fortlaufend": Seite.ALLE, "gesamt": Seite.ALLE, "g": Seite.GERADE, "gerade": Seite.GERADE, "ger": Seite.GERADE,
    "gerade nr": Seite.GERADE, "u": Seite.UNGERADE, "ungerade": Seite.UNGERADE, "ung": Seite.UNGERADE, "unger": Seite.UNGERADE,
    "ungerade nr": Seite.UNGERADE,
}  # fmt: skip
"""What a cell says about the side of the street, normalised."""
OFFEN = frozenset({"", "-", "–", "ende", "schluss", "*", "ff", "anfang", "alle", "9999", "999", "0", "0000", "000"})
"""How people write "from the first" or "to the last"."""
_NR = r"\d{1,4}\s*[a-z]?(?![a-z])"
_VORN = re.compile(r"^(?:hausnummern?|hausnrn?\.?|nrn?\.?|nummern?)\s*")
_SEITE = re.compile(
    r"^(gerade|ungerade|alle)\s+|\s*\(?\b(gerade|ungerade|unger\.?|ung\.?|ger\.?|fortlaufend|alle)\)?$|\s*\(([gu])\)$"
)
_KURZE_SEITE = re.compile(r"(?P<vorn>.*\D)?(?P<letzte>\d{1,4})(?P<hinten>\s*-|\s*ff\.?)?\s+(?P<seite>[gu])")
"""A letter behind a blank, as in "1-9 u": the side, where it fits the last number; only "12 g" may be the house 12g."""
_TRENNER = re.compile(r"\s*[,;+&]\s*|\s+und\s+|\s+u\.\s+")
_FORMEN = (
    re.compile(rf"(?P<von>{_NR})\s*-\s*(?P<bis>{_NR})?(?:ende|schluss)?"),
    re.compile(rf"(?:ab|von)\s+(?P<von>{_NR})"),
    re.compile(rf"(?P<von>{_NR})\s*(?:ff\.?|fortlaufend|aufwärts)"),
    re.compile(rf"bis\s+(?P<bis>{_NR})"),
    re.compile(rf"-\s*(?P<bis>{_NR})"),
)
_EINE = re.compile(_NR)


class Lauf(NamedTuple):
    """A run of house numbers; None: open. `seite` is None where the cell does not say it."""

    von: Hausnummer | None
    bis: Hausnummer | None
    seite: Seite | None = None


def parse_bereich(text: str) -> tuple[Lauf, ...] | None:
    """Read all runs of a cell; an empty one or "alle" is the whole street; None when a part cannot be read."""
    rein = " ".join(re.sub("[–—−‐‑]", "-", text).casefold().split())
    rein = re.sub(r"(?<=[\da-z])\s+bis\s+(?=\d|ende|schluss)", "-", rein)
    if rein in OFFEN:
        return (Lauf(None, None),)
    laeufe = [_parse_teil(teil) if teil else None for teil in _TRENNER.split(rein.rstrip(",; "))]
    gelesen = [lauf for lauf in laeufe if lauf is not None]
    return tuple(gelesen) if len(gelesen) == len(laeufe) else None


def _parse_teil(teil: str) -> Lauf | None:
    kern = _VORN.sub("", teil)
    seite = None
    if (treffer := _SEITE.search(kern)) and kern not in ("alle", "fortlaufend"):
        seite = SEITEN.get((treffer[1] or treffer[2] or treffer[3]).rstrip("."))
        kern = (kern[: treffer.start()] + kern[treffer.end() :]).strip()
    elif (kurz := _KURZE_SEITE.fullmatch(kern)) and (kurz["vorn"] or kurz["hinten"] or kurz["seite"] == "u"):
        if (int(kurz["letzte"]) % 2 == 1) != (kurz["seite"] == "u"):
            return None  # "2-9 g" may be up to 9g or the even ones below 9
        seite, kern = SEITEN[kurz["seite"]], kern[: kurz.start("seite")].strip()
    if kern in OFFEN:
        return Lauf(None, None, seite)
    if _EINE.fullmatch(kern):
        haus = parse_hausnummer(kern)
        return None if haus is None else Lauf(haus, haus, seite)
    for form in _FORMEN:
        if treffer := form.fullmatch(kern):
            enden = {ende: text for ende, text in treffer.groupdict().items() if text}
            haeuser = {ende: parse_hausnummer(text) for ende, text in enden.items()}
            return None if None in haeuser.values() else Lauf(haeuser.get("von"), haeuser.get("bis"), seite)
    return None
