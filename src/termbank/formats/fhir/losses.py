"""What FHIR cannot hold; see `termbank.formats.losses`."""

from termbank.formats.losses import Loss, LossReport

__all__ = ["Loss", "LossReport"]
