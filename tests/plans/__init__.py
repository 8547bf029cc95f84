"""The gate on statements: each of them runs on a desk with a history of 100,000 rows a table."""
