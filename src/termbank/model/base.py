"""What all the nouns share: frozen, strict about unknown keys, JSON that leaves out what was never said."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from termbank.model.numbers import kept, marked

Extra = Annotated[dict[str, Any], BeforeValidator(kept), PlainSerializer(marked, when_used="json")]
"""Elements of a FHIR resource that a noun has no field for (`extension`, `_display` ...), kept as they came: JSON."""


class Noun(BaseModel):
    """A frozen record that serialises to JSON and back exactly."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    def __hash__(self) -> int:
        """Hash what the record says; `extra`, a plain dict, is compared but not hashed."""
        return hash(tuple([value for value in self.__dict__.values() if not isinstance(value, dict)]))

    def to_json(self) -> str:
        """Write the record as one line of JSON, without the fields that have their default value.

        >>> from termbank.model import Coding
        >>> Coding(system="kva", code="AU124").to_json()
        '{"system":"kva","code":"AU124"}'
        """
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """Read a record from its JSON.

        Raises:
            pydantic.ValidationError: the text is no JSON or not such a record.
        """
        return cls.model_validate_json(data)

    def with_(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated anew."""
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate({**fields, **changes})
