"""The assignment of rows to columns with the greatest sum, where a column has room for several rows.

Successive shortest paths with prices, as in the Hungarian method of Kuhn and Munkres. Why it is our own, and
how fast it is: docs/decisions/assignment-solver.md.
"""

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import count

#: None has room for every row and is worth nothing: its rows are left out.
type Column = int | None


def solve_assignment(worth: Sequence[Mapping[int, float]], room: Mapping[int, int]) -> list[int | None]:
    """Return the column of each row, or None for a row that is left out.

    `worth`: for each row, what every column it may have is worth, above 0. `room`: how many rows each of
    these columns takes, at least 1. The order within a mapping does not change the result. Whole numbers
    stay exact, whatever their size.
    """
    solver = _Solver(worth, room)
    for row in range(len(worth)):
        solver.add(row)
    return solver.column_of


class _Solver:
    """The greatest sum for the rows added so far.

    Each row has a column where worth less price is highest for it, and only full columns have a price above
    0. As long as both hold, no other assignment has a greater sum.
    """

    def __init__(self, worth: Sequence[Mapping[int, float]], room: Mapping[int, int]) -> None:
        self.worth = [_best_columns(columns, room, len(worth)) for columns in worth]
        self.room: dict[Column, int] = {None: len(worth)}
        self.room.update(room.items())
        self.price: dict[Column, float] = dict.fromkeys(self.room, 0)
        self.rows_in: dict[Column, list[int]] = {column: [] for column in self.room}
        self.column_of: list[Column] = [None] * len(worth)

    def add(self, new: int) -> None:
        """Give the row a column, and move other rows on where that loses least."""
        distances, reached_from = self._shortest_path(new)
        free, length = next(reversed(distances.items()))
        for column, distance in distances.items():
            self.price[column] += length - distance
        column, row = free, reached_from[free]
        while row != new:
            left = self.column_of[row]
            self.rows_in[left].remove(row)
            self._enter(row, column)
            column, row = left, reached_from[left]
        self._enter(new, column)

    def _enter(self, row: int, column: Column) -> None:
        self.rows_in[column].append(row)
        self.column_of[row] = column

    def _shortest_path(self, new: int) -> tuple[dict[Column, float], dict[Column, int]]:
        """Reach columns, nearest first, until one has room: the last. Each with the row that leads to it.

        From a row to a column it is as far as the row would lose by moving there. Distances are relative:
        those of the new row begin anywhere.
        """
        distances: dict[Column, float] = {}
        reached_from: dict[Column, int] = {}
        shortest: dict[Column, float] = {}
        queue: list[tuple[float, int, Column]] = []
        order = count()
        beginnings: list[tuple[int, float]] = [(new, 0)]
        while True:
            for row, beginning in beginnings:
                for column, worth in self.worth[row].items():
                    distance = beginning - worth + self.price[column]
                    if column not in distances and distance < shortest.get(column, float("inf")):
                        shortest[column] = distance
                        reached_from[column] = row
                        heappush(queue, (distance, next(order), column))
            distance, _, column = heappop(queue)
            while column in distances:
                distance, _, column = heappop(queue)
            distances[column] = distance
            if len(self.rows_in[column]) < self.room[column]:
                return distances, reached_from
            margin = distance - self.price[column]
            beginnings = [(row, margin + self.worth[row][column]) for row in self.rows_in[column]]


def _best_columns(worth: Mapping[int, float], room: Mapping[int, int], rows: int) -> dict[Column, float]:
    """The best columns, which together have room for every row. Anyone can be placed in one of these."""
    best: dict[Column, float] = {}
    places = 0
    for column in sorted(worth, key=lambda column: (-worth[column], column)):
        if places >= rows:
            break
        best[column] = worth[column]
        places += room[column]
    return best | {None: 0}
