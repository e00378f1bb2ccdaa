"""`course data`: lists, verifies, takes a user's archive."""

import json

import pytest
from typer.testing import CliRunner

from pix2net.cli.app import app
from pix2net.data.cifar10 import store
from tests.data.cifar_files import binary_members, write_tar


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(store.FILE_SETTING, raising=False)
    return lambda *words: CliRunner().invoke(app, ["data", *words])


def test_all_sets_are_listed_with_where_they_are(run):
    listed = {row["name"]: row["state"] for row in json.loads(run("--json").stdout)}
    assert listed["picto10"] == listed["fashion_mnist"] == "comes with the course"
    assert listed["cifar10"].startswith("not here")


def test_an_embedded_set_is_verified(run):
    facts = json.loads(run("fashion_mnist", "--json").stdout)
    assert (facts["training images"], facts["test images"]) == (5000, 1000)


def test_a_users_archive_is_taken_and_said_to_be_another(run, tmp_path):
    archive = write_tar(tmp_path / "mine.tar.gz", binary_members())
    done = run("cifar10_full", "--file", str(archive), "--json")
    facts = json.loads(done.stdout)
    assert facts["training images"] == 100
    assert facts["checksum"] == "another archive of the same form"
    assert done.exit_code == 0


@pytest.mark.parametrize(
    "words",
    [["nothing"], ["cifar10", "--file", "/nowhere"], ["picto10", "--file", __file__],
     ["cifar10", "--file", __file__]],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_2_and_a_sentence(run, words):
    done = run(*words)
    assert done.exit_code == 2
    assert done.stderr.startswith("course: ")
    assert done.stderr.count("\n") == 1


def test_it_speaks_the_learners_language(run, monkeypatch):
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    assert "课程自带" in run().stdout
    assert "训练图像        5000" in run("fashion_mnist").stdout
    assert "训练" not in run("fashion_mnist", "--json").stdout
    assert "没有名为 picto11 的数据集" in run("picto11").stderr
    assert "不是文件" in run("cifar10", "--file", "/nowhere").stderr
    assert "没有名为 bogus 的命令" in CliRunner().invoke(app, ["bogus"]).stderr
