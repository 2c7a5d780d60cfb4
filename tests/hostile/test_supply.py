"""What is loaded is what was released, and nothing that is loaded can run."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reader
from reader.language import pipeline, weights
from reader.language.pipeline import load_pipeline
from reader.language.weights import LIST, check_weights
from reader.model.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(reader.__file__).parent
_LANGUAGE = _PACKAGE / "language"
_SUSPICIOUS = re.compile(
    r"\b(pickle|dill|marshal|shelve|joblib|eval|exec|compile|system|popen|shell|fromfile|load)\b"
)
_RUNS = {"pickle", "dill", "marshal", "shelve", "joblib"}


def listed() -> list[str]:
    return [line.partition("  ")[2] for line in (_LANGUAGE / LIST).read_text().splitlines()]


def test_the_list_names_all_weights_as_they_are() -> None:
    """After training: `make weights`."""
    files = (path for path in _LANGUAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    weighty = {
        path.relative_to(_LANGUAGE).as_posix()
        for path in files
        if path.suffix in (".onnx", ".npz", ".bin", ".msgpack") or path.is_relative_to(_LANGUAGE / "model")
    }
    assert weighty == set(listed())
    check_weights()


@pytest.mark.parametrize("how", ["changed", "missing", "no list"])
def test_weights_that_are_not_ours_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    for name in listed():
        if name.endswith(".npz"):  # the small ones will do
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(_LANGUAGE / name, tmp_path / name)
    files = sorted(tmp_path.rglob("*.npz"))
    digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    lines = [f"{digest}  {path.relative_to(tmp_path)}" for path, digest in digests.items()]
    (tmp_path / LIST).write_text("\n".join(lines) + "\n")
    check_weights(tmp_path)
    if how == "changed":
        data = bytearray(files[0].read_bytes())
        data[len(data) // 2] ^= 1
        files[0].write_bytes(data)
    elif how == "missing":
        files[0].unlink()
    else:
        (tmp_path / LIST).unlink()
    with pytest.raises(PipelineError, match="weights") as failed:
        check_weights(tmp_path)
    assert "install On Record anew" in failed.value.hint
    monkeypatch.setattr(weights, "_HERE", tmp_path)
    monkeypatch.setattr(pipeline, "check_weights", lambda: check_weights(tmp_path))
    with pytest.raises(PipelineError):
        load_pipeline()


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in _PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if _SUSPICIOUS.search(text):
            yield path, ast.parse(text)


def test_nothing_is_unpickled_but_what_our_own_processes_say() -> None:
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [(path.relative_to(_PACKAGE).as_posix(), n) for n in names if n.split(".")[0] in _RUNS]
    assert found == [("processes.py", "pickle")]


def test_nothing_read_is_run() -> None:
    """No eval, no exec, no shell; arrays are loaded without objects, YAML and XML not by what can run."""
    wrong = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            keywords = {word.arg: word.value for word in node.keywords}
            bad = called in ("eval", "exec", "compile", "os.system", "os.popen", "np.fromfile", "yaml.load")
            shell = keywords.get("shell")
            bad |= isinstance(shell, ast.Constant) and shell.value is True
            if called in ("np.load", "numpy.load"):
                allowed = keywords.get("allow_pickle")
                bad |= not (isinstance(allowed, ast.Constant) and allowed.value is False)
            if bad:
                wrong.append(f"{path.relative_to(_PACKAGE)}:{node.lineno} {called}")
    assert not wrong


def test_what_analyses_leaves_nothing_in_the_home_folder_and_reports_to_nobody(tmp_path: Path) -> None:
    """ONNX Runtime makes an identifier and a queue of what it will send, unless it is told not to."""
    home, story = tmp_path / "home", tmp_path / "story.txt"
    home.mkdir()
    story.write_text("“It will last,” said Maria Teixeira, the mayor of Porto.")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    call = [sys.executable, "-m", "reader", "quotations", str(story)]
    done = subprocess.run(call, env={**kept, "HOME": str(home)}, capture_output=True, text=True, check=True)
    assert "Maria Teixeira" in done.stdout
    assert list(home.rglob("*")) == []
