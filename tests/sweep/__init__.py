"""The sweep: every page in every language at every width, in the light and in the dark."""
