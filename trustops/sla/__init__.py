"""The SLA room: what a clock is and when it is met, at risk, breached or cancelled. Pure.

`rules` decides; `trustops.tickets` keeps the rows. Where a breach is decided: `rules.judge`.
"""
