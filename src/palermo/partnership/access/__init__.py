"""Row-level security of partnership, one file a subject; migration 0002 runs them all."""
