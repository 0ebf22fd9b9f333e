"""Visit: the LIFE of a visit.

Knows: states, the sheet, drafts, submissions, the pass, reception, who may do and see what, limits.
Never knows: HTML, SQL, keys at rest, clocks, how a login is proved.
Comes in: frozen definitions, people, places, answers, ``now``. Goes out: new frozen states, verdicts, faults.
"""
