"""The clinic counter: staff and their terminals, the reception, the sheet.

Knows: pages for reception, nurse and doctor, in Japanese only.
Never knows: the pages of other counters, SQL, how a password is proved.
Comes in: scans and clicks of staff. Goes out: pages, with an audited deed for each.
"""
