import time
from pathlib import Path

import pytest

from auditor.registry import List, Register, RegisterError, Row, default_path

A = "网信算备110101900000101240011号"
FIRM = "甲乙丙（北京）科技有限公司"
ROWS = (
    Row(
        List.SYNTHESIS,
        A,
        "甲算法",
        FIRM,
        "甲 助手（APP、网站）、乙(小程序)",
        batch="2026-05",
        source="a.docx",
        source_row=2,
    ),
    Row(
        List.FILING,
        "BeiJing-JiaYi-202401010001",
        "甲乙清言（JiaYiGLM）",
        FIRM,
        batch="2024-04",
        source="b.pdf",
        source_row=3,
    ),
    Row(List.CANCELLATION, A, "甲算法", FIRM, date="2026-07-01", source="c.pdf", source_row=2),
)


def test_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "data" / "registry.zst"
    Register(ROWS).save(path)
    loaded = Register.load(path)
    assert loaded.rows == ROWS
    assert loaded.digest in path.read_bytes()[:100].decode(errors="replace")
    assert [p.name for p in path.parent.iterdir()] == ["registry.zst"]


def test_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "registry.zst"
    Register(ROWS).save(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        Register().save(path)
    assert Register.load(path).rows == ROWS
    assert [p.name for p in tmp_path.iterdir()] == ["registry.zst"]


def test_damaged_or_foreign_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "registry.zst"
    Register(ROWS).save(path)
    whole = path.read_bytes()
    for data, why in (
        (whole[:-3], "damaged"),
        (whole.replace(b"registry/1", b"registry/9", 1), "version"),
        (b"", "version"),
    ):
        path.write_bytes(data)
        with pytest.raises(RegisterError, match=why) as error:
            Register.load(path)
        assert str(path) in error.value.text.zh and str(path) in error.value.text.en
    with pytest.raises(FileNotFoundError):
        Register.load(tmp_path / "none")


@pytest.mark.parametrize(
    "spelling",
    [A, A.removesuffix("号"), "網信算備：110101900000101240011號", "网信算备 １１０１０１９００００ 0101240011 号"],
)
def test_by_number_in_any_spelling(spelling: str) -> None:
    assert {row.list for row in Register(ROWS).by_number(spelling)} == {List.SYNTHESIS, List.CANCELLATION}


def test_generative_numbers_without_case() -> None:
    assert Register(ROWS).by_number("beijing-jiayi-202401010001")


@pytest.mark.parametrize("name", ["甲乙丙(北京)科技有限公司", " 甲乙丙（北京） 科技有限公司 "])
def test_by_entity(name: str) -> None:
    assert len(Register(ROWS).by_entity(name)) == 3


@pytest.mark.parametrize("product", ["甲助手", "甲助手(网站)", "乙", "甲乙清言", "JiaYiGLM", "甲乙清言(jiayiglm)"])
def test_by_product(product: str) -> None:
    assert len(Register(ROWS).by_product(product)) == 1


def test_by_operator_and_name() -> None:
    register = Register(ROWS)
    assert len(register.by_operator("9000001")) == 2
    assert len(register.by_name("甲算法")) == 2
    assert register.by_operator("") == register.by_entity("") == register.by_product("") == ()


def test_info_and_age() -> None:
    register = Register(ROWS)
    assert [(i.list, i.rows, i.numbers, i.oldest, i.newest, i.files) for i in register.info()] == [
        (List.SYNTHESIS, 1, 1, "2026-05", "2026-05", ("a.docx",)),
        (List.FILING, 1, 1, "2024-04", "2024-04", ("b.pdf",)),
        (List.CANCELLATION, 1, 1, "2026-07", "2026-07", ("c.pdf",)),
    ]
    assert register.months() == {"algorithm": "2026-05", "genai": "2024-04"}
    assert Register().months() == {"algorithm": None, "genai": None}


def test_ten_thousand_rows_are_quick(tmp_path: Path) -> None:
    rows = [
        Row(
            List.SYNTHESIS,
            f"网信算备110101{9_000_000 + n}01240011号",
            f"算法{n}",
            f"第{n}科技有限公司",
            f"产品{n}（APP）",
            batch="2026-05",
        )
        for n in range(10_000)
    ]
    Register(rows).save(tmp_path / "r")
    started = time.perf_counter()
    register = Register.load(tmp_path / "r")
    loaded = time.perf_counter()
    for n in range(1_000):
        assert register.by_number(f"网信算备110101{9_000_000 + n}01240011号")
    asked = time.perf_counter()
    assert (
        loaded - started < 5.0
    )  # 0.2 s on a quiet machine; the benchmark holds the figure, this the order of magnitude
    assert (asked - loaded) / 1_000 < 0.001


def test_default_place_is_the_users_data_folder() -> None:
    assert "gongshi" in default_path().parts
