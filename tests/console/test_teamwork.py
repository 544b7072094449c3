"""Work given to each other at the screen: the dialog, what the others see of it, who calls whom, and the way out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, StandingClock, console_at_hand, line
from tests.console.harness import NOON, queue_row
from tests.console.test_questions import asking
from tests.console.threads import hostile_texts, screen_text

from careconsole.console.assign_screen import AssignAnswer, AssignScreen
from careconsole.console.help_screen import help_lines
from careconsole.console.panes.queue_row import Columns, pieces
from careconsole.console.reason_screen import Question
from careconsole.desk import coming_back, replies, routing, team, work
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk, set_away, sign_on
from careconsole.desk.team import Addressee, Colleague, HandOver, Presence, ToKind
from careconsole.model.come_back import ComesBack, WakeMode
from careconsole.model.conversation import Disposition
from careconsole.model.rights import Role
from careconsole.model.roster import Person, Roster

BEN = Addressee(ToKind.PERSON, "ben")
BILLING = Addressee(ToKind.TEAM, "billing")
ROSTER = Roster(
    {
        "ana": Person("ana", "ana", Role.ADMIN, teams=frozenset({"care"})),
        "ben": Person("ben", "ben", Role.ADMIN, teams=frozenset({"billing"})),
        "cem": Person("cem", "cem"),
    },
    ("billing", "care"),
)
COLLEAGUES = [
    Colleague(BEN, Presence.HERE, 2),
    Colleague(Addressee(ToKind.PERSON, "bella"), Presence.AWAY),
    *(Colleague(Addressee(ToKind.PERSON, f"cem{number}"), Presence.OFF) for number in range(9)),
    Colleague(BILLING, Presence.HERE, members=3),
    Colleague(Addressee(ToKind.SENIOR, "senior"), Presence.OFF),
]


@asynccontextmanager
async def at_a_team(home: Path, *, size: tuple[int, int] = (100, 30)) -> AsyncIterator[tuple[AtHand, Desk]]:
    """Ana's console, and Ben at a desk of his own before the same record."""
    async with console_at_hand(home, size=size) as at:
        at.desk.take_roster(ROSTER)
        async with open_desk(home, agent="ben", roster=ROSTER, clock=StandingClock(at.clock)) as ben:
            await sign_on(ben)
            yield at, ben


async def note_of(at: AtHand, handle: str) -> str:
    id = (await at.rows())[handle].id
    row = await at.desk.store.read(
        lambda tx: tx.row("SELECT text FROM note WHERE conversation_id = $1 ORDER BY id DESC", id)
    )
    return row[0] if row else ""


# ---- the dialog ------------------------------------------------------------------------------------------------------


def dialog() -> AssignScreen:
    return AssignScreen("Give it to whom?", "@cara Cara", COLLEAGUES)


async def test_the_first_one_is_chosen_and_enter_goes_through_the_prompts() -> None:
    async with asking(dialog()) as (app, pilot):
        assert "> ben " in screen_text(app) and "here, holds 2" in screen_text(app)
        await pilot.press("enter", *"looked", "enter", "enter", *"call", "enter")
        assert await app.answer() == AssignAnswer(BEN, HandOver("looked", "", "call"))


async def test_a_typed_name_narrows_the_list_and_arrows_choose() -> None:
    async with asking(dialog()) as (app, pilot):
        await pilot.press("b")
        shown = screen_text(app)
        assert "> ben" in shown and "bella" in shown and "billing" in shown and "cem0" not in shown
        await pilot.press("down", "down", "ctrl+s")
        assert await app.answer() == AssignAnswer(BILLING, HandOver())
    async with asking(dialog()) as (app, pilot):
        await pilot.press("up", "f2")
        assert (await app.answer()).to.name == "senior"


async def test_a_name_that_nobody_has_gives_nothing() -> None:
    async with asking(dialog()) as (app, pilot):
        await pilot.press(*"zz", "enter")
        assert "Nobody is called that: zz" in screen_text(app)
        await pilot.press("ctrl+s")
        assert app.answers.empty()
        await pilot.press(
            "backspace", "backspace", *"@CEM3", "enter", "tab", "shift+tab", "down", "up", "ctrl+s"
        )
        assert (await app.answer()).to.name == "cem3"


async def test_escape_changes_nothing() -> None:
    async with asking(dialog()) as (app, pilot):
        await pilot.press("enter", *"half", "escape")
        assert await app.answer() is None


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (240, 67)])
async def test_all_of_it_is_seen(size: tuple[int, int]) -> None:
    async with asking(dialog(), size=size) as (app, pilot):
        shown = screen_text(app)
        for words in (
            "Give it to whom?",
            "@cara Cara",
            "To",
            "> ben",
            "7 more",
            "Done",
            "Promised",
            "Next",
            "Esc back",
        ):
            assert words in shown, words
        await pilot.press("up")
        assert "> senior" in screen_text(app)


