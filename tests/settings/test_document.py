"""The settings file: what it may say, and how it is told where it is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from careconsole.model.calendar import add_business_minutes
from careconsole.model.message import Kind
from careconsole.model.reply import Mode
from careconsole.settings import Document, SettingsError, parse_settings, read_settings, rules_of


def parsed(text: str) -> Document:
    return parse_settings(text.encode())


def refusal(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parsed(text)
    return str(caught.value)


EVERYTHING = """
[rank]
vips = ["@Dana", "straße", "@lee@far.example"]
[rank.targets_min]
question = 30
[rank.emergency]
en = ["stranded", " left behind "]
builtin = false
[calendar.care]
zone = "Europe/Zagreb"
holidays = [2026-04-06]
[calendar.care.hours]
mon = "09:00-17:00"
fri = ["09:00-12:00", "12:30-17:00"]
[calendar.night.holidays]
2026-12-25 = "Christmas Day"
[keys]
list.claim = "%"
"queue.down" = ["J", "down"]
[undo_s]
public = 12.5
[alerts]
bell = false
[console]
rest_ms = 0

[snippets]
builtin = false
"""


def test_every_section_is_read() -> None:
    document = parsed(EVERYTHING)

    assert document.vips == {"dana", "strasse", "lee@far.example"}
    assert document.targets_min[Kind.QUESTION] == 30
    assert document.targets_min[Kind.COMPLAINT] == 60
    assert document.emergency == {"en": ("stranded", "left behind")}
    assert not document.has_builtin_emergency
    assert set(document.calendars) == {"care", "night"}
    assert document.keys == {"list.claim": "%", "queue.down": "J,down"}
    assert document.undo_s == {Mode.PUBLIC: 12.5, Mode.PRIVATE: 5, Mode.NOTE: 0}
    assert (document.has_bell, document.has_title, document.rest_ms) == (False, True, 0)
    assert not document.has_builtin_snippets


def test_an_empty_file_says_what_no_file_says(tmp_path: Path) -> None:
    empty = tmp_path / "settings.toml"
    empty.write_bytes(b"")

    assert read_settings(empty) == read_settings(tmp_path / "none.toml") == Document()
    assert Document().undo_s == {Mode.PUBLIC: 10, Mode.PRIVATE: 5, Mode.NOTE: 0}


def test_the_desk_gets_plain_values() -> None:
    parts = rules_of(parsed(EVERYTHING), {"en": ["on fire"], "de": ["es brennt"]})

    assert parts.policy.vips == {"dana", "strasse", "lee@far.example"}
    assert parts.policy.targets_min[Kind.QUESTION] == 30
    assert parts.policy.calendar_of("care").zone_name == "Europe/Zagreb"
    assert parts.policy.calendar_of("another").always_open
    assert parts.emergency == {"en": ("stranded", "left behind")}
    assert parts.undo_s[Mode.PUBLIC] == 12.5


def test_own_emergency_words_stand_beside_the_built_in_ones() -> None:
    document = parsed('[rank.emergency]\nen = ["stranded"]\npl = ["pożar"]')
    assert rules_of(document, {"en": ["on fire"], "de": ["es brennt"]}).emergency == {
        "en": ("on fire", "stranded"),
        "de": ("es brennt",),
        "pl": ("pożar",),
    }


def test_a_word_that_the_desk_cannot_search_for_is_a_fault_of_the_file() -> None:
    def fault(language: str, word: str) -> str:
        return f"{word} ({language}) will not do." if word == "..." else ""

    with pytest.raises(SettingsError, match=r"line 3: rank\.emergency\.en: \.\.\. \(en\) will not do\."):
        parse_settings(b'[rank.emergency]\nde = ["gut"]\nen = ["fine", "..."]', word_fault=fault)


def test_windows_editors_may_save_it() -> None:
    assert parse_settings(b'\xef\xbb\xbf[rank]\r\nvips = ["@x"]\r\n').vips == {"x"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[ranks]", "ranks is not a setting; did you mean rank?"),
        ('[rank]\nvip = ["@a"]', "line 2: rank.vip is not a setting; did you mean rank.vips?"),
        ('vips = ["@a"]', "did you mean rank.vips?"),
        ("[rank.targets_min]\n\nquestions = 4", "line 3: rank.targets_min.questions is not"),
        ("[rank.targets_min]\n\nquestions = 4", "did you mean rank.targets_min.question?"),
        ("[undo_s]\nnote = 3", "did you mean undo_s.private?"),
        ('[calendar.care.hours]\nmonday = "09:00-17:00"', "did you mean calendar.care.hours.mon?"),
        ("[calendar.care]\nhour = {}", "did you mean calendar.care.hours?"),
        ("[alerts]\nbel = true", "did you mean alerts.bell?"),
        ("[konsole]\nrest_ms = 5", "did you mean console?"),
        ('"a b" = 1', '"a b" is not a setting'),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one(text: str, named: str) -> None:
    assert named in refusal(text)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[rank.targets_min]\nquestion = 0", 2, "whole minutes, 1 to 10080"),
        ("[rank.targets_min]\nquestion = 10081", 2, "whole minutes, 1 to 10080"),
        ("[rank.targets_min]\nquestion = true", 2, "question is true"),
        ("[rank.targets_min]\nquestion = 30.0", 2, "question is 30.0"),
        ("\n\nrank.targets_min.question = '60'", 3, "whole minutes"),
        ("rank = { targets_min = { idea = -1 } }", 1, "rank.targets_min.idea is -1"),
        ("rank = 3", 1, "it must be a table"),
        ("[rank]\nvips = '@dana'", 2, "it must be a list of texts"),
        ("[rank]\nvips = [3]", 2, "rank.vips holds 3"),
        ("[rank]\n# people\nvips = [\n  '@a',\n  '@',\n]", 3, "such as @dana"),
        ("[rank]\nvips = ['two words']", 2, "such as @dana"),
        ("[rank.emergency]\nenglish = ['fire']", 2, "not the code of a language"),
        ("[rank.emergency]\nen = ['']", 2, "must be a text with letters"),
        ("[rank.emergency]\nbuiltin = 'no'", 2, "true or false"),
        ("[undo_s]\npublic = inf", 2, "seconds, 0 to 300"),
        ("[undo_s]\npublic = nan", 2, "seconds, 0 to 300"),
        ("[undo_s]\nprivate = -1", 2, "seconds, 0 to 300"),
        ("[undo_s]\nprivate = true", 2, "seconds, 0 to 300"),
        ("[alerts]\nbell = 1", 2, "true or false"),
        ("[console]\nrest_ms = 5001", 2, "whole milliseconds, 0 to 5000"),
        ("[keys]\nqueue.claim = ''", 2, "name of a key"),
        ("[keys]\nqueue.claim = 3", 2, "name of a key"),
        ("[keys]\n'queue.claim' = 'c,'", 2, "name of a key"),
        ("[keys]\n'list.undo' = '%'\nlist.clam = 'x'", 3, "no command; the nearest is list.claim."),
        ("[keys]\nlist.undo = '%'\n'queue.claim' = 'x'", 3, "no command; the nearest is list.claim."),
        ("[keys]\n'foo' = 'x'", 2, "which is no command; the nearest is "),
        ("[keys]\n'list.claim' = 'hyper+x'", 2, "there is no such key, or not every terminal sends it."),
        (
            "[keys]\n'list.undo' = '%'\n'list.claim' = 'r'",
            3,
            "r two meanings in Queue: list.reply and list.claim",
        ),
        ("[keys]\n'list.undo' = '%'\n'list.reply' = 'c'", 3, "c two meanings in Queue: "),
        ("[keys]\n'list.undo' = '%'\n'composer.review' = 'enter'", 3, "ends a line there; take another."),
    ],
)
def test_a_wrong_value_is_named_with_its_line(text: str, line: int, said: str) -> None:
    sentence = refusal(text)

    assert sentence.startswith(f"settings.toml, line {line}: ")
    assert said in sentence
    assert sentence.endswith("Correct the line or take it out.")


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for raw, line in [(b"a = [\n", 1), (b"[rank]\nvips = @dana\n", 2), (b"[rank]\n# \xff\n", 2)]:
        path.write_bytes(raw)
        with pytest.raises(SettingsError, match=r"TOML|UTF-8") as caught:
            read_settings(path)
        assert str(caught.value).startswith(f"{path}, line {line}: ")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not a file"):
        read_settings(tmp_path)
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(SettingsError, match="larger than"):
        read_settings(big)
    with pytest.raises(SettingsError, match="nested too deeply"):
        parsed("x = " + "[" * 20_000)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_business_minutes_follow_a_calendar_from_the_file() -> None:
    week = "\n".join(f'{day} = "09:00-17:00"' for day in ("mon", "tue", "wed", "thu", "fri"))
    plain = parsed(f'[calendar.care]\nzone = "Europe/Zagreb"\n[calendar.care.hours]\n{week}').calendars[
        "care"
    ]
    closed = parsed(
        f'[calendar.care]\nzone = "Europe/Zagreb"\nholidays = ["2026-03-09"]\n[calendar.care.hours]\n{week}'
    ).calendars["care"]
    friday = at("2026-03-06T16:45:00+01:00")

    assert add_business_minutes(friday, 30, plain) == at("2026-03-09T09:15:00+01:00")
    assert add_business_minutes(friday, 30, closed) == at("2026-03-10T09:15:00+01:00")


def test_a_calendar_without_hours_is_open_all_day_but_on_holidays() -> None:
    calendar = parsed("[calendar.care]\nholidays = [2026-03-09]").calendars["care"]
    late = at("2026-03-08T23:50:00+00:00")

    assert add_business_minutes(late, 30, calendar) == at("2026-03-10T00:20:00+00:00")
    assert parsed("[calendar.care]").calendars["care"].always_open


def test_midnight_ends_a_day_and_begins_the_next() -> None:
    calendar = parsed('[calendar.a]\nhours = { mon = "22:00-24:00", tue = "00:00-02:00" }').calendars["a"]

    late = at("2026-03-09T23:50:00+00:00")
    assert add_business_minutes(late, 30, calendar) == at("2026-03-10T00:20:00+00:00")


def test_holidays_have_names() -> None:
    calendar = parsed('[calendar.a.holidays]\n2026-12-25 = "Christmas Day"').calendars["a"]

    assert calendar.holidays == {date(2026, 12, 25): "Christmas Day"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('zone = "Europe/Zagrb"', "did you mean Europe/Zagreb?"),
        ('zone = "../../etc/passwd"', "which is no time zone"),
        ('zone = "Europe"', "which is no time zone"),
        ('zone = ""', "the name of a time zone"),
        ('hours = "09:00-17:00"', "a table of days"),
        ('hours = { mon = "17:00-09:00" }', "ends before it begins"),
        ('hours = { mon = "09:00-09:00" }', "ends before it begins"),
        ('hours = { mon = "9-17" }', 'text as "09:00-17:00"'),
        ('hours = { mon = "09:00-24:01" }', "within 00:00-24:00"),
        ('hours = { mon = "09:60-12:00" }', "within 00:00-24:00"),
        ("hours = { mon = 9 }", 'text as "09:00-17:00"'),
        ('hours = { mon = ["08:00-12:00", "11:00-13:00"] }', "overlap: 08:00-12:00 and 11:00-13:00"),
        ("hours = {}", "never opens"),
        ("hours = { mon = [] }", "never opens"),
        ('hours = { mon = "00:00-00:01" }', "opens so seldom"),
        ("holidays = [2026-12-25T10:00:00]", "a holiday is a date"),
        ('holidays = ["25.12.2026"]', "a holiday is a date"),
        ("holidays = 3", "a list of dates"),
        ("holidays = { 2026-12-25 = 3 }", "the name of the holiday"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(table: str, said: str) -> None:
    sentence = refusal(f"[calendar.care]\n{table}")

    assert "line 2: calendar.care." in sentence or "line 1: calendar.care " in sentence
    assert said in sentence


def test_a_year_of_holidays_closes_a_calendar() -> None:
    mondays = ", ".join(f'"{date.fromordinal(date(2026, 1, 5).toordinal() + 7 * n)}"' for n in range(52))

    said = refusal(f'[calendar.care]\nholidays = [{mondays}]\nhours = {{ mon = "09:00-17:00" }}')
    assert "opens so seldom" in said


def test_saved_views_are_read_and_wrong_ones_named() -> None:
    text = '[views]\nangry = " kind:complaint lang:de late "\n"ночь-1" = "mine"'
    assert parse_settings(text.encode()).views == {"angry": "kind:complaint lang:de late", "ночь-1": "mine"}
    for line, sentence in (
        ('angry = "kind:complain"', "views.angry: kind:complain is no kind; the nearest is kind:complaint."),
        ('"a b" = "mine"', "the name of a view has letters"),
        ('"@a" = "mine"', "the name of a view has letters"),
        ('angry = " "', "it must be what to find"),
    ):
        with pytest.raises(SettingsError, match="line 2: ") as caught:
            parse_settings(f"[views]\n{line}".encode())
        assert sentence in str(caught.value)
