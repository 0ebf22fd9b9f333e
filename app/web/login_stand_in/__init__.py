"""The development login: an imitation of the card provider, for demonstrations and tests.

Knows: the documented rules of the real provider, a handful of invented people.
Never knows: the product's sessions, persons or answers; it reaches the product only as the provider would.
Comes in: the browser's authorization request, the product's token, userinfo and JWKS requests.
Goes out: codes, ES256 tokens, claims. It refuses to be made in production or for a ``go.jp`` issuer.
"""
