"""The commands, as a user or a script calls them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.export import registry
from reader.language import sections
from reader.tui.positions import Position

STORY = (
    "Porto council backs sea wall\n\n"
    "Porto council approved a sea wall on Monday after a night of argument.\n\n"
    "“It will work,” said Maria Teixeira, the mayor of Porto. She told reporters that the money was there.\n"
)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


@pytest.fixture(autouse=True)
def no_user_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One whose library knows the story: whatever process prints it needs no pipeline."""
    folder = tmp_path_factory.mktemp("data")
    path = folder / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(folder))
        assert run("library", "import", str(path)).exit_code == 0
    return folder


@pytest.fixture
def known(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library knows the story."""
    monkeypatch.setenv("XDG_DATA_HOME", str(data_folder))


class TestAnalyse:
    def test_contract(self, story: Path) -> None:
        result = run("analyse", str(story))
        assert result.exit_code == 0, result.output
        record = json.loads(result.stdout)
        text = record["article"]["text"]
        assert record["schema"] == "onrecord/1"
        assert record["source"] == str(story)
        (quotation,) = record["quotations"]
        assert text[quotation["start"] : quotation["end"]] == "“It will work,”"
        assert quotation["speaker"]["name"] == "Maria Teixeira"
        entities = {entity["id"]: entity for entity in record["entities"]}
        speaker = entities[quotation["speaker"]["entity"]]
        assert speaker["type"] == "PERSON"
        assert all(text[m["start"] : m["end"]] in ("Maria Teixeira", "Teixeira") for m in speaker["mentions"])

    def test_another_language_is_said_and_its_names_shown_only_on_request(self, tmp_path: Path) -> None:
        path = tmp_path / "story.txt"
        path.write_text(
            "Oporto construye un muro\n\nLa ciudad de Oporto aprobó el lunes un muro contra el mar, después "
            "de una noche de debates.\n\n“No es caro, y va a durar,” dijo la alcaldesa, Maria Teixeira.\n",
            encoding="utf-8",
        )
        record = json.loads(run("analyse", str(path)).stdout)
        assert record["article"]["language"] == "es"
        assert "Spanish" in run("clean", str(path)).stderr
        assert record["entities"] == []
        assert [quotation["speaker"] for quotation in record["quotations"]] == [None]
        shown = json.loads(run("analyse", "--any-language", str(path)).stdout)
        assert "Maria Teixeira" in [entity["name"] for entity in shown["entities"]]

    def test_raw_keeps_every_character(self, tmp_path: Path) -> None:
        text = "  A\tline\r\n\r\nSubscribe\n\n\nLast line \n"
        path = tmp_path / "raw.txt"
        path.write_bytes(text.encode())
        record = json.loads(run("analyse", "--raw", str(path)).stdout)
        assert record["article"]["text"] == text
        assert record["article"]["removed"] == []

    def test_standard_input(self) -> None:
        record = json.loads(run("analyse", "-", stdin=STORY.encode()).stdout)
        assert record["source"] == "-"
        assert record["article"]["title"] == "Porto council backs sea wall"

    @pytest.mark.usefixtures("known")
    def test_folder_in_order_as_lines(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt", "c.txt"):
            (tmp_path / name).write_text(STORY, encoding="utf-8")
        lines = run("analyse", "--format", "jsonl", str(tmp_path)).stdout.splitlines()
        assert [Path(json.loads(line)["source"]).name for line in lines] == ["a.txt", "b.txt", "c.txt"]

    @pytest.mark.usefixtures("known")
    def test_several_sources_are_an_array(self, story: Path) -> None:
        records = json.loads(run("analyse", str(story), str(story)).stdout)
        assert [record["source"] for record in records] == [str(story)] * 2

    @pytest.mark.usefixtures("known")
    def test_processes_give_the_same_in_the_same_order(self, story: Path, tmp_path: Path) -> None:
        sources = [str(story), str(tmp_path / "missing.txt"), str(story)]
        parallel = run("analyse", "--format", "jsonl", "--jobs", "2", *sources)
        alone = run("analyse", "--format", "jsonl", *sources)
        assert parallel.stdout == alone.stdout
        assert parallel.exit_code == alone.exit_code == 1
        assert "missing.txt" in parallel.stderr

    def test_output_is_whole_and_not_overwritten(self, story: Path, tmp_path: Path) -> None:
        target = tmp_path / "out.json"
        assert run("analyse", str(story), "--output", str(target)).exit_code == 0
        before = target.read_bytes()
        again = run("analyse", str(story), "--output", str(target))
        assert again.exit_code == 1
        assert "--force" in again.stderr
        assert target.read_bytes() == before
        assert run("analyse", str(story), "--output", str(target), "--force").exit_code == 0


class TestLongTexts:
    """They are printed section by section; here every text is long."""

    @pytest.fixture(autouse=True)
    def short_sections(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sections, "_WHOLE", 100)
        monkeypatch.setattr(sections, "_SHORTEST", 200)

    @pytest.mark.parametrize("command", ["--plain", "quotations"])
    def test_sections_together_are_what_the_whole_is(
        self, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "long.txt"
        again = "\n\n“It will last,” said Maria Teixeira. Nobody in Porto had asked for more than that."
        path.write_text(STORY + again * 8, encoding="utf-8")
        parts: list[bytes] = []
        render = registry.render

        def kept(*call: Any) -> bytes:
            parts.append(render(*call))
            return parts[-1]

        monkeypatch.setattr(registry, "render", kept)
        printed = run(command, str(path)).stdout
        assert len(parts) > 2
        monkeypatch.setattr(sections, "_WHOLE", 100_000)
        sure = re.compile(r"\d+% sure")  # a little less where the quotation before is in another section
        assert sure.sub("", printed) == sure.sub("", run(command, str(path)).stdout)
        assert printed.count("It will last") == 8


class TestBadInput:
    @pytest.mark.parametrize("command", ["analyse", "clean", "export", "quotations", "entities", "read"])
    def test_missing_file(self, command: str, tmp_path: Path) -> None:
        result = run(command, str(tmp_path / "nowhere.txt"))
        assert result.exit_code == 3
        assert result.stdout == ""
        assert "nowhere.txt" in result.stderr
        assert result.stderr.count("\n") == 1

    @pytest.mark.parametrize(
        "data",
        [b"", b" \n\n ", bytes(range(256)) * 40, b"\x7fELF\x02\x01\x01" + bytes(4000)],
        ids=["empty", "blank", "bytes", "program"],
    )
    def test_nothing_to_read(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "thing"
        path.write_bytes(data)
        result = run("analyse", str(path))
        assert result.exit_code == 3
        assert result.stderr.startswith("onrecord: ")
        assert result.stderr.count("\n") == 1
        assert "Traceback" not in result.stderr

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that may not be read")
    def test_unreadable_file(self, story: Path) -> None:
        story.chmod(0)
        assert run("clean", str(story)).exit_code == 3

    def test_empty_folder(self, tmp_path: Path) -> None:
        result = run("analyse", str(tmp_path))
        assert result.exit_code == 3
        assert "nothing to read" in result.stderr

    def test_one_bad_file_is_skipped(self, story: Path, tmp_path: Path) -> None:
        result = run("clean", str(tmp_path / "nowhere.txt"), str(story))
        assert result.exit_code == 1
        assert "Porto council approved" in result.stdout

    def test_unknown_option(self) -> None:
        assert run("analyse", "--nonsense", "x").exit_code == 2

    def test_unknown_pipeline(self, story: Path) -> None:
        result = run("analyse", "--pipeline", "no_such_pipeline", str(story))
        assert result.exit_code == 2
        assert "no_such_pipeline" in result.stderr
        assert "Traceback" not in result.stderr

    def test_broken_settings(self, story: Path) -> None:
        folder = Path(os.environ["XDG_CONFIG_HOME"], "onrecord")
        folder.mkdir()
        (folder / "settings.toml").write_text("theme = ", encoding="utf-8")
        result = run("analyse", str(story))
        assert result.exit_code == 2
        assert "settings" in result.stderr

    def test_file_name_with_escape_sequence(self, tmp_path: Path) -> None:
        result = run("clean", str(tmp_path / "a\x1b]52;c;aGk=\x07.txt"))
        assert "\x1b" not in result.stderr
        assert "\x07" not in result.stderr


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("serch", "search"), ("quotation", "quotations"), ("analize", "analyse"), ("lib", "library")],
)
def test_a_command_that_is_spelt_wrongly(wrong: str, meant: str) -> None:
    result = run(wrong, "x")
    assert result.exit_code == 2
    assert f"Did you mean {meant}?" in result.stderr


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("correct x speker", "Did you mean speaker?"),
        ("entities -f json x", "Did you mean jsonl?"),
        ("export -f htm x", "Did you mean html?"),
        ("export --theme drak x", "Did you mean dark?"),
        ("export --output x.xyz x", "add --format"),
        ("quotations www.site.example", "a web address begins with https://"),
        ("--library x.db search hello", "onrecord search …"),
        ("--plain -- search", "search does not exist"),
        ("--library search none.txt", "none.txt does not exist"),
    ],
)
def test_what_was_meant_is_said(call: str, told: str) -> None:
    result = run(*call.split())
    assert result.exit_code in (2, 3)
    assert told in result.stderr


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("search hello", "`onrecord library import`"),
        ("balance", "`onrecord library import`"),
        ("later", "`onrecord library import`"),
        ("library list", "`onrecord library import`"),
        ("who Ana", "`onrecord library import`"),
        ("feeds list", "`onrecord feeds add URL`"),
        ("feeds entries", "`onrecord feeds add URL`"),
        ("watch", "`onrecord watch add NAME QUERY`"),
    ],
)
def test_an_empty_library_says_how_to_fill_it(call: str, told: str, tmp_path: Path) -> None:
    asked = [*call.split(), "--library", str(tmp_path / "library.db")]
    result = run(*asked)
    assert (result.exit_code, result.stdout) == (0, "")
    assert told in result.stderr


def test_completions_are_there_for_every_shell() -> None:
    for shell, word in (("bash", "complete -o nosort"), ("zsh", "compdef"), ("fish", "complete --no-files")):
        script = CliRunner(env={"_ONRECORD_COMPLETE": f"{shell}_source"}).invoke(main, prog_name="onrecord")
        assert word in script.stdout


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("onrecord exp", {"plain,export", "file,exp"}),
        ("onrecord --", {"plain,--version", "plain,--plain", "plain,--help"}),
        ("onrecord story.txt --pl", {"plain,--plain"}),
        ("onrecord export --for", {"plain,--format", "plain,--force"}),
        ("onrecord feeds ad", {"plain,add"}),
        ("onrecord export --format dock", set()),
        ("onrecord themes ch", {"plain,check"}),
    ],
)
def test_words_are_completed(typed: str, words: set[str]) -> None:
    place = str(len(typed.split()) - 1)
    asked = {"_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": place}
    found = CliRunner(env=asked).invoke(main, prog_name="onrecord").stdout.split()
    assert words <= set(found) if words else not found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_real_shell_completes(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completion"
    environment = {**os.environ, "_ONRECORD_COMPLETE": f"{shell}_source", "HOME": str(tmp_path)}
    folder = Path(sys.executable).parent
    script.write_bytes(subprocess.run([folder / "onrecord"], env=environment, capture_output=True).stdout)
    del environment["_ONRECORD_COMPLETE"]
    environment["PATH"] = f"{folder}:{environment['PATH']}"
    asked = {
        "bash": f"source {script}; COMP_WORDS=(onrecord feeds ex); COMP_CWORD=2;"
        ' _onrecord_completion onrecord; printf "%s\\n" "${COMPREPLY[@]}"',
        # What zsh does with the answers needs its line editor: here they are what that would be given.
        "zsh": "compdef() { :; }; _describe() { print -l -- ${(P)3}; }; words=(onrecord feeds ex); CURRENT=3;"
        f" source {script}; _onrecord_completion",
        "fish": f"source {script}; complete -C 'onrecord feeds ex'",
    }[shell]
    done = subprocess.run([shell, "-c", asked], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("export"), (done.stdout, done.stderr)


def test_a_file_that_is_called_almost_like_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "serch").write_text("The harbour stays open, said Ana Ruiz.")
    monkeypatch.chdir(tmp_path)
    assert "Ana Ruiz" in run("serch").stdout


class TestReading:
    def test_without_a_terminal_it_prints_plain(self, story: Path) -> None:
        result = run(str(story))
        assert result.exit_code == 0, result.output
        assert "[PERSON: Maria Teixeira]" in result.stdout
        assert result.stdout == run("--plain", str(story)).stdout

    def test_nothing_named(self) -> None:
        result = run()
        assert result.exit_code == 2
        assert "name a file" in result.stderr

    @pytest.mark.parametrize("form", [["./analyse"], ["--", "analyse"]])
    def test_file_named_like_a_command(
        self, form: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("analyse").write_text(STORY, encoding="utf-8")
        assert "Maria Teixeira" in run(*form).stdout


class TestClean:
    def test_blocks_with_blank_lines_between(self, story: Path) -> None:
        blocks = run("clean", str(story)).stdout.split("\n\n")
        assert blocks[0] == "Porto council backs sea wall"
        assert blocks[1].startswith("Porto council approved")

    def test_removed_lines_and_keeping_everything(self, tmp_path: Path) -> None:
        path = tmp_path / "pasted.txt"
        path.write_text(STORY + "\nSubscribe\nNotify of\nguest\n0 Comments\nOldest\n", encoding="utf-8")
        assert "Notify of" not in run("clean", str(path)).stdout
        removed = run("clean", "--removed", str(path)).stdout
        assert "Notify of" in removed
        assert all(len(line.split("\t")) == 3 for line in removed.splitlines())
        assert "Notify of" in run("clean", "--keep-everything", str(path)).stdout

    def test_private_addresses_are_fetched_where_the_settings_say_so(self) -> None:
        address = "http://127.0.0.1:1/"
        assert "local network" in run("clean", address).stderr
        folder = Path(os.environ["XDG_CONFIG_HOME"], "onrecord")
        folder.mkdir()
        (folder / "settings.toml").write_text("private_addresses = true", encoding="utf-8")
        assert "cannot be reached" in run("clean", address).stderr

    def test_a_fault_costs_one_source(
        self, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from reader.ingest import dispatch, from_text

        def faulty(text: str, **options: Any) -> Any:
            if "poison" in text:
                raise RecursionError("a fault")
            return from_text(text, **options)

        monkeypatch.setattr(dispatch, "from_text", faulty)
        poison = tmp_path / "poison.txt"
        poison.write_text("This is poison.", encoding="utf-8")
        result = run("clean", str(poison), str(story))
        assert result.exit_code == 1
        assert "poison.txt could not be read or analysed (RecursionError)" in result.stderr
        assert "Porto council approved" in result.stdout


class TestExport:
    def test_list(self) -> None:
        names = [line.split()[0] for line in run("export", "--list").stdout.splitlines()]
        assert {"html", "markdown", "json", "csv", "brat", "webannotation", "bibtex"} <= set(names)

    def test_format_from_the_file_name(self, story: Path, tmp_path: Path) -> None:
        target = tmp_path / "story.md"
        assert run("export", str(story), "--output", str(target)).exit_code == 0
        assert "==Maria Teixeira==" in target.read_text(encoding="utf-8")

    @pytest.mark.usefixtures("known")
    def test_folder_of_pages(self, story: Path, tmp_path: Path) -> None:
        target = tmp_path / "out"
        result = run("export", str(story), str(story), "--format", "html", "--output", str(target))
        assert result.exit_code == 0, result.output
        assert len(list(target.glob("*.html"))) == 2

    def test_unknown_format(self, story: Path) -> None:
        result = run("export", str(story), "--format", "htlm")
        assert result.exit_code == 2
        assert "html" in result.stderr

    def test_bad_selection(self, story: Path) -> None:
        assert run("export", str(story), "--selection", "9:3").exit_code == 2

    def test_listings(self, story: Path) -> None:
        assert "— Maria Teixeira" in run("quotations", str(story)).stdout
        assert "Maria Teixeira" in run("entities", str(story)).stdout
        assert run("quotations", "--format", "csv", str(story)).stdout.count("It will work") == 1


@pytest.mark.usefixtures("known")
class TestOutput:
    """Standard output that takes no more: one line says so, whatever was printing."""

    CALLS = (
        ["analyse", "--format", "jsonl"],
        ["clean"],
        ["quotations"],
        ["entities"],
        ["export", "--format", "html"],
        ["--plain"],
        ["analyse", "--jobs", "2", "--format", "jsonl"],
    )

    def ends(self, call: list[str], stdout: int) -> tuple[int, str]:
        command = [sys.executable, "-m", "reader", *call]
        done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    @pytest.mark.parametrize("call", CALLS, ids=" ".join)
    def test_a_full_disk(self, call: list[str], story: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            status, messages = self.ends([*call, str(story)], full.fileno())
        assert status == 1
        assert (
            messages
            == "onrecord: The output cannot be written: No space left on device. Part of it is missing.\n"
        )

    @pytest.mark.parametrize("call", CALLS, ids=" ".join)
    def test_a_closed_pipe(self, call: list[str], story: Path) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        status, messages = self.ends([*call, *[str(story)] * 2], writing)
        os.close(writing)
        if "html" in call:
            assert status == 2  # two pages need a folder
            return
        assert status == 1
        assert messages == "onrecord: The output was closed before all of it was written.\n"

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    @pytest.mark.parametrize("call", [["--version"], ["--help"], ["export", "--list"], ["themes"]])
    def test_a_full_disk_for_what_only_talks(self, call: list[str]) -> None:
        with Path("/dev/full").open("wb") as full:
            status, messages = self.ends(call, full.fileno())
        assert status == 1
        assert messages.count("\n") == 1
        assert "No space left" in messages


class TestThemesAndDoctor:
    def test_shipped_themes_pass(self) -> None:
        result = run("themes", "check")
        assert result.exit_code == 0, result.stdout

    def test_list(self) -> None:
        assert len(run("themes").stdout.splitlines()) >= 8

    def test_a_poor_theme_fails(self, tmp_path: Path) -> None:
        from reader.settings.resources import folder

        shipped = folder("themes").joinpath("dark.toml").read_text(encoding="utf-8")
        lines = ['text = "#222222"' if line.startswith("text ") else line for line in shipped.splitlines()]
        path = tmp_path / "poor.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        result = run("themes", "check", str(path))
        assert result.exit_code == 1
        assert "contrast" in result.stdout

    def test_doctor_names_the_folders_that_are_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from reader.settings import settings
        from reader.tui.app import ReaderApp

        folder = Path(os.environ["XDG_CONFIG_HOME"]) / "state"
        monkeypatch.setattr(settings, "state_folder", lambda: folder)
        facts = {fact["name"]: fact["value"] for fact in json.loads(run("doctor", "--json").stdout)}
        assert facts["state"].startswith(str(folder))
        app = ReaderApp()
        app.positions.save("x", Position(3))
        assert list(folder.rglob("x.json"))

    def test_doctor(self) -> None:
        facts = json.loads(run("doctor", "--json").stdout)
        sections = {fact["section"] for fact in facts}
        assert sections == {"versions", "terminal", "paths", "library", "pipeline"}
        assert "embedded" in run("doctor").stdout

    def test_doctor_looks_at_a_library_without_touching_it(self, tmp_path: Path) -> None:
        from reader.library.library import Library

        path = tmp_path / "library.db"
        assert "not there yet" in _library_facts(path)["file"]
        assert not path.exists()
        Library(path).close()
        assert _library_facts(path)["articles"] == "0"
        path.write_bytes(b"a text of some length " * 200)
        assert "is not a library" in _library_facts(path)["file"]

    def test_doctor_shortens_the_home_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert _library_facts(tmp_path / "library.db")["file"] == "~/library.db (not there yet)"

    def test_doctor_finds_another_package_of_our_name(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        other = tmp_path / "other-3.1.dist-info"
        other.mkdir()
        (other / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 3.1\n")
        (other / "top_level.txt").write_text("reader\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        facts = json.loads(run("doctor", "--json").stdout)
        (found,) = (fact for fact in facts if fact["name"] == "package of the same name")
        assert found["value"] == "other 3.1"
        assert "pip uninstall other" in found["advice"]


def _library_facts(path: Path) -> dict[str, str]:
    facts = json.loads(run("doctor", "--json", "--library", str(path)).stdout)
    return {fact["name"]: fact["value"] for fact in facts if fact["section"] == "library"}
