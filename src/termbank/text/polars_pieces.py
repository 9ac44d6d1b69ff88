"""Cuts a long text into pieces with Polars, which holds them in columns; see `termbank.text.pieces`."""

from collections.abc import Mapping

import polars as pl


def cut(text: str, begin: int, held: Mapping[str, object]) -> tuple[list[int], list[str], list[str]]:
    """Return the pieces between blanks that hold something.

    Arguments:
        text: the text, with no other white space than blanks.
        begin: the offset of its beginning.
        held: tells what a piece holds, false: nothing; each different piece is asked for once.

    Returns:
        Where each begins, the piece, and the piece after it (empty at the end).
    """
    pieces = pl.Series([text]).str.split(" ").explode()
    wanted = [piece for piece in pieces.unique().to_list() if held[piece]]
    numbers = pieces.is_in(wanted).arg_true()
    lengths = pieces.str.len_chars().cast(pl.Int64)
    starts = lengths.cum_sum() - lengths + begin
    following = pieces.shift(-1).fill_null("")
    return (
        (starts.gather(numbers) + numbers.cast(pl.Int64)).to_list(),
        pieces.gather(numbers).to_list(),
        following.gather(numbers).to_list(),
    )
