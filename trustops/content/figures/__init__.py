"""Dates and ratios in the forms in which people and exchanges write them. Pure.

English, Korean and Chinese, in digits and in words. Looked for in a text as a reader sees it
(`trustops.content.prose`), where full-width digits and signs are plain ones already.

`DATES` and `RATIOS` are shapes: what one looks like, and whether what looks so is one. Shapes are
wide; what people write in the same shape and mean otherwise (3 to 5 business days, 9:30, 24/7,
1 SOL = 1,000,000,000 lamports) is in `excuses`, `counted` and `clock`. A plain year ("in 2025")
is no date: it names no moment that a pack could give, and pages tell history by it.
"""

from trustops.content.figures.dates import DATES, is_month_alone, is_month_of_a_year
from trustops.content.figures.ratios import RATIOS

__all__ = ["DATES", "RATIOS", "is_month_alone", "is_month_of_a_year"]
