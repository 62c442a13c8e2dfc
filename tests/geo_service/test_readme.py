"""What README.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def test_readme_shows_what_the_sample_city_answers(run, sample_city_path):
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    asked = re.search(r"printf '(.+)' \| geo-service find --lang en --file -\n", readme)[1]

    result = run("find", "--campaign", sample_city_path, "--lang", "en", "--file", "-",
                 text=asked.replace("\\n", "\n"))  # fmt: skip

    assert result.stdout.count("\tfound\t") == 3
    assert result.stdout in readme


def test_python_of_the_readme_runs_on_the_sample_city(sample_city_path, tmp_path, monkeypatch, capsys):
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.+?)```", readme, flags=re.DOTALL)
    (tmp_path / "almaty.gpkg").write_bytes(sample_city_path.read_bytes())
    monkeypatch.chdir(tmp_path)

    exec(program, {})

    assert "проспект Абая, 10" in capsys.readouterr().out
