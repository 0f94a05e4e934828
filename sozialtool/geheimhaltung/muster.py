"""From a built system to its pattern: independent parts one by one, the wholes held fixed where that is possible."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import attrs

from sozialtool.fehler import Abgebrochen, GeheimhaltungsFehler
from sozialtool.geheimhaltung.angriff import compute_intervalle
from sozialtool.geheimhaltung.aufbau import Aufbau
from sozialtool.geheimhaltung.sperren import protect
from sozialtool.geheimhaltung.system import Beziehung, Schluessel, Sperrmuster, Zelle
from sozialtool.geheimhaltung.verbund import Verbund
from sozialtool.geheimhaltung.werte import Ort


@attrs.frozen
class Gesamtmuster:
    """All patterns of a release together; `offengelegt` names starred figures that the sources themselves disclose."""

    gesperrt: frozenset[Schluessel]
    sekundaer: frozenset[Schluessel]
    intervalle: Mapping[Schluessel, tuple[float, float]]
    optimal: bool
    erklaerung: tuple[str, ...]
    offengelegt: tuple[Schluessel, ...]


def find_muster(
    aufbau: Aufbau,
    *,
    mitwisser: bool = True,
    fortschritt: Callable[[int, int, str], None] | None = None,
    stop: threading.Event | None = None,
) -> Gesamtmuster:
    """Protect every part of the system that holds a secret; errors as in `protect`."""
    teile = [teil for teil in split(aufbau) if any(z.schutz is not None or z.primaer is not None for z in teil.zellen)]
    muster: list[Sperrmuster] = []
    offengelegt: list[Schluessel] = []
    for nummer, teil in enumerate(teile):
        if stop is not None and stop.is_set():
            raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.", "Es ist nichts hinausgegangen.")
        if fortschritt is not None:
            fortschritt(nummer, len(teile), "Geheimhaltung: Rückrechnen prüfen")
        muster.append(_protect(teil, mitwisser=mitwisser, stop=stop))
        offengelegt += _find_offengelegte(teil)
    return Gesamtmuster(
        frozenset().union(*(m.gesperrt for m in muster)),
        frozenset().union(*(m.sekundaer for m in muster)),
        {schluessel: intervall for m in muster for schluessel, intervall in m.intervalle.items()},
        all(m.optimal for m in muster),
        tuple(text for m in muster for text in m.erklaerung),
        tuple(offengelegt),
    )


def _protect(teil: Aufbau, *, mitwisser: bool, stop: threading.Event | None) -> Sperrmuster:
    """First with all quiet wholes held fixed (small systems, and nobody wants to lose them), if need be without."""
    leicht = [attrs.evolve(z, nie_sperren=True) if z.schluessel in teil.bezugsgroessen else z for z in teil.zellen]
    try:
        return protect(leicht, teil.beziehungen, mitwisser=mitwisser, nachgeben=False, stop=stop)
    except GeheimhaltungsFehler:
        return protect(teil.zellen, teil.beziehungen, mitwisser=mitwisser, stop=stop)


def _find_offengelegte(teil: Aufbau) -> list[Schluessel]:
    """Starred figures that follow from all other figures as delivered: the sources disclose them, not this release."""
    geheim = {z.schluessel: z for z in teil.zellen if z.wert is None and z.schutz is not None and z.veroeffentlicht}
    if not geheim:
        return []
    offen = [attrs.evolve(z, primaer=None) for z in teil.zellen]
    intervalle = compute_intervalle(offen, teil.beziehungen, frozenset(geheim))
    return [schluessel for schluessel, (von, bis) in sorted(intervalle.items(), key=str) if bis - von < 1.0 - 1e-6]


def split(aufbau: Aufbau) -> list[Aufbau]:
    """Parts that share no relation (most Merkmale: one per year), in the order of their first cell."""
    nummer = {z.schluessel: k for k, z in enumerate(aufbau.zellen)}
    verbund = Verbund()
    for beziehung in aufbau.beziehungen:
        verbund.join([nummer[schluessel] for schluessel, _ in beziehung.koeffizienten])
    zellen: dict[int, list[Zelle]] = {}
    for k, zelle in enumerate(aufbau.zellen):
        zellen.setdefault(verbund.find(k), []).append(zelle)
    beziehungen: dict[int, list[Beziehung]] = {}
    for beziehung in aufbau.beziehungen:
        beziehungen.setdefault(verbund.find(nummer[beziehung.koeffizienten[0][0]]), []).append(beziehung)
    teile = []
    for stamm, liste in zellen.items():
        drin = frozenset(z.schluessel for z in liste if isinstance(z.schluessel, Ort)) & aufbau.bezugsgroessen
        teile.append(Aufbau(tuple(liste), tuple(beziehungen.get(stamm, ())), drin))
    return teile
