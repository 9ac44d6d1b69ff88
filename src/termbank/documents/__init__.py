"""Documents as text with positions: read in, and comments and edits written back to exactly the words concerned."""
