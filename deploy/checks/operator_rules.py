#!/usr/bin/env python3
"""Checks that the alerts of the Prometheus operator are those of deploy/prometheus/rules.yml.

Usage: operator_rules.py [--write], which makes them anew.
"""

import sys
from pathlib import Path

DEPLOY = Path(__file__).parent.parent
RULES = DEPLOY / "prometheus" / "rules.yml"
OPERATORS = DEPLOY / "kubernetes" / "overlays" / "monitoring" / "rules.yaml"
HEAD = """\
# Made of deploy/prometheus/rules.yml by `deploy/checks/operator_rules.py --write`: change them there.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: kith
spec:
"""


def made() -> str:
    """What the file has to be: the groups as they are written, further in."""
    _, _, groups = RULES.read_text().partition("\ngroups:\n")
    return HEAD + "  groups:\n" + "".join(f"  {line}\n" if line else "\n" for line in groups.splitlines())


def check() -> None:
    # Not for --write, which any Python does.
    import yaml

    there = OPERATORS.read_text()
    # Whatever made it: what the operator reads of it counts.
    if there != made() or yaml.safe_load(there)["spec"]["groups"] != yaml.safe_load(RULES.read_text())["groups"]:
        sys.exit(f"{OPERATORS.relative_to(DEPLOY.parent)} is not rules.yml's: deploy/checks/operator_rules.py --write")
    print("The Prometheus operator gets the same alerts")


def main(*arguments: str) -> None:
    if arguments == ("--write",):
        OPERATORS.write_text(made())
    elif arguments:
        sys.exit(__doc__)
    else:
        check()


if __name__ == "__main__":
    main(*sys.argv[1:])
