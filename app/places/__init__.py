"""Places: WHERE.

Knows: municipalities, clinics, staff and their roles, enrolled terminals.
Never knows: answers, pages, how a password is checked, where a row lies.
Comes in: what an administrator types. Goes out: frozen places and staff, faults.
"""
