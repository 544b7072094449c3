"""Fuzz a target with atheris: `python -m proof.fuzzing TARGET [--seconds N]`, ten minutes unless told otherwise."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMES = ("gate", "html", "json", "import")
"""Of `proof.fuzz_targets`, which is loaded late: its modules are instrumented as they are imported."""


def fuzz(target: str, seconds: float) -> tuple[int, str]:
    """So many seconds with atheris in a process of its own: how often the target ran, and what was found."""
    from proof.fuzz_targets import seeds

    with tempfile.TemporaryDirectory(prefix="careconsole-fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds(target)):
            (corpus / f"seed{number}").write_bytes(seed)
        words = [
            sys.executable,
            "-m",
            "proof.fuzzing",
            target,
            "--run",
            str(corpus),
            "--seconds",
            str(round(seconds)),
        ]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    told = done.stderr.splitlines()
    runs = [line.split()[1] for line in told if line.startswith("Done ")]
    found = "" if done.returncode == 0 else "\n".join(told[-25:])
    return int(runs[-1]) if runs else 0, found


def _run(target: str, corpus: str, seconds: int) -> None:
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["careconsole", "html"]):  # all else would take minutes
        from proof.fuzz_targets import TARGETS
    words = [
        sys.argv[0],
        corpus,
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-timeout=10",
        "-rss_limit_mb=0",
    ]
    atheris.Setup([*words, f"-artifact_prefix={Path(corpus).parent}/"], TARGETS[target])
    atheris.Fuzz()


def main() -> int:
    """Fuzz one target; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m proof.fuzzing", description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--run", metavar="CORPUS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        _run(options.target, options.run, options.seconds)
        return 0
    runs, found = fuzz(options.target, options.seconds)
    print(f"{runs:,} runs\n{found}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
