"""Write the invented town of Lindenrath: deliveries, truth, set-up of the project, state of the process.

Run as `python beispieldaten/erzeugen.py [ZIELORDNER]`; without a folder it writes beside itself. The same script gives
the same files, whatever the clock, the locale or the system.
"""

from __future__ import annotations

import sys
from pathlib import Path

ORDNER = Path(__file__).resolve().parent
if str(ORDNER) not in sys.path:
    sys.path.insert(0, str(ORDNER))

from lindenrath import (  # noqa: E402 - the folder is made importable first; it is no installed package
    bauamt,
    bundesagentur,
    gesundheitsamt,
    itnrw,
    jugendamt,
    meldewesen,
    orte,
    register,
    schulamt,
    sozialamt,
    strassen,
    umrisse,
    wahlamt,
    wohngeld,
)
from lindenrath.projektstand import write_projektstand  # noqa: E402 - as above
from lindenrath.raum import JAHRE  # noqa: E402 - as above
from lindenrath.werkstatt import Werkstatt  # noqa: E402 - as above


def build(ziel: Path) -> None:
    """Write the whole example into the folder, in the order of import: the long series first, then year by year."""
    w = Werkstatt(ziel)
    itnrw.liefern_bevoelkerung(w)
    itnrw.liefern_eckdaten(w)
    bauamt.liefern(w)
    schulamt.liefern(w)
    jugendamt.liefern_hze(w)
    for jahr in JAHRE:
        meldewesen.liefern(w, jahr)
        bundesagentur.liefern(w, jahr)
        jugendamt.liefern_kita(w, jahr)
        sozialamt.liefern(w, jahr)
        wohngeld.liefern(w, jahr)
        if jahr in gesundheitsamt.ZEITRAEUME:
            gesundheitsamt.liefern(w, jahr)
        if jahr in wahlamt.WAHLTAGE:
            wahlamt.liefern(w, jahr)
    strassen.liefern(w)
    register.liefern(w)
    umrisse.write_umrisse(ziel / "karte" / "Statistische_Bezirke.geojson")
    orte.write_lagen(ziel / "karte" / "lagen.csv", ORDNER / "planung" / "einrichtungen.csv")
    w.write_wahrheit()
    write_projektstand(w)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ORDNER)
