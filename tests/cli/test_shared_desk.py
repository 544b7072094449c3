"""Several users of one group at one desk: the folder says so, the program keeps it and never lets in more by itself."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message

ANA, BEN, GROUP = 20_001, 20_002, 20_000
SHARED = [0o2770, 0o3770]

AS_USER = """
import json, os, sys
from careconsole.__main__ import main
from careconsole.store import opening

uid, gid, umask, warm, home, lines = json.loads(sys.argv[1])
known = opening.migrations()
opening.migrations = lambda: known  # the sources may not be readable for others
for line in lines:  # once at a desk of one's own, so that everything is loaded
    main(["--home", warm, *line])
if uid:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
os.umask(umask)
sys.stderr.write("NOW\\n")
codes = [main(["--home", home, *line]) for line in lines]
sys.stderr.write(f"CODES {codes}\\n")
"""


def modes(home: Path) -> dict[str, str]:
    """What the files and folders of a home are, without the ones that only their maker needs."""
    return {
        str(path.relative_to(home)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in [home, *sorted(home.rglob("*"))]
    }


def as_user(number: int, home: Path, warm: Path, *lines: list[str], umask: int = 0o077) -> str:
    """Do commands as this user of the group if we are root, else as ourselves; what was said."""
    uid = number if os.geteuid() == 0 else 0
    words = json.dumps([uid, GROUP, umask, str(warm), str(home), lines])
    done = subprocess.run([sys.executable, "-c", AS_USER, words], capture_output=True, text=True, timeout=18)
    assert done.returncode == 0, done.stderr
    return done.stderr.partition("NOW")[2]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that others may go through."""
    folder = Path(tempfile.mkdtemp(prefix="careconsole-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("mode", SHARED)
def test_two_users_work_at_one_desk(place: Path, mode: int) -> None:
    """Run as root they are two users; else one, and the modes alone tell. Their umasks would shut the other out."""
    home, file = place / "home", place / "messages.jsonl"
    file.write_text("".join(json.dumps(message(number)) + "\n" for number in (1, 2)))
    file.chmod(0o644)
    home.mkdir()
    if os.geteuid() == 0:
        os.chown(home, ANA, GROUP)
    home.chmod(mode)
    take_in = ["--agent", "ana", "import", str(file)]
    said = as_user(ANA, home, place / "warm1", take_in, ["--agent", "ana", "claim", "1"])
    assert "CODES [0, 0]" in said, said
    mine = [["--agent", "ben", "claim", "2"], ["--agent", "ben", "reply", "2", "--text", "Hello"]]
    said = as_user(
        BEN,
        home,
        place / "warm2",
        take_in,
        *mine,
        ["--agent", "ben", "sync", "--once"],
        ["--agent", "ben", "claim", "1"],
    )
    assert "CODES [0, 0, 0, 0, 1]" in said and "@ana holds it" in said, said
    said = as_user(
        ANA,
        home,
        place / "warm3",
        take_in,
        ["--agent", "ana", "reply", "1", "--text", "Hi"],
        ["--agent", "ana", "sync", "--once"],
    )
    assert "CODES [0, 0, 0]" in said, said
    assert len((home / "sent" / "import.jsonl").read_text().splitlines()) == 2
    found = modes(home)
    assert found.pop(".") == oct(mode)
    assert {found.pop(name) for name in ("inbox", "logs", "sent", "snippets", "themes")} == {"0o2770"}
    assert set(found.values()) == {"0o660"}, found


def test_a_desk_of_ones_own_stays_ones_own(desk: DeskAtHand) -> None:
    before = os.umask(0)
    try:
        desk.take_in([message(1)])
        desk.type("reply", "1", "--text", "Hello")
        assert desk.type("sync", "--once").code == 0
    finally:
        os.umask(before)
    assert {int(mode, 8) & 0o077 for mode in modes(desk.home).values()} == {0}


@pytest.mark.parametrize(
    ("folder", "file", "sub", "words"),
    [
        (0o2770, 0o660, 0o2770, ""),
        (0o3770, 0o660, 0o2770, ""),
        (0o770, 0o660, 0o2770, "chmod g+s"),
        (0o2770, 0o600, 0o2770, "chmod 660"),
        (0o2770, 0o640, 0o2770, "chmod 660"),
        (0o2770, 0o660, 0o2750, "chmod -R g+rwX"),
        (0o2777, 0o666, 0o2777, "by others"),
    ],
)
def test_doctor_says_what_keeps_the_group_out(
    desk: DeskAtHand, folder: int, file: int, sub: int, words: str
) -> None:
    desk.take_in([message(1)])
    desk.home.chmod(folder)
    for path in desk.home.iterdir():
        path.chmod(sub if path.is_dir() else file)
    told = desk.type("doctor")
    faults = [line for line in told.out.splitlines() if line.startswith("fault")]
    if words:
        assert told.code == 1 and any(words in line for line in faults), told.out
    else:
        assert told.code == 0 and not faults and f"shared by the users of its group ({folder:o})" in told.out


def doctor(desk: DeskAtHand, roles: str, mode: int = 0o644) -> str:
    from tests.cli.test_roles import put_roles

    put_roles(desk, roles)
    (desk.home / "roles.toml").chmod(mode)
    return desk.type("doctor").out


ADMIN = '[people.ana]\nos_user = "ME"\nrole = "admin"\n'


def test_doctor_says_who_has_the_roles(desk: DeskAtHand) -> None:
    desk.take_in([message(1, account="shop")])
    assert "everybody who may open this desk is admin" in desk.type("doctor").out
    assert "roles.toml names 1 person. Its owner" in doctor(desk, ADMIN)
    told = doctor(desk, ADMIN, 0o664)
    assert "fault" in told and "could take any role. Run: chmod go-w" in told
    told = doctor(
        desk, ADMIN + '[people.bea]\nos_user = "no-such-user"\nrole = "agent"\naccounts.shpo = "admin"\n'
    )
    assert "bea has a role at shpo, which is no account; there are: shop" in told
    assert "bea is the user no-such-user, whom this machine does not know" in told
    assert "names no admin" in doctor(desk, ADMIN.replace('"admin"', '"agent"'))


def test_doctor_says_that_the_roles_can_be_replaced(desk: DeskAtHand) -> None:
    """Who may write into the folder may put another file there, unless the sticky bit keeps them from it."""
    desk.take_in([message(1)])
    for mode, is_open in ((0o2770, True), (0o3770, False), (0o700, False)):
        desk.home.chmod(mode)
        assert ("can put another roles.toml there. Run: chmod +t" in doctor(desk, ADMIN)) == is_open
