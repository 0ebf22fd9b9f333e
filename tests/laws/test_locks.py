"""The locks hold what pyproject.toml asks for, hashed, and agree with one another."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.M)


def pins(house: Path, name: str) -> dict[str, str]:
    found = PIN.findall((house / name).read_text(encoding="utf-8"))
    return {canonicalize_name(package): version for package, version in found}


def asked(house: Path) -> tuple[list[Requirement], list[Requirement]]:
    project = tomllib.loads((house / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = [Requirement(line) for line in project["dependencies"]]
    return run, [*run, *(Requirement(line) for line in project["optional-dependencies"]["test"])]


def test_locks_when_read_hold_every_dependency_that_is_asked_for(house: Path) -> None:
    run, test = asked(house)
    for requirements, name in ((run, "requirements.lock"), (test, "requirements-test.lock")):
        locked = pins(house, name)
        for one in requirements:
            assert one.specifier.contains(locked[canonicalize_name(one.name)]), f"{one} in {name}"


def test_locks_when_compared_agree(house: Path) -> None:
    run, test = pins(house, "requirements.lock"), pins(house, "requirements-test.lock")
    assert run.items() <= test.items()


def test_locks_when_read_hash_every_pin(house: Path) -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        blocks = re.split(r"^(?=[a-z0-9])", (house / name).read_text(encoding="utf-8"), flags=re.M)[1:]
        assert len(blocks) == len(pins(house, name))
        assert all("--hash=sha256:" in block for block in blocks)
