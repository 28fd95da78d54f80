"""A headless Chromium driven over its debugging pipe: no port, no driver, no network, and a log of what it asks for."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import signal
import subprocess
import time
from pathlib import Path
from typing import Any


class BrowserError(Exception):
    """The browser did not answer, or a script of the test failed in it."""


class Chrome:
    """One page of a headless Chromium. Use as a context manager: ``with Chrome(path, profile) as page``.

    ``requests`` are the addresses that the page asked for, in order, the page itself included, and ``refused`` those
    among them that its own policy stopped; ``messages`` what it wrote to the console and every uncaught error;
    ``dialogs`` the alerts that it opened.
    """

    def __init__(self, program: str, profile: Path, width: int = 1280, height: int = 800) -> None:
        self.requests: list[str] = []
        self.refused: list[str] = []
        self.messages: list[str] = []
        self._asked: dict[str, str] = {}
        self.dialogs: list[str] = []
        self._size = (width, height)
        self._number = 0
        self._rest = b""
        self._session = ""
        to_read, self._to = os.pipe()
        self._from, from_write = os.pipe()
        command = [
            program,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            # every name and address fails, so that nothing can be fetched even where the machine has a network
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--proxy-server=127.0.0.1:9",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            "--remote-debugging-pipe",
            "about:blank",
        ]
        # Chromium reads commands from descriptor 3 and answers on 4; by way of high numbers, or one could hide the other
        high = [os.dup2(fd, 200 + n) for n, fd in enumerate((to_read, from_write))]

        def take_pipes() -> None:
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self._process = subprocess.Popen(
            command,
            preexec_fn=take_pipes,
            pass_fds=(3, 4),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for fd in (to_read, from_write, *high):
            os.close(fd)

    def __enter__(self) -> Chrome:
        target = self.send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.send("Network.emulateNetworkConditions", offline)
        quiet = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        self.send("Emulation.setEmulatedMedia", {"features": quiet})
        self.resize(self._size[0], self._size[1])
        return self

    def __exit__(self, *error: object) -> None:
        for fd in (self._to, self._from):
            os.close(fd)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)

    # ------------------------------------------------------------ what a test does

    def open(self, path: Path, anchor: str = "") -> None:
        """Opens a file and waits until its script says that it is ready."""
        self.send("Page.navigate", {"url": path.resolve().as_uri() + anchor})
        self.wait("document.documentElement.dataset.ready === 'yes'")
        self.settle()

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        asked = {"expression": script, "returnByValue": True, "awaitPromise": True}
        answer = self.send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise BrowserError(f"{script}: {answer['exceptionDetails'].get('exception', {}).get('description')}")
        return answer["result"].get("value")

    def wait(self, script: str, seconds: float = 30) -> None:
        """Waits until an expression is true."""
        end = time.monotonic() + seconds
        while True:
            try:
                if self.run(f"Boolean({script})"):
                    return
            except BrowserError:
                if time.monotonic() > end:
                    raise
            if time.monotonic() > end:
                raise BrowserError(f"never came true in {seconds:g} s: {script}; the page said {self.messages}")
            time.sleep(0.05)

    def settle(self) -> None:
        """Waits until what was asked for is drawn; animations are off, as for a user who asks for less motion."""
        self.run("new Promise(r => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(r)), 60))")

    def click(self, x: float, y: float) -> None:
        """A click of the left button at a place of the window."""
        at = {"x": x, "y": y, "button": "left", "clickCount": 1, "pointerType": "mouse"}
        self.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
        self.send("Input.dispatchMouseEvent", {"type": "mousePressed", **at})
        self.send("Input.dispatchMouseEvent", {"type": "mouseReleased", **at})
        self.settle()

    def click_on(self, selector: str) -> None:
        """A click in the middle of the first element that fits a CSS selector."""
        script = (
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'nearest'}});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.click(*self.run(script))

    def type(self, text: str) -> None:
        """Types into what has the focus."""
        self.send("Input.insertText", {"text": text})

    def press(self, key: str, code: int) -> None:
        """Presses a key such as Enter (13), Escape (27) or ArrowDown (40)."""
        said = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **said})
        self.send("Input.dispatchKeyEvent", {"type": "keyUp", **said})
        self.settle()

    def resize(self, width: int, height: int, phone: bool = False) -> None:
        """Gives the window another size."""
        said = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.send("Emulation.setDeviceMetricsOverride", said)
        self.settle()

    def screenshot(self, path: Path) -> None:
        """Writes what the window shows as PNG."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", {"format": "png"})["data"]))

    # ------------------------------------------------------------ the protocol

    def send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """One command of the Chrome DevTools Protocol and its answer; events on the way are noted."""
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": params or {}}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._to, json.dumps(said).encode() + b"\0")
        end = time.monotonic() + 60
        while True:
            message = self._message(end)
            if message.get("id") == self._number:
                if "error" in message:
                    raise BrowserError(f"{method}: {message['error']['message']}")
                result: dict[str, Any] = message["result"]
                return result
            self._note(message)

    def _message(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._from], [], [], left)[0]:
                raise BrowserError("the browser does not answer")
            piece = os.read(self._from, 1 << 20)
            if not piece:
                raise BrowserError("the browser ended")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def _note(self, event: dict[str, Any]) -> None:
        said, method = event.get("params", {}), event.get("method")
        if method == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
            self._asked[said["requestId"]] = said["request"]["url"]
        elif method == "Network.loadingFailed" and said.get("blockedReason") == "csp":
            self.refused.append(self._asked.get(said["requestId"], ""))
        elif method == "Runtime.exceptionThrown":
            self.messages.append(str(said["exceptionDetails"].get("exception", {}).get("description")))
        elif method == "Runtime.consoleAPICalled":
            self.messages.append(" ".join(str(a.get("value", a.get("description"))) for a in said["args"]))
        elif method == "Log.entryAdded":
            self.messages.append(said["entry"]["text"])
        elif method == "Page.javascriptDialogOpening":
            self.dialogs.append(said["message"])
            self._number += 1
            answer = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
            os.write(self._to, json.dumps(answer | {"sessionId": self._session}).encode() + b"\0")
