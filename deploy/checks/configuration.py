"""Checks that deploy/kith.toml is true: every setting that the binary has is in it, with the binary's default. And that
deploy/migrate.toml is taken.

Usage: configuration.py API, where API is the `api` binary.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

FILE = Path(__file__).parent.parent / "kith.toml"
MIGRATE = Path(__file__).parent.parent / "migrate.toml"
# A commented setting has no space behind the sign; prose has one.
SETTING = re.compile(r"^#(?=[a-z_]+ = )", re.MULTILINE)


def ask(api: str, text: str) -> subprocess.CompletedProcess[str]:
    """What `api check-config` says of a file with this text, with nothing set in the environment."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "kith.toml")
        file.write_text(text)
        environment = {"PATH": os.environ["PATH"], "KITH_CONFIG": str(file)}
        return subprocess.run(
            [api, "check-config"], env=environment, cwd=folder, capture_output=True, text=True, check=False
        )


def printed(api: str, text: str) -> dict:
    """The settings in force. What is printed was accepted, even if a process would want more than the file has."""
    answer = ask(api, text)
    if not answer.stdout:
        sys.exit(f"a file is refused: {answer.stderr.strip()}")
    return tomllib.loads(answer.stdout)


def names(api: str, section: str) -> set[str]:
    """What a section may hold, as the binary tells whoever misspells it."""
    header = f"[{section}]\n" if section else ""
    refusal = ask(api, f"{header}no_such_setting = 1\n").stderr
    if "no_such_setting" not in refusal:
        sys.exit(f"the binary does not say what [{section}] may hold: {refusal.strip()}")
    return set(re.findall(r"`([a-z_]+)`", refusal)) - {"no_such_setting"}


def flat(table: dict, prefix: str = "") -> dict[str, object]:
    settings = {}
    for name, value in table.items():
        if isinstance(value, dict):
            settings |= flat(value, f"{prefix}{name}.")
        else:
            settings[prefix + name] = value
    return settings


def every_setting(api: str, written: dict, section: str = "") -> set[str]:
    """Every setting that the binary has, by its whole name. What is a table in the file is a section."""
    found = set()
    for name in names(api, section):
        whole = f"{section}.{name}" if section else name
        if not section and name not in written:
            sys.exit(f"kith.toml lacks the section [{name}]")
        if isinstance(written.get(name), dict):
            found |= every_setting(api, written[name], whole)
        else:
            found.add(whole)
    return found


def main(api: str) -> None:
    text = FILE.read_text()
    uncommented = SETTING.sub("", text)
    # As it stands the file changes nothing.
    defaults = flat(printed(api, ""))
    faults = []
    if flat(printed(api, text)) != defaults:
        faults.append("the file as it stands sets something")
    written = flat(tomllib.loads(uncommented))
    there = every_setting(api, tomllib.loads(uncommented))
    taken = flat(printed(api, uncommented)) if there == set(written) else {}
    faults += [f"{name} is not in the file" for name in sorted(there - set(written))]
    faults += [f"{name} is not a setting" for name in sorted(set(written) - there)]
    for name, value in defaults.items():
        if name in written and written[name] != value:
            faults.append(f"{name} is {written[name]!r} in the file; its default is {value!r}")
    faults += [f"{name} is not taken over" for name in sorted(set(written) - set(taken)) if taken]
    longer, own = flat(printed(api, MIGRATE.read_text())), flat(tomllib.loads(MIGRATE.read_text()))
    faults += [f"migrate.toml: {name} is not taken over" for name in own if longer.get(name) != own[name]]
    if faults:
        sys.exit("\n".join(f"kith.toml: {fault}" for fault in faults))
    print(f"kith.toml has all {len(there)} settings, {len(defaults)} of them with their defaults")


if __name__ == "__main__":
    main(*sys.argv[1:])
