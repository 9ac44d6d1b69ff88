"""FHIR terminology operations in process: Parameters in, a resource and an HTTP status out; no server."""

from termbank.fhir.operations import OPERATIONS, operation

__all__ = ["OPERATIONS", "operation"]