async def test_hostile_names_do_no_harm_there() -> None:
    for text in hostile_texts()[::61]:
        screen = AssignScreen(
            f"Take it away from @{text}?", text, [Colleague(Addressee(ToKind.PERSON, text), Presence.OFF)]
        )
        async with asking(screen) as (app, _):
            assert "\x1b" not in screen_text(app) and "\u202e" not in screen_text(app)


# ---- at the desk -----------------------------------------------------------------------------------------------------


async def test_a_gives_it_and_z_takes_it_back(tmp_path: Path) -> None:
    async with at_a_team(tmp_path, size=(80, 24)) as (at, _):
        await at.press("c", "a")
        assert isinstance(at.console.screen, AssignScreen)
        await at.press(*"bil", "enter", "enter", *"Friday", "ctrl+s")
        await at.until(lambda: "Given to billing, z takes it back: @customer1" in at.said)
        row = (await at.rows())["customer1"]
        assert (row.claimed_by, row.owner, row.team, row.moves) == (None, None, "billing", 1)
        assert await note_of(at, "customer1") == "Promised: Friday"
        await at.until(lambda: "→billing" in at.picture)
        assert at.screen.fences == {}
        await at.press("z")
        await at.until(lambda: at.said == "Taken back, the assignment: @customer1")
        row = (await at.rows())["customer1"]
        assert (row.claimed_by, row.owner, row.team, row.moves) == ("ana", "ana", "", 0)


async def test_in_the_thread_too_and_its_header_says_for_whom(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, _):
        await at.press("enter", "a", *"ben", "ctrl+s")
        await at.until(lambda: "free, for ben" in at.picture)


