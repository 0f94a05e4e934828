"""Lists of the process: they need no figures, so they are there at once."""

from __future__ import annotations

from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.tui.bildschirme.planseite import Listenseite


class Prozessliste(Listenseite):
    """A list of the process. A subclass says how its table is made (`build`)."""

    def build(self) -> Plantafel:
        """Make the table; runs in the project's thread."""
        raise NotImplementedError

    async def hole(self) -> Plantafel:
        """Make the table in the project's thread."""
        return await self.tool.rufe(self.build)
