"""The emergency list: finds the stranded traveller in six languages, and leaves ordinary sentences alone."""

from __future__ import annotations

import json
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from careconsole.language.cue_index import cut
from careconsole.language.cues import CueError, Phrase, phrase_of
from careconsole.language.emergency import DEFAULT_EMERGENCY, EmergencyWords, cue_of
from careconsole.model.folding import fold

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "ru", "zh", "hr", "et")


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def default() -> EmergencyWords:
    return EmergencyWords(DEFAULT_EMERGENCY)


def test_all_six_languages_have_a_list() -> None:
    assert set(DEFAULT_EMERGENCY) == set(LANGUAGES)


def test_every_true_emergency_is_found(default: EmergencyWords) -> None:
    emergencies = rows("true_emergencies.txt")
    assert min(Counter(language for language, _ in emergencies).values()) >= 5
    assert [row for row in emergencies if default.find(fold(row[1])) is None] == []


@pytest.mark.parametrize(
    "text",
    [
        "Stranded at O'Hare in a snowstorm, flight cancelled, nobody helps",
        "In O'Hare gestrandet, Schneesturm, Flug gestrichen, niemand hilft",
        "Застряли в О'Хара, метель, рейс отменили, никто не помогает",
        "被困在奥黑尔机场，暴风雪，航班取消，没有人帮忙",
        "Zapeli smo na aerodromu O'Hare, mećava, let otkazan, nitko ne pomaže",
        "Oleme O'Hare'i lennujaamas lõksus, lumetorm, lend tühistati, keegi ei aita",
    ],
)
def test_the_stranded_traveller_needs_no_word_emergency(default: EmergencyWords, text: str) -> None:
    assert default.find(fold(text)) is not None


def test_at_most_two_in_a_hundred_ordinary_sentences(default: EmergencyWords) -> None:
    sentences = rows("ordinary_sentences.txt")
    counted = Counter(language for language, _ in sentences)
    assert len(sentences) >= 500 and min(counted[language] for language in LANGUAGES) >= 80
    hits = [(row, hit) for row in sentences if (hit := default.find(fold(row[1])))]
    assert len(hits) <= len(sentences) * 0.02, hits


def test_at_most_two_in_a_hundred_tempting_sentences(default: EmergencyWords) -> None:
    sentences = rows("tempting_no_emergencies.txt")
    counted = Counter(language for language, _ in sentences)
    assert min(counted[language] for language in LANGUAGES) >= 35
    hits = [(row, hit) for row in sentences if (hit := default.find(fold(row[1])))]
    assert len(hits) <= len(sentences) * 0.02, hits


@pytest.mark.parametrize(
    "text",
    [
        "You left me stranded last year and I still have no refund",
        "The movie Stranded on your service has no subtitles",
        "Ihr habt mich letztes Jahr stranden lassen und ich habe noch keine Erstattung",
        "Letzten Sommer am Flughafen gestrandet, warte immer noch auf mein Geld",
        "Letztes Jahr gestrandet, das Geld ist immer noch nicht da",
        "Der Film Gestrandet hat bei euch keine Untertitel",
        "Schaue gerade die Serie Gestrandet in eurem Bordprogramm",
        "В прошлом году мы застряли в Риме, до сих пор ждём компенсацию",
        "В прошлом году мы застряли в аэропорту, деньги ещё не вернули",
        "Фильм «Мы застряли» без субтитров",
        "去年我们滞留在罗马机场，到现在还没收到赔偿",
        "去年我们滞留在机场，现在还在等退款",
        "电影《被困》没有字幕",
        "Lani smo zapeli u Rimu i još čekamo povrat",
        "Prošle godine zapeli smo u zračnoj luci, još nema novca",
        "Prošle godine smo ostali nasukani, još uvijek čekam naknadu",
        "Film Nasukani nema titlove",
        "Eelmisel aastal jäime Roomas lennujaama kinni, ootame ikka raha",
        "Eelmisel suvel jäime lõksu, hüvitist pole ikka tulnud",
        "Filmil Lõksus pole subtiitreid",
        "Sari Lõksus on otsas",
    ],
)
def test_who_was_stranded_long_ago_or_in_a_film_is_not_now(default: EmergencyWords, text: str) -> None:
    assert default.find(fold(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Letztes Jahr dasselbe, und jetzt wieder gestrandet in Rom, kein Geld mehr",
        "Letzten Monat gebucht, heute gestrandet in Wien",
        "Wir sitzen noch in Rom gestrandet, letzte Woche hieß es, es gäbe Erstattung",
        "В прошлом месяце купили, мы ещё здесь, мы застряли без денег",
        "去年也这样，现在又滞留在机场",
        "Još smo nasukani u Rimu, prošli tjedan isto",
        "Eelmisel aastal sama, nüüd oleme jälle lõksus Roomas",
        "Oleme ikka lõksus Roomas, eelmisel nädalal lubati raha",
    ],
)
def test_who_is_stranded_again_is_so_now(default: EmergencyWords, text: str) -> None:
    assert default.find(fold(text)) is not None


def sample_texts() -> list[str]:
    """What the customers of the sample desk write, where the recording is there."""
    shipped = resources.files("careconsole").joinpath("data", "samples", "desk.jsonl")
    checkout = Path(__file__).parents[2] / "samples" / "desk.jsonl"
    recording = checkout.read_text("utf-8") if checkout.exists() else shipped.read_text("utf-8")
    items = [json.loads(line) for line in recording.splitlines()]
    return [item["text"] for item in items if item.get("text") and item.get("direction") == "in"]


