"""The version of termbank."""

__version__ = "0.1.0"
