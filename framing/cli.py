"""The command `framing`, for people who do not write code."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import framing
from framing.text.unicode import count, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

DRAFTS = {
    "facts": "a list of facts that several outlets tell",
    "rivals": "a concept file of the rival names found",
    "names": "decisions on the names in doubt",
}
RARELY = (20_000, 10, 50)  # when memory is searched for what only refers to itself: a twentieth of the time by default
READ_ALL, SOME_NOT_READ, NOTHING_DONE, STOPPED = 0, 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit status: 0 all inputs read, 1 some not, 2 nothing could be done, 130 stopped."""
    parser = _parser()
    choice = parser.parse_args(arguments)
    if choice.command is None:
        parser.print_help(sys.stderr)
        return NOTHING_DONE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what was not read is listed on stderr, a line each
            _look_for(choice)
            return int(choice.run(choice))
    except (ValueError, TypeError, OSError) as error:
        print(f"framing: {' '.join(str(error).split())}", file=sys.stderr)
        return NOTHING_DONE
    except KeyboardInterrupt:
        print(
            "framing: stopped by you; what was there before is as it was. The next run goes on from what was read.",
            file=sys.stderr,
        )
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="framing", description="How did these outlets tell the same story?")
    parser.add_argument("--version", action="version", version=f"framing {framing.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    analyze = commands.add_parser(
        "analyze",
        help="read articles and write every table, figure and a report",
        description="Read articles and write tables, figures, a report and a manifest.",
    )
    analyze.add_argument(
        "source", type=Path, help="a study folder, a folder of articles, a file, or a table (CSV, JSONL, Parquet)"
    )
    analyze.add_argument("--out", type=Path, help="folder to write to (a study has results/ in its own folder)")
    analyze.add_argument("--facts", type=Path, help="a list of facts (CSV: fact, statement) to look for")
    analyze.add_argument("--contrasts", type=Path, help="contrasts declared before looking (TOML)")
    analyze.add_argument("--parquet", action="store_true", help="write tables as Parquet besides CSV")
    analyze.add_argument("--size", default="page", help="size of figures: column, page, slide, a4, letter, square")
    _add_choices(analyze)
    analyze.set_defaults(run=_analyze)
    large = commands.add_parser(
        "measure",
        help="measure a study too large for memory, in partitions, and go on where a run was stopped",
        description="Measure articles in partitions into Parquet, with a summary of them all.",
    )
    large.add_argument("source", type=Path, help="a file of many articles (JSON lines, CSV, Parquet), or a folder")
    large.add_argument("--out", type=Path, required=True, help="folder to write to; the same one goes on")
    large.add_argument("--part", type=_jobs, default=200, help="articles of a partition, about (default 200)")
    _add_choices(large)
    large.set_defaults(run=_measure)
    new = commands.add_parser("new", help="make a study folder: articles, declarations, notebooks, next steps")
    new.add_argument("study", type=Path, help="the folder to make")
    new.add_argument("--articles", type=Path, help="a folder of articles to copy into it")
    new.set_defaults(run=_new)
    check = commands.add_parser("check", help="say in plain words what is missing or doubtful, and what to do")
    check.add_argument("source", help="a study folder, or a folder or file of articles")
    check.set_defaults(run=_check)
    listed = commands.add_parser("manifest", help="write articles/articles.csv with events proposed, to complete")
    listed.add_argument("study", type=Path, help="a study folder")
    listed.set_defaults(run=_manifest)
    for name, what in DRAFTS.items():
        draft = commands.add_parser(name, help=f"draft {what}, for you to edit")
        draft.add_argument("study", type=Path, help="a study folder")
        draft.set_defaults(run=_draft)
    audit = commands.add_parser("audit", help="say what can be read, without analysing it")
    audit.add_argument("source", type=Path)
    audit.add_argument("--out", type=Path, help="write the audit as CSV to this file")
    audit.set_defaults(run=_audit)
    kept = commands.add_parser("cache", help="show what is kept of earlier runs, or clear it")
    kept.add_argument("--clear", action="store_true", help="delete it")
    kept.set_defaults(run=_cache)
    return parser


