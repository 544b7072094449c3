"""The Mastodon API as its servers really speak it: Mastodon, GoToSocial, Takahē and their kin."""
