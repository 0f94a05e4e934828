"""Which deliveries came in after figures had gone out and have not been set against them yet.

Only computing tells whether a delivery changes what was released, and the start screen computes nothing. So the outcome is kept in
the project: once everything that is out agrees with today's figures – a new Monitoring or a notice went out, or somebody compared
and nothing differed – it is noted which deliveries were in by then, and with which releases they agreed. A release that is
withdrawn later makes the note void; without a note the days are compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sozialtool.fach.quelle import Quelle
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.projekt import Projekt

EINSTELLUNG = "mit_veroeffentlichtem_verglichen"
VERMERK = "Mit Veröffentlichtem verglichen: alles gilt noch"
"""What stands in the log; no figure becomes another by it."""
_LIEFERUNGEN, _VEROEFFENTLICHUNGEN = "lieferungen", "veroeffentlichungen"


def build_vermerk(projekt: Projekt) -> dict[str, list[str]]:
    """Return the note that all that is out agrees with the deliveries in the project."""
    return {
        _LIEFERUNGEN: sorted(_name_lieferung(q) for q in projekt.read(Quelle)),
        _VEROEFFENTLICHUNGEN: _list_namen(projekt.read(Veroeffentlichung)),
    }


def note_vergleich(projekt: Projekt) -> None:
    """Keep that nothing differs, where somebody would be asked about a delivery; a project that is only read keeps nothing."""
    if projekt.nur_lesen or not find_spaete(projekt):
        return
    from sozialtool.ablauf.kennzahlen import keep_ergebnis

    vorher = projekt.revision
    with projekt.change(VERMERK) as schreiber:
        schreiber.set_setting(EINSTELLUNG, build_vermerk(projekt))
    keep_ergebnis(projekt, vorher)


def find_spaete(projekt: Projekt) -> list[Quelle]:
    """List the deliveries for released years that nobody has set against what is out. Computes nothing."""
    hinaus = projekt.read(Veroeffentlichung)
    if not hinaus:
        return []
    bis = max(v.jahr for v in hinaus)
    quellen = [q for q in projekt.read(Quelle) if q.stand is not None and q.stand.year <= bis]
    vermerk = projekt.setting(EINSTELLUNG)
    if vermerk and set(vermerk[_VEROEFFENTLICHUNGEN]) <= set(_list_namen(hinaus)):
        bekannt = set(vermerk[_LIEFERUNGEN])
        return [q for q in quellen if _name_lieferung(q) not in bekannt]
    zuletzt = max((v.am for v in hinaus if v.am is not None), default=None)
    return [q for q in quellen if zuletzt and q.eingelesen_am is not None and q.eingelesen_am.date() > zuletzt]


def _name_lieferung(q: Quelle) -> str:
    """A file that is read anew may be read otherwise: the moment tells the two apart."""
    return f"{q.schluessel} {q.eingelesen_am}"


def _list_namen(veroeffentlichungen: Iterable[Veroeffentlichung]) -> list[str]:
    """Keys are given anew after a withdrawal; with the file beside them they are not mistaken."""
    return sorted(f"{v.schluessel} {v.am or dt.date.min} {v.pruefsumme[:16]}" for v in veroeffentlichungen)
