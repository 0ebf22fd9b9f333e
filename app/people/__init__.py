"""People: WHO.

Knows: persons who sign in, subjects whom forms are about, the guardianship between them, copied doses.
Never knows: how a login is proved, where a row lies, the web.
Comes in: facts from a login or a form. Goes out: frozen persons, subjects, links, faults.
"""
