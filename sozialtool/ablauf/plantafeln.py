"""The lists of the planning by name, for screen and command: those that need figures compute and protect them first."""

from __future__ import annotations

from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder, build_bedarfstafel
from sozialtool.ablauf.befragungsbild import build_befragungstafel
from sozialtool.ablauf.bestandstafel import build_bestandstafel
from sozialtool.ablauf.controlling import build_massnahmenbilder
from sozialtool.ablauf.foerdertext import build_aufruftafel
from sozialtool.ablauf.plangrundlage import read_plangrundlage
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.ablauf.stimmen import build_stimmentafel
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.zielbild import build_zielbilder
from sozialtool.ablauf.zieltafel import build_massnahmentafel, build_zieltafel
from sozialtool.projekt import Projekt


def build_plantafel(
    projekt: Projekt, name: str, jahr: int = 0, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Plantafel:
    """Build the list "bestand", "befragungen", "stimmen", "bedarfe", "ziele", "massnahmen" or "foerderaufrufe".

    Raises:
        DatenFehler: there is nothing to compute. BedienFehler: no figures in that year. Abgebrochen: stopped.
    """
    if name == "bestand":
        return build_bestandstafel(projekt)
    if name == "befragungen":
        return build_befragungstafel(projekt)
    if name == "foerderaufrufe":
        return build_aufruftafel(projekt)
    grundlage = read_plangrundlage(projekt, jahr, fortschritt, stop)
    if name == "stimmen":
        return build_stimmentafel(projekt, grundlage)
    if name == "bedarfe":
        return build_bedarfstafel(projekt, grundlage, build_bedarfsbilder(projekt, grundlage))
    if name == "ziele":
        return build_zieltafel(projekt, grundlage, build_zielbilder(projekt, grundlage))
    return build_massnahmentafel(projekt, grundlage, build_massnahmenbilder(projekt, grundlage))
