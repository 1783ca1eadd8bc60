"""The report's pages: nothing typed is lost, nothing forbidden is offered, and sending works once."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.systems import SystemFacts
from app.models import Case, Consent, Draft
from app.services import systems
from app.services.context import SYSTEM, Context
from tests.conftest import NOW
from tests.people import enrol_people, now
from tests.unit.files.samples import photo


@pytest.fixture
def portal(app):
    return app.extensions["recourse"]


@pytest.fixture
def client(app, portal) -> FlaskClient:
    """A browser in which a report was begun, on a portal with its people and one system."""
    app.config["WTF_CSRF_ENABLED"] = False
    with portal.database.transaction() as session:
        people = enrol_people(Context(session, portal, SYSTEM, now()))
        systems.add(
            people.manager.context(session, portal, NOW),
            SystemFacts("Lumen Chat", "product", "system_deployer", ("Lumi",)),
        )
    client = app.test_client()
    assert client.post("/en/report").headers["Location"] == "/en/report/safety"
    return client


def send(client, page, **fields):
    return client.post(f"/en/report/{page}", data=fields)


def text_of(client, page) -> str:
    return client.get(f"/en/report/{page}").get_data(as_text=True)


def leads_to(answer) -> str:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"].removeprefix("/en/report/")


def choose_system(client) -> str:
    send(client, "system", typed="lumi", find="1")
    id_ = re.search(r'name="chosen" type="radio" value="([0-9a-f]{32})"', text_of(client, "system"))[1]
    send(client, "system", typed="lumi", shown_for="lumi", chosen=id_)
    return id_


def test_the_questions_come_in_their_order(client) -> None:
    order = ["safety"]
    while order[-1] != "review":
        order.append(leads_to(send(client, order[-1])))
    assert order == [
        "safety", "what", "system", "harm", "whom", "since", "want", "evidence", "who", "sharing", "review",
    ]  # fmt: skip


def test_danger_shows_help_before_anything_else(client) -> None:
    assert leads_to(send(client, "safety", now="danger")) == "help?next=what"
    assert "Emergency services" in text_of(client, "help?next=what")


def test_a_saved_answer_is_there_again_in_every_language(client) -> None:
    send(client, "what", happened="It said <b>lies</b> about me")
    assert "It said &lt;b&gt;lies&lt;/b&gt; about me" in text_of(client, "what")
    assert "It said &lt;b&gt;lies" in client.get("/ar/report/what").get_data(as_text=True)


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("safety", "safe_way"),
        ("what", "happened"),
        ("system", "typed"),
        ("since", "since"),
        ("want", "wish"),
        ("evidence", "links"),
        ("who", "name"),
        ("who", "contact"),
    ],
)
def test_what_is_too_long_is_said_and_kept(client, page, field) -> None:
    answer = send(client, page, **{field: "x" * 20_001})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "x" * 20_001 in text
    assert 'role="alert"' in text


@pytest.mark.parametrize(
    ("page", "field"),
    [("safety", "now"), ("whom", "for_whom"), ("whom", "age"), ("harm", "harms"), ("want", "wanted"),
     ("main", "main"), ("sharing", "way"), ("who", "host_may_see")],
)  # fmt: skip
def test_an_answer_that_is_not_on_the_list_is_refused(client, page, field) -> None:
    assert send(client, page, **{field: "made-up"}).status_code == 422


def test_a_name_is_never_kept_by_accident(client) -> None:
    answer = send(client, "who", name="Noor")
    assert answer.status_code == 422
    assert 'value="Noor"' in answer.get_data(as_text=True)


def test_skipping_takes_an_answer_away(client) -> None:
    send(client, "since", since="last spring")
    send(client, "since", since="last spring", skip="1")
    assert "last spring" not in text_of(client, "since")


def test_a_system_is_found_chosen_and_shown(client) -> None:
    assert leads_to(send(client, "system", typed="lumi", find="1")) == "system"
    choose_system(client)
    assert "Lumen Chat" in text_of(client, "review")


def test_a_system_that_nobody_knows_is_kept_as_typed(client) -> None:
    assert leads_to(send(client, "system", typed="Some app")) == "harm"
    assert "Some app" in text_of(client, "review")


def test_typing_and_going_on_shows_what_was_found_once(client) -> None:
    assert leads_to(send(client, "system", typed="lumi")) == "system"
    assert leads_to(send(client, "system", typed="lumi", shown_for="lumi")) == "harm"


def test_not_knowing_the_system_is_a_full_answer(client) -> None:
    assert leads_to(send(client, "system", typed="x", unknown="1")) == "harm"
    assert "I do not know" in text_of(client, "review")


def test_several_harms_lead_to_the_question_of_the_main_one(client) -> None:
    two = ["priv_false_personal_claims", "eq_biased_decision"]
    assert leads_to(client.post("/en/report/harm", data={"harms": two})) == "main"
    assert leads_to(send(client, "main", main=two[1])) == "whom"


def test_coming_from_the_review_leads_back_to_it(client) -> None:
    assert leads_to(client.post("/en/report/since?then=review", data={"since": "May"})) == "review"
    assert leads_to(client.post("/en/report/since?then=//evil.example", data={})) == "want"


def test_abuse_of_a_child_takes_every_field_for_material_away(client) -> None:
    assert leads_to(send(client, "harm", harms="child_csam_generated")) == "help?next=whom"
    shown = text_of(client, "help?next=whom")
    assert shown.index("Please do not send") < shown.index("Hotline for sexual images of children")
    assert "Take It Down" in shown
    page = text_of(client, "evidence")
    assert 'type="file"' not in page
    assert 'name="links"' not in page


def test_intimate_pictures_allow_links_only(client) -> None:
    assert leads_to(send(client, "harm", harms="phys_intimate_image_abuse")) == "help?next=whom"
    assert "StopNCII" in text_of(client, "help?next=whom")
    page = text_of(client, "evidence")
    assert 'type="file"' not in page
    assert 'name="links"' in page


def test_a_file_sent_all_the_same_is_refused(client) -> None:
    send(client, "harm", harms="phys_intimate_image_abuse")
    add(client, (photo(), "x.jpg"))
    assert "For this kind of harm we must not take files." in text_of(client, "evidence")
    assert "x.jpg" not in text_of(client, "review")


def add(client, *files):
    sent = [(io.BytesIO(content), name) for content, name in files]
    return client.post("/en/report/evidence", data={"files": sent, "links": "", "add": "1"})


def test_refused_files_are_named_and_the_rest_stays(client) -> None:
    assert (
        leads_to(add(client, (photo(), "a.jpg"), (b"", "empty.txt"), (b"MZ\0\0\1\2", "b.exe"))) == "evidence"
    )
    page = text_of(client, "evidence")
    assert "Hidden details were taken out" in page
    for said in ("a.jpg", "empty.txt", "The file is empty.", "b.exe", "We cannot take this kind of file."):
        assert said in page


def test_a_file_can_be_taken_out(client) -> None:
    add(client, (photo(), "a.jpg"))
    id_ = re.search(r'name="file" value="([0-9a-f]{32})"', text_of(client, "evidence"))[1]
    send(client, "evidence/remove", file=id_)
    assert "a.jpg" not in text_of(client, "evidence")


def test_the_proposal_is_explained_and_nothing_is_ticked(client) -> None:
    choose_system(client)
    send(client, "harm", harms="priv_false_personal_claims")
    page = text_of(client, "sharing")
    assert "It runs <bdi>Lumen Chat</bdi>, which you named." in page
    assert " checked" not in page


@pytest.mark.parametrize(
    ("way", "covers"),
    [("all", ["statement", "evidence"]), ("choose", ["evidence"]), ("host", None), ("", None)],
)
def test_what_was_agreed_to_is_kept(client, portal, way, covers) -> None:
    choose_system(client)
    send(client, "harm", harms="priv_false_personal_claims")
    organisation = re.search(r'name="covers-([0-9a-f]{32})"', text_of(client, "sharing"))[1]
    ticked = {f"covers-{organisation}": ["evidence", "identity"]} if way == "choose" else {}
    client.post("/en/report/sharing", data={"way": way, **ticked})
    client.post("/en/report/send")
    with portal.database.reading() as session:
        assert session.scalar(select(Consent.covers)) == covers


def test_a_report_that_says_nothing_is_sent_back_kindly(client) -> None:
    answer = client.post("/en/report/send")
    assert answer.status_code == 422
    assert "write a few words" in answer.get_data(as_text=True)


def test_sending_twice_makes_one_case_and_one_code(client, portal) -> None:
    send(client, "what", happened="It lied")
    assert leads_to(client.post("/en/report/send")) == "done"
    first = text_of(client, "done")
    client.post("/en/report/send")
    assert text_of(client, "done") == first
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1


def test_the_code_is_checked_in_digits_of_any_script(client) -> None:
    send(client, "what", happened="It lied")
    client.post("/en/report/send")
    last = re.findall(r"<span>(\d{4})</span>", text_of(client, "done"))[-1]
    in_arabic = last.translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})
    assert "That is right" in send(client, "done", last_group=f" {in_arabic}").get_data(as_text=True)
    wrong = send(client, "done", last_group="12a4")
    assert (wrong.status_code, 'value="12a4"' in wrong.get_data(as_text=True)) == (422, True)


def test_the_receipt_is_found_genuine_and_a_changed_one_is_not(client) -> None:
    send(client, "what", happened="It lied")
    client.post("/en/report/send")
    receipt = client.get("/en/report/done/receipt.txt").get_data()
    file = {"text": "", "file": (io.BytesIO(receipt), "receipt.txt")}
    assert "This receipt is genuine" in client.post("/en/receipt", data=file).get_data(as_text=True)
    changed = receipt.decode().replace("2026", "2025")
    assert client.post("/en/receipt", data={"text": changed}).status_code == 422
    assert client.get("/en/receipt/key").mimetype == "text/plain"


def test_finishing_takes_the_code_off_the_browser(client, portal) -> None:
    send(client, "what", happened="It lied")
    client.post("/en/report/send")
    client.post("/en/report/done/finish")
    assert leads_to(client.get("/en/report/done")) == "none"
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_without_a_report_a_page_says_so_and_keeps_what_was_typed(app, client) -> None:
    stranger = app.test_client()
    assert leads_to(stranger.get("/en/report/what")) == "none"
    assert "erase" in text_of(stranger, "none")
    late = send(stranger, "what", happened="Long story")
    assert (late.status_code, "Long story" in late.get_data(as_text=True)) == (403, True)


def test_a_draft_that_is_gone_hands_back_what_was_typed(client, portal) -> None:
    with portal.database.transaction() as session:
        session.delete(session.scalars(select(Draft)).one())
    late = send(client, "what", happened="Long story")
    assert (late.status_code, "Long story" in late.get_data(as_text=True)) == (403, True)
    assert leads_to(client.get("/en/report/what")) == "none"


def test_the_address_picture_never_holds_the_code(client) -> None:
    assert client.get("/en/report/done/address.png").data.startswith(b"\x89PNG")
