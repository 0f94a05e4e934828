"""Qualifiers in names: age limits, sex, nationality, "ohne", numbers, directions.

Two names that differ in one of them mean different things, however alike they are written ("Einwohner", "Einwohner
65+"; "Heide-Nord", "Heide-Süd"). A proposal that passes over a qualifier of the text is worse than none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import attrs

from sozialtool.einlesen.texte import clean, norm, norm_gebiet, without_note

Spanne = tuple[int, int | None]
"""Ages from … to below …; None: open end."""

_J = r"(?: ?-? ?(?:jahren?|jaehrigen?r?|j\b))?"
_ALTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(\d{{1,3}}) ?-?{_J} ?(?:bis|-) ?(?:unter|u\b\.?|<) ?(\d{{1,3}})"), "bis_unter"),
    (re.compile(rf"(\d{{1,3}}){_J} ?(?:-|bis(?: einschl\w*)?) ?(\d{{1,3}})(?![\d.])"), "bis"),
    (re.compile(rf"(?:\bunter|\bu\.|<|\bbis unter|\bjuenger als) ?(\d{{1,3}}){_J}"), "unter"),
    (re.compile(rf"(?:\bueber|>|\baelter als) ?(\d{{1,3}}){_J}"), "ueber"),
    (re.compile(rf"(?:\bab(?: dem)?(?: alter von)?|≥|>=|\bmindestens) ?(\d{{1,3}}){_J}"), "ab"),
    (re.compile(rf"(\d{{1,3}}){_J} ?(?:\+|(?:und|u\.?) ?(?:aelter|mehr|darueber|laenger|ae)\w*)"), "ab"),
    (re.compile(r"\bue(\d{1,2})\b"), "ab"),
    (re.compile(r"\bu(3|6|15|18|20|21|25|27)\b"), "unter"),
    (re.compile(rf"\bbis(?: zu| einschl\w*)? (\d{{1,3}}){_J}"), "hoechstens"),
    (re.compile(r"\bminderjaehrig\w*"), "minderjaehrig"),
    (re.compile(r"\bvolljaehrig\w*"), "volljaehrig"),
)
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "–": "-", "—": "-", "−": "-", "‑": "-"})

_ARTEN: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("geschlecht", (
        ("w", r"\b(?:frauen?|weibl\w*|w|maedchen|\w+frauen)\b"),
        ("m", r"\b(?:maenner[n]?|mann|maennl\w*|m|jungen|\w+maenner)\b"),
        ("d", r"\bdivers\w*"),
    )),
    ("staat", (
        ("nicht eu", r"\b(?:nicht[ -]eu|drittstaat\w*|ausserhalb der eu)\b"),
        ("nicht deutsch", r"\b(?:(?:nicht|ohne)[ -]?deutsch\w*|nichtdt|auslaend\w*|ausl|andere staats\w*|nicht deutsch\w*)\b"),
        ("eu", r"\beu(?:[ -]\w+)?\b"),
        ("deutsch", r"\bdeutsch(?!land)\w*"),
    )),
    ("herkunft", (("mh", r"\b(?:migrations\w*|migr(?: ?hintergr\w*)?|mh|zuwanderung\w*|eingewandert\w*|aussiedl\w*)\b"),)),
    ("ort", (("arbeitsort", r"\barbeitsort\w*"), ("nebenwohnung", r"\bneben(?:wohn\w*|sitz)"))),
    ("rechnung", (
        ("vorjahr", r"\b(?:vorjahr\w*|vorher\w*)\b"),
        ("veraenderung", r"\b(?:veraenderung\w*|differenz\w*|zunahme|abnahme|saldo)\b"),
        ("prognose", r"\b(?:prognose\w*|plan|soll|ziel\w*|schaetzung\w*)\b"),
        ("anteil", r"\b(?:anteil\w*|\w*quote|prozent\w*|je 1 ?000|index|rang|durchschnitt\w*|mittelwert)\b"),
    )),
    ("verneint", (("ohne", r"\b(?:ohne|nicht|kein\w*)\b"),)),
)  # fmt: skip
_KENNER = tuple((art, tuple((wert, re.compile(muster)) for wert, muster in werte)) for art, werte in _ARTEN)
_GEGENSATZ = tuple(
    tuple(re.compile(muster) for muster in gruppe)
    for gruppe in (
        (r"\bsgb ii\b(?! und)", r"\bsgb iii\b", r"\bsgb xii\b", r"\bsgb viii\b", r"\bsgb xi\b", r"\bsgb ix\b"),
        (r"\bambulant", r"stationaer"),
        (r"\bzu(?:zue?g|gezog)", r"\bfort(?:zue?g|gezog)|\bwegz"),
        (r"\bwohnort", r"\barbeitsort", r"\bstandort"),
        (r"\bhauptwohn", r"\bnebenwohn"),
        (r"\bmit\b", r"\bohne\b"),
        (r"\bgeboren|\bgeburt", r"\bgestorben|\bsterbef"),
        (r"grundschul", r"gesamtschul", r"realschul", r"hauptschul", r"gymnas", r"sekundarschul", r"foerderschul"),
    )
)
"""Words of one group exclude each other; a name that uses none of them fits them all."""
_MW = r"(?:maenner|frauen|maennlich|weiblich|m|w|d)"
_BEIDE = re.compile(rf"\b{_MW} (?:und|oder|u) {_MW}(?: (?:und )?d)?\b")
"""Both sexes named are none."""
_JAHRE = re.compile(r"\b(?:19|20)\d\d(?:[/-]\d{2,4})?\b|\b\d{1,2}\. ?\d{1,2}\.")
_ROEMISCH = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ZAHLWOERTER = {
    wort: str(i)
    for i, wort in enumerate(["zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf"], 2)
}  # fmt: skip
_ZAHLWORT = re.compile(rf"\b(?:{'|'.join(_ZAHLWOERTER)})\b")
_FUELLER = frozenset((
    "personen", "person", "jahre", "jahren", "jahr", "jaehrige", "jaehrigen", "jaehriger", "aeltere", "aelter", "und", "der",
    "die", "das", "von", "im", "in", "am", "an", "zum", "bis", "unter", "ab", "ueber", "mehr", "insgesamt", "davon", "dav",
    "dar", "darunter", "mit", "ohne", "nicht", "anzahl", "gesamt", "zusammen", "stand", "alter", "lebensjahre", "u", "j",
    "nach", "den", "dem", "des", "fuer", "je", "staatsang", "staatsangehoerigkeit", "hintergrund", "geschlecht", "zwar",
    "alters", "altersgruppe", "altersgruppen", "abs", "absolut", "bestand", "zahl", "sozialraum", "sozialraeume",
    "sozialraeumen", "ortsteil", "ortsteile", "ortsteilen", "bezirk", "stimmbezirk", "gebiet", "stadt", "tabelle", "#",
))  # fmt: skip
"""Words that name no subject."""


@attrs.frozen
class Zusatz:
    """The qualifiers of one name.

    `alter` spans of age; `werte` (kind, value) of sex, nationality, origin, place, negation; `zahlen` other numbers;
    `gegensatz` (group, word) of pairs like ambulant/stationär; `thema` what is left: the subject.
    """

    alter: frozenset[Spanne]
    werte: frozenset[tuple[str, str]]
    zahlen: frozenset[str]
    gegensatz: frozenset[tuple[int, int]]
    thema: frozenset[str]

    @property
    def beschreibt_nur(self) -> bool:
        """Whether a name says who is counted, but not what ("Frauen", "unter 18"): its subject stands elsewhere."""
        return not self.thema and bool(self.alter or self.werte or self.zahlen)


@functools.lru_cache(maxsize=20_000)
def read_zusatz(text: str) -> Zusatz:
    """Read the qualifiers of a header, label or name."""
    rein = _JAHRE.sub(" ", clean(text).casefold().translate(_UMLAUTE))
    rein = _ZAHLWORT.sub(lambda treffer: _ZAHLWOERTER[treffer[0]], rein)
    spannen, rest = _ages(re.sub(r"[()\[\],;*]", " ", rein))
    werte: set[tuple[str, str]] = set()
    form = _BEIDE.sub(" ", norm(rest))
    offen = form
    for art, muster in _KENNER:
        for wert, regel in muster:
            if regel.search(offen):
                werte.add((art, wert))
                offen = regel.sub(" ", offen)
    gegensatz = frozenset((i, k) for i, g in enumerate(_GEGENSATZ) for k, r in enumerate(g) if r.search(form))
    zahlen = frozenset(re.findall(r"\d+", offen))
    thema = frozenset(w for w in re.findall(r"[^\W\d_]+", offen) if w not in _FUELLER and len(w) > 1)
    return Zusatz(spannen, frozenset(werte), zahlen, gegensatz, thema)


def _ages(text: str) -> tuple[frozenset[Spanne], str]:
    spannen: set[Spanne] = set()
    text = " ".join(text.split())
    for muster, art in _ALTER:
        for treffer in muster.finditer(text):
            zahlen = [int(gruppe) for gruppe in treffer.groups()]
            spannen.add(_span(art, zahlen))
        text = muster.sub(" ", text)
    return frozenset(spannen), text


def _span(art: str, zahlen: list[int]) -> Spanne:
    if art == "bis_unter":
        return zahlen[0], zahlen[1]
    if art == "bis":
        return zahlen[0], zahlen[1] + 1
    if art == "unter":
        return 0, zahlen[0]
    if art == "hoechstens":
        return 0, zahlen[0] + 1
    if art == "ueber":
        return zahlen[0] + 1, None
    if art == "ab":
        return zahlen[0], None
    return (0, 18) if art == "minderjaehrig" else (18, None)


def fits(text: Zusatz, namen: Iterable[Zusatz], *, nur_genannte: bool = False) -> bool:
    """Whether something with these names can be what a text means, as far as qualifiers go.

    Age, sex, nationality, origin and negation must be those of one of the names (or be lacking in both); other numbers must
    occur in a name; opposites must not meet. With `nur_genannte` a text that says nothing of a kind fits every value of it.
    """
    alle = tuple(namen)
    frei = nur_genannte and not text.alter
    if not frei and not any(text.alter == n.alter for n in alle):
        return False
    for art, _ in _ARTEN:
        eigene = _of(text, art)
        if not (nur_genannte and not eigene) and not any(eigene == _of(n, art) for n in alle):
            return False
    if not text.zahlen <= frozenset().union(*(n.zahlen for n in alle)):
        return False
    gruppen = {gruppe for gruppe, _ in text.gegensatz}
    for gruppe in gruppen:
        da = {wort for n in alle for g, wort in n.gegensatz if g == gruppe}
        if da and not {wort for g, wort in text.gegensatz if g == gruppe} & da:
            return False
    return True


def _of(zusatz: Zusatz, art: str) -> frozenset[str]:
    return frozenset(wert for a, wert in zusatz.werte if a == art)


_RICHTUNG = re.compile(
    r"^(nord|noerd|sued|ost|oest|west|ober|unter|nieder|alt|neu|klein|gross|vorder|hinter|mittel|inner|auss|links|rechts)"
    r"|^(mitte)$|(mitte|nord|sued)$"
)
_GLEICH = {"noerd": "nord", "oest": "ost", "nieder": "unter"}


_BUCHSTABE = re.compile(r"[^\W\d_]")
_CODE_DAVOR = re.compile(r"^\d[\d ]*(?=[a-z])")


def read_lage(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Directions and numbers in the name of an area: "Heide-Nord II" → ({nord}, {2}). A leading code does not count."""
    rein = norm(without_note(text))
    kern = norm_gebiet(_CODE_DAVOR.sub("", rein))
    richtungen: set[str] = set()
    zahlen: set[str] = set()
    for wort in kern.split():
        if wort in _ROEMISCH:
            zahlen.add(_ROEMISCH[wort])
        elif ziffern := re.findall(r"\d+", wort):
            zahlen |= {z.lstrip("0") or "0" for z in ziffern}
        elif treffer := _RICHTUNG.search(wort):
            gefunden = next(gruppe for gruppe in treffer.groups() if gruppe)
            richtungen.add(_GLEICH.get(gefunden, gefunden))
            if halb := re.match(r"(?:nord|sued)(ost|west|oest)", wort):
                richtungen.add(_GLEICH.get(halb[1], halb[1]))
    return frozenset(richtungen), frozenset(zahlen)


def fits_lage(text: str, namen: Iterable[str]) -> bool:
    """Whether directions and numbers of a label are those of one of an area's names; a label without any fits all."""
    richtungen, zahlen = read_lage(text)
    nur_code = not _BUCHSTABE.search(text)
    for name in namen:
        if nur_code != (not _BUCHSTABE.search(name)):
            continue  # the number in "Bezirk III" has nothing to do with a key "03"
        hat_richtungen, hat_zahlen = read_lage(name)
        if (not richtungen or richtungen == hat_richtungen) and (not zahlen or zahlen == hat_zahlen):
            return True
    return False
