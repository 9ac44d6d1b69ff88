"""One module per format: reading yields items and located findings; what is refused is always said."""