def test_at_most_two_in_a_hundred_with_the_sample_desk_and_its_storm(default: EmergencyWords) -> None:
    texts = sample_texts() + [sentence for _, sentence in rows("ordinary_sentences.txt")]
    hits = [text for text in texts if default.find(fold(text))]
    assert 0 < len(hits) <= len(texts) * 0.02, hits


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_single_word_is_a_word_of_another_language(language: str) -> None:
    listed = [
        entry
        for entry in DEFAULT_EMERGENCY[language]
        if not (cue := cue_of(entry, language)).layer
        and (not isinstance(phrase := phrase_of(cue), Phrase) or len(phrase.parts) == 1)
    ]
    alone = EmergencyWords({language: listed})
    others = [row for row in rows("ordinary_sentences.txt") if row[0] != language]
    assert [(row, hit.word) for row in others if (hit := alone.find(fold(row[1])))] == []


def test_the_german_word_not_is_in_no_list() -> None:
    every = EmergencyWords()
    for text in (
        "Not",
        "do not",
        "notfalls",
        "Zur Not",
        "Notausgang",
        "help",
        "abi",
        "pomoć",
        "помогите",
        "救命",
    ):
        assert every.find(fold(text)) is None, text


def test_a_hit_tells_the_entry_and_its_language(default: EmergencyWords) -> None:
    hit = default.find(fold("Ich HÄNGE seit gestern am Flughafen fest!"))
    assert hit is not None and (hit.word, hit.language) == ("hange ... flughafen ... fest", "de")
    hit = default.find(fold("在芝加哥滞留在机场"))
    assert hit is not None and hit.language == "zh" and hit.word == "滞留 ... 机场"


TOLD = {
    "We are stranded in Denver": "stranded",
    "What do I get if I am stranded in Denver?": None,
    "What do I get if I am stranded? My mum is stranded in Denver": "stranded",
    "Last month we got stranded in Denver": None,
    "Last month you cancelled and now we got stranded again": "stranded",
    "On 12 March we were stranded in Denver, here is my claim": None,
    "My flight of 12 March is cancelled, stranded in Denver": "stranded",
    "Is there anybody in Denver? We are stranded": "stranded",
}


@pytest.mark.parametrize(("text", "word"), TOLD.items())
def test_being_stranded_counts_where_it_is_told(default: EmergencyWords, text: str, word: str | None) -> None:
    hit = default.find(fold(text))
    assert (hit.word if hit else None) == word


@pytest.mark.parametrize(
    ("idiom", "true"),
    [
        ("I was robbed by your baggage fees", "I was robbed in front of your shop"),
        ("Ich wurde mit dieser Gebühr ausgeraubt", "Ich wurde vor dem Hotel ausgeraubt"),
        ("Меня ограбили вашей комиссией", "Меня ограбили у вашего магазина"),
        ("这手续费，我被抢劫了", "我在店门口被抢劫了"),
        ("Opljačkali su me naknadom", "Opljačkali su me u vašoj trgovini"),
        ("Teie hinnad, mind rööviti", "Mind rööviti teie poes"),
    ],
)
def test_an_idiom_is_none_without_prices(default: EmergencyWords, idiom: str, true: str) -> None:
    assert default.find(fold(idiom)) is None
    assert default.find(fold(true)) is not None


def test_signs_count_together_and_more_are_needed_where_there_is_doubt(default: EmergencyWords) -> None:
    signs = ["At the airport since yesterday.", "Flight cancelled.", "Midnight now."]
    for left_out in range(len(signs)):
        others = " ".join(signs[:left_out] + signs[left_out + 1 :])
        assert default.find(fold(others)) is None, others
    hit = default.find(fold(" ".join(signs)))
    assert hit is not None and hit.language == "en"
    assert hit.word == "airport + cancelled + since yesterday + midnight"
    assert default.find(fold(" ".join(signs) + " Will you refund my ticket?")) is None
    assert default.find(fold(" ".join(signs) + " No hotel. Will you refund my ticket?")) is not None


def test_own_words_stand_beside_ours_and_without_them() -> None:
    both = EmergencyWords({**DEFAULT_EMERGENCY, "en": (*DEFAULT_EMERGENCY["en"], "robbed by your")})
    assert both.find(fold("Robbed by your fees")) is not None
    alone = EmergencyWords({"en": ["stranded"]})
    assert alone.find(fold("What if I am stranded?")) is not None
    assert alone.find(fold("At the airport since yesterday. Flight cancelled. Kids are crying.")) is None


def test_own_words_with_every_sign() -> None:
    own = EmergencyWords(
        {
            "en": ["strand*", "mud/flood ... house", "-stranded whale", "^Fire", "^Smoke ... cabin"],
            "de": ["Überfall"],
        }
    )
    found = {
        "We are STRANDED": "strand*",
        "the flood is in our house": "flood ... house",
        "Fire! Fire!": "fire",
        "überfall im Laden": "uberfall",
        "flood. And now the house": None,
        "a stranded whale": None,
        "stranding of a stranded whale": "strand*",
        "you are on fire": None,
        "Hi. Smoke fills the cabin": "smoke ... cabin",
        "the smoke fills the cabin": None,
        "@stranded said hello https://example.org/strand": None,
        "flood a b c d e f g h i house": None,
    }
    for text, word in found.items():
        hit = own.find(fold(text))
        assert (hit.word if hit else None) == word, text


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "*",
        "ab*",
        "... fire",
        "fire ...",
        "-",
        "fi*re",
        "/",
        "被困 /",
        "fire (big)",
        "fire: big",
        "told: ab*",
    ],
)
def test_an_entry_that_cannot_be_used_is_named(entry: str) -> None:
    with pytest.raises(CueError, match=r"\(en\)"):
        EmergencyWords({"en": [entry]})


def test_without_lists_nothing_is_an_emergency() -> None:
    assert EmergencyWords({}).find("stranded") is None
    assert EmergencyWords({"en": []}).find_in(cut("被困")) is None
