"""The form for a prepared answer: what is typed stays until it is saved or thrown away on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from careconsole.console.choosing import Choosing
from careconsole.console.editor import NotEdited, edit_outside
from careconsole.console.form_fields import AreaField, ChoiceField, FieldRow, text_in
from careconsole.console.line_field import LineField
from careconsole.console.own_words import own_words
from careconsole.console.panes.editor_area import EditorArea
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.reason_screen import Choice, Question
from careconsole.console.snippet_remarks import remarks_on
from careconsole.console.taking_away import TAKE, take_away_question
from careconsole.console.text import counted, wrap
from careconsole.console.workshop import Workshop
from careconsole.model.text_gate import safe_line
from careconsole.snippets.loading import read_snippet
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import ChangedMeanwhile, TakenAway, why_it_stays
from careconsole.snippets.written import fields_of, rough, written

LOOK_AFTER_S = 0.25
"""So long after the last key the fields are looked at."""
SAVE, THROW, BESIDE, OVER = "save", "throw", "beside", "over"
_SHOWN_CHARS = 300
_SCOPES = {
    "team": "for everybody at this desk",
    "brand": "for the accounts below",
    "mine": "for its owner alone",
}
_LINES = {
    "title": ("Title", 300, "by this it is found", " "),
    "language": ("Language", 16, "code such as en or de; empty: fits any", " "),
    "tags": ("Tags", 4_000, "parted by commas", ", "),
    "owner": ("Owner", 100, "who answers for its words", " "),
    "accounts": ("Accounts", 4_000, "our accounts that it is for, parted by commas; empty: all", ", "),
    "review": ("Review", 10, "day such as 2026-12-31; from then on it stands last", " "),
}
_AREAS = {
    "body": ("Text", "Hello {{name}}, ...", 5),
    "short": ("Short form", "for networks with little room", 2),
    "triggers": ("Triggers", "words of customers that it answers, a line each", 3),
}
_LEAST_LINES, _MOST_LINES, _OTHER_LINES = 5, 18, 21
"""How many lines of the text are seen, and how many the rest of the form takes with a remark or two."""
_ORDER = ("title", "body", "short", "language", "tags", "triggers", "scope", "accounts", "owner", "review")


class SnippetScreen(Choosing[Snippet | TakenAway]):
    """Writes a new answer, or changes one. Ctrl+S saves it, Tab goes on, Escape goes back and asks before text is lost.

    The result is the answer as it was saved, or what became of it when it was taken away.
    """

    BINDINGS = [
        Binding("ctrl+s,f2", "save", "Save"),
        Binding("tab,down", "next_field(1)", show=False),
        Binding("shift+tab,up", "next_field(-1)", show=False),
        Binding("f8", "editor", "Editor"),
        Binding("f9", "take_away", "Take away"),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    SnippetScreen > Vertical { height: 100%; max-height: 46; background: $surface; }
    SnippetScreen VerticalScroll { height: 1fr; }
    SnippetScreen .question--said { height: auto; padding: 0 2; }
    SnippetScreen .-empty { display: none; }
    """

    def __init__(self, snippet: Snippet, workshop: Workshop) -> None:
        """A snippet without an id is a new one; one that is a variant of others is to be in another language."""
        super().__init__()
        self._before, self._workshop = snippet, workshop
        self._shown: dict[str, str] = {}
        self._locked: dict[str, str] = {}
        """What is said of the fields whose text is too long to be changed here."""
        self._look_timer: Timer | None = None
        self._is_saving = False

    # What is on the screen

    def compose(self) -> ComposeResult:
        """What it is about, the fields, and the keys."""
        texts = fields_of(self._before)
        self._fields: dict[str, Widget] = {}
        self._rows: dict[str, FieldRow] = {}
        for name in _ORDER:
            self._rows[name] = self._row(name, texts[name])
        self._said = Static("", classes="question--said -empty", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._head_lines)
            with VerticalScroll(can_focus=False) as self._scroll:
                yield from self._rows.values()
            yield Quoted(self._fact_lines)
            yield self._said
            yield Static(self._key_words(), classes="question--said", markup=False)

    def _row(self, name: str, text: str) -> FieldRow:
        if name in _LINES:
            label, max_length, hint, joins = _LINES[name]
            shown = own_words(safe_line(text, max_chars=20_000).text).text
            self._fields[name] = LineField(shown, max_length=max_length, placeholder=hint, joins=joins)
            return FieldRow(label, self._fields[name])
        if name in _AREAS:
            label, hint, lines = _AREAS[name]
            area = self._fields[name] = AreaField()
            area.placeholder = hint
            return FieldRow(label, area, lines=lines)
        self._fields[name] = ChoiceField(text, _SCOPES)
        return FieldRow("Scope", self._fields[name])

    def on_mount(self) -> None:
        """Fill the areas, and write at once."""
        for name, text in fields_of(self._before).items():
            field = self._fields[name]
            if isinstance(field, AreaField) and field.load(text, 0):
                field.read_only = True
                where = f"change it in {self._before.path.name} itself" if self._before.id else "shorten it"
                self._locked[name] = f"{len(text):,} characters are too many for this screen: {where}."
        self._shown = self._typed()
        first = "body" if self._before.id else "language" if self._before.variant_of else "title"
        self._fields[first].focus()
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """The text has what the other fields leave."""
        self._fields["body"].styles.height = max(
            _LEAST_LINES, min(_MOST_LINES, event.size.height - _OTHER_LINES)
        )

    def _typed(self) -> dict[str, str]:
        return {name: text_in(field) for name, field in self._fields.items()}

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self._shown) and self._typed() != self._shown

    def _head_lines(self, width: int) -> list[Line]:
        before = self._before
        if before.id:
            built_in = before.origin == "built-in"
            note = "It came with careconsole: a copy of yours will take its place." if built_in else ""
            head = f"Prepared answer {before.id}"
        elif before.variant_of:
            titles = [each.title for each in self._workshop.library.variants(before)]
            head, note = "The same in another language", f"The text is still that of: {', '.join(titles[:1])}"
        else:
            head, note = "New prepared answer", ""
        lines = [Line(HEADER, ((text, "header"),)) for text in wrap(safe_line(head), width)]
        return lines + [Line(HEADER, ((text, "quiet"),)) for text in wrap(safe_line(note), width) if note]

    def _fact_lines(self, width: int) -> list[Line]:
        before, library = self._before, self._workshop.library
        facts = ["not saved yet"]
        if before.id:
            own = "yours" if before.origin == "own" else "built in"
            facts = [f"used {counted(library.uses(before.id), 'time')}", f"{own}, file {before.path.name}"]
        if others := self._other_languages():
            facts.append(f"also in {', '.join(others)}")
        return [Line(HEADER, ((text, "quiet"),)) for text in wrap(safe_line(" · ".join(facts)), width)]

    def _other_languages(self) -> list[str]:
        before = self._before
        if not before.id and not before.variant_of:
            return []
        variants = self._workshop.library.variants(before)
        return sorted({each.language for each in variants if each.id != before.id and each.language})

    # Looking at what is typed

    def on_input_changed(self, event: Input.Changed) -> None:
        """A line is another one."""
        event.stop()
        self._look_soon()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """An area is another one."""
        event.stop()
        self._look_soon()

    def on_choice_field_changed(self, event: ChoiceField.Changed) -> None:
        """Another scope."""
        event.stop()
        self._look_soon()

    def _look_soon(self) -> None:
        if self._look_timer is None:
            self._look_timer = self.set_timer(LOOK_AFTER_S, self.look)
        else:
            self._look_timer.reset()

    def look(self) -> None:
        """Say what is worth a second look, and take back what was refused and is mended."""
        if self._look_timer is not None:
            self._look_timer.stop()
            self._look_timer = None
        typed = self._typed()
        if any(row.is_refused for row in self._rows.values()):
            made = self._written(typed)
            for name, row in self._rows.items():
                if row.is_refused:
                    row.refuse("" if isinstance(made, Snippet) else made.get(name, ""))
        shop = self._workshop
        remarks = remarks_on(
            rough(self._before, self._shown, typed),
            shop.library,
            shop.today,
            me=shop.me,
            accounts=shop.accounts,
        )
        for name, row in self._rows.items():
            row.remark([self._locked[name]] if name in self._locked else remarks.get(name, ()))

    def _written(self, typed: dict[str, str]) -> Snippet | dict[str, str]:
        others = self._other_languages()
        return written(self._before, self._shown, typed, me=self._workshop.me, taken_languages=others)

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the fields."""
        self._said.set_class(not sentence, "-empty")
        self._said.update(safe_line(sentence).text)

    # Keys

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line goes on to the next field."""
        event.stop()
        self.action_next_field(1)

    def on_editor_area_cut_short(self, event: EditorArea.CutShort) -> None:
        """A paste was too long."""
        event.stop()
        self.say(f"The paste was too long: {counted(event.left_out, 'character')} left out.")

    def on_paste(self, event: events.Paste) -> None:
        """A paste beside the fields does nothing."""
        event.stop()

    def action_next_field(self, by: int) -> None:
        """Go to the next field, behind the last one to the first."""
        names = list(_ORDER)
        place = next((at for at, name in enumerate(names) if self._fields[name].has_focus), 0)
        self._go_to(names[(place + by) % len(names)])

    def _go_to(self, name: str) -> None:
        self._fields[name].focus()
        self.call_after_refresh(self._rows[name].scroll_visible, animate=False)

    def action_save(self) -> None:
        """Save it, unless a field says why not; once, however often the key is pressed."""
        if self._is_saving:
            return
        typed = self._typed()
        if self._before.id and typed == self._shown:
            self.dismiss(None)
            return
        made = self._written(typed)
        for name, row in self._rows.items():
            row.refuse("" if isinstance(made, Snippet) else made.get(name, ""))
        if isinstance(made, Snippet):
            self._begin_save(made)
        else:
            first = next(name for name in _ORDER if name in made)
            self.say(f"Not saved yet: look at {self._rows[first].label}.")
            self._go_to(first)

    def _begin_save(self, snippet: Snippet) -> None:
        self._is_saving = True
        self.say("Saving ...")
        self._save(snippet)

    @work(group="writes", exit_on_error=False, description="save a prepared answer")
    async def _save(self, snippet: Snippet) -> None:
        try:
            saved = await self._workshop.save(snippet)
        finally:
            self._is_saving = False
        if isinstance(saved, Snippet):
            self.dismiss(saved)
        elif isinstance(saved, ChangedMeanwhile):
            self.say("Not saved: the file was changed outside while you wrote.")
            self._ask_where(snippet, saved)
        else:
            self.say(saved)

    def _ask_where(self, snippet: Snippet, changed: ChangedMeanwhile) -> None:
        """The file is not what was read: show what is there now, and let the agent say where the words go."""

        def answered(answer: str | None) -> None:
            if answer == BESIDE:
                self._begin_save(replace(snippet, id="", path=Path(), mark=""))
            elif answer == OVER:
                self._begin_save(replace(snippet, path=changed.path, mark=changed.mark))

        choices = [Choice("n", BESIDE, "save mine as a new answer beside it")]
        if changed.mark:
            choices.append(Choice("m", OVER, "put mine in its place: what is there now is lost"))
        else:
            choices.append(Choice("m", OVER, "write it there again"))
        title = "This answer was changed outside while you wrote. Yours is not saved yet."
        self.app.push_screen(Question(title, choices, facts=_there_now(changed)), answered)

    def action_leave(self) -> None:
        """Back; asks before text is lost."""
        if self._is_saving:
            return
        if not self.has_unsaved:
            self.dismiss(None)
            return

        def answered(answer: str | None) -> None:
            if answer == SAVE:
                self.action_save()
            elif answer == THROW:
                self.dismiss(None)

        choices = (Choice("s", SAVE, "save it"), Choice("t", THROW, "throw it away"))
        self.app.push_screen(Question("What you wrote is not saved.", choices), answered)

    def action_take_away(self) -> None:
        """Take the answer away; asks first."""
        if self._is_saving:
            return
        before, shop = self._before, self._workshop
        words = why_it_stays(before) if before.id else "It is not saved yet: there is nothing to take away."
        if words:
            self.say(words)
            return

        def answered(answer: str | None) -> None:
            if answer == TAKE:
                self._is_saving = True
                self._take_away()

        variants, built_in = shop.library.variants(before), shop.built_in(before.id)
        question = take_away_question(before, variants, built_in, has_unsaved=self.has_unsaved)
        self.app.push_screen(question, answered)

    @work(group="writes", exit_on_error=False, description="take a prepared answer away")
    async def _take_away(self) -> None:
        try:
            taken = await self._workshop.take_away(self._before)
        finally:
            self._is_saving = False
        if isinstance(taken, TakenAway):
            self.dismiss(taken)
        else:
            self.say(taken)

    def action_help(self) -> None:
        """Say which keys there are, and what holes are."""
        self.say(
            "{{name}}, {{handle}}, {{account}}, {{me}} and a card's only {{order}} are filled in; "
            "any other {{word}} waits for your hand."
        )

    def action_editor(self) -> None:
        """Write the area with the focus, or the text, in $EDITOR."""
        name = next((name for name in _AREAS if self._fields[name].has_focus), "body")
        field = self._fields[name]
        if isinstance(field, AreaField) and not field.read_only:
            self._edit_outside(field)

    @work(group="editor", exclusive=True, exit_on_error=False, description="write in the editor outside")
    async def _edit_outside(self, area: AreaField) -> None:
        edited = await edit_outside(self.app, area.text)
        if isinstance(edited, NotEdited):
            self.say(edited.sentence)
        elif left_out := area.replace_all(edited.text) + edited.left_out:
            self.say(f"The text was too long: {counted(left_out, 'character')} left out at its end.")

    def _key_words(self) -> str:
        away = "   F9 take away" if self._before.id else ""
        return f"Ctrl+S, F2 save   Tab next   F8 editor{away}   F1 holes   Esc back"


def _there_now(changed: ChangedMeanwhile) -> Sequence[str]:
    if not changed.mark:
        return ["The file is gone."]
    found = read_snippet(changed.path)
    if not isinstance(found, Snippet):
        return [f"What is there now cannot be read. Line {found.line}: {found.reason}"]
    return [f"There now: {found.title}", found.body[:_SHOWN_CHARS]]
