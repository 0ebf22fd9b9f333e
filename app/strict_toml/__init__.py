"""Strict TOML: a data file that an author wrote, every value typed, every key known, every fault by its line.

Knows: TOML tables and the line of each of their keys; sources with their marks; faults as
``path:line: key: message``.
Never knows: what a file is about (questions, vaccines, wording), files on a disk, other rooms.
Comes in: a name and bytes. Goes out: typed values of a table, or all faults at once.
"""
