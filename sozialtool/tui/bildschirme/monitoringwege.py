"""From the Monitoring to the index and to the Mittelverteilung."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

from sozialtool.tui.teile.arbeit import arbeit

if TYPE_CHECKING:
    from sozialtool.tui.bildschirme.monitoring import MonitoringScreen


class Rechenwege(DOMNode):
    """Actions of the Monitoring that lead to pages of their own, for the shown year."""

    @arbeit
    async def action_sozialindex(self) -> None:
        """Open the page of the indices; what is changed there is read anew here."""
        from sozialtool.tui.bildschirme.index import IndexSeite

        schirm = cast("MonitoringScreen", self)
        await schirm.tool.push_screen_wait(IndexSeite(schirm.monitoring.jahr))

    @arbeit
    async def action_mittelverteilung(self) -> None:
        """Open the page of the scenarios."""
        from sozialtool.tui.bildschirme.mittel import MittelSeite

        schirm = cast("MonitoringScreen", self)
        await schirm.tool.push_screen_wait(MittelSeite(schirm.monitoring.jahr))
