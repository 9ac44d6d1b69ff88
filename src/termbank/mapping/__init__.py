"""Mapping sets as mathematics: invert, chain, merge, compare, measure, check; and proposals for new mappings."""
