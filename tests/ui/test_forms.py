"""Forms as pages show them: labels, help, one clear error, tiles."""

import re

from django import forms

from palermo.ui.forms import DateInput, RadioTiles


class Meeting(forms.Form):
    day = forms.DateField(label="Day", widget=DateInput, help_text="When you meet.")
    place = forms.CharField(label="Place", required=False)
    path = forms.ChoiceField(
        label="Path", choices=[("a", "Adult"), ("c", "Child")], widget=RadioTiles(hints={"c": "also if not sure"})
    )
    told = forms.ChoiceField(label="Told", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_every_control_has_its_label():
    html = str(Meeting())
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]*?id="(id_[\w]+)"', html)) - {"id_token"}
    labelled = set(re.findall(r'<label[^>]*for="(id_\w+)"', html))
    assert controls == labelled
    assert re.findall(r"<legend>\s*(\w+)", html) == ["Path", "Told"]


def test_what_may_stay_empty_says_so():
    html = str(Meeting())
    assert re.findall(r"(\w+)\s*<span class=\"optional\">", html) == ["Place"]


def test_help_is_tied_to_its_control():
    html = str(Meeting())
    assert 'id="id_day_helptext"' in html
    assert 'aria-describedby="id_day_helptext"' in html


def test_an_error_stands_at_its_field_and_in_the_summary_with_a_link():
    html = str(Meeting({"day": "2026-13-01", "path": "a", "told": "y", "agreed": "on"}))
    assert html.count("Enter a valid date.") == 2
    assert '<a href="#id_day">Day</a>' in html
    assert html.count("field--wrong") == 1
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'id="id_day_error"' in html


def test_a_form_without_errors_has_no_summary():
    assert "form__summary" not in str(Meeting())
    whole = Meeting({"day": "2026-12-01", "path": "a", "told": "y", "agreed": "on"})
    assert "form__summary" not in str(whole)


def test_an_error_of_the_whole_form_is_shown_once():
    form = Meeting({"day": "2026-12-01", "path": "a", "told": "y", "agreed": "on"})
    form.add_error(None, "The two do not go together.")
    assert str(form).count("The two do not go together.") == 1


def test_tiles_show_their_hint():
    html = str(Meeting()["path"])
    assert html.count("<label") == 2
    assert "<small>also if not sure</small>" in html


def test_plain_radios_are_large_enough_too():
    assert re.search(r'<div class="choices"\s+id="id_told">', str(Meeting()["told"]))


def test_dates_are_iso_on_the_wire():
    form = Meeting(initial={"day": "2026-11-24"})
    assert 'type="date"' in str(form["day"])
    assert 'value="2026-11-24"' in str(form["day"])
