"""A person decides: reviews in a terminal or a sheet, and decisions carried to a new edition."""
