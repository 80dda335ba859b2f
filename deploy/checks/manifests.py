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
OF_COMPOSE = {
    "POSTGRES_PASSWORD", "REDIS_PASSWORD", "KITH_HTTP", "KITH_HTTPS", "KITH_TLS", "KITH_ACME", "GRAFANA_PASSWORD",
}  # fmt: skip
OF_SYSTEMD = {"KITH_CONFIG", "KITH_WORKER_ARGUMENTS"}
# Seconds that processes need at a stop: a mail in hand 60, requests 20, what is left to hand over.
WORKER_STOPS, API_STOPS = 90, 40

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
    pods |= {one["metadata"]["name"]: one["spec"]["jobTemplate"]["spec"]["template"] for one in by_kind["CronJob"]}
    there = {(one["kind"], one["metadata"]["name"]) for one in objects}

    def ports(pod: dict) -> set[str]:
        return {port["name"] for container in pod["spec"]["containers"] for port in container.get("ports", [])}

    for pod_name, pod in pods.items():
        security = pod["spec"]["securityContext"]
        if not security.get("runAsNonRoot") or security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            faults.append(f"{pod_name}: the profile `restricted` would refuse it")
        for volume in pod["spec"].get("volumes", []):
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            if claim and ("PersistentVolumeClaim", claim) not in there:
                faults.append(f"{pod_name}: there is no volume {claim}")
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
    if not any("generate-city" in words(container) for container in pods["kith-migrate"]["spec"]["containers"]):
        faults.append("kith-migrate loads no provinces and cities")
    for worker, grace in (("kith-worker", WORKER_STOPS), ("kith-api", API_STOPS)):
        if pods[worker]["spec"]["terminationGracePeriodSeconds"] < grace:
            faults.append(f"{worker} is killed before {grace} s")
    # What lasts: a backup in a pod's own folder would go with the pod.
    for container in pods["kith-backup"]["spec"]["containers"]:
        mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        kept = [one["name"] for one in pods["kith-backup"]["spec"]["volumes"] if "persistentVolumeClaim" in one]
        if "db-backup" not in words(container) or "/var/lib/kith" not in {mounts[name] for name in kept}:
            faults.append("kith-backup keeps no backup")
    for one in by_kind["ConfigMap"] + by_kind["Secret"]:
        check_names(f"{one['kind']} {one['metadata']['name']}", set(one["data"]), set())


def words(container: dict) -> list[str]:
    """What a container is told to do, by word, also where a shell is."""
    return " ".join(container.get("args", container.get("command", []))).split()


def check_names(where: str, names: set[str], allowed: set[str]) -> None:
    for name in sorted(names - allowed - KNOWN):
        if not OTHERS.match(name):
            faults.append(f"{where}: Kith reads no {name}")


KNOWN = {
    name for file in SOURCES.rglob("*.rs") for name in re.findall(r'"((?:[A-Z]+_)+[A-Z]+)"', file.read_text())
}


def seconds(value: str) -> int:
    return int(value.removesuffix("s"))


def check_stops() -> None:
    """Nobody is killed earlier in one installation than in another."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    for name, service in services.items():
        if service["image"] == "kith:local" and name != "migrate":
            grace = WORKER_STOPS if name.startswith("worker") else API_STOPS
            if seconds(service["stop_grace_period"]) < grace:
                faults.append(f"compose.yaml: {name} is killed before {grace} s")
    # One process has the worker in it.
    for unit, grace in (("kith-worker@", WORKER_STOPS), ("kith", WORKER_STOPS), ("kith-api@", API_STOPS)):
        text = (DEPLOY / "systemd" / f"{unit}.service").read_text()
        if int(re.search(r"^TimeoutStopSec=(\d+)$", text, re.MULTILINE)[1]) < grace:
            faults.append(f"{unit}.service: is killed before {grace} s")


def check_wrapper() -> None:
    """`kith` gives a command what the services have."""
    unit = (DEPLOY / "systemd" / "kith-api@.service").read_text()
    wrapper = (DEPLOY / "systemd" / "kith").read_text()
    for name in ("User", "UMask", "StateDirectory", "StateDirectoryMode", "WorkingDirectory", "EnvironmentFile"):
        line = re.search(rf"^{name}=.*$", unit, re.MULTILINE)[0]
        if f"--property={line} " not in wrapper:
            faults.append(f"systemd/kith lacks {line} of kith-api@.service")


def check_variables() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    check_names("compose.yaml", set(compose["x-kith"]["environment"]), set())
    check_names("compose.yaml: migrate", set(compose["services"]["migrate"]["environment"]), {"KITH_CONFIG"})
    if "generate-city" not in words(compose["services"]["migrate"]):
        faults.append("compose.yaml: migrate loads no provinces and cities")
    files = [DEPLOY / "compose.yaml", DEPLOY / "compose.tls.yaml"]
    asked = {name for file in files for name in re.findall(r"\$\{([A-Z_]+)", file.read_text())}
    # Some stand there to be taken in.
    offered = set(re.findall(r"^(?:# )?([A-Z_]+)=", (DEPLOY / ".env.example").read_text(), re.MULTILINE))
    check_names(".env.example", offered, OF_COMPOSE)
    faults.extend(f".env.example: compose.yaml does not ask for {name}" for name in sorted(offered - asked))
    faults.extend(f".env.example lacks {name}" for name in sorted(asked - offered - {"RUST_LOG"}))
    let_in = re.findall(r"^!(\S+)$", (DEPLOY.parent / ".dockerignore").read_text(), re.MULTILINE)
    for file in re.findall(r"^COPY (?:--chmod=\d+ )?(deploy/\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE):
        if file not in let_in or not (DEPLOY.parent / file).exists():
            faults.append(f"Dockerfile: {file} is not there for the image: .dockerignore")
    image = set(re.findall(r"\b([A-Z_]+)=\S", (DEPLOY / "Dockerfile").read_text()))
    check_names("Dockerfile", image, {"VERSION"})
    for unit in (DEPLOY / "systemd").glob("*.service"):
        check_names(unit.name, set(re.findall(r"^Environment=([A-Z_]+)=", unit.read_text(), re.MULTILINE)), OF_SYSTEMD)


def main(manifests: list[str]) -> None:
    check_variables()
    check_stops()
    check_wrapper()
    for manifest in manifests:
        check_manifest(manifest)
    if faults:
        sys.exit("\n".join(faults))
    print("Manifests fit together, and every variable is one that is read")


if __name__ == "__main__":
    main(sys.argv[1:])
