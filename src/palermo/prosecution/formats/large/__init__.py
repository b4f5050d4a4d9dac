"""Ledgers larger than memory: cut into parts by Ibis on DuckDB or Spark, each part worked on by our methods.

`engine` is what does the work, `source` reads a ledger, `groups` finds the accounts that claims can reach and which of
them are connected, `cuts` cuts for searches; `tracing`, `patterns` and `flags` answer what the commands of these names
ask, with equal results.
"""
