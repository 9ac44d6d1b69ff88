"""Findings as people and programs read them: one module per form."""
