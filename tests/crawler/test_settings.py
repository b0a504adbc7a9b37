from dataclasses import fields
from ipaddress import ip_network

from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

from crawler.settings import CrawlSettings, scrapy_settings


def test_every_setting_is_in_custody_as_text() -> None:
    settings = CrawlSettings(networks=(ip_network("10.0.0.0/8"),), hosts=(("a.example", "10.0.0.1"),))
    custody = dict(settings.custody())
    assert set(custody) == {field.name for field in fields(CrawlSettings)}
    assert custody["networks"] == "10.0.0.0/8"
    assert custody["hosts"] == "a.example=10.0.0.1"
    assert all(isinstance(value, str) for value in custody.values())


def test_scrapy_knows_what_we_set() -> None:
    """A setting with a slip in its name would be ignored without a word."""
    ours = scrapy_settings(CrawlSettings())
    assert [name for name in ours if not hasattr(default_settings, name)] == []
    assert load_object(ours["SCHEDULER_PRIORITY_QUEUE"])
    assert all(load_object(name) for name in ours["DOWNLOADER_MIDDLEWARES"])


def test_robots_can_be_ignored_but_not_by_default() -> None:
    assert scrapy_settings(CrawlSettings())["ROBOTSTXT_OBEY"] is True
    assert scrapy_settings(CrawlSettings(obey_robots=False))["ROBOTSTXT_OBEY"] is False
