"""Names of table cells, as spreadsheets write them."""


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell; both are counted from 0.

    >>> cell_name(6, 1)
    'B7'
    """
    return f"{letters(column)}{row + 1}"
