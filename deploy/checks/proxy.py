"""Runs the proxy's configuration for real: nginx in front of two API processes and a worker, and Debian's nginx as the guide sets it up.

Usage: proxy.py FOLDER, where FOLDER holds the binaries `api` and `worker`. KITH_TEST_DATABASE_URL and KITH_TEST_REDIS_URL
name the servers; the database and the Redis prefix are this check's own. Everything listens on the loopback.
"""

import asyncio
import http.client
import http.server
import json
import os
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import websockets

DEPLOY = Path(__file__).parent.parent
DEBIANS = Path("/etc/nginx")
PASSWORD = "correct horse"
# So many people may sign up from one address here.
REGISTRATIONS = 2
SETTINGS = f"[limits]\nregistrations_a_minute = {REGISTRATIONS}\nchanges_a_minute = 1000000\n"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, and not {wanted!r}")


class Child:
    """A process, and what it wrote into its log; it ends with the block."""

    def __init__(self, name: str, folder: Path, command: list[str], environment: dict[str, str]) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        path = {"PATH": os.environ["PATH"]}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=path | environment, cwd=folder, stdout=log, stderr=log)

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        self.stop()
        if failed:
            print(f"-- {self.name}\n{self.log.read_text()[-3000:]}", file=sys.stderr)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


class Client:
    """Calls through the proxy, from an address of the loopback of its own."""

    def __init__(self, port: int, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.port, self.address, self.tls, self.token = port, address, tls, ""

    def call(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict]:
        source = (self.address, 0)
        if self.tls:
            connection = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=40, source_address=source, context=self.tls
            )
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40, source_address=source)
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = body
        if isinstance(body, dict):
            data, headers["Content-Type"] = json.dumps(body), "application/json"
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            text = answer.read()
            try:
                return answer.status, json.loads(text)
            except ValueError:
                return answer.status, {}
        finally:
            connection.close()

    def sign_up(self, name: str, **headers: str) -> int:
        status, _ = self.call("POST", "/api/v1/accounts", {"username": name, "password": PASSWORD}, **headers)
        return status

    def sign_in(self, name: str) -> "Client":
        status, answer = self.call("POST", "/api/v1/sessions", {"login": name, "password": PASSWORD})
        expect(f"{name} signs in", status, 201)
        self.token = answer["access_token"]
        return self

    def socket(self) -> websockets.connect:
        scheme = "wss" if self.tls else "ws"
        return websockets.connect(
            f"{scheme}://127.0.0.1:{self.port}/api/v1/ws",
            additional_headers={"Authorization": f"Bearer {self.token}"},
            ssl=self.tls,
            proxy=None,
        )


def wait_for(what: str, port: int, path: str, child: Child) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.process.poll() is None:
        try:
            if Client(port).call("GET", path)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{what} does not start")


def temporary_folders(folder: Path) -> str:
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"    {name}_temp_path {folder}/{name};\n" for name in names)


def configure(folder: Path, upstream: list[int], plain: int, beside: int, tls: int) -> Path:
    """The proxy's files as they are, with other ports and other processes behind them."""
    kith = folder / "kith"
    shutil.copytree(DEPLOY / "nginx", kith)
    servers = (kith / "upstream.conf").read_text()
    for named, port in zip((8011, 8012), upstream, strict=True):
        servers = servers.replace(f"127.0.0.1:{named} ", f"127.0.0.1:{port} ")
    (kith / "upstream.conf").write_text(servers)
    key = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    key += ["-subj", "/CN=kith", "-addext", "subjectAltName=IP:127.0.0.1"]
    key += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(key, check=True, capture_output=True)

    def moved(name: str, ports: dict[int, int]) -> str:
        lines = []
        for line in (kith / name).read_text().splitlines():
            if line.strip().startswith("listen [::]"):
                continue
            for port, other in ports.items():
                line = line.replace(f"listen {port}", f"listen 127.0.0.1:{other}")
            lines.append(line.replace("/etc/nginx/tls/", f"{folder}/"))
        return "\n".join(lines)

    files = {"http": moved("http.conf", {80: plain}), "https": moved("https.conf", {80: beside, 443: tls})}
    both = files["http"] + "\n" + files["https"].replace("include kith/sockets.conf;", "").replace(
        "include kith/upstream.conf;", ""
    )
    temporary = temporary_folders(folder)
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole = f"{user}pid {folder}/nginx.pid;\nerror_log stderr warn;\nevents {{}}\nhttp {{\n    access_log off;\n{temporary}{both}\n}}\n"
    (folder / "nginx.conf").write_text(whole)
    return folder / "nginx.conf"