async def test_what_another_holds_is_only_taken_by_who_may(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        row = (await at.rows())["customer1"]
        await routing.claim(ben, row.id)
        await at.until(lambda: "@ben·" in at.picture)
        ana = Person("ana", "ana", Role.AGENT)
        at.desk.take_roster(Roster({**ROSTER.people, "ana": ana}, ROSTER.teams))
        await at.press("a")
        assert isinstance(at.console.screen, Question) and "Somebody else has it" in at.picture
        await at.press("escape")
        at.desk.take_roster(ROSTER)
        await at.press("a")
        assert "Take it away from @ben, and give it to whom?" in at.picture
        await at.press(*"cem", "ctrl+s")
        await at.until(lambda: at.said.startswith("Given to cem"))
        assert (await at.rows())["customer1"].owner == "cem"


async def test_a_supervisor_takes_back_what_they_gave_and_writes_notes(tmp_path: Path) -> None:
    async with at_a_team(tmp_path, size=(80, 24)) as (at, ben):
        row = (await at.rows())["customer1"]
        ana = Person("ana", "ana", Role.SUPERVISOR)
        at.desk.take_roster(Roster({**ROSTER.people, "ana": ana}, ROSTER.teams))
        await at.press("a")
        await at.press(*"cem", "ctrl+s")
        await at.until(lambda: at.said == "Given to cem, z takes it back: @customer1")
        await at.press("z")
        await at.until(lambda: "→cem" not in at.picture)
        await routing.claim(ben, row.id)
        await at.until(lambda: "@ben·" in at.picture)
        await at.press("n", *"Mind the tone", "ctrl+s", "y")
        await at.until(lambda: "is kept" in at.said)
        assert await note_of(at, "customer1") == "Mind the tone"


async def test_who_lost_it_is_told_by_whom_and_to_whom_and_cannot_send(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        rung: list[bool] = []
        at.screen._on_alert = lambda title, rings: rung.append(rings)
        await at.press("r")
        at.screen.composer.insert_snippet("Half a thought")
        id = at.screen.composer.conversation_id
        assert id is not None and id in at.screen.fences
        await team.reassign(ben, id, "ana", BILLING)
        await at.until(lambda: at.said == "! ben moved it to billing, yours no longer: @customer1")
        assert any(rung)
        assert at.screen.composer.text == "Half a thought"
        await at.press("ctrl+s", "y")
        await at.until(lambda: at.said == "! Not sent: your claim has ended. The draft is kept.")
        assert await replies.held(at.desk) == [] and id not in at.screen.fences
        kept = await replies.my_drafts(at.desk)
        assert [draft.text for draft in kept] == ["Half a thought"]


async def test_who_is_given_something_is_told(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        rows = await at.rows()
        await team.assign(ben, rows["customer2"].id, Addressee(ToKind.TEAM, "care"))
        await at.until(lambda: at.said == "ben gave to care: @customer2")
        await team.assign_all(
            ben, {rows["customer3"].id: None, rows["customer4"].id: None}, Addressee(ToKind.PERSON, "ana")
        )
        await at.until(lambda: at.said == "2 were given to you: @customer3, @customer4")
        await team.assign(ben, rows["customer5"].id, BILLING)
        await at.until(lambda: "→billing" in at.picture)
        assert at.said == "2 were given to you: @customer3, @customer4"


async def test_the_owner_is_told_when_their_customer_writes(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        rows = await at.rows()
        await team.assign(ben, rows["customer2"].id, Addressee(ToKind.PERSON, "ana"))
        await at.until(lambda: at.said.startswith("ben gave to ana"))
        await at.arrive(line("x1", "customer2", "Hello? Anybody?", 1))
        await at.until(lambda: at.said == "The customer of yours wrote: @customer2")
        await at.arrive(line("x2", "customer3", "Hello? Me too?", 1))
        await at.until(lambda: (at.screen.queue.shown.rows[rows["customer3"].id].unanswered) == 2)
        assert at.said == "The customer of yours wrote: @customer2"


async def test_the_owner_is_told_who_dealt_with_it(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        rows = await at.rows()
        await team.assign_all(
            ben, {rows[f"customer{n}"].id: None for n in (2, 3)}, Addressee(ToKind.PERSON, "ana")
        )
        await at.until(lambda: at.said.startswith("2 were given to you"))
        await work.resolve(ben, rows["customer2"].id, Disposition.NOISE)
        await at.until(lambda: at.said == "ben resolved what was yours: @customer2")
        at_one = at.clock() + timedelta(hours=1)
        await coming_back.snooze(ben, rows["customer3"].id, ComesBack(at_one, at_one), WakeMode.WAKE)
        await at.until(lambda: at.said == "ben put to sleep what was yours: @customer3")


async def test_who_only_looks_is_told_whose_it_stays(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        await team.assign(ben, (await at.rows())["customer1"].id, BEN)
        await at.until(lambda: "→ben" in at.picture)
        await at.press("c")
        await at.until(
            lambda: at.said == "Yours, r replies, ben's again if you do not, c releases: @customer1"
        )
        await at.press("c")
        await at.until(lambda: at.said.startswith("Released"))
        assert (await at.rows())["customer1"].owner == "ben"


async def test_p_leaves_to_others_what_is_first_for_them(tmp_path: Path) -> None:
    lines = [line("m1", "cara", "Where is it?", 5), line("m2", "dan", "And mine?", 3)]
    async with console_at_hand(tmp_path, lines) as at:
        at.desk.take_roster(ROSTER)
        async with open_desk(tmp_path, agent="ben", roster=ROSTER, clock=StandingClock(at.clock)) as ben:
            await sign_on(ben)
            rows = await at.rows()
            await team.assign(at.desk, rows["cara"].id, BEN)
            await at.press("p")
            await at.until(lambda: list(at.screen.fences) == [rows["dan"].id])
            await at.press("p")
            assert at.said == "Nobody waits whom nobody holds, and who is not first for somebody here."
            await at.press("escape", "g", "w")
            assert "First for ben until " in at.picture
            await at.press("escape")
            await set_away(ben, True)
            await at.press("p")
            await at.until(lambda: rows["cara"].id in at.screen.fences)


# ---- who calls -------------------------------------------------------------------------------------------------------


async def test_who_is_called_sees_it_and_goes_there(tmp_path: Path) -> None:
    async with at_a_team(tmp_path, size=(80, 24)) as (at, ben):
        rows = await at.rows()
        await at.press("m")
        assert at.said == "No note calls you that you have not seen."
        await replies.write_note(ben, rows["customer4"].id, "@ana please look")
        await replies.write_note(ben, rows["customer2"].id, "@care here too, @nobody")
        await at.until(lambda: "2 @you" in at.screen.status.plain)
        await at.press("m")
        assert at.screen.thread.conversation_id == rows["customer4"].id
        await at.until(lambda: "1 @you" in at.screen.status.plain)
        await at.press("m")
        assert at.screen.thread.conversation_id == rows["customer2"].id
        await at.until(lambda: "@you" not in at.screen.status.plain)


async def test_what_was_not_seen_is_there_at_the_next_start(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        await replies.write_note(ben, (await at.rows())["customer2"].id, "@ana")
        await at.until(lambda: "1 @you" in at.screen.status.plain)
    async with console_at_hand(tmp_path, []) as at:
        await at.until(lambda: "1 @you" in at.screen.status.plain)
        await at.press("m")
        await at.until(lambda: "@you" not in at.screen.status.plain)
    async with console_at_hand(tmp_path, []) as at:
        assert "@you" not in at.screen.status.plain


# ---- leaving ---------------------------------------------------------------------------------------------------------


async def test_leaving_hands_all_of_it_to_somebody_with_one_note(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, ben):
        await at.press("c", "j", "c", "j", "c")
        await at.press("q")
        assert "3 yours: release, keep, or hand to somebody?" in at.picture
        await at.press("h")
        assert "Hand all 3 to whom?" in at.picture and "you, here" not in at.picture
        await at.press(*"ben", "enter", *"checked", "enter", "enter", *"answer")
        await at.pilot.press("enter")
        await at.until(lambda: not at.console.is_running)
        rows = await at.rows()
        for handle in ("customer1", "customer2", "customer3"):
            assert (rows[handle].owner, rows[handle].claimed_by, rows[handle].moves) == ("ben", None, 1)
            assert await note_of(at, handle) == "Done: checked\nNext: answer"
        assert (await team.news(ben, 1))[0] != []


async def test_who_may_not_assign_is_not_offered_to_hand_over(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, _):
        await at.press("c")
        await at.until(lambda: " 1 mine " in at.screen.title_bar.plain)
        at.desk.take_roster(
            Roster({**ROSTER.people, "ana": Person("ana", "ana", Role.TRAINEE)}, ROSTER.teams)
        )
        await at.press("q")
        assert "1 yours: release or keep?" in at.picture and "h  hand" not in at.picture


async def test_escape_from_to_whom_stays(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, _):
        await at.press("c", "q", "h", "escape")
        assert at.console.is_running and at.console.screen is at.screen
        assert (await at.rows())["customer1"].claimed_by == "ana"
        assert not at.screen.holds_back


async def test_kept_it_stays_mine_and_released_it_does_not(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, _):
        await at.press("c", "j", "c", "q")
        await at.pilot.press("k")
        await at.until(lambda: not at.console.is_running)
        assert [(await at.rows())[each].owner for each in ("customer1", "customer2")] == ["ana", "ana"]
    async with console_at_hand(tmp_path, []) as at:
        await at.until(lambda: at.said == "Yours as before: 2 conversations")
        await at.press("q")
        await at.pilot.press("r")
        await at.until(lambda: not at.console.is_running)
        assert [(await at.rows())[each].owner for each in ("customer1", "customer2")] == [None, None]


async def test_what_is_held_leaves_and_the_rest_is_handed_over(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, _):
        await at.press("j", "c", "k", "r")
        at.screen.composer.insert_snippet("Hello")
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4" in at.screen.status.plain)
        await at.press("q", "h", *"cem")
        await at.pilot.press("ctrl+s")
        await at.until(lambda: not at.console.is_running)
        rows = await at.rows()
        assert rows["customer2"].owner == "cem" and rows["customer2"].moves == 1
        [sent] = await at.desk.store.read(lambda tx: tx.rows("SELECT state FROM outbox"))
        assert sent == ("queued",)


async def test_what_happened_meanwhile_is_told_at_the_start(tmp_path: Path) -> None:
    async with at_a_team(tmp_path) as (at, _):
        await at.press("c", "q")
        await at.pilot.press("k")
        await at.until(lambda: not at.console.is_running)
        rows = await at.rows()
    async with open_desk(tmp_path, agent="ben", roster=ROSTER, clock=StandingClock(at.clock)) as ben:
        await team.reassign(ben, rows["customer1"].id, "ana", BILLING)
    async with console_at_hand(tmp_path, []) as at:
        await at.until(lambda: at.said == "! ben moved it to billing, yours no longer: @customer1")
        assert at.screen.fences == {}


# ---- the row ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120, 240])
def test_the_row_says_for_whom_it_is_within_its_cells(width: int) -> None:
    columns = Columns.of(width)

    def owner(**changes: object) -> str:
        line = pieces(queue_row(1, **changes), columns, NOON)
        assert sum(len(piece.text) for piece in line) == width
        return line[9].text.strip()

    assert owner() == ""
    assert owner(owner="ana", team="billing") == "→ana"
    assert owner(team="hr") == "→hr"
    assert owner(owner="ana", claimed_by="ben", presence="reading") == "@ben·"
    assert owner(owner="a-very-long-name-of-an-agent").startswith("→a-ve")


def test_help_says_what_the_signs_of_a_row_mean() -> None:
    shown = [each.plain for each in help_lines("queue", lambda _: True, {}, 74)]
    for sign in ("→ana  →billing", "@ana✎  @ana·", "(de)", "BACK", "APPROVAL"):
        assert any(line.startswith(f"{sign} ") for line in shown), sign
    assert max(map(len, shown)) <= 74
