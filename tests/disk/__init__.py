"""Nothing that a family wrote or holds can be found on a stolen disk; `make disk`.

Canaries are driven through the whole product, the server is killed, and every byte of databases, logs
and temporary files is searched in every encoding. Keys lie elsewhere by design and are not searched.
Source: design.md decision 12 and reference/performance_reliability_security.md 6 (S3, S7).
"""
