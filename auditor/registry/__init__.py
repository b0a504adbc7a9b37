"""The official registers: what the CAC publishes, kept in one local file and searched by number, firm and product."""

from auditor.registry.importing import FileReport, Report, import_files
from auditor.registry.register import ListInfo, Register, RegisterError, default_path
from auditor.registry.row import List, Row, number_key
from auditor.registry.tables import Problem

__all__ = [
    "FileReport",
    "List",
    "ListInfo",
    "Problem",
    "Register",
    "RegisterError",
    "Report",
    "Row",
    "default_path",
    "import_files",
    "number_key",
]
