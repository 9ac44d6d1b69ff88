"""The command line of termbank: thin, one module per command group."""
