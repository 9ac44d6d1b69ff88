"""Codes for local terms: candidates, ranked, with how likely each is right, and why."""