def _add_choices(command: argparse.ArgumentParser) -> None:
    """The options of every command that measures."""
    command.add_argument("--concepts", type=Path, help="a concept file (TOML) of rival labels")
    command.add_argument(
        "--names", type=Path, help="your decisions on names (names.toml; by default that in the source folder)"
    )
    command.add_argument(
        "--places",
        default="as written",
        choices=["as written", "with their country"],
        help="whether Moscow and the White House count with their countries",
    )
    command.add_argument(
        "--certainty",
        type=_certainty,
        default=0.65,
        help="from which certainty on attributions without quotation marks count, 0 to 1 (default 0.65)",
    )
    command.add_argument("--seed", type=_seed, default=0, help="seed of every random draw (default 0)")
    command.add_argument("--jobs", type=_jobs, default=1, help="processes that read at once (default 1; 1 GB each)")
    command.add_argument(
        "--scheduler", help="address of a Dask scheduler, such as tcp://10.0.0.5:8786, whose workers read instead"
    )


def _look_for(choice: argparse.Namespace) -> None:
    """Say at once, before anything large is loaded, that a path is not there. Raises ``FileNotFoundError``."""
    given = choice.articles if choice.command == "new" else getattr(choice, "source", getattr(choice, "study", None))
    bundled = choice.command == "check" and (Path(framing.__file__).parent / "examples" / str(given)).is_dir()
    if given is None or bundled or str(given).startswith("http"):
        return
    path = Path(given).expanduser()
    if not os.path.exists(path):  # False for what can be no path
        raise FileNotFoundError(
            f"There is no folder or file {str(given)[:200]!r}.{did_you_mean(path)} Give the path of a study folder, or of "
            "a folder or file of articles."
        )


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no seed; give a whole number, 0 or more")
    return int(text)


def _certainty(text: str) -> float:
    try:
        certainty = float(text)
    except ValueError:
        certainty = -1.0
    if not 0 <= certainty <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no certainty; give a number from 0 to 1")
    return certainty


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give a whole number, 1 or more")
    return int(text)


def _analyze(choice: argparse.Namespace) -> int:
    gc.set_threshold(*RARELY)
    from framing import cache
    from framing.reports.files import MANIFEST, check_folder, write_again
    from framing.studies.folder import command, open_study

    study = open_study(choice.source)
    out = choice.out or (study.folder / "results" if study.folder else None)
    if out is None:
        raise ValueError(
            f"{choice.source} is no study folder, so it is not known where to write. Give --out a folder, "
            f"or make a study with: {command('new')} STUDY --articles FOLDER"
        )
    check_folder(out)
    given = {name: value for name in ("concepts", "facts", "contrasts", "names") if (value := getattr(choice, name))}
    study = replace(study, **given)
    key = study.key_of_run(choice.places, choice.certainty, choice.seed, choice.size, choice.parquet)
    if written := write_again(key, out):  # nothing changed since a run whose files were kept
        notes = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["notes"]
        print(_counts(study.audit))
        return _done(study.audit, written, out, notes)
    from framing.plots.style import check_size
    from framing.reports.page import write_outputs

    check_size(choice.size)
    print(_how_long(len(study.articles)), flush=True)
    analysis = study.analysis(
        places=choice.places,
        certainty=choice.certainty,
        seed=choice.seed,
        progress=sys.stderr.isatty(),
        jobs=choice.jobs,
        scheduler=choice.scheduler,
    )
    print(_counts(analysis.tables["audit"]))

    def keep(files: Path) -> None:
        if not _boxes(warned) and len(analysis.articles) == len(study.articles):  # else there is something to say again
            cache.keep_folder(key, files)

    with warnings.catch_warnings(record=True) as warned:
        warnings.filterwarnings("always", "Figures show boxes")
        written = write_outputs(analysis, out, parquet=choice.parquet, size=choice.size, then=keep)
    return _done(analysis.tables["audit"], written, out, [*analysis.notes, *_boxes(warned)])


def _measure(choice: argparse.Namespace) -> int:
    gc.set_threshold(*RARELY)
    from framing.studies.partitions import measure, not_measured

    written = measure(
        choice.source,
        choice.out,
        concepts=choice.concepts,
        names=choice.names,
        places=choice.places,
        certainty=choice.certainty,
        seed=choice.seed,
        size=choice.part,
        jobs=choice.jobs,
        scheduler=choice.scheduler,
        progress=sys.stderr.isatty(),
    )
    print(f"Wrote {len(written)} files to {choice.out}. Start with {choice.out / 'summary'}.")
    lost = not_measured(choice.out)
    for line in lost:
        print(f"Not measured: {line}", file=sys.stderr)
    return SOME_NOT_READ if lost else READ_ALL


