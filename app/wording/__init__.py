"""Wording: what it SAYS.

Knows: languages, every text in every language, how far each translation was reviewed, CLDR formats.
Never knows: pages, people, answers, the web, where a file lies.
Comes in: bytes by name (``ui.toml``, ``languages.toml``, ``vi/ui.po``), definitions. Goes out: plain text.
"""
