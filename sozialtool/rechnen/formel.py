"""Formulas of indicators: arithmetic over Merkmale, parsed by Polars' SQL expression parser.

The parser knows far more than a formula may use (aggregates, CASE, subqueries, functions). So every piece of the text is
looked at before: only Merkmale, numbers, `+ - * /` and parentheses reach the parser, and Merkmale reach it quoted, so
that none of them can be taken for an SQL word.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterable, Mapping

import attrs
import polars as pl

from sozialtool.fach.messwert import Merkmal
from sozialtool.fehler import FormelFehler

_STUECK = re.compile(r"\s*(?:(?P<name>[^\W\d]\w*)|(?P<zahl>\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)|(?P<zeichen>[-+*/()]))")
_VOR = re.compile(r"^(?P<merkmal>.+?)__vor(?P<jahre>[1-9]\d?)$")
_NUR = "Erlaubt sind nur Merkmale, Zahlen, + - * / und Klammern."
_PROBEN = 4


@attrs.frozen
class Stueck:
    """One piece of a formula: kind (name, zahl, zeichen) and text."""

    art: str
    text: str


@attrs.frozen
class Formel:
    """A checked formula.

    Attributes:
        text: as it was written.
        expr: Polars expression over columns named like the Merkmale (`ew__vor5` for a lagged one).
        merkmale: names in the formula in order of appearance, lagged ones as they stand there.
        koeffizienten: {name: factor} when the formula is a sum of multiples of Merkmale (plus `konstante`), else None.
        konstante: what is added without any Merkmal; 0 unless `koeffizienten` is given.
        stuecke: the pieces, for building the same formula over other column names.
    """

    text: str
    expr: pl.Expr = attrs.field(eq=False)
    merkmale: tuple[str, ...]
    koeffizienten: Mapping[str, float] | None = attrs.field(hash=False)
    konstante: float
    stuecke: tuple[Stueck, ...] = attrs.field(repr=False)

    @property
    def linear(self) -> bool:
        """Whether the value is a sum of multiples of Merkmale."""
        return self.koeffizienten is not None

    def with_names(self, rename: Callable[[str], str]) -> pl.Expr:
        """Build the expression over other column names."""
        return _build_expr(self.stuecke, rename)


def split_vor(name: str) -> tuple[str, int]:
    """Split `ew__vor5` into ("ew", 5) and `ew` into ("ew", 0)."""
    treffer = _VOR.match(name)
    return (treffer["merkmal"], int(treffer["jahre"])) if treffer else (name, 0)


def parse_formel(text: str, merkmale: Iterable[str | Merkmal]) -> Formel:
    """Parse a formula over Merkmale; `merkmale` are the known ones, or their keys.

    Raises `FormelFehler` in German that names the offending piece and, for an unknown name, proposes similar ones.
    A quotient inside a divisor is refused too: its zero would go unseen (a / (b / 0) is 0 in floating point).
    """
    if isinstance(merkmale, frozenset):
        return _parse(text, merkmale)
    return _parse(text, frozenset(m.schluessel if isinstance(m, Merkmal) else m for m in merkmale))


@functools.lru_cache(maxsize=4096)
def _parse(text: str, bekannte: frozenset[str]) -> Formel:
    stuecke = _split(text)
    _check_order(stuecke, text)
    _check_divisor(stuecke, text)
    namen = tuple(dict.fromkeys(stueck.text for stueck in stuecke if stueck.art == "name"))
    for name in namen:
        if split_vor(name)[0] not in bekannte and name not in bekannte:
            raise _unknown(name, text, bekannte)
    try:
        expr = _build_expr(stuecke, lambda name: name)
    except pl.exceptions.PolarsError:
        raise FormelFehler(f"Die Formel „{text}“ ist unvollständig.", _NUR, "FORMEL") from None
    koeffizienten, konstante = _find_koeffizienten(expr, namen)
    return Formel(text, expr, namen, koeffizienten, konstante, stuecke)


def _split(text: str) -> tuple[Stueck, ...]:
    """Cut the text into pieces; refuse everything that is not a name, a number or one of + - * / ( )."""
    if not text.strip():
        raise FormelFehler("Die Formel ist leer.", _NUR, "FORMEL-LEER")
    stuecke: list[Stueck] = []
    rest = text.rstrip()
    stelle = 0
    while stelle < len(rest):
        treffer = _STUECK.match(rest, stelle)
        if treffer is None:
            zeichen = rest[stelle:].strip()[:12]
            komma = " Dezimalzahlen stehen hier mit Punkt: 0.5." if zeichen.startswith(",") else ""
            raise FormelFehler(f"In der Formel „{text}“ stört „{zeichen}“.", _NUR + komma, "FORMEL-ZEICHEN")
        art = str(treffer.lastgroup)
        stuecke.append(Stueck(art, treffer[art]))
        stelle = treffer.end()
    return tuple(stuecke)


def _check_order(stuecke: tuple[Stueck, ...], text: str) -> None:
    """Operand and operator must alternate, so that functions, CASE, SELECT and aliases cannot arise."""
    davor: Stueck | None = None
    tiefe = 0
    for stueck in stuecke:
        nach_wert = davor is not None and (davor.art in ("name", "zahl") or davor.text == ")")
        if stueck.text == "(" and davor is not None and davor.art == "name":
            raise FormelFehler(f"In der Formel „{text}“ steht die Funktion „{davor.text}(…)“.", _NUR, "FORMEL-FUNKTION")
        if nach_wert and (stueck.art != "zeichen" or stueck.text == "("):
            raise FormelFehler(
                f"In der Formel „{text}“ fehlt vor „{stueck.text}“ ein Rechenzeichen.", _NUR, "FORMEL-FOLGE"
            )
        if not nach_wert and stueck.art == "zeichen" and stueck.text in "*/)":
            raise FormelFehler(f"In der Formel „{text}“ fehlt vor „{stueck.text}“ ein Merkmal.", _NUR, "FORMEL-FOLGE")
        tiefe += {"(": 1, ")": -1}.get(stueck.text, 0)
        if tiefe < 0:
            break
        davor = stueck
    if tiefe:
        raise FormelFehler(f"In der Formel „{text}“ gehen die Klammern nicht auf.", "", "FORMEL-KLAMMER")
    assert davor is not None
    if davor.art == "zeichen" and davor.text != ")":
        raise FormelFehler(f"In der Formel „{text}“ fehlt nach „{davor.text}“ ein Merkmal.", _NUR, "FORMEL-FOLGE")


def _check_divisor(stuecke: tuple[Stueck, ...], text: str) -> None:
    """Refuse a quotient inside a divisor."""
    for nummer, stueck in enumerate(stuecke[:-1]):
        if stueck.text != "/" or not _has_quotient(stuecke[nummer + 1 :]):
            continue
        raise FormelFehler(
            f"In der Formel „{text}“ steht ein Bruch im Nenner eines Bruchs.",
            "Bitte umformen: statt a / (b / c) besser a * c / b.",
            "FORMEL-DOPPELBRUCH",
        )


def _has_quotient(folge: tuple[Stueck, ...]) -> bool:
    """Whether the operand that begins this sequence is a parenthesis with a division in it."""
    tiefe = 0
    for stueck in folge:
        if stueck.text in ("+", "-") and not tiefe:
            continue
        tiefe += {"(": 1, ")": -1}.get(stueck.text, 0)
        if tiefe == 0:
            return False
        if stueck.text == "/":
            return True
    return False


def _unknown(name: str, text: str, bekannte: frozenset[str]) -> FormelFehler:
    """The error for a name that is no Merkmal, with similar names."""
    merkmal, jahre = split_vor(name)
    aehnlich = difflib.get_close_matches(merkmal.lower(), sorted(bekannte), n=3, cutoff=0.5)
    zusatz = f"__vor{jahre}" if jahre else ""
    vorschlag = " oder ".join(f"„{treffer}{zusatz}“" for treffer in aehnlich)
    abhilfe = f"Gemeint ist vielleicht {vorschlag}?" if vorschlag else _NUR
    return FormelFehler(f"In der Formel „{text}“ ist „{name}“ kein bekanntes Merkmal.", abhilfe, "FORMEL-MERKMAL")


def _build_expr(stuecke: tuple[Stueck, ...], rename: Callable[[str], str]) -> pl.Expr:
    """Hand the pieces to Polars' parser: names quoted, numbers with exponent.

    Without exponent the parser makes decimals of them, whose division rounds to seven digits and fails on zero.
    """
    teile = []
    for stueck in stuecke:
        if stueck.art == "name":
            teile.append(f'"{rename(stueck.text)}"')
        elif stueck.art == "zahl":
            zahl = repr(float(stueck.text))
            teile.append(zahl if "e" in zahl else f"{zahl}e0")
        else:
            teile.append(stueck.text)
    return pl.sql_expr(" ".join(teile)).cast(pl.Float64)


def _find_koeffizienten(expr: pl.Expr, namen: tuple[str, ...]) -> tuple[dict[str, float] | None, float]:
    """Find factor per Merkmal by evaluating the expression, and show on further points that it is linear.

    Row 0 is the zero point, row 1+i the unit point of name i, then points in general position: a quotient of polynomials
    that agrees with a linear function on them and is not linear would need an unlikely coincidence.
    """
    anzahl = len(namen)
    punkte = [[0.0] * anzahl]
    punkte += [[float(i == j) for j in range(anzahl)] for i in range(anzahl)]
    punkte += [[(7.0 + 3 * k) ** 0.5 * (j + 1.3) + 1.7 * k for j in range(anzahl)] for k in range(_PROBEN)]
    spalten = {name: [punkt[j] for punkt in punkte] for j, name in enumerate(namen)}
    frame = pl.DataFrame({**spalten, "__punkt": [0.0] * len(punkte)})
    werte = frame.select((expr + pl.col("__punkt")).alias("wert"))["wert"].to_list()
    konstante = werte[0]
    faktoren = [wert - konstante for wert in werte[1 : anzahl + 1]]
    for punkt, wert in zip(punkte[anzahl + 1 :], werte[anzahl + 1 :], strict=True):
        summe = konstante + sum(faktor * x for faktor, x in zip(faktoren, punkt, strict=True))
        groesse = abs(konstante) + sum(abs(faktor * x) for faktor, x in zip(faktoren, punkt, strict=True))
        if not abs(summe - wert) <= 1e-9 * max(groesse, abs(wert)):
            return None, 0.0
    return dict(zip(namen, faktoren, strict=True)), konstante