class Mirror(http.server.BaseHTTPRequestHandler):
    """Answers what it was asked with, in the place of a process of Kith."""

    def do_GET(self) -> None:  # noqa: N802, its name is the library's
        text = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


def guided() -> list[str]:
    """The commands by which the guide sets up nginx, by line."""
    guide = (DEPLOY / "README.md").read_text()
    block = next(one for one in re.findall(r"^```sh\n(.*?)^```", guide, re.MULTILINE | re.DOTALL) if "/etc/nginx/kith" in one)
    return [line for line in block.splitlines() if not line.startswith("nginx -t")]


def check_debian(stack: ExitStack, outside: Path, several: bool) -> None:
    """Debian's nginx, with the files where the guide puts them: it serves Kith, and not Debian's page."""
    folder = outside / ("debian-several" if several else "debian-one")
    etc = folder / "nginx"
    folder.mkdir()
    shutil.copytree(DEBIANS, etc)
    if not (etc / "sites-enabled" / "default").exists():
        (etc / "sites-enabled" / "default").write_text("server { listen 80 default_server; root /var/www/html; }\n")
    for line in guided():
        if several and "upstream.one.conf" in line:
            continue
        command = line.replace("/etc/nginx", str(etc))
        subprocess.run(command, shell=True, check=True, cwd=DEPLOY.parent, capture_output=True)
    mirror = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    threading.Thread(target=mirror.serve_forever, daemon=True).start()
    stack.callback(mirror.server_close)
    stack.callback(mirror.shutdown)
    port, behind = free_port(), mirror.server_address[1]

    def move(default: bool) -> Path:
        """The same with other ports and folders; with Debian's page again, where that is wanted."""
        moved = folder / f"moved-{default}"
        shutil.copytree(etc, moved)
        if default:
            shutil.copy(DEBIANS / "sites-available" / "default", moved / "sites-enabled" / "default")
        for file in moved.rglob("*"):
            if not file.is_file():
                continue
            text = re.sub(r"^\s*listen \[::\].*$", "", file.read_text(errors="replace"), flags=re.MULTILINE)
            text = re.sub(r"\blisten 80\b", f"listen 127.0.0.1:{port}", text)
            text = re.sub(r"\bserver 127\.0\.0\.1:\d+ ", f"server 127.0.0.1:{behind} ", text)
            text = text.replace("/etc/nginx/", f"{moved}/").replace("/run/nginx.pid", f"{folder}/nginx.pid")
            text = text.replace("/var/log/nginx/", f"{folder}/")
            text = re.sub(r"^user .*;$", "user root;" if os.geteuid() == 0 else "", text, flags=re.MULTILINE)
            file.write_text(text.replace("http {", "http {\n" + temporary_folders(folder), 1) if file.name == "nginx.conf" else text)
        return moved / "nginx.conf"

    with_debians = subprocess.run(["nginx", "-t", "-c", str(move(True))], capture_output=True, text=True, check=False)
    if "duplicate default server" not in with_debians.stderr:
        raise AssertionError(f"beside Debian's own page nginx starts, and may show that: {with_debians.stderr}")
    command = ["nginx", "-c", str(move(False)), "-e", "stderr", "-g", "daemon off;"]
    with Child("nginx", folder, command, {}) as proxy:
        wait_for("Debian's nginx", port, "/", proxy)
        strangers = {"Host": "people.example.org", "X-Request-Id": "mine", "X-Forwarded-For": "192.0.2.1"}
        strangers |= {"traceparent": f"00-{'1' * 32}-{'2' * 16}-01", "tracestate": "a=b"}
        status, heard = Client(port).call("GET", "/api/v1/me", **strangers)
        expect("a call through Debian's nginx", status, 200)
        expect("the name it was asked by", heard["host"], "people.example.org")
        expect("who asks", heard["x-forwarded-for"], "192.0.2.1, 127.0.0.1")
        expect("a stranger's trace", {"traceparent", "tracestate"} & heard.keys(), set())
        if heard["x-request-id"] == "mine":
            raise AssertionError("a stranger says what its request is called")
        expect("/readyz", Client(port).call("GET", "/readyz")[0], 404)


