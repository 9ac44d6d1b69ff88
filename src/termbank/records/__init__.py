"""Batches of records: checked against a profile and converted, with nothing lost and every refusal explained."""
