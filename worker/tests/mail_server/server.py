"""A real SMTP server for tests, aiosmtpd, that answers as its standard input says.

Its one argument is JSON: the port, the folder for mails, and perhaps a user and a certificate. It says on
its standard output that it is ready, then reads a command a line and answers each with a line. Every mail
that it takes is put into the folder before it says so: `N.eml` as it came, and then `N.json`, its envelope.
It ends with its standard input, and so with the test, however that ends.
"""

import asyncio
import json
import os
import pathlib
import ssl
import sys
import time
import warnings


def tell(answer):
    print(json.dumps(answer), flush=True)


try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    tell({"error": "aiosmtpd is missing; on Debian: apt-get install python3-aiosmtpd"})
    sys.exit(1)

# Credentials in clear are what some tests are about.
warnings.simplefilter("ignore")


class State:
    """What the test has asked for, and what has happened."""

    def __init__(self, settings):
        self.folder = pathlib.Path(settings["folder"])
        self.user = settings.get("user")
        self.password = settings.get("password")
        self.rules = []
        self.go = asyncio.Event()
        self.connections = 0
        self.open = set()
        self.most = 0
        self.mails = 0

    def rule(self, stage, recipients):
        """The first rule for a stage and one of the recipients, used once more."""
        for rule in self.rules:
            meant = rule["at"] == stage and any(to.startswith(rule["to"]) for to in recipients or [""])
            if meant and rule["times"] != 0:
                if rule["times"] is not None:
                    rule["times"] -= 1
                return rule
        return {}

    def opened(self):
        self.connections += 1
        self.open.add(self.connections)
        self.most = max(self.most, len(self.open))
        return self.connections

    def keep(self, session, envelope):
        self.mails += 1
        stem = f"{time.time_ns():020}-{self.mails:04}"
        (self.folder / f"{stem}.eml").write_bytes(envelope.content)
        about = {
            "connection": session.number,
            "encrypted": session.transport.get_extra_info("ssl_object") is not None,
            "user": getattr(session.session, "user", None),
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
        }
        unfinished = self.folder / f"{stem}.unfinished"
        unfinished.write_text(json.dumps(about))
        unfinished.rename(self.folder / f"{stem}.json")

    def command(self, command):
        if "rule" in command:
            self.rules.append(command["rule"])
        if "obey" in command:
            self.rules.clear()
        if "release" in command:
            self.go.set()
            self.go = asyncio.Event()
        return {"connections": self.connections, "open": len(self.open), "most": self.most}


class Session(SMTP):
    """One connection."""

    def __init__(self, state, **options):
        self.state = state
        self.number = None
        super().__init__(Handler(state), **options)

    def connection_made(self, transport):
        super().connection_made(transport)
        if self.number is None:  # STARTTLS makes the connection once more
            self.number = self.state.opened()

    def connection_lost(self, error):
        self.state.open.discard(self.number)
        super().connection_lost(error)

    async def smtp_DATA(self, argument):
        if "cut" in self.state.rule("middle", self.envelope.rcpt_tos):
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(argument)


class Handler:
    """What a connection answers."""

    def __init__(self, state):
        self.state = state

    async def handle_MAIL(self, server, session, envelope, address, options):
        refusal = self.state.rule("mail", []).get("say")
        if refusal is None:
            envelope.mail_from = address
        return refusal or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = self.state.rule("recipient", [address]).get("say")
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        rule = self.state.rule("content", envelope.rcpt_tos)
        if "say" in rule:
            return rule["say"]
        self.state.keep(server, envelope)
        if "hold" in rule:
            await self.state.go.wait()
        if "cut" in rule:
            server.transport.abort()
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, given):
        user, password = given.login.decode(), given.password.decode()
        session.user = user
        return AuthResult(success=(user, password) == (self.state.user, self.state.password), handled=False)


async def main():
    settings = json.loads(sys.argv[1])
    state = State(settings)
    options = {"enable_SMTPUTF8": True, "auth_require_tls": False}
    if state.user:
        options |= {"auth_required": True, "authenticator": Handler(state).authenticate}
    context = None
    if "certificate" in settings:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings["certificate"], settings["key"])
        if not settings["from_the_first_byte"]:
            options |= {"tls_context": context, "require_starttls": True}
            context = None
    loop = asyncio.get_running_loop()
    await loop.create_server(
        lambda: Session(state, loop=loop, **options), "127.0.0.1", settings["port"], ssl=context
    )
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    tell({"ready": True})
    while line := await reader.readline():
        tell(state.command(json.loads(line)))
    os._exit(0)  # what is still open is nobody's any more


asyncio.run(main())
