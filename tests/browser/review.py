#!/usr/bin/env python3
"""Uses the page of --review in a real browser: Chromium without a window, driven by its ChromeDriver.

    python3 tests/browser/review.py [--bin target/debug/copydesk] [--pictures FOLDER]

Exit status 77: there is no chromium or no chromedriver. With --pictures it only takes pictures of the page.
"""
import argparse
import base64
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb"]
PIER = """Pier to be sold in May

Pier to be sold in May

The envoy of the USA said that the talks about the pier would go on until the end of the week.

[an error occurred while processing the directive]

Owners in the USA and in Norway have asked for a longer lease. The council will decide at its meeting in
"""
FERRY = """Night ferry returns to the quay

[an error occurred while processing the directive]

The first ferry since Sunday left at dawn. It had flown the flag of the USA for a year.
"""
HOSTILE = """<script>document.title = "run"</script><img src=x onerror="document.title='run'"> went to the USA.

It's "]]>" &amp; </article></main><style>* { display: none }</style> at the quay of the USA.

\u202eturned\u202c \x07rings\x1b[31m in the USA.
"""
ARTICLES = {"pier.txt": PIER, "ferry.txt": FERRY, "an <owl> & \"gull\".txt": HOSTILE}


class Browser:
    """A session of WebDriver."""

    def __init__(self, folder, width=1280, height=900, dark=False):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait()
        options = {"args": [*FLAGS, f"--user-data-dir={folder}/profile-{port}", f"--window-size={width},{height}"],
                   "prefs": {"download.default_directory": str(folder), "download.prompt_for_download": False}}
        capabilities = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = ""
        self.session = "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})["sessionId"]
        self.devtools("Emulation.setDeviceMetricsOverride",
                      {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        scheme = "dark" if dark else "light"
        self.devtools("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def wait(self):
        for _ in range(600):
            try:
                return urllib.request.urlopen(self.address + "/status").read()
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("chromedriver does not start")

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + self.session + path, data, {"Content-Type": "application/json"}, method=method)
        return json.load(urllib.request.urlopen(request))["value"]

    def devtools(self, command, params):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": params})

    def open(self, path):
        self.call("POST", "/url", {"url": path.resolve().as_uri()})

    def run(self, script, *args):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(args)})

    def type(self, keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def log(self):
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]

    def picture(self, path):
        path.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def copydesk(binary, folder, *args, status=0):
    run = subprocess.run([binary, "--isolated", *args], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == status, (args, run.returncode, run.stderr)
    return run.stdout


def articles(folder, texts):
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return sorted(texts)


def saved(folder):
    """What was downloaded, once it is there."""
    path = folder / "copydesk.refused"
    for _ in range(600):
        if path.exists() and path.stat().st_size:
            return path
        time.sleep(0.1)
    raise AssertionError("nothing was saved")


COUNT = "return document.getElementById('count').textContent"
CURRENT = "return document.querySelector('.edit.current')?.textContent"


def test_an_edit_is_refused_by_keyboard(binary, folder, browser):
    names = articles(folder, ARTICLES)
    copydesk(binary, folder, "-q", "-w", "--edits", "log", "--review", "page.html", *names)
    clean = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    # The page of the log is the same.
    copydesk(binary, folder, "--from-log", "log", "--review", "again.html", *names)
    assert (folder / "page.html").read_text() == (folder / "again.html").read_text()
    browser.open(folder / "page.html")
    assert browser.run("return document.querySelectorAll('article').length") == 3
    edits = browser.run("return [...document.querySelectorAll('.edit')].map((edit) => edit.textContent)")
    assert browser.run(COUNT) == f"{len(edits)} accepted, 0 refused"
    # From edit to edit, over the end of an article and round the whole page.
    seen = []
    for _ in edits:
        seen.append(browser.run(CURRENT))
        browser.type("n")
    assert seen == edits and browser.run(CURRENT) == edits[0]
    browser.type("p")
    assert browser.run(CURRENT) == edits[-1]
    # The second name in the pier's article is refused.
    browser.run("const f = document.getElementById('filter'); f.value = 'rule:country-name'; f.dispatchEvent(new Event('change'));")
    while "pier" not in browser.run("return document.querySelector('article:not([hidden]) h2').textContent"):
        browser.type("n")
    browser.type("n")
    browser.type("r")
    assert browser.run(COUNT) == f"{len(edits) - 1} accepted, 1 refused"
    label = browser.run("return document.activeElement.getAttribute('aria-label')")
    assert ", refused: " in label, label
    assert browser.run("return document.getElementById('status').textContent") == label
    browser.type("s")
    refused = saved(folder)
    assert refused.read_text().count("\n") == 1, refused.read_text()
    copydesk(binary, folder, "-q", "-w", "--undo", "log", "--refused", refused.name, *names)
    was = clean["pier.txt"]
    assert (folder / "pier.txt").read_text() == "U.S.".join([*was.split("U.S.")[:2]]) + "USA" + was.split("U.S.")[2], was
    assert all((folder / name).read_text(encoding="utf-8") == clean[name] for name in names if name != "pier.txt")
    copydesk(binary, folder, "-q", "-w", "--undo", "log", *names)
    assert all((folder / name).read_text(encoding="utf-8") == text for name, text in ARTICLES.items())
    assert not browser.log(), browser.log()


def test_hostile_texts_stay_text(binary, folder, browser):
    copydesk(binary, folder, "-q", "--check", "--review", "page.html", *articles(folder, ARTICLES), status=1)
    browser.open(folder / "page.html")
    assert browser.run("return document.title").startswith("Review of ")
    assert browser.run("return document.querySelectorAll('img, article script, article style').length") == 0
    text = browser.run("return document.querySelector('article').textContent")
    assert '<script>document.title = "run"</script><img src=x onerror=' in text and "]]>" in text and "&amp;" in text, text
    assert "U+202Eturned" in text and "U+0007rings" in text and not any(c in text for c in "\u202e\x07\x1b"), text
    assert browser.run("return document.querySelector('nav a').textContent").startswith('an <owl> & "gull".txt')
    assert not browser.log(), browser.log()


def test_edits_that_read_alike_are_refused_together(binary, folder, browser):
    articles(folder, {"owl.txt": "Rain.\n\n" + "[an error occurred while processing this directive]\n\nWind.\n\n" * 2})
    copydesk(binary, folder, "-q", "-w", "--edits", "log", "--review", "page.html", "owl.txt")
    browser.open(folder / "page.html")
    browser.run("document.getElementById('refuse').click(); document.getElementById('save').click()")
    assert browser.run(COUNT) == "0 accepted, 2 refused"
    assert saved(folder).read_text().count("\n") == 1


def test_all_for_a_reason_and_all_in_an_article(binary, folder, browser):
    names = articles(folder, ARTICLES)
    copydesk(binary, folder, "-q", "--out-dir", "out", "--edits", "log", "--review", "page.html", *names)
    browser.open(folder / "page.html")
    counts = browser.run("""
        const click = (id) => document.getElementById(id).click();
        const refused = () => document.querySelectorAll('.edit.refused').length;
        const own = document.querySelectorAll('article:not([hidden]) .edit').length;
        click('refuse-article');
        const article = refused() === own;
        click('accept-article');
        const none = refused();
        click('refuse-alike');
        const reason = document.querySelector('.edit.current').dataset.reasons;
        return [article, none, refused(), document.querySelectorAll(`.edit[data-reasons~="${reason}"]`).length];""")
    assert counts[0] and counts[1] == 0 and counts[2] == counts[3] > 1, counts
    browser.run("document.getElementById('save').click()")
    refused = saved(folder)
    copydesk(binary, folder / "out", "-q", "-w", "--undo", "../log", "--refused", "../" + refused.name, *names)
    for name in names:
        kept = copydesk(binary, folder, "--skip", "country-form", name)
        assert (folder / "out" / name).read_text(encoding="utf-8") == kept, name


def test_ten_thousand_edits_and_long_lines(binary, folder, browser):
    lines = "".join(f"Ship number {i} of the USA left the quay at dawn.\n\n" for i in range(10_000))
    long = "The pier is long. " * 60_000 + "It was built in the USA. " + "It is closed now. " * 60_000 + "\n"
    names = articles(folder, {"many.txt": lines, "long.txt": long})
    copydesk(binary, folder, "-q", "--check", "--review", "page.html", *names, status=1)
    assert (folder / "page.html").stat().st_size < 8_000_000
    browser.open(folder / "page.html")
    assert browser.run(COUNT) == "10001 accepted, 0 refused"
    assert "bytes without an edit" in browser.run("return document.querySelector('article').textContent")
    browser.type("np")
    browser.type("A")
    paint = browser.run("return performance.getEntriesByType('paint')[0]?.startTime ?? -1")
    frames = browser.call("POST", "/execute/async", {"args": [], "script": """
        const done = arguments[arguments.length - 1];
        document.querySelectorAll('nav a')[1].click();
        const main = document.querySelector('main');
        let last = performance.now(), longest = 0, left = 60;
        const frame = (now) => {
            longest = Math.max(longest, now - last);
            last = now;
            main.scrollBy(0, 400);
            if (left-- > 0) requestAnimationFrame(frame); else done(longest);
        };
        requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });"""})
    print(f"10 000 edits: first paint after {paint:.0f} ms, longest frame {frames:.0f} ms")


def test_a_phone_shows_no_more_than_its_width(binary, folder, browser):
    copydesk(binary, folder, "-q", "--check", "--review", "page.html", *articles(folder, ARTICLES), status=1)
    browser.devtools("Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
    browser.open(folder / "page.html")
    width = browser.run("return [document.documentElement.scrollWidth, document.querySelector('main').scrollWidth]")
    assert max(width) <= 390, width
    assert browser.run("return document.querySelector('main').clientHeight") > 200


# Of every text on the page, the lowest contrast with what is painted below it.
CONTRAST = """
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    document.getElementById('refuse').click();
    let worst = [99, ''];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const node = text.parentElement;
        if (!text.data.trim() || node.closest('script, [hidden], :disabled')) continue;
        const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < worst[0]) worst = [ratio, node.outerHTML.slice(0, 80)];
    }
    return worst;"""


def test_every_text_can_be_read(binary, folder, browser):
    copydesk(binary, folder, "-q", "--check", "--review", "page.html", *articles(folder, ARTICLES), status=1)
    for scheme in ("light", "dark"):
        browser.devtools("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        browser.open(folder / "page.html")
        ratio, node = browser.run(CONTRAST)
        assert ratio >= 4.5, (scheme, ratio, node)


def pictures(binary, target):
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        copydesk(binary, folder, "-q", "--check", "--review", "page.html", *articles(folder, {"ferry.txt": FERRY, "pier.txt": PIER}), status=1)
        for width, height in ((1280, 800), (390, 844)):
            for dark in (False, True):
                browser = Browser(folder, width, height, dark)
                browser.open(folder / "page.html")
                browser.run("document.querySelectorAll('nav a')[1].click()")
                browser.type("nr")
                browser.type("n")
                browser.picture(target / f"review-{width}-{'dark' if dark else 'light'}.png")
                browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(HERE.parent.parent / "target/debug/copydesk"))
    parser.add_argument("--pictures", type=pathlib.Path)
    options = parser.parse_args()
    if not all(map(shutil.which, ("chromium", "chromedriver"))):
        print("skipped: there is no chromium with its chromedriver")
        return 77
    if options.pictures:
        pictures(options.bin, options.pictures)
        return 0
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                browser = Browser(pathlib.Path(folder))
                try:
                    test(options.bin, pathlib.Path(folder), browser)
                finally:
                    browser.close()
            print(f"{name}: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
