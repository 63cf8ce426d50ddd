"""Whether the last row of a file without a last line break was cut short, as a download is that broke off.

A cut takes away the end of the last cell (with more gone, a cell is missing, and the row is refused for that).
What is left of a number may be a number too: "281011" of "2810110". So the last cell is held against the same
column of the rows before it: what they look like there, and what a cut would make of them.
"""

import re
from collections.abc import Iterator

from npq_portal.read import FileRefusedError, SourceFile

NumberedRow = tuple[int, list[str]]


class LastRow:
    """`is_number` says whether the last column holds numbers, which are compared by their form: EY463234 is like
    CA000006.
    """

    def __init__(self, file: SourceFile, *, is_number: bool) -> None:
        self.file = file
        self.is_number = is_number
        self.before: set[str] = set()
        self.number, self.cell = 0, ""

    def watch(self, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
        """The same rows. Nothing is kept of them where the file ended as it should."""
        if self.file.ended:
            yield from rows
            return
        for number, cells in rows:
            if self.number:
                self.before.add(self._form(self.cell))
            self.number, self.cell = number, cells[-1].strip()
            yield number, cells

    def doubt(self) -> str:
        """What somebody should look at, or nothing. Call when all rows went by. Raises FileRefusedError where the
        row was cut: a number like no other, or the beginning of a text that other rows have and no other row ends
        with.
        """
        if self.file.ended:
            return ""
        form = self._form(self.cell)
        could_be_cut = any(other.startswith(form) and other != form for other in self.before)
        if form in self.before and not could_be_cut:
            return ""
        if form not in self.before and self.before and (could_be_cut or self.is_number):
            raise FileRefusedError(
                f'Row {self.number}, the last, breaks off with "{self.cell[:40]}": no other row ends like that. Fetch'
                " the file again or, if the row is whole, add a line break after it."
            )
        return (
            f"The file does not end with a line break. Look at its last row, {self.number}:"
            f' is "{self.cell[:40]}" whole?'
        )

    def _form(self, cell: str) -> str:
        if not self.is_number:
            return cell
        return re.sub("[A-Z]", "A", re.sub("[0-9]", "9", cell.upper().replace(" ", "")))
