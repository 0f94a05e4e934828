"""From the Monitoring to the index and to the Mittelverteilung; keys without figures to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

from sozialtool.tui.bildschirme.monitoringbefehle import BRAUCHT_ZAHLEN
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tasten import Tastenzeile

if TYPE_CHECKING:
    from sozialtool.tui.bildschirme.monitoring import MonitoringScreen


class Rechenwege(DOMNode):
    """Actions of the Monitoring that lead to pages of their own, for the shown year; none of them before there are figures."""

    def on_mount(self) -> None:
        """Show only keys that do something before there are figures."""
        self.query_one(Tastenzeile).verstecke(*BRAUCHT_ZAHLEN)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys that need figures do nothing before there are any: the page says what is missing."""
        del parameters
        braucht = {befehl.aktion() for befehl in BRAUCHT_ZAHLEN}
        return action not in braucht or cast("MonitoringScreen", self).daten is not None

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
