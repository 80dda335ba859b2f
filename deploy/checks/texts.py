"""Checks the texts: links lead somewhere, every alert has a section for whoever it wakes, every metric is explained and shown.

Usage: texts.py
"""

import re
import sys
from pathlib import Path

import yaml

TOP = Path(__file__).parent.parent.parent
GUIDE = TOP / "deploy" / "README.md"
# Folders that hold what is not ours.
OTHERS = {".git", "data", "node_modules", "target"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
METRIC = re.compile(r"\b(?:kith_[a-z_]+|process_start_time_seconds\b)")


def prose(file: Path) -> str:
    """The text without what stands in code blocks."""
    return re.sub(r"^```.*?^```", "", file.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(file: Path) -> set[str]:
    """What a heading can be reached by."""
    headings = re.findall(r"^#+ (.*)$", prose(file), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def metrics(text: str) -> set[str]:
    """The metrics that a text names, a histogram by its own name."""
    # `kith_(database|redis)_up` are two.
    for whole, several, rest in re.findall(r"(kith_\(([a-z|]+)\)([a-z_]*))", text):
        text = text.replace(whole, " ".join(f"kith_{one}{rest}" for one in several.split("|")))
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in METRIC.findall(text)}


def main() -> None:
    faults = []
    texts = [file for file in TOP.rglob("*.md") if not OTHERS & set(file.relative_to(TOP).parts)]
    for text in texts:
        for link in LINK.findall(prose(text)):
            if "://" in link:
                continue
            path, _, anchor = link.partition("#")
            target = (text.parent / path).resolve() if path else text
            if not target.exists():
                faults.append(f"{text.relative_to(TOP)}: {link} leads nowhere")
            elif anchor and anchor not in anchors(target):
                faults.append(f"{text.relative_to(TOP)}: {link} names no heading")
    rules = (TOP / "deploy" / "prometheus" / "rules.yml").read_text()
    alerts = [rule for group in yaml.safe_load(rules)["groups"] for rule in group["rules"]]
    for alert in alerts:
        path, _, anchor = alert["annotations"]["runbook"].partition("#")
        if anchor != alert["alert"].lower() or anchor not in anchors(TOP / path):
            faults.append(f"{alert['alert']} has no section in deploy/README.md")
    explained, used = metrics(GUIDE.read_text()), metrics(rules)
    # The dashboard has every metric that Kith shows: dashboard.py sees to it.
    shown = metrics((TOP / "deploy" / "grafana" / "kith.json").read_text())
    faults += [f"deploy/README.md does not explain {name}" for name in sorted((used | shown) - explained)]
    faults += [f"the dashboard does not show {name}" for name in sorted((explained | used) - shown)]
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(texts)} texts and {len(alerts)} alerts")


if __name__ == "__main__":
    main()
