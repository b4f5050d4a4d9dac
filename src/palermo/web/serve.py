"""To serve the site on this machine with gunicorn."""

from typing import Any

from gunicorn.app.base import BaseApplication


class _Site(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        from palermo.web.wsgi import application  # noqa: PLC0415 -- loaded in each worker

        return application


def serve(*, port: int, workers: int = 2) -> None:
    """Serve at 127.0.0.1 until stopped."""
    _Site({"bind": f"127.0.0.1:{port}", "workers": workers, "threads": 4, "loglevel": "warning"}).run()
