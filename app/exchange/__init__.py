"""Exchange: how it TRAVELS to other people's systems, in their formats.

Knows: calendar files. Never knows: Flask, SQL, a key, what a person may see.
Comes in: plain values that were decided elsewhere. Goes out: bytes as another system reads them.
"""
