"""Plain values of this room: why a cell is suppressed, how an Indikator uses Merkmale, the rule, the proof."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

if TYPE_CHECKING:
    from sozialtool.geheimhaltung.festhalten import Festgehalten


class Grund(enum.Enum):
    """Why a cell does not leave the house.

    In the public protocol every cell carries `GEHEIM` or `QUELLE` only: whoever knew which cells are small and which
    merely shield them would know that the former lie between 1 and n-1.
    """

    GEHEIM = "geheim zu halten"
    QUELLE = "schon in der Quelle geheim"
    FALLZAHL = "Fallzahl unter der Mindestfallzahl"
    KOMPLEMENT = "der Rest zum Ganzen liegt unter der Mindestfallzahl"
    ALLE = "trifft auf alle zu"
    KEINER = "trifft auf niemanden zu"
    EINZELJAHR = "ein Jahr daraus läge unter der Mindestfallzahl"
    EBENE = "die Quelle gibt Zahlen erst von größeren Gebieten frei"
    GERUNDET = "gerundet, weil die Quelle es verlangt"
    DOMINANZ = "ein oder zwei Beiträge machen fast den ganzen Betrag aus"
    BEITRAG = "Beitrag eines Einzelnen"
    ABGELEITET = "aus geheimen Zahlen berechnet"
    SEKUNDAER = "schützt eine andere Zahl vor dem Zurückrechnen"


class Ort(NamedTuple):
    """Key of one cell: Gebiet × Merkmal (or expression of an Indikator) × Jahr."""

    gebiet: str
    merkmal: str
    jahr: int


@attrs.frozen
class Sperrung:
    """One suppressed cell with the interval that everything published leaves for it.

    `intervall_bis` is None where the published figures set no upper limit. Never carries the true value.
    """

    gebiet: str
    merkmal: str
    jahr: int
    grund: Grund
    intervall_von: float
    intervall_bis: float | None


@attrs.frozen
class Stueck:
    """What lies in `alt` before and in `neu` now; `teile` are its smallest areas (empty: nobody knows its figures)."""

    alt: str
    neu: str
    teile: tuple[str, ...] = ()


@attrs.frozen
class Frueher:
    """An earlier release; `gebiete` gives areas with other boundaries another key, `stuecke` says how they overlap."""

    release: Festgehalten
    gebiete: Mapping[str, str] = attrs.field(factory=dict)
    stuecke: tuple[Stueck, ...] = ()


@attrs.frozen
class Bekannt:
    """A secret that `quellen` (earlier releases, figures from outside) have made known already."""

    ort: Ort
    grund: Grund
    quellen: tuple[str, ...]


@attrs.frozen
class Bezug:
    """How an Indikator is made of Merkmale: Σ k·Merkmal / Σ k·Merkmal · faktor, pooled over `jahre` years.

    Keys may carry a shift in time: `ew__vor5` is `ew` five years earlier. `linear` is False where the formula is no
    sum (a product, a quotient inside): then the coefficients only say which Merkmale are used.
    """

    indikator: str
    zaehler: Mapping[str, float]
    nenner: Mapping[str, float] = attrs.field(factory=dict)
    faktor: float = 100.0
    jahre: int = 1
    linear: bool = True


@attrs.frozen
class Dominanz:
    """Rules of a source for sums of money: the `anzahl` largest are `anteil` % at most; nobody knows one to within `p` %."""

    anzahl: int = 0
    anteil: float = 0.0
    p: float = 0.0


@attrs.frozen
class Regel:
    """What counts as secret, beside the Mindestfallzahl of each Merkmal.

    Attributes:
        alle: suppress a part that equals its whole (all members of the group share the trait).
        keiner: suppress a zero below a whole that is not zero.
        mitwisser: protect also against a person who is the only case of a cell and knows it.
        eigene: (alle, keiner) of Merkmale whose source asks for something else.
        ebenen: levels that may be shown of Merkmale whose source does not allow every one; the smallest first.
        runden: Merkmale (counts) whose source asks for rounding to 5 instead of suppression.
        dominanz: (anzahl, anteil, p) of sums of money whose source asks for such a rule, see `Dominanz`.
        stellen: who asks for the rule of a Merkmal, and on which grounds.
        verlangt: a German sentence per source that does, with who asks for it; it is printed.
    """

    alle: bool = True
    keiner: bool = False
    mitwisser: bool = True
    eigene: Mapping[str, tuple[bool, bool]] = attrs.field(factory=dict)
    ebenen: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    runden: Sequence[str] = ()
    dominanz: Mapping[str, Sequence[float]] = attrs.field(factory=dict)
    stellen: Mapping[str, str] = attrs.field(factory=dict)
    verlangt: tuple[str, ...] = ()

    def of(self, merkmal: str) -> Regel:
        """The rule for one Merkmal."""
        paar = self.eigene.get(merkmal)
        return self if paar is None else Regel(paar[0], paar[1], self.mitwisser)

    def rundet(self, merkmal: str) -> bool:
        """Whether the counts of a Merkmal (its key, with or without a length of time) are rounded."""
        return merkmal.partition("@")[0] in self.runden

    def find_dominanz(self, merkmal: str) -> Dominanz | None:
        """The rule for a sum of money (key without a length of time), None where its source asks for none."""
        zahlen = self.dominanz.get(merkmal)
        return None if zahlen is None else Dominanz(int(zahlen[0]), zahlen[1], zahlen[2])

    def allows(self, merkmal: str, ebene: str) -> bool:
        """Whether a level may be shown of a Merkmal (its key without a length of time)."""
        erlaubt = self.ebenen.get(merkmal)
        return erlaubt is None or ebene in erlaubt


@attrs.frozen
class Beweis:
    """The proof as a layman reads it. Contains nothing that the published table does not show anyway.

    Attributes:
        gesperrt: number of suppressed base cells.
        aus_quelle: how many of them the source itself had starred.
        engstes_von, engstes_bis: narrowest interval of all secret cells (None: there is none / no upper limit).
        optimal: whether the pattern is proven to lose least (else: safe, but perhaps not the smallest).
        regel: the rule in plain German.
        hinweise: findings, one German sentence each.
        gerundet: Merkmale whose counts are rounded to 5.
    """

    gesperrt: int
    aus_quelle: int
    engstes_von: float | None
    engstes_bis: float | None
    optimal: bool
    regel: str
    hinweise: tuple[str, ...] = ()
    gerundet: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole proof as a few German sentences."""
        return " ".join((self.regel, *self.hinweise)).strip()
