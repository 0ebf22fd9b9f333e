"""What one request costs, in instructions beside a bare Flask hello; `make bench`.

Instructions do not depend on the machine's load. The difference between 160 and 60 calls in one process
takes start-up and warm-up out. The whole WSGI stack is in it: session, policy, database, sealing, CSRF,
headers, gzip. Source: reference/performance_reliability_security.md 2.1.
"""
