#!/usr/bin/env python3
"""Checks deploy/grafana/kith.json against a real scrape: a Prometheus scrapes a running Kith while people use it, and every
query of every panel must answer with samples, all of them finite; each metric that Kith shows must be in some panel.

Needs Debian's `prometheus` (which brings `promtool`) and Kith's binaries in the folder KITH_TEST_BIN (by default
target/debug). With KITH_TEST_DATABASE_URL and KITH_TEST_REDIS_URL the API and a worker run as two processes on a database
and a prefix of their own; without them the API alone runs in the embedded mode. Leaves nothing behind.

    deploy/checks/dashboard.py [DASHBOARD.json]
"""

import base64
import contextlib
import json
import math
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("KITH_TEST_BIN") or ROOT / "target/debug").resolve()
DATABASE_URL = os.environ.get("KITH_TEST_DATABASE_URL")
REDIS_URL = os.environ.get("KITH_TEST_REDIS_URL")
PRODUCTION = bool(DATABASE_URL and REDIS_URL)
PASSWORD = "correct horse battery"
# The whole check takes no longer.
PATIENCE = 55
# What Grafana would fill in: longer than the check, so that each query sees all that was done.
FILLED = {"__rate_interval": "60s", "__interval": "15s", "__range": "60s", "instance": ".*", "route": ".*"}


class Failure(Exception):
    """What is wrong, for whoever reads the output."""


def eventually(what, condition, until):
    """Waits until `condition` answers something, and answers that."""
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > until:
            raise Failure(f"it never came that {what}")
        time.sleep(0.1)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# --- A mail server that takes some mails ----------------------------------------------------------


