"""Importing spaCy without its command line, which takes a third of the time and is never used here.

``import spacy`` imports ``spacy.cli`` for one function, ``spacy.info``, and with it typer, weasel, requests
and jinja2. spaCy's authors mean to load it when it is asked for (their pull requests 12962, 13721, 13933);
until a release does, our own programs see to it. Whoever imports :mod:`reader` gets spaCy as it is.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec

_PACKAGE, _MODULE, _FUNCTION = "spacy.cli", "spacy.cli.info", "info"


def put_off_command_line() -> None:
    """Let ``import spacy`` leave its command line until something of it is asked for."""
    if "spacy" not in sys.modules:
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds the two modules that ``import spacy`` asks for, once each."""

    def __init__(self) -> None:
        self._left = {_PACKAGE, _MODULE}

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module's own spec, whose loader waits."""
        if name not in self._left:
            return None
        self._left.remove(name)
        if not self._left:
            sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Waiting(spec.loader)
        return spec


class _Waiting(Loader):
    """Runs a module only when something of it is asked for."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave that to Python."""
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Let it wait; of the one module ``import spacy`` asks for a function, which waits too."""
        if module.__name__ == _PACKAGE:
            module.__class__ = _WaitingModule
            return

        def info(*arguments: Any, **options: Any) -> Any:
            self.loader.exec_module(module)
            return getattr(module, _FUNCTION)(*arguments, **options)

        vars(module)[_FUNCTION] = info


class _WaitingModule(ModuleType):
    """A module that is run when anything of it is asked for but what Python itself asks in passing."""

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__"):
            return super().__getattribute__(name)
        object.__setattr__(self, "__class__", ModuleType)
        spec = self.__spec__
        assert spec is not None
        assert isinstance(spec.loader, _Waiting)
        spec.loader.loader.exec_module(self)
        return getattr(self, name)
