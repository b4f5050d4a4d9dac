"""Serve the gallery alone at a free port of this machine: `PYTHONPATH=src python tests/ui/site/serve_gallery.py`."""

import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing: a test's output is for failures."""


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def gallery(port=0):
    """Address of the running gallery, as long as the context lasts; settings must be in force already."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler

    server = make_server("127.0.0.1", port, StaticFilesHandler(WSGIHandler()), Threads, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ui/gallery/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "ui_site_settings"
    import django

    django.setup()
    import ui_site_urls

    from palermo.ui import navigation

    navigation.register(*ui_site_urls.ENTRIES)
    with gallery(8010) as address:
        sys.stderr.write(f"{address}\n")
        threading.Event().wait()
