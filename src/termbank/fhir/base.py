"""Code systems of FHIR itself, which every operation can see beneath what a call and a bank hold."""

import json
from functools import lru_cache

from termbank.formats.fhir import code_systems
from termbank.store.memory import MemorySource
from termbank.store.places import shipped
from termbank.terminology.holdings import Layer


@lru_cache(maxsize=8)
def layer(fhir_version: str) -> Layer:
    """Return FHIR's own code systems, in the version of FHIR that is spoken.

    >>> [source.info.version for source in layer("5.0.0").sources if source.info.url.endswith("administrative-gender")]
    ['5.0.0']
    """
    bundle = json.loads((shipped("vocabularies") / "fhir" / "base.json").read_text(encoding="utf-8"))
    resources = [{**entry["resource"], "version": fhir_version} for entry in bundle["entry"]]
    return Layer([MemorySource(code_systems.read(resource)) for resource in resources])
