"""One warm sandbox for all tests of a module; each test takes a session of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Limits, Sandbox, SandboxUnavailable, Session

SECRET = "a-token-that-no-submission-may-read"
SMALL = Limits(
    cell_seconds=8.0,
    call_seconds=8.0,
    memory=500 * 2**20,
    processes=24,
    file_size=32 * 2**20,
    scratch=48 * 2**20,
    output=100_000,
)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    key = tmp_path_factory.mktemp("support") / "public.key"
    key.write_text("a public key")
    os.environ["GRADEBOOK_PASSWORD"] = SECRET
    try:
        made = Sandbox(SMALL, support={"keys/01_images.key": Path(key)})
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    finally:
        del os.environ["GRADEBOOK_PASSWORD"]
    with made:
        yield made


@pytest.fixture
def session(sandbox: Sandbox) -> Iterator[Session]:
    with sandbox.session() as made:
        yield made


@pytest.fixture
def quick(sandbox: Sandbox) -> Iterator[Session]:
    """A session whose cells and calls may take a second."""
    with sandbox.session() as made:
        made.limits = Limits(**{**vars(SMALL), "cell_seconds": 1.0, "call_seconds": 1.0})
        yield made
