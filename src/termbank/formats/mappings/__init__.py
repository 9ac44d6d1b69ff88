"""Mapping sets in the formats that people have, beside SSSOM and FHIR: JSKOS, Usagi, RF2 map refsets, plain tables.

Each module reads with `read(path, ...)`, a `MappingReading` in which every row became a mapping or a refusal, and
writes with `write(mapping_set, path, ...)`, which returns what the format cannot hold. What each can hold:
docs/mappings/formats.md.
"""
