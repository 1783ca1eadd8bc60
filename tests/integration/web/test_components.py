"""The form macros tie labels, hints and errors to their fields, and give back what was typed."""

import re

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.web.forms import Form

PAGE = """
{% from "components/choices.html" import checkboxes, radios, tick %}
{% from "components/errors.html" import error_summary %}
{% from "components/fields.html" import text, textarea %}
{{ error_summary(form) }}
{{ text(form.name) }}{{ textarea(form.story) }}{{ radios(form.safe, big=true) }}
{{ checkboxes(form.harms, hints={"a": "An example"}) }}{{ tick(form.agree) }}
"""


class Sample(Form):
    name = StringField("Your name", [DataRequired()], description="Only if you wish.")
    story = TextAreaField("What happened?", [Length(max=5)])
    safe = RadioField("Are you safe?", [InputRequired()], choices=[("y", "Yes"), ("n", "No")])
    harms = SelectMultipleField("Which harm?", choices=[("a", "One"), ("b", "Two")])
    agree = BooleanField("I agree")


@pytest.fixture
def page(app: Flask) -> str:
    """The macros over a form that was sent with mistakes."""
    sent = MultiDict([("story", "\nlong <b> story"), ("harms", "b"), ("harms", "x"), ("agree", "y")])
    with app.test_request_context("/en/"):
        form = Sample(formdata=sent, meta={"csrf": False})
        assert not form.validate()
        return render_template_string(PAGE, form=form)


def test_every_described_and_labelled_id_exists_once(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = " ".join(re.findall(r'(?:aria-describedby|for|aria-labelledby)="([^"]+)"', page)).split()
    assert set(pointed) <= set(ids)
    assert {href.lstrip("#") for href in re.findall(r'href="(#[^"]+)"', page)} <= set(ids)


def test_the_summary_names_question_and_problem(page: str) -> None:
    assert re.search(r'<a href="#name">Your name – Please answer this question\.</a>', page)
    assert re.search(r'<a href="#safe-0">Are you safe\? – Please answer this question\.</a>', page)
    assert re.search(r'<a href="#story">What happened\? – Please shorten this to 5 characters\.</a>', page)


def test_what_was_typed_comes_back_whole(page: str) -> None:
    # A browser drops the first line break after the tag; the second one was typed.
    assert ">\n\nlong &lt;b&gt; story</textarea>" in page
    assert re.search(r'value="b" checked', page)
    assert re.search(r'id="agree"[^>]* checked', page)


def test_fields_with_errors_say_so(page: str) -> None:
    assert page.count('aria-invalid="true"') == 4
    assert 'id="name-error"' in page
    assert 'aria-describedby="name-hint name-error"' in page
