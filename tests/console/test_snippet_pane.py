"""The snippet pane searches while one types, offers what fits, and never inserts by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.console.desk_at_hand import console_at_hand, line
from tests.console.threads import entry
from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Input

from careconsole.console import themes
from careconsole.console.panes import snippets as pane_module
from careconsole.console.panes.snippet_lines import SnippetLines, SnippetList, SnippetPreview
from careconsole.console.panes.snippet_offer import (
    READ_CHARS,
    Offer,
    Piece,
    _placed_lines,
    customer_values,
    offer,
    preview_lines,
    title_pieces,
    unanswered_texts,
)
from careconsole.console.panes.snippets import SearchLine, SnippetPane
from careconsole.console.themes import load_themes, variable_defaults
from careconsole.desk.suggesting import open_suggester
from careconsole.model.conversation import ConversationState
from careconsole.model.message import Direction, Kind, Visibility
from careconsole.model.text_gate import safe_block
from careconsole.settings.bundled import bundled
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import BrokenSnippet, Snippet
from careconsole.store.rows import QueueRow

SNIPPETS = (
    Snippet(
        "refund-en",
        "Refund status",
        "Hello {{name}},\nyour refund of {{amount}} is on its way. {{me}}",
        ("money",),
        ("where is my refund",),
        "en",
        "{{name}}: it is on its way.",
    ),
    Snippet(
        "bag-en", "Baggage did not arrive", "Hello {{name}}, " + "please wait. " * 12, ("lost",), (), "en"
    ),
    Snippet("refund-ru", "Возврат денег", "Деньги уже едут.", (), ("возврат",), "ru"),
    Snippet("refund-zh", "退款进度", "您的退款正在处理中。", (), ("退款",), "zh"),
    Snippet("hours-en", "Opening hours", "Always.", (), (), "en"),
    Snippet("odd", "[red]bold[/] [@click=app.quit]\u202eevil", "[/] [bold\n[link]", (), (), ""),
)

ROW = QueueRow(
    id=7,
    account_id=1,
    account="shop",
    network="mastodon",
    customer_id=3,
    handle="ana@example.social",
    customer_name="Ana",
    state=ConversationState.OPEN,
    cycle=1,
    tier=1,
    kind=Kind.QUESTION,
    is_vip=False,
    visibility=Visibility.PUBLIC,
    waiting_since_us=0,
    due_us=0,
    effective_due_us=0,
    is_waiting=True,
    unanswered=1,
    messages=1,
    text="hello",
    owner=None,
    claimed_by=None,
    claimed_since_us=None,
    presence=None,
    fence=0,
    has_draft=False,
    outbox_state=None,
    revision=1,
)


class Desk(App[None]):
    """The pane alone, with every message it posts."""

    CSS_PATH = Path(themes.__file__).parent / "console.tcss"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.pane = SnippetPane(library, me="Mia")
        self.elsewhere = Input(id="elsewhere")
        self.said: list[SnippetPane.Chosen | SnippetPane.Left] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)

    def compose(self) -> ComposeResult:
        yield self.pane
        yield self.elsewhere

    def on_mount(self) -> None:
        for theme in load_themes([bundled("themes")]).by_name.values():
            self.register_theme(theme)
        self.theme = "dark"
        self.elsewhere.focus()

    def on_snippet_pane_chosen(self, message: SnippetPane.Chosen) -> None:
        self.said.append(message)

    def on_snippet_pane_left(self, message: SnippetPane.Left) -> None:
        self.said.append(message)

    def lines(self, of: type[SnippetLines] = SnippetList) -> list[str]:
        """What a part of the pane shows, as text."""
        part = self.query_one(of)
        return [part.render_line(y).text.rstrip() for y in range(part.size.height)]

    def titles(self) -> list[str]:
        """The titles in the list, as far as they show."""
        return [line[6:].removeprefix("near ").strip() for line in self.lines() if line]


async def searched(pilot: Pilot[None]) -> None:
    """Wait until the search that the last key started has ended."""
    await pilot.pause()
    workers = [worker for worker in pilot.app.workers if worker.group == "snippet-search"]
    if workers:
        await pilot.app.workers.wait_for_complete(workers)
    await pilot.pause()


async def typed(pilot: Pilot[None], text: str) -> None:
    """Put this into the search line and wait for what it finds."""
    search = pilot.app.query_one(SearchLine)
    search.value = ""
    search.insert_text_at_cursor(text)
    await searched(pilot)


@pytest.fixture
def desk() -> Desk:
    return Desk(Library(SNIPPETS))


async def test_shows_answers_before_any_key_and_takes_no_focus(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)):
        assert "Refund status" in desk.titles() and len(desk.titles()) == len(SNIPPETS)
        assert desk.focused is desk.elsewhere
        assert str(desk.query_one("#snippet-heading").render()).startswith(" Snippets  6")


async def test_what_fits_the_message_comes_first(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)):
        desk.pane.search_for(replace(ROW, text="WHERE is my refund?"))
        assert desk.titles()[0] == "Refund status"
        desk.pane.search_for(replace(ROW, id=8, text="我要退款"))
        assert desk.titles()[0] == "退款进度"
        assert desk.lines(SnippetPreview)[0] == " 您的退款正在处理中。"


async def test_what_fits_an_earlier_message_without_an_answer_comes_next(tmp_path: Path) -> None:
    lines = [
        line("m1", "ana", "When will my refund arrive?", 50),
        line("m2", "ana", "And where is my baggage?", 40),
        line("m3", "ana", "Hello?", 30),
    ]
    async with console_at_hand(tmp_path, lines, size=(170, 45)) as at:
        library = Library(
            Snippet(id, id, "x", triggers=(trigger,))
            for id, trigger in (("1-none", "voucher"), ("2-older", "refund"), ("3-newer", "baggage"))
        )
        at.screen.snippets.take_answers(library, open_suggester(library))
        await at.press("r")
        offered = [each.snippet.id for each in at.screen.snippets.query_one(SnippetList).offers]
        assert offered == ["3-newer", "2-older", "1-none"]


def test_what_waits_for_an_answer_is_asked_newest_first() -> None:
    entries = [
        entry(1, "answered"),
        entry(2, "first", is_answered=False),
        entry(3, "taken back", is_answered=False, deleted_us=1),
        entry(4, "ours", direction=Direction.OUT, is_answered=False),
        entry(5, "a note", direction=Direction.OUT, is_note=True, is_answered=False),
        entry(6, "second", is_answered=False),
    ]
    assert unanswered_texts(ROW, entries) == ("second", "first")
    assert unanswered_texts(ROW, entries[:1]) == ("hello",)
    bomb = entry(7, "x" * 100_000, is_answered=False)
    assert [len(text) for text in unanswered_texts(replace(ROW, text=bomb.text), [bomb])] == [READ_CHARS]


async def test_an_answer_in_the_customers_language_stands_before_the_same_in_another() -> None:
    german = Snippet("bag-de", "Koffer nicht angekommen", "Hallo {{name}}, wir suchen ihn.", language="de")
    desk = Desk(Library([*SNIPPETS, german]))
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.search_for(ROW)  # hello: nobody can be sure
        await typed(pilot, "baggage")
        assert desk.titles()[0].startswith("Baggage")
        desk.pane.search_for(
            replace(ROW, id=8, text="Mein Koffer ist nicht angekommen, bitte helfen Sie mir.")
        )
        await typed(pilot, "baggage")
        assert [title.split()[0] for title in desk.titles()[:2]] == ["Koffer", "Baggage"]
        desk.pane.action_choose()
        await pilot.pause()
        assert isinstance(desk.said[-1], SnippetPane.Chosen) and desk.said[-1].snippet_id == "bag-de"


async def test_searches_while_one_types(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        await pilot.press("s", "t", "t", "s")
        await searched(pilot)
        assert desk.titles() == ["Refund status"]
        assert desk.lines()[0].startswith("› en  Refund")
        await pilot.press("z")
        await searched(pilot)
        assert [line for line in desk.lines() if line] == [" Nothing fits."]
        assert desk.pane.highlighted is None
        await pilot.press("enter")
        assert desk.said == []


async def test_the_highlight_stands_on_the_first_offer_until_it_is_moved(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.search_for(ROW)
        for text, best in (("Where is my refund?", "refund-en"), ("我要退款", "refund-zh")):
            desk.pane.search_for(replace(ROW, text=text))
            assert desk.pane.highlighted is not None and desk.pane.highlighted.snippet.id == best
        desk.pane.read_languages(frozenset({"ru"}))
        desk.pane.search_for(replace(ROW, text="?"))
        assert desk.pane.highlighted is not None and desk.pane.highlighted.snippet.id == "refund-ru"
        desk.pane.focus_search()
        await pilot.press("down")
        moved_to = desk.pane.highlighted.snippet.id
        assert moved_to != "refund-ru"
        desk.pane.search_for(replace(ROW, text="我要退款"))
        assert desk.pane.highlighted.snippet.id == moved_to
        desk.pane.search_for(replace(ROW, id=8, text="我要退款"))
        assert desk.pane.highlighted.snippet.id == "refund-zh"


async def test_a_step_down_behind_quick_letters_stays(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        desk.pane._search.insert_text_at_cursor("e")
        await pilot.pause(0)
        desk.pane.action_down()
        second = desk.pane.highlighted
        await searched(pilot)
        assert desk.pane.highlighted == second != desk.query_one(SnippetList).offers[0]


async def test_six_quick_letters_are_one_search(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Library.search

    def counted(self: Library, query: str, limit: int = 20, **more: Any) -> list[object]:
        asked.append(query)
        return list(real(self, query, limit, **more))

    monkeypatch.setattr(Library, "search", counted)
    monkeypatch.setattr(pane_module, "DEBOUNCE_S", 0.5)
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        asked.clear()
        for letter in "refund":
            desk.pane._search.insert_text_at_cursor(letter)
            await pilot.pause()
        await searched(pilot)
        assert asked == ["refund"]


async def test_enter_means_what_was_typed_not_what_is_still_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane_module, "DEBOUNCE_S", 3600)
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        await pilot.press("h", "o", "u", "r")
        assert desk.titles()[0] != "Opening hours"
        await pilot.press("enter")
        [said] = desk.said
        assert isinstance(said, SnippetPane.Chosen) and said.snippet_id == "hours-en"


async def test_enter_hands_out_the_filled_text(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.search_for(ROW)
        desk.pane.focus_search()
        await typed(pilot, "refund")
        await pilot.press("enter")
        [said] = desk.said
        assert isinstance(said, SnippetPane.Chosen)
        assert said.text == "Hello Ana,\nyour refund of {{amount}} is on its way. Mia"
        assert (said.snippet, said.is_short) == (SNIPPETS[0], False)
        assert desk.pane.query_text == ""
        assert desk.titles()[0] == "Refund status", "what was used comes first"


async def test_arrows_move_and_escape_leaves(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        await pilot.press("down", "down")
        assert [line[0] for line in desk.lines()[:4]] == [" ", " ", "›", " "]
        await pilot.press("up", "up", "up")
        assert desk.lines()[0].startswith("›")
        await pilot.press(*["down"] * 10)
        highlighted = desk.pane.highlighted
        assert highlighted is not None and highlighted.snippet is desk.pane.library.snippets[-1]
        await pilot.press("escape")
        assert [type(said) for said in desk.said] == [SnippetPane.Left]


async def test_the_highlighted_line_stays_in_sight(desk: Desk) -> None:
    desk.pane.take_answers(Library(Snippet(f"s{at:02}", f"Answer {at:02}", "x") for at in range(30)))
    async with desk.run_test(size=(60, 14)) as pilot:
        desk.pane.focus_search()
        await pilot.press(*["down"] * 12)
        assert any(line.startswith("›") and "Answer 12" in line for line in desk.lines())
        await pilot.press(*["up"] * 12)
        assert "Answer 00" in desk.lines()[0]
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert desk.lines()[0].startswith("›")


async def test_search_and_highlight_stay_for_the_same_conversation(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.search_for(ROW)
        desk.pane.focus_search()
        await pilot.press("down", "down")
        kept = desk.pane.highlighted
        desk.pane.search_for(replace(ROW, revision=2))
        desk.pane.refit()
        assert desk.pane.highlighted == kept
        await pilot.press("x")
        await searched(pilot)
        desk.pane.search_for(replace(ROW, id=8))
        assert desk.pane.query_text == ""


async def test_over_the_limit_is_grey_with_the_excess_and_the_short_form_is_offered(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.search_for(ROW, lambda text: len(text) - 40)
        lines = desk.lines()
        bag = next(line for line in lines if "Baggage" in line)
        assert "+127 Baggage" in bag
        assert any("short Refund status" in line for line in lines)
        looks = {
            name: desk.query_one(SnippetList).look(name).color for name in ("over", "row", "muted", "match")
        }
        place = next(at for at, line in enumerate(lines) if "Baggage" in line)
        desk.pane.focus_search()
        await pilot.press("down")
        strip = desk.query_one(SnippetList).render_line(place)
        assert (
            {segment.style.color for segment in strip if segment.style} == {looks["over"]} != {looks["row"]}
        )

        await typed(pilot, "refund st")
        assert desk.lines(SnippetPreview)[:2] == [
            " Short form; the long one is 15 too long",
            " Ana: it is on its way.",
        ]
        await pilot.press("enter")
        [said] = desk.said
        assert isinstance(said, SnippetPane.Chosen)
        assert (said.text, said.is_short) == ("Ana: it is on its way.", True)


async def test_preview_marks_matches_and_holes_and_says_what_is_left_out(desk: Desk) -> None:
    async with desk.run_test(size=(30, 14)) as pilot:
        desk.pane.focus_search()
        await typed(pilot, "refund way")
        preview = desk.query_one(SnippetPreview)
        marked = [
            segment.text
            for y in range(preview.size.height)
            for segment in preview.render_line(y)
            if segment.style == preview.look("match")
        ]
        assert marked == ["refund", "way"]
        await typed(pilot, "wait")
        shown = desk.lines(SnippetPreview)
        assert shown[-1] == f" … {len(preview._lines) - len(shown) + 1} more lines"


async def test_a_frame_between_the_new_width_and_the_news_of_it_is_wrapped_already(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        await typed(pilot, "refund way")
        preview = desk.query_one(SnippetPreview)
        words = " ".join(desk.lines(SnippetPreview)).split()
        assert words
        monkeypatch.setattr(SnippetPreview, "size", Size(20, 20))
        lines = [preview.render_line(y).text for y in range(20)]
        assert " ".join(lines).split() == words and max(map(len, lines)) <= 20


async def test_text_of_a_file_is_never_markup_nor_control(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        await typed(pilot, "evil")
        assert desk.titles() == ["[red]bold[/] [@click=app.quit]evil"]
        assert desk.lines(SnippetPreview)[:2] == [" [/] [bold", " [link]"]


async def test_a_paste_passes_the_gate(desk: Desk) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        desk.pane.focus_search()
        desk.post_message(Paste("re\x1b[2Jf\u202eu\nrm -rf"))
        await pilot.pause()
        desk.pane._search.post_message(Paste("re\x1b[2Jf\u202eu\nrm -rf"))
        await pilot.pause()
        assert "re␛[2Jfu" in desk.pane.query_text
        assert desk.pane.query_text.isprintable() and "rm" not in desk.pane.query_text
        desk.pane._search.post_message(Paste("y" * 10_000))
        await pilot.pause()
        assert len(desk.pane.query_text) <= 120


async def test_a_broken_file_is_named_in_the_heading() -> None:
    broken = BrokenSnippet(Path("/home/x/mi\x1bne.toml"), 3, 'unknown key "tigs"')
    desk = Desk(Library(SNIPPETS, [broken]))
    async with desk.run_test(size=(60, 24)):
        heading = desk.query_one("#snippet-heading").render()
        assert isinstance(heading, Content)
        assert heading.plain.rstrip() == " Snippets  6 · 1 broken: mi␛ne.toml, line 3"


async def test_an_empty_library_says_so() -> None:
    desk = Desk(Library([]))
    async with desk.run_test(size=(60, 24)) as pilot:
        assert desk.lines()[0] == " There are no prepared answers."
        desk.pane.focus_search()
        await pilot.press("enter", "down", "up")
        assert desk.said == []


@pytest.mark.parametrize("size", [(20, 6), (1, 1), (200, 60)])
async def test_any_size(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.run_test(size=size) as pilot:
        desk.pane.search_for(ROW, lambda text: 12345)
        desk.pane.focus_search()
        await pilot.press("down", "e")
        await searched(pilot)
        for part in desk.query(SnippetLines):
            for y in range(part.size.height):
                assert part.render_line(y).cell_length == part.size.width


def test_the_form_that_fits_is_offered() -> None:
    snippet = Snippet("a", "A", "x" * 100, short="x" * 60)
    assert offer(snippet, {}, lambda text: 0).mark == ""
    offered = offer(snippet, {}, lambda text: len(text) - 60)
    assert (offered.is_short, offered.excess, offered.long_excess, offered.mark) == (True, 0, 40, "short")
    offered = offer(snippet, {}, lambda text: len(text) - 50)
    assert (offered.is_short, offered.excess, offered.mark) == (True, 10, "+10")
    assert offered.notice == "10 characters too long"
    bare = offer(replace(snippet, short=""), {}, lambda text: len(text) - 99)
    assert (bare.is_short, bare.mark, bare.notice) == (False, "+1", "1 character too long")
    silly = Snippet("b", "B", "x", short="xxx")
    assert offer(silly, {}, len).text == "x"


def test_values_come_from_the_customer() -> None:
    assert customer_values(None, "Mia") == {"me": "Mia"}
    assert customer_values(ROW, "Mia") == {
        "name": "Ana",
        "handle": "@ana@example.social",
        "account": "shop",
        "me": "Mia",
    }


@pytest.mark.parametrize(
    "name", ["", "  ", "@everyone", "win #1", "see https://evil.example", "{{order}}", "www.x"]
)
def test_a_name_that_is_more_than_a_name_is_not_put_into_our_words(name: str) -> None:
    assert customer_values(replace(ROW, customer_name=name), "")["name"] == "ana"


def test_title_pieces() -> None:
    assert title_pieces("Refund [status]", "sta") == [
        Piece("Refund [", "row"),
        Piece("sta", "match"),
        Piece("tus]", "row"),
    ]
    assert title_pieces("Plain", "") == [Piece("Plain", "row")]


def test_preview_wraps_and_marks() -> None:
    snippet = Snippet("a", "A", "One {{hole}} two\n\nthree twofold")
    lines = preview_lines(Offer(snippet, snippet.body, False, 0, 0), "two hole", 12)
    assert lines == [
        [Piece("One ", "words"), Piece("{{hole}}", "hole")],
        [Piece("two", "match")],
        [],
        [Piece("three", "words")],
        [Piece("two", "match"), Piece("fold", "words")],
    ]


@settings(deadline=None)
@given(st.text(st.sampled_from("ab 退。\n\u0301{}é\u200d")), st.integers(1, 12))
def test_wrapped_lines_know_their_place(text: str, width: int) -> None:
    safe = safe_block(text)
    done = 0
    for at, shown in _placed_lines(safe, width):
        assert not safe.text[done:at].strip(" \n")
        assert safe.text[at : at + len(shown)] == shown
        done = at + len(shown)
    assert not safe.text[done:].strip(" \n")
