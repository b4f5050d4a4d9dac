"""The way in for commands: settings, server and space; the keys fit, or nothing begins."""

import os


def enter_space(*, make: bool = False) -> None:
    """Set Django up and see to it that the space of this process can be worked in.

    Args:
        make: make the space and its keys where they are missing.

    Raises:
        Refusal: the space was not made yet, or the keys do not fit.
    """
    import django  # noqa: PLC0415 -- `palermo --help` needs none of this

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
    django.setup()
    from palermo.office.domain.keyring import check_keys, fit_space  # noqa: PLC0415 -- Django must be set up first
    from palermo.vocabulary.errors import Refusal  # noqa: PLC0415 -- as above
    from palermo.web.database import DATABASES, ensure_running, prepare, space  # noqa: PLC0415 -- as above
    from palermo.web.database.spaces import exists  # noqa: PLC0415 -- as above

    server = ensure_running()
    with server.connect() as admin:
        known = exists(admin, DATABASES[space()])
    if not known and not make:
        raise Refusal(f"the {space()} space was not made yet", remedy="Run `palermo keys make` or `palermo demo`.")
    prepare()
    if make:
        fit_space(simulated=space() == "simulated")
    check_keys()
