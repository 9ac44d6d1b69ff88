"""The rows of the rule catalogue for documents that are read and written."""

from termbank.model.vocabulary_rule_texts import Row

DOCUMENTS: tuple[Row, ...] = ()