def _how_long(n: int) -> str:
    """Said before a run that measures: how long it takes, by what was measured."""
    return (
        f"Measuring {count(n, 'article')}. Ten took 46 seconds of one processor core where it was tried, and three "
        "minutes by the clock on a busy machine."
    )


def _done(audit: pd.DataFrame, written: list[Path], out: Path, notes: list[str]) -> int:
    """Say what was written, and what is to be known of it."""
    print(f"Wrote {len(written)} files to {out}. Start with {out / 'report.html'}.")
    for note in notes:
        print(f"Note: {note}", file=sys.stderr)
    return _status(audit)


def _boxes(warned: list[warnings.WarningMessage]) -> list[str]:
    """One line for all letters that some figure could not show."""
    from framing.plots.fitting import MissingLetters

    letters = [note.message.letters for note in warned if isinstance(note.message, MissingLetters)]
    return [str(MissingLetters(frozenset().union(*letters)))] if letters else []


def _new(choice: argparse.Namespace) -> int:
    from framing.studies.folder import command, new_study

    written = new_study(choice.study, articles=choice.articles)
    first = "Next:" if choice.articles else f"Next: put articles into {choice.study / 'articles'}, then"
    copied = f", articles copied from {choice.articles}" if choice.articles else ""
    print(
        f"Made {choice.study} ({len(written)} files written{copied}). {first}\n"
        f"  {command('check', choice.study)}\n"
        f"  {command('manifest', choice.study)}   (where events or dates are missing; then fill it in)\n"
        f"  {command('analyze', choice.study)}"
    )
    return READ_ALL


def _check(choice: argparse.Namespace) -> int:
    from framing.studies.check import check_in_words
    from framing.studies.folder import open_study

    study = open_study(choice.source)
    print(check_in_words(study))
    from framing.articles.reading import not_read

    return SOME_NOT_READ if len(not_read(study.audit)) else READ_ALL


def _manifest(choice: argparse.Namespace) -> int:
    from framing.studies.folder import draft_manifest, open_study

    place = draft_manifest(open_study(choice.study))
    print(
        f"Wrote {place}. Complete it in a spreadsheet, and read the events before you rely on them: where none were "
        "named, they are proposals."
    )
    return READ_ALL


def _draft(choice: argparse.Namespace) -> int:
    from framing.studies.folder import draft_of, open_study

    print(draft_of(open_study(choice.study), choice.command))
    return READ_ALL


def _audit(choice: argparse.Namespace) -> int:
    from framing.articles.reading import audit_articles, left_aside, outlets_from_names
    from framing.tables import write_csv

    if choice.out and choice.out.is_dir():
        raise ValueError(f"{choice.out} is a folder. Give --out the name of a CSV file to write.")
    audit = audit_articles(choice.source)
    print(_counts(audit))
    if names := outlets_from_names(audit):
        print(f"Outlets were read from the beginnings of file names: {', '.join(names)}.")
    n_aside, aside = left_aside(audit)
    if n_aside:
        print(f"Files that are no articles were not read: {aside}.")
    if choice.out:
        choice.out.parent.mkdir(parents=True, exist_ok=True)
        write_csv(audit, choice.out)
    return _status(audit)


def _cache(choice: argparse.Namespace) -> int:
    from framing import cache

    seen = cache.contents()
    if seen["folder"] is None:
        print("Nothing is kept: FRAMING_CACHE is off.")
        return READ_ALL
    print(
        f"{seen['folder']}: {seen['n_parses']} parsed articles and {seen['n_results']} results, "
        f"{seen['bytes'] / 1e6:.1f} MB."
    )
    if choice.clear:
        cache.clear()
        print("Cleared.")
    return READ_ALL


def _counts(audit: pd.DataFrame) -> str:
    """The three counts in one line: articles declared by the files, found in them, parsed."""
    import pandas as pd

    declared, found, parsed = (int(pd.to_numeric(audit[name]).sum()) for name in ("declared", "found", "parsed"))
    said = f"{declared} declared, " if audit["declared"].notna().any() else ""
    copies = int((audit["status"] == "duplicate").sum())
    once = f", {copies} of them a copy of another and counted once" if copies else ""
    return f"Articles: {said}{found} found, {parsed} parsed{once}."


def _status(audit: pd.DataFrame) -> int:
    """0 when everything was read; 1 when something was not, each named on stderr."""
    from framing.articles.reading import not_read

    lost = not_read(audit)
    for row in lost.itertuples():
        print(f"Not read: {row.path}: {row.reason}", file=sys.stderr)
    return SOME_NOT_READ if len(lost) else READ_ALL
