"""Settings: one frozen object, read once at start; nothing else reads the environment.

Names stand in the environment with the prefix `TRUSTOPS_`, over `instance/config.toml` (same
names, lower case, without the prefix). Every problem is reported at once. A credential may also
be given as `NAME_FILE`, a file of mode 0600 that is read again when it changes.
`docs/settings.md` lists them all; a test compares the two.
"""

from trustops.settings.credential import Credential
from trustops.settings.pinned import KEY_FILE, PinnedKey, key_in_file, pinned_key
from trustops.settings.reading import PROJECT_ROOT, load_settings
from trustops.settings.values import CREDENTIALS, PREFIX, Settings, setting_names

__all__ = [
    "CREDENTIALS",
    "KEY_FILE",
    "PREFIX",
    "PROJECT_ROOT",
    "Credential",
    "PinnedKey",
    "Settings",
    "key_in_file",
    "load_settings",
    "pinned_key",
    "setting_names",
]