class Mails(socketserver.StreamRequestHandler):
    """Refuses mails to refused@, puts off those to later@, and takes the others."""

    def handle(self):
        self.say("220 mail")
        while line := self.rfile.readline():
            command = line.decode(errors="replace").strip().lower()
            if command.startswith("ehlo"):
                self.say("250 mail")
            elif command.startswith("rcpt to:<refused"):
                self.say("550 5.1.1 No such user")
            elif command.startswith("rcpt to:<later"):
                self.say("451 4.3.0 Come back")
            elif command == "data":
                self.say("354 Go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.say("250 Taken")
            elif command == "quit":
                self.say("221 Bye")
                return
            else:
                self.say("250 OK")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


# --- People ---------------------------------------------------------------------------------------


class Person:
    """Somebody who uses the API at `base`."""

    def __init__(self, base, name=None):
        self.base, self.token, self.id = base, None, None
        if name:
            self.id = self.call("POST", "accounts", {"username": name, "password": PASSWORD})["id"]
            self.token = self.call("POST", "sessions", {"login": name, "password": PASSWORD})["access_token"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1/{path}", data, method=method)
        request.add_header("content-type", "application/json")
        if self.token:
            request.add_header("authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise Failure(f"{method} {path}: {error.code} {error.read().decode()}") from error
        return json.loads(text) if text else None


class Socket:
    """A socket of the v1 gateway, as little of one as the check needs (RFC 6455)."""

    def __init__(self, person):
        url = urllib.parse.urlsplit(person.base)
        self.stream = socket.create_connection((url.hostname, url.port), timeout=20)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        head = [
            "GET /api/v1/ws HTTP/1.1", f"Host: {url.netloc}", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Authorization: Bearer {person.token}", "", "",
        ]  # fmt: skip
        self.stream.sendall("\r\n".join(head).encode())
        self.file = self.stream.makefile("rb")
        status = self.file.readline()
        if b" 101 " not in status:
            raise Failure(f"a socket did not open: {status!r}")
        while self.file.readline() != b"\r\n":
            pass
        self.send({"type": "resume", "after": 0})
        self.expect("resumed")

    def send(self, frame):
        text, mask = json.dumps(frame).encode(), secrets.token_bytes(4)
        if len(text) > 125:
            raise Failure("a frame of the check is too long for its own socket")
        masked = bytes(byte ^ mask[n % 4] for n, byte in enumerate(text))
        self.stream.sendall(bytes([0x81, 0x80 | len(text)]) + mask + masked)

    def expect(self, kind):
        while True:
            opcode, length = self.file.read(2)
            if length > 125:
                length = int.from_bytes(self.file.read({126: 2, 127: 8}[length]), "big")
            text = self.file.read(length)
            if opcode & 15 == 8:
                raise Failure(f"a socket was closed while {kind} was waited for")
            if opcode & 15 == 1 and json.loads(text)["type"] == kind:
                return

    def close(self):
        self.file.close()
        self.stream.close()


def use(base, tag):
    """What makes every metric move, once."""
    ann, bob = Person(base, f"ann{tag}"), Person(base, f"bob{tag}")
    one, other = Socket(ann), Socket(bob)
    request = ann.call("POST", "connection-requests", {"to_user_id": bob.id})["id"]
    other.expect("notification")
    bob.call("POST", f"connection-requests/{request}/accept")
    one.expect("notification")
    chat = ann.call("POST", "chats", {"account_id": bob.id})["id"]
    ann.call("POST", f"chats/{chat}/messages", {"text": "Hello"})
    other.expect("message")
    for name in ("taken", "refused", "later"):
        email = f"{name}{tag}@example.org"
        ann.call("POST", "accounts", {"username": f"{name}{tag}", "password": PASSWORD, "email": email})
    with contextlib.suppress(Failure):
        ann.call("GET", "users/4711")
    one.close()
    other.close()


# --- Processes ------------------------------------------------------------------------------------


class House:
    """A scratch folder and what runs in it; everything ends with the block."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-dashboard-"))
        self.processes = []
        self.ends = contextlib.ExitStack()
        self.ends.callback(shutil.rmtree, self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.ends.close()

    def run(self, name, command, environment=None):
        log = open(self.folder / f"{name}.log", "wb")
        environment = {"PATH": os.environ["PATH"], **(environment or {})}
        process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        log.close()
        self.processes.append(process)
        return process

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")


def start_kith(house, until):
    """Starts Kith; answers the address of the API, and where metrics are shown."""
    mails = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mails)
    mails.daemon_threads = True
    threading.Thread(target=mails.serve_forever, daemon=True).start()
    house.ends.callback(mails.server_close)
    house.ends.callback(mails.shutdown)
    worker_port = free_port()
    environment = {
        "KITH_BIND": "127.0.0.1:0",
        "KITH_METRICS_BIND": "127.0.0.1:0",
        "KITH_WORKER_BIND": f"127.0.0.1:{worker_port}",
        "KITH_DATA": str(house.folder / "data"),
        "KITH_RATE_LIMITS": "off",
        "KITH_ACTIVATION": "off",
        "SMTP_URL": f"smtp://127.0.0.1:{mails.server_address[1]}",
        "RUST_LOG": "warn",
    }
    if PRODUCTION:
        name = f"kith_dashboard_{secrets.token_hex(6)}"
        psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", DATABASE_URL, "-c"]
        subprocess.run([*psql, f"CREATE DATABASE {name}"], check=True)
        house.ends.callback(subprocess.run, [*psql, f"DROP DATABASE {name} WITH (FORCE)"], check=False)
        url = urllib.parse.urlsplit(DATABASE_URL)._replace(path=f"/{name}").geturl()
        environment |= {"DATABASE_URL": url, "REDIS_URL": REDIS_URL, "REDIS_PREFIX": name, "KITH_SECRET": secrets.token_hex(32)}
        house.ends.callback(forget, name)
    api = house.run("api", [BINARIES / "api", "serve"], environment)

    def greeted():
        if api.poll() is not None:
            raise Failure(f"the API ended: {house.log('api')}")
        greeting = house.log("api").partition("Kith is ready")[2]
        page, metrics = (re.search(rf"^ +{what} +http://(\S+?)/?(metrics)?$", greeting, re.M) for what in ("page", "metrics"))
        return page and metrics and (f"http://{page[1]}", metrics[1].rstrip("/"))

    base, metrics = eventually("the API is ready", greeted, until)
    shown = [metrics]
    if PRODUCTION:
        worker = house.run("worker", [BINARIES / "worker"], environment)
        address = f"127.0.0.1:{worker_port}"

        def ready():
            if worker.poll() is not None:
                raise Failure(f"the worker ended: {house.log('worker')}")
            with contextlib.suppress(OSError):
                return get(f"http://{address}/readyz")

        eventually("the worker is ready", ready, until)
        shown.append(address)
    return base, shown


def forget(prefix):
    """Takes what is under a prefix out of Redis."""
    if shutil.which("redis-cli"):
        script = "for _, key in ipairs(redis.call('KEYS', ARGV[1] .. ':*')) do redis.call('DEL', key) end"
        subprocess.run(["redis-cli", "-u", REDIS_URL, "EVAL", script, "0", prefix], stdout=subprocess.DEVNULL, check=False)


def start_prometheus(house, targets, until):
    """Starts a Prometheus that scrapes `targets` each second; answers its address."""
    config = {"global": {"scrape_interval": "1s"}, "scrape_configs": [{"job_name": "kith", "static_configs": [{"targets": targets}]}]}
    (house.folder / "prometheus.yml").write_text(json.dumps(config))  # JSON is YAML
    port = free_port()
    command = [
        "prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=prometheus", f"--web.listen-address=127.0.0.1:{port}",
    ]  # fmt: skip
    process = house.run("prometheus", command)
    address = f"http://127.0.0.1:{port}"

    def scrapes():
        if process.poll() is not None:
            raise Failure(f"Prometheus ended: {house.log('prometheus')}")
        with contextlib.suppress(OSError):
            active = json.loads(get(f"{address}/api/v1/targets"))["data"]["activeTargets"]
            return len(active) == len(targets) and all(target["health"] == "up" for target in active)

    eventually("Prometheus scrapes every process", scrapes, until)
    return address


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


# --- The dashboard --------------------------------------------------------------------------------


def panels(dashboard):
    """Every panel that asks something, also in rows that are folded."""
    for panel in dashboard["panels"]:
        inner = panel.get("panels") or []
        for one in inner if panel["type"] == "row" else [panel]:
            yield one


def faults_of_form(dashboard):
    """What is wrong with the dashboard whatever is scraped."""
    ids, taken = set(), {}
    if dashboard.get("id") is not None:
        yield "it bears the id of the Grafana that it was written in"
    variables = {one["name"]: one for one in dashboard["templating"]["list"]}
    if variables.get("datasource", {}).get("type") != "datasource":
        yield "it has no variable for the data source"
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        for cell in ((x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])):
            if cell in taken:
                yield f"{panel['title']} lies over {taken[cell]}"
                break
            taken[cell] = panel["title"]
        if place["x"] + place["w"] > 24:
            yield f"{panel['title']} is wider than the page"
    for panel in panels(dashboard):
        title = panel["title"]
        if panel["id"] in ids:
            yield f"{title}: another panel has its id"
        ids.add(panel["id"])
        if not panel.get("description"):
            yield f"{title}: no description"
        if not panel["fieldConfig"]["defaults"].get("unit"):
            yield f"{title}: no unit"
        if not panel["targets"]:
            yield f"{title}: asks nothing"
        for target in [panel, *panel["targets"]]:
            if target["datasource"].get("uid") != "${datasource}":
                yield f"{title}: has a data source of its own"
        for target in panel["targets"]:
            if not target.get("legendFormat"):
                yield f"{title}: no legend"
            for name in re.findall(r"\$\{?(\w+)", target["expr"]):
                if name not in variables and not name.startswith("__"):
                    yield f"{title}: no variable is named {name}"


def filled(expression):
    def value(match):
        name = match[1] or match[2]
        if name not in FILLED:
            raise Failure(f"the check knows no value for ${name}")
        return FILLED[name]

    return re.sub(r"\$(?:\{(\w+)[^}]*\}|(\w+))", value, expression)


def fault_of(prometheus, expression):
    """What is wrong with what a query answers."""
    query = urllib.parse.urlencode({"query": filled(expression)})
    try:
        result = json.loads(get(f"{prometheus}/api/v1/query?{query}"))["data"]["result"]
    except urllib.error.HTTPError as error:
        return f"refused: {json.loads(error.read())['error']}"
    if not result:
        return "no samples"
    wrong = [one["metric"] for one in result if not math.isfinite(float(one["value"][1]))]
    return f"not finite for {wrong}" if wrong else None


def check_format(address):
    """Has promtool read what a process shows; answers the names in it."""
    text = get(f"http://{address}/metrics")
    linted = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    if linted.returncode or linted.stdout or linted.stderr:
        raise Failure(f"promtool on http://{address}/metrics: {linted.stdout}{linted.stderr}")
    return set(re.findall(r"^# TYPE (\w+)", text, re.M))


def main():
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "deploy/grafana/kith.json"
    dashboard = json.loads(path.read_text())
    faults = list(faults_of_form(dashboard))
    until = time.monotonic() + PATIENCE
    with House() as house:
        base, targets = start_kith(house, until)
        prometheus = start_prometheus(house, targets, until)
        # A series that begins with its first count shows no rate before the second.
        try:
            for tag in range(3):
                use(base, f"{tag}")
                time.sleep(1.5)
        except Failure as failure:
            raise Failure(f"{failure}\n{house.log('api')}") from failure
        shown = set().union(*(check_format(address) for address in targets))
        asked = [(panel["title"], target["expr"]) for panel in panels(dashboard) for target in panel["targets"]]
        wrong = dict.fromkeys(asked, "not asked")

        def answered():
            for one in list(wrong):
                wrong[one] = fault_of(prometheus, one[1])
                if wrong[one] is None:
                    del wrong[one]
            return not wrong

        with contextlib.suppress(Failure):
            eventually("every panel shows something", answered, min(until, time.monotonic() + 15))
        faults += [f"{title}: {fault}: {query}" for (title, query), fault in wrong.items()]
        for variable in dashboard["templating"]["list"]:
            if variable["type"] == "query":
                label, metric = variable["name"], re.match(r"label_values\((\w+),", variable["definition"])[1]
                values = json.loads(get(f"{prometheus}/api/v1/label/{label}/values?match[]={metric}"))["data"]
                if not values:
                    faults.append(f"the variable {label} has no values")
        queries = " ".join(query for _, query in asked)
        patterns = re.findall(r'__name__=~"([^"]+)"', queries)
        for name in sorted(shown):
            # A histogram is asked by its parts.
            if not re.search(rf"\b{name}(_bucket|_sum|_count)?\b", queries) and not any(re.fullmatch(one, name) for one in patterns):
                faults.append(f"{name} is in no panel")
    if faults:
        raise Failure("\n".join(faults))
    size = "PostgreSQL and Redis" if PRODUCTION else "the embedded mode"
    print(f"{path.name}: {len(asked)} queries of {len(list(panels(dashboard)))} panels have samples, on {size}")


if __name__ == "__main__":
    for needed in ("prometheus", "promtool"):
        if not shutil.which(needed):
            sys.exit(f"dashboard.py: needs {needed} (Debian's package prometheus)")
    # Whoever stops the check lets it end what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("dashboard.py: stopped"))
    try:
        main()
    except Failure as failure:
        sys.exit(f"dashboard.py: {failure}")
