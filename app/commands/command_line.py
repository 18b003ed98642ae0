"""The program without a window: ask, import, search, projects, doctor."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from agent.events import TurnEnded
from app.commands.doctor import examine
from app.commands.headless import Headless, HeadlessError
from app.commands.models import add_models_command
from app.commands.recipes import add_recipes_command, add_replay_options, replay, save
from app.commands.sign_in import add_sign_in_command, add_sign_out_command
from app.commands.turn_printer import TurnPrinter
from app.commands.turn_report import turn_report
from app.compose import compose_session
from app.keeping.journal import JournalError
from app.logs import start_logging
from app.messages import Message
from app.places import DataFolderError, Places
from app.session import Session

_PICTURE_PX = (1600, 900)
_EXIT_CODES = {"asked": 4, "refused": 5, "failed": 1, "cancelled": 1}


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; gives the exit code: 0 done, 1 failed, 2 usage, 4 a question is open, 5 not understood."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (HeadlessError, DataFolderError, JournalError) as error:
        print(f"vernissage: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"vernissage: {error}. What was approved is kept.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("vernissage: stopped. What was approved is kept.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vernissage", description="Say what to show; walk into the proposal.")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS, help="keep everything in this folder")
    where.add_argument("--platform", metavar="URL", default=argparse.SUPPRESS, help="work with a team's platform")
    parser.add_argument("--data-dir", type=Path, help="keep everything in this folder")
    parser.add_argument("--platform", metavar="URL", help="work with a team's platform")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_ask(commands.add_parser("ask", parents=[where], help="ask for a scene in words, turn by turn"))
    _add_replay(commands.add_parser("replay", parents=[where], help="do a recipe or a workflow again, by its name"))
    add_recipes_command(commands.add_parser("recipes", parents=[where], help="list recipes and workflows"))
    found = commands.add_parser("import", parents=[where], help="import a folder of pictures, or files")
    found.add_argument("paths", nargs="+", metavar="DIR")
    found.set_defaults(command=_import)
    found = commands.add_parser("search", parents=[where], help="search the library")
    found.add_argument("words", nargs="+")
    found.add_argument("--limit", type=int, default=20)
    found.add_argument("--json", action="store_true")
    found.set_defaults(command=_search)
    found = commands.add_parser("projects", parents=[where], help="list the projects")
    found.add_argument("--json", action="store_true")
    found.set_defaults(command=_projects)
    models = commands.add_parser("models", parents=[where], help="language models: keys, and a call to try them")
    add_models_command(models)
    add_sign_in_command(commands.add_parser("sign-in", parents=[where], help="sign in to a team's platform"))
    add_sign_out_command(commands.add_parser("sign-out", parents=[where], help="forget a sign-in"))
    found = commands.add_parser("doctor", parents=[where], help="what is installed, what is missing, what to do")
    found.set_defaults(command=_doctor)
    return parser


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("requests", nargs="+", metavar="REQUEST", help='for example "create a cyberpunk gallery"')
    _add_turn_options(ask)
    ask.add_argument("--hosted", action="store_true", help="run on the platform instead of this computer")
    ask.set_defaults(command=_ask, start=lambda studio, request, options: studio.session.ask(request))


def _add_replay(found: argparse.ArgumentParser) -> None:
    add_replay_options(found)
    _add_turn_options(found)
    found.set_defaults(command=_ask, start=replay)


def _add_turn_options(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("--library", metavar="DIR", help='import this folder first; "sample" is the sample collection')
    ask.add_argument("--project", default="", metavar="NAME", help="the project to work in; the last one otherwise")
    ask.add_argument("--select", metavar="WORDS", help="select works on show by these words before asking")
    decision = ask.add_mutually_exclusive_group()
    decision.add_argument("--approve", action="store_true", help="approve the proposal at the end, and save it")
    decision.add_argument("--reject", action="store_true", help="reject the proposal at the end")
    ask.add_argument("--picture", type=Path, metavar="FILE.png", help="write a picture of what is seen at the end")
    ask.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")
    ask.add_argument("--json", action="store_true", help="print one JSON object a turn")
    ask.add_argument("--save-recipe", metavar="NAME", help="after approving: save how the show was made")


@contextlib.contextmanager
def _studio(options: argparse.Namespace, on_message: Callable[[Message], None], project: str) -> Iterator[Headless]:
    places = Places.at(options.data_dir, options.platform)
    session = compose_session(places, getattr(options, "today", None))
    start_logging(places.logs, "command line")
    headless = Headless(session, on_message)
    try:
        headless.open(project)
        yield headless
    except KeyboardInterrupt:
        session.cancel()
        raise
    finally:
        session.stop()


def _ask(options: argparse.Namespace) -> int:
    printer = TurnPrinter(quiet=options.json)
    outcome = ""
    with _studio(options, printer, options.project) as studio:
        if options.library:
            studio.import_library(options.library)
        studio.session.run_on_platform(getattr(options, "hosted", False))
        _expect_pictures(studio)
        left = studio.go_on()
        if left is not None:
            printer.note(f"Taken up again: {left.text}")
        if options.select:
            studio.select(options.select)
        for request in options.requests:
            ended = studio.wait_for(options.start(studio, request, options))
            outcome = ended.outcome
            if options.json:
                report = turn_report(request, ended, studio.session.staged, studio.assets_on_show())
                print(json.dumps(report, ensure_ascii=False), flush=True)
            else:
                printer.ended(ended)
            _export(studio.session, ended, options, printer)
        if options.picture:
            _write_picture(studio.session, options.picture)
            printer.note(f"Picture: {options.picture.absolute()}")
        if options.approve and studio.session.proposal is not None:
            approved = studio.approve()
            project = studio.session.project
            printer.note(f"Approved and saved in “{project.name if project else ''}”." if approved else "Not approved.")
        elif options.reject:
            studio.session.reject()
            printer.note("Rejected; the scene is as it was.")
        if options.save_recipe:
            printer.note(save(studio, options.save_recipe))
    return _EXIT_CODES.get(outcome, 0)


def _expect_pictures(studio: Headless) -> None:
    if studio.session.facets.total == 0:
        raise HeadlessError(
            "The library has no pictures yet. Import a folder with `vernissage import DIR`, "
            "or use the sample collection with --library sample."
        )


def _export(session: Session, ended: TurnEnded, options: argparse.Namespace, printer: TurnPrinter) -> None:
    """What "save a picture" means without a window: a file named after the project, in the current folder."""
    stem = Path(session.project.name if session.project else "vernissage").name
    if ended.action == "export_picture" and not options.picture:
        _write_picture(session, Path(f"{stem}.png"))
        printer.note(f"Picture: {Path(f'{stem}.png').absolute()}")
    elif ended.action == "export_document":
        session.export_document(Path(f"{stem}.json").absolute())
        printer.note(f"Document: {Path(f'{stem}.json').absolute()}")


def _write_picture(session: Session, path: Path) -> None:
    from viewport.offscreen import write_picture  # VTK takes half a second to import and is needed for pictures alone

    write_picture(path, session.staged, session.themes, session.renditions, _PICTURE_PX)


def _import(options: argparse.Namespace) -> int:
    printer = TurnPrinter(quiet=False)
    bad = 0
    with _studio(options, printer, "") as studio:
        for path in options.paths:
            ended = studio.import_library(path)
            if ended is not None:
                bad += len(ended.bad) + (ended.total == 0)
                printer.imported(ended)
    return 1 if bad else 0


def _search(options: argparse.Namespace) -> int:
    with _studio(options, lambda message: None, "") as studio:
        result = studio.search(" ".join(options.words))
    if options.json:
        print(result.model_dump_json())
        return 0
    for hit in result.hits[: options.limit]:
        mark = " " if hit.fits else "~"
        print(f"{mark}{hit.score:5.2f}  {hit.asset.title}  ({hit.reason})")
    print(f"{result.fitting} of {result.total} fit.")
    return 0


def _projects(options: argparse.Namespace) -> int:
    with _studio(options, lambda message: None, "") as studio:
        found = studio.projects()
    if options.json:
        print(json.dumps([project.model_dump(mode="json") for project in found], ensure_ascii=False))
        return 0
    for project in found:
        print(f"{project.name}  (changed {project.updated})")
    print(f"{len(found)} projects.")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    findings = examine(Places.at(options.data_dir))
    for finding in findings:
        print(f"{'ok  ' if finding.fine else 'MISS'}  {finding.name}: {finding.detail}")
        if finding.advice:
            print(f"      {finding.advice}")
    return 0 if all(finding.fine or finding.optional for finding in findings) else 1
