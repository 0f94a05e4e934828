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
        eltern, stamm = self._eltern, None
        for nummer in nummern:
            # As `find`, written out: this is called for every cell of every relation.
            while (ueber := eltern.get(nummer, nummer)) != nummer:
                eltern[nummer] = ueber = eltern.get(ueber, ueber)
                nummer = ueber  # noqa: PLW2901 - climbing to the root
            if stamm is None or nummer == stamm:
                stamm = nummer
            elif nummer < stamm:
                eltern[stamm] = stamm = nummer
            else:
                eltern[nummer] = stamm
