import json
import time
from pathlib import Path

import openpyxl
import pytest

from seeds.model import ModelSource, Seed, ServiceKind
from seeds.readers import BadRow, ListError, read, seed

CSV = (
    "url,name,operator,service,model,numbers,notes,负责人\n"
    "https://chat.example.cn/,云答,云答（杭州）科技有限公司,generative,api,"
    "网信算备330110999999901240019号；ZheJiang-YunDa-202403010001,试点,王\n"
    "draw.example.cn,,,,,,,\n"
)


def write(tmp_path: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def urls(path: Path) -> list[str]:
    return [s.url for s in read(path)[0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    seeds, bad = read(write(tmp_path, "list.csv", CSV, encoding))
    assert not bad
    assert seeds[0] == Seed(
        url="https://chat.example.cn/",
        name="云答",
        operator="云答（杭州）科技有限公司",
        service=ServiceKind.GENERATIVE,
        model=ModelSource.API,
        numbers=("网信算备330110999999901240019号", "ZheJiang-YunDa-202403010001"),
        notes="试点",
        extra=(("负责人", "王"),),
    )
    assert seeds[1] == Seed(url="draw.example.cn", extra=(("负责人", ""),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_other_programs(tmp_path: Path, end: str, delimiter: str) -> None:
    text = end.join(delimiter.join(row) for row in (("名称", "网址"), ("甲", "a.example.cn"), ("乙", "b.example.cn")))
    assert [(s.name, s.url) for s in read(write(tmp_path, "list.csv", text))[0]] == [
        ("甲", "a.example.cn"),
        ("乙", "b.example.cn"),
    ]


def test_chinese_headers_and_words(tmp_path: Path) -> None:
    text = "序号,网站地址,产品名称,运营主体,服务类型,模型来源,备案编号,备注\n"
    text += "1,a.example.cn,甲,甲公司,生成式,自研,A、B,好\n"
    (found,), bad = read(write(tmp_path, "list.csv", text))
    assert not bad
    assert (found.name, found.operator, found.service, found.model) == (
        "甲",
        "甲公司",
        ServiceKind.GENERATIVE,
        ModelSource.OWN,
    )
    assert found.numbers == ("A", "B")
    assert found.extra == (("序号", "1"),)


def test_the_surest_header_wins(tmp_path: Path) -> None:
    (found,), _ = read(write(tmp_path, "list.csv", "地址,网址\n杭州市某路1号,a.example.cn\n"))
    assert found.url == "a.example.cn"
    assert found.extra == (("地址", "杭州市某路1号"),)


def test_columns_with_one_name_are_both_kept(tmp_path: Path) -> None:
    (found,), _ = read(write(tmp_path, "list.csv", "url,x,x\na.example.cn,1,2\n"))
    assert found.extra == (("x", "1"), ("x (3)", "2"))


def test_each_bad_row_is_one_message_and_the_good_ones_go_on(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "list.csv",
        "url,service,model\n"
        "a.example.cn,,\n"
        "ftp://b.example.cn/,,\n"
        "https://u:p@c.example.cn/,,\n"
        ",generative,\n"
        "d.example.cn,chatty,\n"
        "e.example.cn,,borrowed\n"
        "f.example.cn,,,surplus\n"
        "https://A.example.cn:443/,,\n"
        "\n"
        "z.example.cn,,\n",
    )
    seeds, bad = read(path)
    assert [s.url for s in seeds] == ["a.example.cn", "z.example.cn"]
    assert [row.line for row in bad] == [3, 4, 5, 6, 7, 8, 9]
    assert all(row.file == "list.csv" and row.zh and row.en for row in bad)
    assert "2" in bad[-1].zh and "2" in bad[-1].en  # says which line it repeats
    assert str(bad[0]).startswith("list.csv:3: ")


def test_strict_refuses_the_list(tmp_path: Path) -> None:
    path = write(tmp_path, "list.csv", "url\na.example.cn\nnothing here\n")
    with pytest.raises(ListError, match=r"list\.csv:3:") as refused:
        read(path, strict=True)
    assert len(refused.value.rows) == 1
    assert len(read(write(tmp_path, "good.csv", "url\na.example.cn\n"), strict=True)[0]) == 1


def test_an_open_quote_does_not_eat_the_list(tmp_path: Path) -> None:
    seeds, bad = read(write(tmp_path, "list.csv", 'url,name\na.example.cn,"甲\nb.example.cn,乙\nc.example.cn,丙\n'))
    assert [s.url for s in seeds] == ["b.example.cn", "c.example.cn"]
    assert [row.line for row in bad] == [2]


def test_many_broken_rows_take_no_longer(tmp_path: Path) -> None:
    text = "url,name\n" + "".join(f'{i}.example.cn,"a"b\n' for i in range(20_000))
    started = time.perf_counter()
    _, bad = read(write(tmp_path, "list.csv", text))
    assert len(bad) == 20_000
    assert time.perf_counter() - started < 10


def test_quoted_cells_count_their_lines(tmp_path: Path) -> None:
    text = 'url,notes\na.example.cn,"one\ntwo, ""three"""\n*bad*,x\n'
    seeds, bad = read(write(tmp_path, "list.csv", text))
    assert seeds[0].notes == 'one\ntwo, "three"'
    assert [row.line for row in bad] == [4]


def test_a_few_broken_bytes_spoil_their_row_only(tmp_path: Path) -> None:
    good = "".join(f"https://{i}.example.cn/,问答{i}\n" for i in range(20))
    content = b"url,name\n" + good.encode() + b"https://\xff\xfe.example.cn/,x\n"
    seeds, bad = read(write(tmp_path, "list.csv", content))
    assert len(seeds) == 20
    assert seeds[3].name == "问答3"
    assert [row.line for row in bad] == [22]


@pytest.mark.parametrize("content", ["", "\n\n", "name,operator\n甲,乙\n", "a.example.cn\nb.example.cn\n"])
def test_a_list_without_an_address_column(tmp_path: Path, content: str) -> None:
    seeds, bad = read(write(tmp_path, "list.csv", content))
    assert not seeds
    assert len(bad) == bool(content.strip())


def test_txt(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "list.txt",
        "# 名单\n\na.example.cn\n  https://b.example.cn/#/chat  # 路由\n例子.中国\nnot an address\n",
        "utf-8-sig",
    )
    seeds, bad = read(path)
    assert [s.url for s in seeds] == ["a.example.cn", "https://b.example.cn/#/chat", "例子.中国"]
    assert [row.line for row in bad] == [6]


def test_jsonl(tmp_path: Path) -> None:
    rows = [
        json.dumps({"url": "a.example.cn", "numbers": ["A", "B"], "rank": 3, "tags": {"x": None}, "service": None}),
        json.dumps("b.example.cn"),
        json.dumps({"网址": "c.example.cn", "名称": "丙"}, ensure_ascii=False),
        "[1, 2]",
        "{broken",
        json.dumps({"url": 7}),
        json.dumps({"网址": ["e.example.cn"]}, ensure_ascii=False),
        "[" * 100_000,
        json.dumps({"url": "d.example.cn", "name": "\ud800\x1b[31m"}),
    ]
    seeds, bad = read(write(tmp_path, "list.jsonl", "\n".join(rows)))
    assert [s.url for s in seeds] == ["a.example.cn", "b.example.cn", "c.example.cn", "d.example.cn"]
    assert seeds[0].numbers == ("A", "B")
    assert seeds[0].extra == (("rank", "3"), ("tags", '{"x": null}'))
    assert seeds[2].name == "丙"
    assert seeds[3].name == "��[31m"
    assert [row.line for row in bad] == [4, 5, 6, 7, 8]
    assert [row.en for row in bad[2:4]] == [
        "url should be a string, not 7",
        'url should be a string, not ["e.example.cn"]',
    ]


def test_numbers_of_a_json_list_may_be_digits(tmp_path: Path) -> None:
    (seed,), _ = read(write(tmp_path, "list.jsonl", '{"url": "a.example.cn", "numbers": [5, "B"]}'))
    assert seed.numbers == ("5", "B")


def test_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["网址", "名称", "用户数", None],
        ["a.example.cn", "甲", 12.0, None],
        [None, None, None, None],
        [5, "乙", 1.5, None],
        ["c.example.cn", None, 1.5, None],
    ):
        sheet.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    seeds, bad = read(path)
    assert [(s.url, s.name, s.extra) for s in seeds] == [
        ("a.example.cn", "甲", (("用户数", "12"),)),
        ("c.example.cn", None, (("用户数", "1.5"),)),
    ]
    assert [row.line for row in bad] == [4]


@pytest.mark.parametrize("content", [b"", b"url\na.example.cn\n", b"PK\x03\x04 broken"])
def test_a_file_that_only_calls_itself_xlsx(tmp_path: Path, content: bytes) -> None:
    seeds, bad = read(write(tmp_path, "list.xlsx", content))
    assert not seeds
    assert [row.line for row in bad] == [0]


def test_unknown_endings_are_told(tmp_path: Path) -> None:
    assert read(write(tmp_path, "list.docx", "x"))[1] == [
        BadRow(
            "list.docx",
            0,
            "不支持 .docx 文件；可用：CSV, XLSX, TXT, JSONL",
            ".docx files cannot be read; use CSV, XLSX, TXT, JSONL",
        )
    ]


def test_a_missing_file_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nothing.csv")


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    text = "url,name,operator,service\n" + "".join(f"https://s{i}.example.cn/,名{i},公司,\n" for i in range(100_000))
    path = write(tmp_path, "list.csv", text)
    started = time.process_time()
    seeds, bad = read(path)
    assert (len(seeds), len(bad)) == (100_000, 0)
    assert time.process_time() - started < 8  # about a second on an idle machine; the margin is for busy ones


def test_seed_of_one_address() -> None:
    assert seed("chat.example.cn", service="generative", model="api", operator="云答有限公司") == Seed(
        url="chat.example.cn", operator="云答有限公司", service=ServiceKind.GENERATIVE, model=ModelSource.API
    )


@pytest.mark.parametrize(
    ("address", "declared"),
    [("ftp://x.cn", {}), ("x.cn", {"service": "chatty"}), ("x.cn", {"model": "rented"})],
)
def test_seed_refuses_what_it_cannot_use(address: str, declared: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        seed(address, service=declared.get("service"), model=declared.get("model"))
