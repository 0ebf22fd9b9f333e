"""What was acknowledged survives `kill -9`: nothing lost, twice or of anybody else; `make faults`.

Families fill and submit over HTTP while a killer ends random workers of a real server. Afterwards the
server starts again, everyone signs in again and looks. Source: design.md decision 14 and
reference/performance_reliability_security.md 3 (F1, F12, I1).
"""
