"""Questions of partnership that more than one place asks."""
