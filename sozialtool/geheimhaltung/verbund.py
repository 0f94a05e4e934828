"""What hangs together: cells by relations, relations by cells, columns by rows (union-find with path halving)."""

from __future__ import annotations

from collections.abc import Iterable


class Verbund:
    """Groups of whole numbers, each named by the smallest in it; a number that was never joined stands alone."""

    def __init__(self) -> None:
        self._eltern: dict[int, int] = {}

    def find(self, nummer: int) -> int:
        """Return the smallest number of its group."""
        eltern = self._eltern
        while (ueber := eltern.get(nummer, nummer)) != nummer:
            eltern[nummer] = ueber = eltern.get(ueber, ueber)
            nummer = ueber
        return nummer

    def join(self, nummern: Iterable[int]) -> None:
        """Make one group of the groups of these numbers."""
        staemme = {self.find(nummer) for nummer in nummern}
        if len(staemme) > 1:
            self._eltern.update(dict.fromkeys(staemme, min(staemme)))
