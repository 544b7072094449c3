"""The desk screen on a real record: keys do what they say, to the conversation that was highlighted."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.segment import Segments
from tests.console.desk_at_hand import console_at_hand, line, some_lines
from textual import events

from careconsole.console.app import CareConsole
from careconsole.console.first_screen import FIRST_LINES
from careconsole.console.help_screen import HelpScreen
from careconsole.console.reason_screen import Question
from careconsole.desk import routing
from careconsole.desk.opening import DESK_FILE
from careconsole.desk.rules import Rules
from careconsole.model.conversation import ConversationState
from careconsole.model.message import Kind
from careconsole.model.priority import RankPolicy
from careconsole.model.rights import Role
from careconsole.settings.faults import SettingsError
from careconsole.store import driver
from careconsole.store.contract import StoreError


async def test_the_queue_is_there_at_once(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        assert "6 waiting" in at.picture and "@customer1" in at.picture and "Where is parcel 6?" in at.picture
        assert at.screen.queue.cursor_row is not None and at.screen.queue.cursor_row.handle == "customer1"
        assert "import" in at.screen.status.plain and "? Help" in at.screen.key_bar.plain


async def test_an_empty_desk_says_how_to_begin(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, []) as at:
        assert all(words[:60] in at.picture for words in FIRST_LINES)


async def test_claim_and_release(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "c")
        assert (await at.rows())["customer2"].claimed_by == "ana"
        await at.until(lambda: "@ana·" in at.picture)
        assert at.said.startswith("Yours, r replies")
        await at.press("c")
        assert (await at.rows())["customer2"].claimed_by is None


async def test_what_somebody_else_holds_is_named(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        row = (await at.rows())["customer1"]
        await routing.claim(at.other("bob"), row.id)
        await at.press("r")
        assert isinstance(at.console.screen, Question)
        assert "Somebody else has it" in at.picture and "@bob" in at.picture
        assert not at.screen.is_writing
        await at.press("n")
        assert at.screen.is_writing and "NOTE" in at.picture


async def test_typing_into_the_list_does_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        before = await at.rows()
        await at.press_at_once(*"pencez")
        assert at.said == "typing? press r to reply"
        assert await at.rows() == before and at.console.screen is at.screen


async def test_a_paste_into_the_list_does_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        before = await at.rows()
        at.console.post_message(events.Paste("ec c r 0"))
        await at.settle()
        assert at.said == "typing? press r to reply" and await at.rows() == before


async def test_a_key_means_what_was_highlighted_when_it_was_pressed(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press_at_once("j", "c", "j", "j")
        rows = await at.rows()
        assert [handle for handle, row in rows.items() if row.claimed_by] == ["customer2"]
        assert at.screen.queue.cursor == rows["customer4"].id


async def test_a_cyrillic_letter_acts_as_the_latin_one_in_its_place(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press_at_once("о")  # j
        await at.press_at_once("с")  # c
        assert (await at.rows())["customer2"].claimed_by == "ana"


async def test_type_ahead_reaches_the_question(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press_at_once("e", "a")
        await at.until(lambda: at.said.startswith("Resolved (answered)"))
        assert "customer1" not in await at.rows()


async def test_resolve_asks_why_and_can_be_taken_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("e")
        assert isinstance(at.console.screen, Question)
        await at.press("enter", "e")
        assert "customer1" in await at.rows(), "neither Enter nor the starting key confirms"
        await at.press("n")
        await at.until(lambda: "Resolved (no reply)" in at.said)
        assert (await at.row("customer1")).state is ConversationState.RESOLVED
        await at.until(lambda: "(resolved)" in at.picture)
        assert at.screen.queue.cursor_row is not None and at.screen.queue.cursor_row.handle == "customer1"
        await at.press("z")
        assert "customer1" in await at.rows() and at.said == "Taken back, the resolving: @customer1"


async def test_a_word_typed_slowly_into_the_list_resolves_nobody(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        for letter in "dea":
            await at.pilot.press(letter)
            await asyncio.sleep(0.17)
        await at.settle()
        assert isinstance(at.console.screen, Question) and "typing?" in at.picture
        assert len(await at.rows()) == 6
        await at.press("escape")


async def test_what_a_colleague_holds_is_not_asked_about(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await routing.claim(at.other("bob"), (await at.rows())["customer1"].id)
        await at.until(lambda: "@bob" in at.picture)
        await at.press("e")
        assert "Somebody else has it" in at.picture and "@bob" in at.picture


async def test_undo_names_who_acted_since(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("c", "c")
        await routing.claim(at.other("bob"), (await at.rows())["customer1"].id)
        await at.press("z")
        assert "bob acted since" in at.said
        await at.press("z")
        assert at.said == "There is nothing to take back."


async def test_kind_and_tier(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "2", "0")
        row = (await at.rows())["customer2"]
        assert (row.kind, row.tier) == (Kind.COMPLAINT, 0)
        assert at.screen.queue.cursor == row.id
        await at.until(lambda: at.screen.queue.shown.rows[row.id].tier == 0, "the emergency in the list")
        await at.press("0")
        assert (await at.rows())["customer2"].tier == 1


async def test_pull_takes_the_top_that_nobody_holds(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        rows = await at.rows()
        await routing.claim(at.other("bob"), rows["customer1"].id)
        await at.press("G", "p")
        assert at.screen.queue.cursor == rows["customer2"].id == at.screen.thread.conversation_id
        assert at.screen.thread.has_focus and "Where is parcel 2?" in at.picture
        await at.press("S")
        await at.press("6")
        assert at.said == "Handed back: @customer2"
        assert (await at.rows())["customer2"].claimed_by is None


async def test_why_shows_the_sum(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("w")
        await at.until(lambda: "target" in at.picture)
        await at.press("escape")
        assert at.console.screen is at.screen


async def test_arrivals_gather_until_merged(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "j")
        before = at.picture.splitlines()
        await at.arrive(line("x1", "early", "I came first", 300), line("x2", "sos", "Help", 1))
        await at.until(lambda: "+1 above, +1 below" in at.picture)
        assert [row[:60] for row in at.picture.splitlines()[2:9]] == [row[:60] for row in before[2:9]]
        await at.press("full_stop")
        assert "@sos" in at.picture and "1 higher up: press g" in at.picture and "above" not in at.picture
        line_of_cursor = next(n for n, row in enumerate(at.picture.splitlines()) if row.startswith(">"))
        assert before[line_of_cursor].startswith(">")
        await at.press("k")
        assert "@early" in at.picture and "higher up" not in at.picture


async def test_an_emergency_shows_in_the_top_line_without_moving_rows(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "j")
        rows = at.picture.splitlines()[2:8]
        await at.arrive(line("x1", "stuck", "We are stranded at the airport overnight with a baby", 1))
        await at.until(lambda: "NEW EMERGENCY 1" in at.picture.splitlines()[0])
        assert at.picture.splitlines()[2:8] == rows
        await at.press("g")
        assert at.screen.queue.cursor_row is not None and at.screen.queue.cursor_row.handle == "stuck"
        await at.until(lambda: "NEW EMERGENCY" not in at.picture)


@pytest.mark.parametrize(
    ("size", "panes"),
    [((80, 24), {"queue"}), ((120, 40), {"queue", "thread"}), ((170, 45), {"queue", "thread", "snippets"})],
)
async def test_the_panes_of_each_width(tmp_path: Path, size: tuple[int, int], panes: set[str]) -> None:
    async with console_at_hand(tmp_path, size=size) as at:
        names = ("queue", "thread", "composer", "snippets")
        assert {name for name in names if at.screen.query_one(f"#{name}").is_on_screen} == panes
        await at.press("r")
        seen = {name for name in names if at.screen.query_one(f"#{name}").is_on_screen}
        assert seen == ({"thread", "composer"} if size[0] < 120 else set(names))
        if size[0] < 120:
            assert "[Reply]" in at.screen.key_bar.plain
            await at.press("f3")
            assert at.screen.query_one("#snippets").is_on_screen and "[Snippets]" in at.screen.key_bar.plain


async def test_the_thread_follows_the_resting_cursor(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(120, 40), settings="[console]\nrest_ms = 30\n") as at:
        await at.press("j", "j")
        await at.until(lambda: at.screen.thread.conversation_id == at.screen.queue.cursor)
        assert at.screen.queue.has_focus


async def test_help_shows_what_works_now(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("question_mark")
        assert isinstance(at.console.screen, HelpScreen)
        assert (
            "Queue and thread" in at.picture
            and "Ctrl+S" not in at.picture
            and "more lines below" in at.picture
        )
        await at.press("escape", "r", "f1")
        assert "Ctrl+S, F2" in at.picture and "Pull" not in at.picture


async def test_the_palette_has_every_command_with_its_key(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "ctrl+p", *"claim")
        await at.until(lambda: "Claim  c" in at.picture)
        await at.pilot.press("enter")
        await at.until(lambda: at.said.startswith("Yours, r replies"))


async def test_a_theme_is_chosen_and_kept(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        at.console.choose_theme("light")
        await at.settle()
        assert at.console.theme == "light"
    async with console_at_hand(tmp_path) as at:
        assert at.console.theme == "light"
    with pytest.raises(SettingsError, match="dark"):
        async with console_at_hand(tmp_path, theme="drak"):
            pass


async def test_other_keys_from_the_settings(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, settings='[keys]\n"list.claim" = "x"\n') as at:
        assert " x Claim" in at.screen.key_bar.plain
        await at.press("c")
        assert (await at.rows())["customer1"].claimed_by is None
        await at.press("x")
        assert (await at.rows())["customer1"].claimed_by == "ana"
    with pytest.raises(SettingsError, match="two meanings"):
        async with console_at_hand(tmp_path, settings='[keys]\n"list.claim" = "r"\n'):
            pass


async def test_a_role_without_the_right_has_not_the_key(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, role=Role.SUPERVISOR) as at:
        assert "Claim" not in at.screen.key_bar.plain
        await at.press("c", "0", "r")
        assert (await at.rows())["customer1"].claimed_by is None and not at.screen.is_writing


async def test_a_crash_report_shows_no_local_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, reports = "what the customer wrote", []
    write_report = CareConsole._fatal_error

    def keep(console: CareConsole) -> None:
        write_report(console)
        for each in console._exit_renderables:
            assert isinstance(each, Segments)
            reports.append("".join(segment.text for segment in each.segments))

    monkeypatch.setattr(CareConsole, "_fatal_error", keep)

    def fail() -> None:
        letter = secret
        raise ZeroDivisionError(f"{len(letter)} \x1bc \x9b31m \u202e[red]{letter.upper()[:4]}")

    with pytest.raises(ZeroDivisionError):
        async with console_at_hand(tmp_path) as at:
            at.console.call_later(fail)
            await at.pilot.pause()
    assert "ZeroDivisionError" in reports[0] and "letter = secret" in reports[0]
    assert "[red]WHAT" in reports[0] and not set("\x1b\x9b\u202e") & set(reports[0]), "the message is gated"
    assert secret not in reports[0]


async def test_one_hand_among_many_arrivals(tmp_path: Path) -> None:
    """While messages pour in, every claim hits the row that was highlighted when its key was pressed."""
    async with console_at_hand(tmp_path, some_lines(20)) as at:
        wanted = []
        for number in range(6):
            await at.arrive(
                *(line(f"y{number}-{n}", f"more{number}-{n}", "Hello?", 120 + number) for n in range(5))
            )
            await at.press("j", "j")
            lines = at.picture.splitlines()
            highlighted = next(row for row in lines if row.startswith(">")).split("@")[1].split()[0]
            wanted.append(highlighted)
            at.console.post_message(events.Key("c", "c"))
            await at.arrive(line(f"z{number}", f"zero{number}", "stranded at the airport, please help", 1))
            await at.press_at_once("j")
        rows = await at.rows()
        assert sorted(handle for handle, row in rows.items() if row.claimed_by) == sorted(wanted)


async def test_changed_settings_are_taken_up_and_broken_ones_named(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        rules = Rules(RankPolicy(vips=frozenset({"customer5"})))
        at.screen._rules_from = lambda document: rules
        (tmp_path / "settings.toml").write_text('[rank]\nvips = ["@customer5"]\n', encoding="utf-8")
        at.screen.look_at_settings()
        at.screen.look_at_settings()
        await at.settle()
        assert at.said.startswith("Settings read: 1 open item has")
        assert next(iter(await at.rows())) == "customer5"
        (tmp_path / "settings.toml").write_text("[rank]\nvip = 1\n", encoding="utf-8")
        at.screen.look_at_settings()
        at.screen.look_at_settings()
        assert "line 2" in at.said and "vips" in at.said
        assert at.desk.rules is rules


async def test_a_locked_record_is_said_to_its_end_where_it_is_narrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.store.sqlite._WAIT_FOR_LOCK_S", 0.05)
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await at.desk.store.write(lambda tx: tx.rows("PRAGMA busy_timeout=50"))
        other = driver.connect(driver.drivers()[0], tmp_path / DESK_FILE, writes=True)
        other.execute("BEGIN IMMEDIATE")
        await at.pilot.press("c")
        await at.until(lambda: "stopped careconsole." in at.picture, "the sentence")
        other.execute("ROLLBACK")
        other.close()
        first, second, _keys = at.picture.splitlines()[-3:]
        assert first.startswith(" ! Locked for 0 s by another process; nothing was written.")
        assert second.rstrip().endswith("stopped careconsole.")
        await at.settle()


async def test_what_the_record_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise StoreError("The disk is full; nothing was written.")

    async with console_at_hand(tmp_path) as at:
        monkeypatch.setattr(routing, "claim", refuse)
        await at.press("c")
        assert at.said == "! The disk is full; nothing was written."
        assert at.console.is_running