def check_paths(client: Client) -> None:
    expect("the page", client.call("GET", "/")[0], 200)
    expect("/healthz", client.call("GET", "/healthz")[0], 200)
    for shut in ("/metrics", "/readyz", "/dev/mailbox"):
        expect(shut, client.call("GET", shut)[0], 404)


def check_addresses(port: int) -> None:
    """Each address has its own count of registrations, and a header that a client writes itself changes nothing."""
    one, other = Client(port, "127.0.0.2"), Client(port, "127.0.0.3")
    forged = {"X-Forwarded-For": "192.0.2.1"}
    expect("a registration", one.sign_up("ann"), 201)
    expect("a registration", one.sign_up("bob", **forged), 201)
    expect("one too many from this address", one.sign_up("cid", **forged), 429)
    expect("one from another address", other.sign_up("cid"), 201)


async def check_sockets(ann: Client, bob: Client, apis: list[Child]) -> None:
    """Sockets are spread, hear of what happens, and a stop of one process moves its own to the other."""
    sockets = [await ann.socket() for _ in range(4)]
    for open_socket in sockets:
        hello = json.loads(await asyncio.wait_for(open_socket.recv(), 10))
        expect("the first frame", hello["type"], "hello")
        await open_socket.send(json.dumps({"type": "resume", "after": 0}))
        while json.loads(await asyncio.wait_for(open_socket.recv(), 10))["type"] != "resumed":
            pass

    async def heard(people: list, text: str) -> None:
        me = ann.call("GET", "/api/v1/me")[1]["id"]
        status, request = bob.call("POST", "/api/v1/connection-requests", {"to_user_id": me, "message": text})
        expect("a request", status, 201)
        for person in people:
            frame = json.loads(await asyncio.wait_for(person.recv(), 10))
            expect("what the socket hears", frame["type"], "notification")
        status, _ = bob.call("POST", f"/api/v1/connection-requests/{request['id']}/cancel")
        expect("its withdrawal", status, 200)
        for person in people:
            frame = json.loads(await asyncio.wait_for(person.recv(), 10))
            expect("what the socket hears then", frame["type"], "removed")

    await heard(sockets, "first")

    stop, failed, answered = threading.Event(), [], [0]

    def ask() -> None:
        while not stop.is_set():
            for method, path in (("GET", "/api/v1/me"), ("POST", "/api/v1/ws/tickets")):
                try:
                    status = bob.call(method, path)[0]
                except (OSError, http.client.HTTPException) as error:
                    status = repr(error)
                answered[0] += 1
                if status not in (200, 201):
                    failed.append((method, status))

    askers = [threading.Thread(target=ask, daemon=True) for _ in range(4)]
    for asker in askers:
        asker.start()
    await asyncio.sleep(0.5)
    expect("how the process ends", await asyncio.to_thread(apis[0].stop), 0)
    await asyncio.sleep(0.5)
    stop.set()
    for asker in askers:
        asker.join()

    moved = [one for one in sockets if one.close_code is not None]
    kept = [one for one in sockets if one.close_code is None]
    if not moved or not kept:
        raise AssertionError(f"{len(moved)} of 4 sockets were at the process that stopped")
    expect("how their sockets are closed", {one.close_code for one in moved}, {1012})
    again = []
    for _ in moved:
        one = await ann.socket()
        version = json.loads(await asyncio.wait_for(one.recv(), 10))["version"]
        await one.send(json.dumps({"type": "resume", "after": version}))
        expect("the answer", json.loads(await asyncio.wait_for(one.recv(), 10))["type"], "resumed")
        again.append(one)
    await heard(kept + again, "second")
    for one in kept + again:
        await one.close()
    print(f"a process stopped under {answered[0]} calls: {len(failed)} failed {failed[:5] or ''}")
    # What a process had taken off the network and not yet read when it stopped listening is lost, and a POST is not asked twice.
    if [one for one in failed if one[0] == "GET"] or len(failed) > 2:
        raise AssertionError(f"calls failed while a process stopped: {failed}")


