from pathlib import Path

from jsonschema import Draft202012Validator

from reports.schema import schema, text

STORED = Path(__file__).parents[2] / "docs" / "audit.schema.json"


def test_the_stored_schema_is_up_to_date() -> None:
    assert STORED.read_text("utf-8") == text(), (
        'run: python -c "from reports import schema; print(schema.text(), end=str())"'
    )


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(schema())


def test_fields_carry_their_comments() -> None:
    fields = schema()["$defs"]["Prominence"]["properties"]
    assert fields["contrast"]["description"].startswith("WCAG 2.x ratio")
    assert "description" not in fields["visible"]
    assert schema()["$defs"]["Shot"]["properties"]["scale"]["description"] == "picture pixels a CSS pixel"
