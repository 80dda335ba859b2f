"""Checks what no schema knows: that the parts of a manifest fit each other, and that every variable is one that Kith reads.

Usage: manifests.py MANIFEST…, where each MANIFEST is what `kubectl kustomize` prints. Without any, the variables alone.
"""

import re
import sys
from pathlib import Path

import yaml

DEPLOY = Path(__file__).parent.parent
SOURCES = DEPLOY.parent / "shared" / "src"
# Variables that are read by others than Kith's configuration.
OTHERS = re.compile(r"^(AWS_|OTEL_)")
# What only compose and its other programs read.
OF_COMPOSE = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "KITH_HTTP", "GRAFANA_PASSWORD"}
OF_SYSTEMD = {"KITH_CONFIG", "KITH_WORKER_ARGUMENTS"}

faults: list[str] = []


def labels_of(pod: dict) -> dict:
    return pod["metadata"].get("labels", {})


def matches(selector: dict, pod: dict) -> bool:
    return selector.items() <= labels_of(pod).items()


def check_manifest(name: str) -> None:
    objects = [one for one in yaml.safe_load_all(Path(name).read_text()) if one]
    by_kind: dict[str, list[dict]] = {}
    for one in objects:
        by_kind.setdefault(one["kind"], []).append(one)
    pods = {one["metadata"]["name"]: one["spec"]["template"] for one in by_kind["Deployment"] + by_kind["Job"]}
    there = {(one["kind"], one["metadata"]["name"]) for one in objects}

    def ports(pod: dict) -> set[str]:
        return {port["name"] for container in pod["spec"]["containers"] for port in container.get("ports", [])}

    for pod_name, pod in pods.items():
        security = pod["spec"]["securityContext"]
        if not security.get("runAsNonRoot") or security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            faults.append(f"{pod_name}: the profile `restricted` would refuse it")
        for container in pod["spec"]["containers"]:
            own = container["securityContext"]
            if own.get("allowPrivilegeEscalation") is not False or own.get("capabilities") != {"drop": ["ALL"]}:
                faults.append(f"{pod_name}: the profile `restricted` would refuse its container")
            for source in container["envFrom"]:
                (kind, reference), *_ = source.items()
                wanted = {"configMapRef": "ConfigMap", "secretRef": "Secret"}[kind]
                if (wanted, reference["name"]) not in there:
                    faults.append(f"{pod_name}: there is no {wanted} {reference['name']}")
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                if probe in container and container[probe]["httpGet"]["port"] not in ports(pod):
                    faults.append(f"{pod_name}: {probe} asks a port that is not named")
    for deployment in by_kind["Deployment"]:
        selector = deployment["spec"]["selector"]["matchLabels"]
        if not matches(selector, deployment["spec"]["template"]):
            faults.append(f"{deployment['metadata']['name']} does not select its own pods")
    for service in by_kind["Service"]:
        own = service["metadata"]["name"]
        chosen = [pod for pod in pods.values() if matches(service["spec"]["selector"], pod)]
        if len(chosen) != 1 or not {port["targetPort"] for port in service["spec"]["ports"]} <= ports(chosen[0]):
            faults.append(f"the service {own} leads nowhere, or to more than one kind of pod")
    for budget in by_kind["PodDisruptionBudget"]:
        if sum(matches(budget["spec"]["selector"]["matchLabels"], pod) for pod in pods.values()) != 1:
            faults.append(f"the budget {budget['metadata']['name']} is for no pods, or for more than one kind")
    for scaler in by_kind["HorizontalPodAutoscaler"]:
        target = scaler["spec"]["scaleTargetRef"]
        if (target["kind"], target["name"]) not in there:
            faults.append(f"there is no {target['name']} to scale")
    for policy in by_kind["NetworkPolicy"]:
        chosen = [pod for pod in pods.values() if matches(policy["spec"]["podSelector"].get("matchLabels", {}), pod)]
        for rule in policy["spec"].get("ingress", []):
            if not any(port["port"] in ports(pod) for port in rule["ports"] for pod in chosen):
                faults.append(f"the policy {policy['metadata']['name']} opens a port that nobody has")
    for ingress in by_kind["Ingress"]:
        for rule in ingress["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                if ("Service", path["backend"]["service"]["name"]) not in there:
                    faults.append("the ingress leads nowhere")
    for one in by_kind["ConfigMap"] + by_kind["Secret"]:
        check_names(f"{one['kind']} {one['metadata']['name']}", set(one["data"]), set())


def check_names(where: str, names: set[str], allowed: set[str]) -> None:
    for name in sorted(names - allowed - KNOWN):
        if not OTHERS.match(name):
            faults.append(f"{where}: Kith reads no {name}")


KNOWN = {
    name for file in SOURCES.rglob("*.rs") for name in re.findall(r'"((?:[A-Z]+_)+[A-Z]+)"', file.read_text())
}


def check_variables() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    check_names("compose.yaml", set(compose["x-kith"]["environment"]), set())
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / ".env.example").read_text(), re.MULTILINE))
    check_names(".env.example", offered, OF_COMPOSE)
    faults.extend(f".env.example: compose.yaml does not ask for {name}" for name in sorted(offered - asked))
    faults.extend(f".env.example lacks {name}" for name in sorted(asked - offered - {"RUST_LOG"}))
    image = set(re.findall(r"\b([A-Z_]+)=\S", (DEPLOY / "Dockerfile").read_text()))
    check_names("Dockerfile", image, {"VERSION"})
    for unit in (DEPLOY / "systemd").glob("*.service"):
        check_names(unit.name, set(re.findall(r"^Environment=([A-Z_]+)=", unit.read_text(), re.MULTILINE)), OF_SYSTEMD)


def main(manifests: list[str]) -> None:
    check_variables()
    for manifest in manifests:
        check_manifest(manifest)
    if faults:
        sys.exit("\n".join(faults))
    print("Manifests fit together, and every variable is one that is read")


if __name__ == "__main__":
    main(sys.argv[1:])