def check_sizes(ann: Client) -> None:
    """What is too large is refused, by whoever reads it, and takes no process away from anybody else."""
    expect("a picture too large", ann.call("PUT", "/api/v1/me/avatar", b"x" * 9 * 1024 * 1024)[0], 413)
    for _ in range(20):
        # 502: Kith has refused, and closed the connection while the proxy was still sending.
        status = ann.call("POST", "/api/v1/chats", {"account_id": "9" * 7 * 1024 * 1024})[0]
        if status not in (413, 502):
            raise AssertionError(f"a body too large is answered with {status}")
        expect("a call after it", ann.call("GET", "/api/v1/me")[0], 200)


async def check_tls(client: Client) -> None:
    client.sign_in("ann")
    async with client.socket() as one:
        hello = json.loads(await asyncio.wait_for(one.recv(), 10))
        expect("the first frame with TLS", hello["type"], "hello")


def main(binaries: str) -> None:
    # Stopped from outside, it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    name = f"kith_proxy_{secrets.token_hex(4)}"
    server = os.environ["KITH_TEST_DATABASE_URL"]

    def sql(statement: str) -> None:
        subprocess.run(["psql", "-qXd", server, "-c", statement], check=True, capture_output=True)

    def forget() -> None:
        """Takes the keys of this check out of Redis, which may be somebody's own."""
        redis = ["redis-cli", "-u", os.environ["KITH_TEST_REDIS_URL"]]
        keys = subprocess.run([*redis, "--scan", "--pattern", f"{name}:*"], check=True, capture_output=True, text=True)
        if found := keys.stdout.split():
            subprocess.run([*redis, "unlink", *found], check=True, capture_output=True)

    with ExitStack() as stack:
        stack.callback(forget)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kith-proxy-")))
        sql(f"CREATE DATABASE {name}")
        stack.callback(sql, f"DROP DATABASE {name} WITH (FORCE)")
        (folder / "kith.toml").write_text(SETTINGS)
        environment = {
            "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}",
            "REDIS_URL": os.environ["KITH_TEST_REDIS_URL"],
            "REDIS_PREFIX": name,
            "KITH_SECRET": secrets.token_hex(32),
            "KITH_TRUSTED_PROXIES": "127.0.0.1",
            "RUST_LOG": "warn",
            "KITH_DATA": str(folder / "data"),
        }
        apis, ports = [], [free_port(), free_port()]
        for number, port in enumerate(ports):
            own = {"KITH_BIND": f"127.0.0.1:{port}", "KITH_METRICS_BIND": "127.0.0.1:0"}
            command = [f"{binaries}/api", "serve"]
            apis.append(stack.enter_context(Child(f"api-{number}", folder, command, environment | own)))
        for child, port in zip(apis, ports):
            wait_for(child.name, port, "/readyz", child)
        bind = {"KITH_WORKER_BIND": f"127.0.0.1:{free_port()}"}
        stack.enter_context(Child("worker", folder, [f"{binaries}/worker"], environment | bind))
        plain, beside, encrypted = free_port(), free_port(), free_port()
        file = configure(folder, ports, plain, beside, encrypted)
        command = ["nginx", "-p", str(folder), "-c", str(file), "-e", "stderr", "-g", "daemon off;"]
        proxy = stack.enter_context(Child("nginx", folder, command, {}))
        wait_for("nginx", plain, "/healthz", proxy)

        check_paths(Client(plain))
        # Beside TLS, a page is led to it, and a call fails rather than bearing its token in the open again.
        if DEBIANS.joinpath("sites-available", "default").exists():
            check_debian(stack, folder, several=True)
            check_debian(stack, folder, several=False)
        else:
            print("this nginx is not Debian's; the guide's set-up of that is skipped")
        expect("a page beside TLS", Client(beside).call("GET", "/")[0], 308)
        expect("a call beside TLS", Client(beside).call("GET", "/api/v1/me")[0], 404)
        check_addresses(plain)
        ann, bob = Client(plain).sign_in("ann"), Client(plain).sign_in("bob")
        check_sizes(ann)
        asyncio.run(check_tls(Client(encrypted, tls=ssl.create_default_context(cafile=folder / "fullchain.pem"))))
        asyncio.run(check_sockets(ann, bob, apis))
    print("The proxy passes on what it should, and nothing else")


if __name__ == "__main__":
    main(*sys.argv[1:])
