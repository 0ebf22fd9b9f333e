"""Staff at the door: sign-in, terminal, sign-out."""

import pyotp

from app.visit.sessions import Counter
from app.web import cookies
from tests.support.site import Site


def code_now(site: Site, secret: str) -> str:
    site.clock.forward(seconds=60)
    return pyotp.TOTP(secret).at(site.clock.at)


def test_sign_in_when_all_is_right_then_the_reception_opens(site: Site) -> None:
    desk = site.staff("reception")
    assert (desk.page.status, desk.page.path) == (200, "/reception")
    assert "みどり小児科" in desk.page.text
    assert "受付テスト" in desk.page.text


def test_sign_in_when_anything_is_wrong_then_one_and_the_same_refusal(site: Site) -> None:
    row = site.login_of("nurse")
    good = code_now(site, row["totp_secret"])
    tries = (
        {"login": row["login"], "password": "wrong horse battery", "code": good},
        {"login": row["login"], "password": row["password"], "code": "000000"},
        {"login": "nobody", "password": row["password"], "code": good},
    )
    texts = set()
    for fields in tries:
        someone = site.visitor()
        someone.get("/clinic/login")
        page = someone.submit(fields)
        assert page.status == 422
        assert someone.form().fields["login"] == [fields["login"]]
        assert row["password"] not in page.text
        texts.add(page.text.split('role="alert"')[1].split("</div>")[0])
    assert len(texts) == 1


def test_sign_in_when_tried_too_often_then_it_asks_to_wait(site: Site) -> None:
    someone = site.visitor()
    someone.get("/clinic/login")
    wrong = {"login": "midori-nurse", "password": "wrong horse battery", "code": "000000"}
    statuses = [someone.submit(wrong).status for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_sign_in_when_the_device_is_not_enrolled_then_it_leads_there_and_on(site: Site) -> None:
    desk = site.staff("reception", at_terminal=False)
    assert desk.page.path == "/clinic/terminal"
    assert desk.submit({"code": "WRONG-CODE-0000"}).status == 422
    assert desk.form().fields["code"] == ["WRONG-CODE-0000"]
    assert desk.submit({"code": site.enrol("midori").lower()}).path == "/reception"
    assert "受付テスト" in desk.get("/clinic/terminal").text


def test_terminal_when_it_is_of_another_clinic_then_it_counts_as_none(site: Site) -> None:
    desk = site.staff("reception", at_terminal=False)
    desk.submit({"code": site.enrol("aozora")})
    assert desk.page.path == "/clinic/terminal"


def test_terminal_when_enrolled_then_the_cookie_lasts_a_year_and_is_guarded(site: Site) -> None:
    someone = site.visitor()
    someone.get("/clinic/terminal")
    form = someone.form()
    answer = someone.post_once("/clinic/terminal", {**form.fields, "code": site.enrol("midori")})
    assert answer.status == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(cookies.TERMINAL)
    for guard in ("Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"):
        assert guard in cookie


def test_terminal_when_codes_are_guessed_then_it_asks_to_wait(site: Site) -> None:
    someone = site.visitor()
    someone.get("/clinic/terminal")
    statuses = [someone.submit({"code": f"guess{number}"}).status for number in range(21)]
    assert statuses == [422] * 20 + [429]


def test_sign_out_when_pressed_then_the_session_is_gone(site: Site) -> None:
    desk = site.staff("reception")
    assert desk.submit(action="/clinic/logout").path == "/clinic/login"
    assert desk.get("/reception").path == "/clinic/login"


def test_sign_in_when_done_again_then_the_old_session_is_gone(site: Site) -> None:
    row = site.login_of("doctor")
    someone = site.visitor()
    ids = []
    for _ in range(2):
        someone.get("/clinic/login")
        code = code_now(site, row["totp_secret"])
        fields = {"login": row["login"], "password": row["password"], "code": code}
        answer = someone.post_once("/clinic/login", {**someone.form().fields, **fields})
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        assert name == cookies.SESSION[Counter.CLINIC]
        ids.append(value)
    old, new = (site.rooms.sessions.find(one, Counter.CLINIC, site.clock()) for one in ids)
    assert old is None
    assert new is not None


def test_pages_when_signed_out_then_they_lead_to_the_sign_in(site: Site) -> None:
    for path in ("/reception", "/clinic", "/clinic/visits/unknown"):
        assert site.visitor().get(path).path == "/clinic/login"


def test_error_when_a_visit_is_unknown_then_the_clinic_says_so_in_its_own_words(site: Site) -> None:
    page = site.staff("doctor").get("/clinic/visits/unknown")
    assert page.status == 404
    assert "この医療機関のものではありません" in page.text
