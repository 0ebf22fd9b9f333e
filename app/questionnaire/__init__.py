"""Questionnaire: WHAT is asked.

Knows: definitions, conditions, the path through pages, typed answers, concerns.
Never knows: who answers, which language, clocks, files, the web.
Comes in: TOML bytes with their name, raw form fields. Goes out: frozen definitions, answers, faults.
"""
