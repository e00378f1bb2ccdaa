"""JupyterLab's menus in the learner's language, where a pack has the words."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pix2net.judging.wording import speaking
from pix2net.lab import launch
from tests.setup.served import serving
from tests.setup.test_lab import write_notebook

pytestmark = pytest.mark.some_chapters

PLUGIN = "@jupyterlab/translation-extension:plugin"
CODE = (
    "import sys; from pathlib import Path; from pix2net.lab.launch import lab;"
    "lab(Path(sys.argv[1]), notebooks=Path(sys.argv[2]), language='zh', browser=False)"
)


def test_without_the_pack_menus_stay_english_and_a_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(launch, "entry_points", lambda **_: ())
    with speaking("zh"):
        (line,) = launch.lacking_pack("zh")
    assert "菜单" in line
    assert f'"{sys.executable}" -m pip install jupyterlab-language-pack-zh-CN' in line
    assert launch.in_language({}, "zh") == {"COURSE_LANGUAGE": "zh"}


def test_in_english_nothing_is_asked_for_or_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "entry_points", lambda **_: ("a pack",))
    assert launch.lacking_pack(None) == launch.lacking_pack("zh") == []
    assert launch.in_language({}, None) == {"COURSE_LANGUAGE": ""}


@pytest.mark.slow
def test_with_the_pack_this_lab_speaks_chinese_and_the_users_settings_are_untouched(
    tmp_path: Path,
) -> None:
    write_notebook(tmp_path / "notebooks")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    environment |= {"HOME": str(tmp_path)}
    command = [sys.executable, "-c", CODE, str(tmp_path / "work"), str(tmp_path / "notebooks")]
    with serving(command, environment, tmp_path) as server:
        setting = server.json(f"/lab/api/settings/{PLUGIN}")
        assert setting["schema"]["properties"]["locale"]["default"] == "zh_CN"
        assert setting["settings"] == {}  # nothing is written in the user's name
        words = server.json("/lab/api/translations/zh_CN")["data"]["jupyterlab"].values()
        assert ["运行所有单元格"] in words or any("单元格" in str(each) for each in words)
        assert "pip install" not in server.said()
    assert not list((tmp_path / ".jupyter").rglob("*translation*"))
