"""Schedule: WHEN it fits.

Knows: legal ages, intervals, eras, gestational weeks as dates.
Never knows: people, questions, clocks, files, the web.
Comes in: plain dates, numbers, text. Goes out: plain dates, numbers, verdicts.
"""
