"""`auditlib export`: whole files whose text stays text."""

import csv
import zipfile

import pyarrow.parquet as pq
import pytest

from auditlib import exports

ROWS = [[("=1+1", 1, None, 0.5)], [("@SUM(A1)", 2, "–", None), ("harmless", -3, "\tx", 1.0)]]
COLUMNS = ("subject", "n", "note", "value")


def written(tmp_path, name):
    path = tmp_path / name
    assert exports.write(path, COLUMNS, lambda: iter(ROWS)) == 3
    assert [file.name for file in tmp_path.iterdir()] == [name]
    return path


def test_text_in_csv_is_never_a_formula_and_numbers_stay_numbers(tmp_path):
    with written(tmp_path, "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == COLUMNS
    assert rows == [["'=1+1", "1", "", "0.5"], ["'@SUM(A1)", "2", "–", ""], ["harmless", "-3", "'\tx", "1.0"]]


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://evil.example/")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_beginning_makes_a_formula_of_what_somebody_wrote(tmp_path, formula):
    rows = [[(formula, -1.5)], [("http://evil.example/", 2)]]
    for name in ("rows.csv", "rows.parquet", "rows.xlsx"):
        exports.write(tmp_path / name, ("subject", "n"), lambda: iter(rows))
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        [first, _] = list(csv.reader(file))[1:]
    assert first == [f"'{formula}", "-1.5"]
    assert pq.read_table(tmp_path / "rows.parquet").to_pylist()[0] == {"subject": formula, "n": -1.5}
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        sheet, parts = book.read("xl/worksheets/sheet1.xml").decode(), book.namelist()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not [part for part in parts if "externalLink" in part or "vba" in part.lower()]


def test_parquet_keeps_types_that_only_a_later_batch_shows(tmp_path):
    table = pq.read_table(written(tmp_path, "rows.parquet"))
    assert table.to_pylist()[0] == {"subject": "=1+1", "n": 1, "note": None, "value": 0.5}
    assert table.schema.field("note").type == "string"


def test_a_workbook_holds_no_formula(tmp_path):
    with zipfile.ZipFile(written(tmp_path, "rows.xlsx")) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in sheet


def test_a_file_that_cannot_be_written_is_not_left_in_part(tmp_path):
    def breaking():
        yield ROWS[0]
        raise RuntimeError("the store went away")

    (tmp_path / "rows.csv").write_text("the last one")
    with pytest.raises(RuntimeError):
        exports.write(tmp_path / "rows.csv", COLUMNS, breaking)
    assert (tmp_path / "rows.csv").read_text() == "the last one"
    with pytest.raises(exports.ExportError, match=r"can end in \.csv"):
        exports.write(tmp_path / "rows.doc", COLUMNS, lambda: iter(ROWS))


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_view_becomes_a_file(cli, tmp_path, kind):
    path = tmp_path / f"scorecard.{kind}"
    told = cli.data("export", "scorecard", "--to", str(path))
    assert told["rows"] > 50
    assert path.stat().st_size > 1000


def test_a_view_that_is_not_there_is_named_with_the_nearest(cli, tmp_path):
    told = cli("export", "scorcard", "--to", str(tmp_path / "x.csv"))
    assert told.exit_code == 2
    assert "scorecard" in told.output
