"""The rows of the rule catalogue for authors' texts."""

from termbank.model.vocabulary_rule_texts import Row

TEXTS: tuple[Row, ...] = ()
