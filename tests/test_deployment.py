"""The manifest of docs/deployment.md, as far as it can be told without a cluster."""

import re
from pathlib import Path
from typing import Any

import yaml

TEXT = (Path(__file__).parents[1] / "docs" / "deployment.md").read_text("utf-8")


def manifest() -> dict[str, Any]:
    (block,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    found: dict[str, Any] = yaml.safe_load(block)
    return found


def test_each_mounted_volume_is_there_and_runs_is_shared() -> None:
    pod = manifest()["spec"]["worker"]["spec"]
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    mounts = {mount["name"]: mount["mountPath"] for one in pod["containers"] for mount in one["volumeMounts"]}
    assert mounts.keys() == volumes.keys()
    assert "persistentVolumeClaim" in volumes["runs"]
    assert f"-o {mounts['runs']}/" in TEXT, "the command names the folder that the workers see"
    assert mounts["shm"] == "/dev/shm", "Chromium needs more of it than a container has"


def test_the_service_leads_to_the_scheduler_of_this_cluster() -> None:
    found = manifest()
    name, scheduler = found["metadata"]["name"], found["spec"]["scheduler"]
    assert scheduler["service"]["selector"] == {"dask.org/cluster-name": name, "dask.org/component": "scheduler"}
    ports = {port["name"] for one in scheduler["spec"]["containers"] for port in one["ports"]}
    assert {port["targetPort"] for port in scheduler["service"]["ports"]} == ports
    assert f"tcp://{name}-scheduler:8786" in TEXT
