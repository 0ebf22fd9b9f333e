"""Parent: the COUNTER of those who answer: parents, and later expectant mothers.

Knows: the pages from the entrance to the pass, and what was typed on them.
Never knows: other counters, how a login is proved, another guardian.
Comes in: form fields, the visitor. Goes out: pages in her language, redirects, faults beside their fields.
"""
