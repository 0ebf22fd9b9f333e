"""Storage: where everything RESTS.

Knows: SQL, keys, sealing, the audit chain; it implements the ports of the other rooms.
Never knows: the web, what an answer means, who may see it.
Comes in: frozen dataclasses and ``now``. Goes out: the same; errors of the ports, `StorageUnavailableError`.
"""
