"""What is in a bank: a version of a vocabulary."""

from typing import NamedTuple

from termbank.model import VocabularyInfo


class Loaded(NamedTuple):
    """A version of a vocabulary that is in a bank: its header, how many concepts it has, and its digest."""

    info: VocabularyInfo
    concept_count: int
    digest: str

    @property
    def id(self) -> str:
        """Short id."""
        return self.info.id

    @property
    def version(self) -> str:
        """Version of the list."""
        return self.info.version

    @property
    def content(self) -> str:
        """Whether the list is complete, a fragment or a supplement."""
        return self.info.content

    @property
    def publisher(self) -> str | None:
        """Who publishes it."""
        return self.info.publisher

    @property
    def licence(self) -> str | None:
        """Under what terms."""
        return self.info.licence
