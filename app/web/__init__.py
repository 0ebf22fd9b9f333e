"""Web: the COUNTERS.

Knows: HTTP, cookies, HTML, the language of the request.
Never knows: SQL, keys, how a login is proved (it asks `rooms()`).
Comes in: requests. Goes out: pages, redirects, refusals in the person's words.
"""
