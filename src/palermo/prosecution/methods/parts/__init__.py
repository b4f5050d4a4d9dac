"""Work on one part of a ledger that is larger than a machine, and parts put together to what the whole would give.

A part is a set of rows that holds all that some accounts did. What the methods find of these accounts in the part is
what they find in the whole ledger, so the same code runs on each part, and results are equal by construction.
"""
