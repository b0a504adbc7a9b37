CASES = {
    "the number alone": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "a neutral sentence": (lambda b: says(b, "本产品已通过国家网信办算法备案。"), "passed"),
    "a disclaimer": (lambda b: says(b, "算法备案不代表国家认可。"), "passed"),
    "state certification": (lambda b: says(b, "本算法已获国家认证，完成算法备案！"), "failed"),
    "recommended by the CAC": (lambda b: says(b, "网信办推荐的备案大模型"), "failed"),
    "state level": (lambda b: says(b, "国家级备案大模型"), "failed"),
    "a title of honour beside the number": (
        lambda b: says(b, "国家级高新技术企业 | 算法备案号：网信算备110108900000101240015号"),
        "passed",
    ),
    "certified for something else": (lambda b: says(b, "ISO 27001 国家认证企业 网站备案信息"), "passed"),
    "approved by nobody": (lambda b: says(b, "国家网信办公布的算法备案清单"), "passed"),
    "praise after the filing": (lambda b: says(b, "完成算法备案，获官方认可"), "failed"),
    "approved by the CAC": (lambda b: says(b, "本模型获国家网信办官方认可"), "failed"),
    "listed by the CAC": (lambda b: says(b, "已列入国家网信办公布的备案清单"), "passed"),
    "praise without a filing": (lambda b: says(b, "荣获国家级奖项"), "passed"),
    "in the agreement": (
        lambda b: b.facts(b.shows(b.ALGORITHM), pages=[b.page("legal", "国家认证的算法备案")]),
        "passed",
    ),
    "unsure of the service": (
        lambda b: b.facts(text="国家认证的算法备案", confidence=0.4),
        "needs-review",
    ),
    "a paper on AI": (lambda b: b.facts(text="某模型获国家认证，完成备案", service=None), "not-applicable"),
}


def says(b, sentence):
    return b.facts(b.shows(b.ALGORITHM), text=b.COPY + "\n" + sentence)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_claims_about_models_only_are_warnings(check, build):
    assert check(says(build, "国家级备案大模型")).severity == "warning"
    ruling = check(says(build, "国家认证的算法备案"))
    assert ruling.severity is None
    assert ruling.evidence[0].quote == "国家认证的算法备案"
