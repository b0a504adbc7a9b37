"""HTML for people: one self-contained file for an audit, or a survey page with a page a site for a run.

Nothing is fetched, both languages are in the page, and the policy in its head lets nothing run but its own script.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from auditor.model import SiteAudit, Verdict
from reports import Options
from reports.i18n import say
from reports.names import slug
from reports.page import page
from reports.pictures import Picture
from reports.series import Past, Series, outcomes, series
from reports.sitepage import Keep, SitePage, site_page
from reports.survey import Survey

SUFFIX = ".html"
SURVEY = (
    "vendored/echarts/echarts.common.min.js",
    "vendored/datatables/dataTables.min.js",
    *("report.js", "charts.js", "survey.js"),
)
"""Scripts of the survey page: the libraries as their makers publish them, then our own."""


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield one self-contained page: of the site, or of several sites with a survey before them."""
    sites = [(slug(audit.site), site_page(audit, options.album, _embed)) for audit in audits]
    if len(sites) == 1:
        yield _site(sites[0][1], options, back="")
    else:
        survey = Survey()
        for name, site in sites:
            survey.add(site.audit, f"#{name}")
        yield survey_page(survey, options, sites)


def files(audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Yield a page a site, its pictures before it, and at the end `report.html`, the survey."""
    survey, met = Survey(), dict[str, dict[str, bool]]()
    for audit in audits:
        if options.earlier and audit.verdict is not Verdict.UNREACHED:
            met[audit.site] = outcomes(audit)
        pictures: dict[str, bytes] = {}
        site = site_page(audit, options.album, _beside(pictures))
        yield from ((f"pictures/{name}", [data]) for name, data in pictures.items())
        path = f"sites/{slug(audit.site)}.html"
        survey.add(audit, path)
        yield path, [_site(site, options, back="../report.html")]
    over_time = series((*options.earlier, Past(options.title, survey.times[1], met))) if options.earlier else None
    yield "report.html", [survey_page(survey, options, over_time=over_time)]


def _site(site: SitePage, options: Options, back: str) -> bytes:
    title = f"{site.audit.seed.name or site.host} · 公示 gongshi"
    return page("site.html", {"language": options.language, "title": title, "site": site, "back": back}, ("report.js",))


def survey_page(
    survey: Survey,
    options: Options,
    sites: Sequence[tuple[str, SitePage]] = (),
    over_time: Series | None = None,
) -> bytes:
    """The survey, followed by the sites' own pages where there are no files for them."""
    title = f"{options.title or say('survey', options.language)} · 公示 gongshi"
    context = {"language": options.language, "title": title, "survey": survey, "options": options}
    context |= {"sites": sites, "series": over_time}
    return page("survey.html", context, SURVEY)


def _embed(picture: Picture, form: str) -> Markup:
    return Markup("data:image/{};base64,{}").format(form, base64.b64encode(picture.data).decode())


def _beside(pictures: dict[str, bytes]) -> Keep:
    def keep(picture: Picture, form: str) -> str:
        name = f"{hashlib.sha256(picture.data).hexdigest()[:32]}.{form}"
        pictures[name] = picture.data
        return f"../pictures/{name}"

    return keep
