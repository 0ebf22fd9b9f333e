"""Identity: PROVING who you are.

Knows: the card provider's protocol (OpenID Connect), passwords, one-time codes.
Never knows: Flask, cookies, where a row lies, what a person may see.
Comes in: the callback's query or the typed sign-in, the kept transaction, the time.
Goes out: a proved binding with the card's facts, a member of staff, or a fault that betrays nothing.
"""
