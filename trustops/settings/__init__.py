"""Settings: one frozen object, read once at start; nothing else reads the environment.

Names stand in the environment with the prefix `TRUSTOPS_`, over `instance/config.toml` (same
names, lower case, without the prefix). Every problem is reported at once. A credential may also
be given as `NAME_FILE`, a file of mode 0600 that is read again when it changes.
`docs/settings.md` lists them all; a test compares the two.
"""

from trustops.settings.credential import Credential
from trustops.settings.reading import PROJECT_ROOT, load_settings
from trustops.settings.values import CREDENTIALS, PREFIX, Settings, setting_names

__all__ = [
    "CREDENTIALS",
    "PREFIX",
    "PROJECT_ROOT",
    "Credential",
    "Settings",
    "load_settings",
    "setting_names",
]
