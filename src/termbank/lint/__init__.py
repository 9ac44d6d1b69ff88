"""Checks vocabularies and mapping sets as their makers write them."""
