"""How the option that serves the wallboard to browsers is typed."""

from __future__ import annotations

import argparse

from careconsole.model.web_address import (
    DEFAULT_PORT,
    LOOPBACK,
    WebAddress,
    WebAddressError,
    read_web_address,
)


def add_serve(wall: argparse.ArgumentParser) -> None:
    """Add `--serve` to the wallboard."""
    wall.add_argument(
        "--serve",
        type=_address,
        nargs="?",
        const=WebAddress(),
        metavar="HOST:PORT",
        help=f"show it in browsers instead (default {LOOPBACK}:{DEFAULT_PORT}: this machine alone; with another host only "
        "under an address with a token, which is printed); needs careconsole[serve]",
    )


def _address(text: str) -> WebAddress:
    try:
        return read_web_address(text)
    except WebAddressError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
