"""Firefox and WebKit, each by the driver that it has, behind the few steps that both can take.

Elements are found by their words, by one script for both; they are pressed and written to by the browser
itself, as by a hand.
"""

import json
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.service import Service

from tests.node_tools import NODE_MODULES

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
WEBKIT_DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
MINI_BROWSER = next(Path("/usr").glob("lib*/**/webkit2gtk-4.*/MiniBrowser"), None)
INTO_VIEW = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'});"


class OtherBrowser(Protocol):
    """What a browser is asked to do. A script returns what it finds, and reads what it is `given`."""

    def open(self, address: str) -> None: ...

    def read(self, script: str, given: dict[str, str]) -> Any: ...

    def press(self, script: str, given: dict[str, str]) -> None: ...

    def write(self, script: str, given: dict[str, str], text: str) -> None: ...

    def close(self) -> None: ...


class Firefox:
    """Driven by puppeteer-core, over WebDriver BiDi, in a process of Node's."""

    missing = [
        name
        for name, path in {
            "Firefox (firefox-esr)": FIREFOX,
            "Node (nodejs)": shutil.which("node"),
            "puppeteer-core (make node)": (NODE_MODULES / "puppeteer-core").exists(),
        }.items()
        if not path
    ]

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["node", Path(__file__).with_name("firefox.mjs"), NODE_MODULES, str(FIREFOX)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def open(self, address: str) -> None:
        self._step(do="open", address=address)

    def read(self, script: str, given: dict[str, str]) -> Any:
        return self._step(do="read", script=script, given=given)

    def press(self, script: str, given: dict[str, str]) -> None:
        self._step(do="press", script=script, given=given)

    def write(self, script: str, given: dict[str, str], text: str) -> None:
        self._step(do="write", script=script, given=given, text=text)

    def close(self) -> None:
        self.process.communicate(timeout=20)

    def _step(self, **step: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        print(json.dumps(step), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline() or '{"error": "Firefox has ended."}')
        if "error" in answer:
            raise WebDriverException(answer["error"])
        return answer["value"]


class WebKit:
    """GTK's small browser, driven by selenium, on a screen that nobody sees."""

    missing = [
        name
        for name, path in {
            "WebKit's driver (webkit2gtk-driver)": WEBKIT_DRIVER and MINI_BROWSER,
            "Xvfb (xvfb)": SCREEN,
        }.items()
        if not path
    ]

    def __init__(self) -> None:
        with ExitStack() as stack:
            screen = stack.enter_context(
                subprocess.Popen(
                    [str(SCREEN), "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )
            )
            stack.callback(screen.terminate)
            assert screen.stdout
            display = f":{screen.stdout.readline().strip()}"
            options = WebKitGTKOptions()
            options.binary_location = str(MINI_BROWSER)
            options.add_argument("--automation")
            self.browser = WebKitGTK(options, Service(str(WEBKIT_DRIVER), env={"DISPLAY": display}))
            stack.callback(self.browser.quit)
            self.browser.set_window_size(390, 844)
            self.close = stack.pop_all().close

    def open(self, address: str) -> None:
        self.browser.get(address)

    def read(self, script: str, given: dict[str, str]) -> Any:
        return self.browser.execute_script(f"const given = arguments[0]; {script}", given)

    def press(self, script: str, given: dict[str, str]) -> None:
        self._element(script, given).click()

    def write(self, script: str, given: dict[str, str], text: str) -> None:
        self._element(script, given).send_keys(text)

    def _element(self, script: str, given: dict[str, str]) -> WebElement:
        found = self.read(script, given)
        assert isinstance(found, WebElement), given
        # Its driver scrolls too, but presses before the page has moved.
        self.browser.execute_script(INTO_VIEW, found)
        return found
