"""Coach and guard: what a key costs in a draft of 2,000 words, what a draft costs at the review, and the first one."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from bench.context import Bench
from bench.figures import Table, median, percentile
from bench.processes import load
from careconsole.desk.drafts import Beside, check_draft, measure_draft, redact_draft, warm_up
from careconsole.language.emergency import EmergencyWords
from careconsole.language.private_data import find_private
from careconsole.model.message import Kind

WORDS = 2_000
SENTENCES = {
    "en": "We are sorry that your parcel is late, and we will call you by five on Friday.",
    "de": "Es tut uns leid, dass Ihr Paket so spät kommt, und wir rufen Sie am Freitag an.",
    "ru": "Нам очень жаль, что посылка опаздывает, мы позвоним вам в пятницу до пяти часов.",
    "hr": "Žao nam je što paket kasni, nazvat ćemo vas u petak do pet sati poslijepodne.",
    "et": "Vabandame, et pakk hilineb, helistame teile reedel enne kella viit pärast lõunat.",
    "zh": "很抱歉您的包裹晚到了,我们周五下午五点之前会给您打电话。",
}
DRAFTS = (
    "We looked into order 4471 of last Tuesday; it left at 14:30 and arrives on the 12th. Call +49 171 3920012.",
    "Is the card 4111 1111 1111 1111 yours? DE89 3704 0044 0532 0130 00 is what we have, dana@example.org too.",
    "Thank you for telling us. We have passed it on to the crew of OS 412 and will write to you by Friday.",
)
LINES = 1_000
KEYS = 100
"""At least so many keys a language: of a dozen the slowest would be called the 99th of 100."""
BUDGET_KEY_MS = 10
BUDGET_DRAFT_MS = 2


def draft_figures(bench: Bench) -> Table:
    """Everything that the line under the editor and the review ask for, in six languages."""
    table = Table(f"Coach and guard ({load()})")
    table.note(
        "word lists made ready, once, after the first paint",
        f"{_timed(partial(warm_up, EmergencyWords())):.0f} ms",
    )
    for language, sentence in SENTENCES.items():
        draft = _long(sentence)
        _key(draft, language)
        typed = [draft + "x" * end for end in range(max(KEYS, bench.sizes.keys))]
        took_ms = [_timed(partial(_key, one, language)) for one in typed]
        extra = f"p50 {median(took_ms):.1f}, {len(draft):,} characters"
        worst = percentile(took_ms, 0.99)
        table.at_most(f"coach, a key at {WORDS:,} words, {language}, p99", worst, BUDGET_KEY_MS, "ms", extra)
    took_ms = [_timed(partial(find_private, draft)) for draft in DRAFTS * 40]
    extra = f"p50 {median(took_ms):.2f}, {len(took_ms)} drafts"
    table.at_most("guard, a draft, p99", percentile(took_ms, 0.99), BUDGET_DRAFT_MS, "ms", extra)
    took_ms = [_timed(partial(_review, draft)) for draft in DRAFTS * 40]
    table.note("coach, guard and redacting at the review, p99", f"{percentile(took_ms, 0.99):.1f} ms")
    for command in ("read", "check"):
        table.at_most(f"{command} -, {LINES:,} lines", _by_the_line(command), 3, "s")
    return table


def _by_the_line(command: str) -> float:
    """Seconds for so many lines, start of the program included."""
    texts = [*SENTENCES.values(), *DRAFTS]
    given = "".join(f"{json.dumps(texts[number % len(texts)])}\n" for number in range(LINES)).encode()
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "careconsole", command, "-"], input=given, capture_output=True, check=True
    )
    took_s = time.perf_counter() - start
    assert done.stdout.count(b"\n") == LINES
    return took_s


def _long(sentence: str) -> str:
    """A draft of 2,000 words; a Chinese character counts as one."""
    words = measure_draft(sentence)[0]
    return " ".join([sentence] * -(-WORDS // words))


def _key(draft: str, language: str) -> None:
    known = Beside(Kind.COMPLAINT, language, decision="refund of 30 EUR")
    measure_draft(draft)
    check_draft(draft, known, is_public=True, length=len(draft), limit=500)


def _review(draft: str) -> None:
    _key(draft, "en")
    redact_draft(draft, Beside())


def _timed(work: Callable[[], object]) -> float:
    """How many milliseconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
