from collections.abc import Callable

from auditor.observe import visible_page
from crawler.capture import PageCapture


def test_a_control_is_called_by_its_own_words(page_of: Callable[..., PageCapture]) -> None:
    page = page_of("<main><button>发送</button><button><b>新建</b>对话</button><p>说明</p></main><footer>页脚</footer>")
    assert visible_page(page).controls == ("button:发送", "button:新建对话")
