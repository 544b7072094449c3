"""The Mastodon API as its servers really speak it: Mastodon, GoToSocial, Takahē and their kin."""

import sys

# Where click happens to be installed, httpx loads its own command line with Pygments: 3 MB that nobody needs here.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
