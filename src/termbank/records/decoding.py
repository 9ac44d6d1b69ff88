"""The bytes of a CSV file as UTF-8, whatever its encoding, with nothing lost that cannot be decoded."""

import codecs
import re
from pathlib import Path
from typing import Self

from termbank.formats.dialect import Dialect, unreadable

_ESCAPED = re.compile("[\x00\udc00-\udcff]")
_LOOK_AHEAD = 1 << 20


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Stand in for each byte that cannot be decoded with a lone surrogate, U+DC00 plus the byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("termbank-keep-bytes", _keep_bytes)


class Reader:
    """A CSV file read as UTF-8 without its byte order mark.

    Bytes that cannot be decoded make the UTF-8 invalid where they stand: in a UTF-8 file they are left as they are, in
    other files they become lone surrogates, which no valid UTF-8 has; `shown` writes both as `\\xNN`. In a file whose
    only line ends are CR, each CR is given as LF, and `old_mac` is true.

    Arguments:
        path: the file.
        dialect: how it is written.

    Raises:
        FormatError: the file cannot be read.
    """

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self._path = path
        self._dialect = dialect
        self.old_mac = False
        try:
            self._file = path.open("rb")
            self._start()
            self.old_mac = self._only_cr()
            self._start()
        except OSError as error:
            raise unreadable(path, error) from error

    def read(self, size: int) -> bytes:
        """Read about so many bytes; empty only at the end of the file."""
        try:
            block = self._file.read(size)
            if self._decoder is None:
                text = block
            else:
                text = self._decode(block)
                while block and not text:
                    block = self._file.read(size)
                    text = self._decode(block)
        except OSError as error:
            raise unreadable(self._path, error) from error
        return text.replace(b"\r", b"\n") if self.old_mac else text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _start(self) -> None:
        """Go to the first byte after the byte order mark."""
        mark = self._dialect.mark
        self._file.seek(0)
        self._file.seek(len(mark) if mark and self._file.read(len(mark)) == mark else 0)
        encoding = self._dialect.encoding
        self._decoder = (
            None if encoding.startswith("utf-8") else codecs.getincrementaldecoder(encoding)("termbank-keep-bytes")
        )

    def _decode(self, block: bytes) -> bytes:
        assert self._decoder is not None
        return self._decoder.decode(block, final=not block).encode("utf-8", "surrogatepass")

    def _only_cr(self) -> bool:
        """Tell whether the file has CR and no LF at all; most often its first block says."""
        seen = False
        while block := self.read(_LOOK_AHEAD):
            if b"\n" in block:
                return False
            seen = seen or b"\r" in block
        return seen


def shown(record: bytes, dialect: Dialect) -> str:
    r"""Return a record as text, what is no text in it as `\xNN`.

    >>> shown(b"v\xe5rd;\x00", Dialect())
    'v\\xe5rd;\\x00'
    """
    errors = "surrogateescape" if dialect.encoding.startswith("utf-8") else "surrogatepass"
    return _ESCAPED.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", record.decode("utf-8", errors))
