"""FHIR terminology resources, R4 and R5, JSON and XML, to and from our nouns."""
