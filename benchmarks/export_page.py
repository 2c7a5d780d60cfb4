"""Look at an HTML export in headless Chromium, and check what only a browser can tell.

    python -m benchmarks.export_page PAGE.html FOLDER

Writes pictures (light, dark, narrow, and as printed: the PDF) into FOLDER and exits with 1 if the page
logs anything, asks for anything from elsewhere, scrolls sideways, or its keys do not work. Chromium is
spoken to over a pipe, so that nothing but the standard library is needed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
VIEWS = (("light", 1440, 1100), ("dark", 1440, 1100), ("light", 1000, 1000), ("dark", 420, 900))


class Browser:
    """Chromium with one page, driven by the DevTools protocol."""

    def __init__(self, profile: str) -> None:
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()

        def place() -> None:  # Chromium reads from descriptor 3 and writes to 4
            os.dup2(to_read, 103)
            os.dup2(to_write, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            close_fds=False,
            preexec_fn=place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._number = 0
        self._buffer = b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        targets = self.ask("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come before it are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def open(self, address: str) -> None:
        """Load a page and wait until it is complete."""
        self.ask("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """What a JavaScript expression is on the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def key(self, key: str) -> None:
        """Press a key."""
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    def close(self) -> None:
        """End the browser."""
        self.ask("Browser.close")
        self._process.wait()

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._from, 1 << 20)
            if not part:
                raise RuntimeError("Chromium has ended")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


def pictures(browser: Browser, folder: Path) -> list[str]:
    """Write the pictures; return what is wrong with the page's shape."""
    problems = []
    for scheme, width, height in VIEWS:
        browser.ask(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
        )
        browser.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        picture = browser.ask("Page.captureScreenshot")["data"]
        (folder / f"page-{scheme}-{width}.png").write_bytes(base64.b64decode(picture))
        if (wide := browser.value("document.documentElement.scrollWidth")) > width:
            problems.append(f"at {width} pixels the page is {wide} wide")
    printed = browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
    (folder / "page.pdf").write_bytes(base64.b64decode(printed))
    return problems


def keys(browser: Browser) -> list[str]:
    """Go through the quotations by keyboard."""
    problems = []
    number = browser.value("document.querySelectorAll('q[id]').length")
    expected = ["#q1", f"#q{min(2, number)}", "#q1", f"#q{number}"] if number else ["", "", "", ""]
    for key, hash_ in zip("]][[", expected, strict=True):
        browser.key(key)
        if (found := browser.value("location.hash")) != hash_:
            problems.append(f"{key} leads to {found!r}, not {hash_!r}")
        if number and browser.value("document.querySelectorAll(':target').length") != 1:
            problems.append(f"{key} marks no quotation")
    return problems


def main() -> int:
    page, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        browser.open(page.as_uri())
        problems = pictures(browser, folder) + keys(browser)
        for event in browser.events:
            method, params = event.get("method"), event.get("params", {})
            if method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
                problems.append(f"logged: {json.dumps(params)[:300]}")
            elif (
                method == "Network.requestWillBeSent"
                and params["request"]["url"].split("#")[0] != page.as_uri()
            ):
                problems.append(f"asked for {params['request']['url'][:200]}")
        browser.close()
    for problem in problems:
        print(problem)
    print(f"{page.name}: {'no problem' if not problems else f'{len(problems)} problems'}")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
