"""Terms in running text: found, checked, and mended."""
