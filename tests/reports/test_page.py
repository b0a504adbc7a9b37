import base64
import hashlib
import json
import re

import pytest

from auditor.model import Text
from reports.page import both, data, page

CONTEXT = {"language": "zh", "title": "x", "groups": [], "summary": Text("无变化。", "No change.")}


def test_the_policy_names_what_is_in_the_page() -> None:
    html = page("diff.html", CONTEXT, ("report.js",)).decode()
    for element in ("style", "script"):
        content = html[html.rindex(f"<{element}>") + len(element) + 2 : html.rindex(f"</{element}>")]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{element}-src &#39;sha256-{digest}&#39;" in html


@pytest.mark.parametrize("text", ["</script>", "<!--", "&amp;", "\u2028", "</SCRIPT >", "' onclick='x"])
def test_data_stays_inside_of_its_element(text: str) -> None:
    written = data({"a": text})
    assert not re.search("[<>&']", written)
    assert json.loads(written) == {"a": text}


def test_a_text_is_said_once_where_both_languages_agree() -> None:
    assert both(Text("<i>", "<i>")) == "&lt;i&gt;"
    assert both(Text("是", "yes")) == '<span lang="zh">是</span><span lang="en">yes</span>'
