"""The database: which server, which logins, which spaces. Only this folder knows whether the server is embedded."""

from palermo.web.database.configuration import databases
from palermo.web.database.server import Server, ensure_running, server
from palermo.web.database.spaces import DATABASES, fresh_space, making_alone, prepare, space

__all__ = [
    "DATABASES",
    "Server",
    "databases",
    "ensure_running",
    "fresh_space",
    "making_alone",
    "prepare",
    "server",
    "space",
]
