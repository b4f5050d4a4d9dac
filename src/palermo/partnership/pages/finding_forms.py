"""Forms on findings: each calls one verb."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import Sheet, acts, form_page, sent
from palermo.partnership.domain import findings as verbs
from palermo.partnership.domain import follow_up
from palermo.partnership.domain.finding_files import IMPORT, import_findings
from palermo.partnership.enums import Standing
from palermo.partnership.enums.findings import (
    FindingKind,
    LinkKind,
    MeasureKind,
    Position,
    Progress,
    SourceKind,
    TextStage,
    Urgency,
)
from palermo.partnership.formats.findings_csv import COLUMNS
from palermo.partnership.methods.chain import MOVES
from palermo.partnership.methods.ids import uuid_of
from palermo.partnership.models import BINDING, Event, Finding, Provision, Visit
from palermo.partnership.pages.fields import ClearedForm, DayField, ThemesField
from palermo.partnership.pages.findings import state_choices
from palermo.ui.forms import RadioTiles

LANGUAGES = (
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
)
FINDINGS = _("Findings")
#: Visits and events that a finding may be of, the newest.
MOST_OFFERED = 100
#: Findings of a State that are offered to a measure, the newest.
MOST_SHOWN = 60


def _finding(pk: UUID) -> Finding:
    finding = Finding.objects.filter(pk=pk).first()
    if finding is None:
        raise Http404
    return finding


def _sheet(finding: Finding, title: Any, submit: Any, **more: Any) -> Sheet:
    back = reverse("partnership:finding", args=[finding.pk])
    crumbs = ((FINDINGS, reverse("partnership:findings")), (finding.reference, back))
    return Sheet(title=title, submit=submit, back=back, crumbs=crumbs, lead=more.pop("lead", finding.title), **more)


def _area(label: Any, **kwargs: Any) -> forms.CharField:
    rows = kwargs.pop("rows", 4)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ProvisionsField(forms.ModelMultipleChoiceField):
    """Paragraphs of commitments, by symbol and number."""

    def label_from_instance(self, obj: Provision) -> str:
        return f"{obj.instrument.symbol} {obj.paragraph}".strip()


class RecordForm(ClearedForm):
    kind = forms.ChoiceField(label=_("What is it?"), choices=FindingKind.choices, widget=RadioTiles)
    title = _area(_("In one sentence"), rows=2, max_length=400)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: state_choices(_("no State in particular"))
    )
    themes = ThemesField()
    source_kind = forms.ChoiceField(label=_("Where does it come from?"), choices=SourceKind.choices)
    source_reference = forms.CharField(label=_("Which one"), required=False, max_length=300)
    visit = forms.ModelChoiceField(label=_("Visit"), required=False, queryset=Visit.objects.none())
    event = forms.ModelChoiceField(label=_("Conference or meeting"), required=False, queryset=Event.objects.none())
    found_on = DayField(label=_("Of the day"))
    body = forms.CharField(
        label=_("Another body"),
        required=False,
        max_length=120,
        help_text=_("Whose finding it is, for example GRETA. Empty: your own office's."),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("as its verb says")), *Urgency.choices]
    )
    addressee = forms.CharField(label=_("Addressed to"), required=False, max_length=200)
    deadline = DayField(label=_("Deadline"), required=False)
    provisions = ProvisionsField(
        label=_("Commitments that it rests on"),
        required=False,
        queryset=Provision.objects.select_related("instrument"),
    )
    stage = forms.ChoiceField(
        label=_("The text is"), choices=[(one, TextStage(one).label) for one in MOVES[""]], initial=TextStage.DRAFT
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en")
    text = _area(_("Text"), required=False, help_text=_("Empty: the sentence above."))

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, member=member, **kwargs)
        visits = Visit.objects.filter(office=member.agency, status__in=BINDING).order_by("-starts", "title")
        events = Event.objects.filter(office=member.agency).order_by("-latest", "title")
        for name, found in (("visit", visits), ("event", events)):
            asked = str(self.data.get(name) or self.initial.get(name) or "")
            newest = found.values("pk")[:MOST_OFFERED]
            self.fields[name].queryset = found.filter(Q(pk__in=newest) | Q(pk=uuid_of(asked)))
        self.fields["visit"].label_from_instance = lambda one: f"{one.title}, {one.state_name}, {one.span}"


@acts(verbs.RECORD)
def finding_add(request: HttpRequest) -> HttpResponse:
    back = reverse("partnership:findings")
    sheet = Sheet(
        title=_("Record a finding"),
        submit=_("Record it"),
        back=back,
        crumbs=((FINDINGS, back),),
        lead=_("One thing a finding: then the State can answer it, and its course can be followed."),
        done=_("Recorded."),
    )

    def act(said: dict[str, Any]) -> str:
        kind, day, reference = said.pop("source_kind"), said.pop("found_on"), said.pop("source_reference")
        source = verbs.Source(kind, day, reference, said.pop("body"), said.pop("visit"), said.pop("event"))
        text, language = said.pop("text"), said.pop("language")
        texts = (verbs.Wording(language, text or said["title"]),)
        finding = verbs.record_finding(member=request.user, source=source, texts=texts, **said)
        return reverse("partnership:finding", args=[finding.pk])

    form = RecordForm(sent(request), member=request.user, initial=_begun(request.GET))
    return form_page(request, sheet, form, act)


def _begun(asked: Any) -> dict[str, Any]:
    """What is known already of a finding that a visit or an event made, by the address of the form."""
    visit = Visit.objects.filter(pk=uuid_of(asked.get("visit", ""))).first()
    if visit:
        known = {"visit": visit.pk, "state": visit.state, "found_on": visit.ends, "source_kind": SourceKind.VISIT}
        return known | {"themes": visit.themes}
    event = Event.objects.filter(pk=uuid_of(asked.get("event", ""))).first()
    if event:
        return {"event": event.pk, "found_on": event.latest, "source_kind": SourceKind.EVENT, "themes": event.themes}
    return {}


class TextForm(forms.Form):
    stage = forms.ChoiceField(label=_("This version is"))
    on = DayField(label=_("Of the day"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en")
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices, initial=Standing.OFFICIAL)
    text = _area(_("Text"), rows=8)
    second_language = forms.ChoiceField(
        label=_("The same in another language"), required=False, choices=[("", _("no")), *LANGUAGES]
    )
    second_standing = forms.ChoiceField(label=_("Its standing"), choices=Standing.choices, initial=Standing.WORKING)
    second_text = _area(_("Its text"), required=False, rows=8)

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = finding.stage if finding.texts.exists() else ""
        self.fields["stage"].choices = [(stage, TextStage(stage).label) for stage in MOVES[last]]


@acts(verbs.WRITE)
def text_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    sheet = _sheet(
        finding, _("Add a version"), _("Add it"), done=_("Added."), notice=_("The versions before it stay as they are.")
    )

    def act(said: dict[str, Any]) -> None:
        texts = [verbs.Wording(said["language"], said["text"], said["standing"])]
        if said["second_language"]:
            texts.append(verbs.Wording(said["second_language"], said["second_text"], said["second_standing"]))
        verbs.write_finding_text(member=request.user, finding=finding, stage=said["stage"], texts=texts, on=said["on"])

    return form_page(request, sheet, TextForm(sent(request), finding=finding), act)


@acts(verbs.PUBLISH)
def finding_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    sheet = _sheet(
        finding,
        _("Publish the finding"),
        _("Publish it"),
        notice=_("Everybody will read its final text, also without signing in. This is not taken back."),
        tone="warn",
        done=_("Published."),
    )

    def act(_said: dict[str, Any]) -> None:
        verbs.publish_finding(member=request.user, finding=finding)

    return form_page(request, sheet, forms.Form(sent(request)), act)


class ReplyForm(forms.Form):
    position = forms.ChoiceField(label=_("What does the State say?"), choices=Position.choices, widget=RadioTiles)
    on = DayField(label=_("On the day"))
    document = forms.CharField(
        label=_("Document"), max_length=300, help_text=_("For example a note verbale and its number.")
    )
    text = _area(_("In the State's words"), required=False)


@acts(follow_up.REPLY)
def reply_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    notice = _("The State's word. Where implementation stands is assessed apart from it, with evidence.")
    sheet = _sheet(finding, _("Record the State's reply"), _("Record it"), done=_("Recorded."), notice=notice)

    def act(said: dict[str, Any]) -> None:
        follow_up.record_reply(member=request.user, finding=finding, **said)

    return form_page(request, sheet, ReplyForm(sent(request)), act)


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=MeasureKind.choices)
    title = forms.CharField(label=_("In one sentence"), max_length=400)
    on = DayField(label=_("On the day"))
    document = forms.CharField(label=_("Document"), max_length=300, required=False)
    findings = forms.ModelMultipleChoiceField(
        label=_("Findings that it answers"),
        queryset=Finding.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A measure is recorded once, with all findings that it answers."),
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, initial={"findings": [finding.pk]}, **kwargs)
        others = Finding.objects.filter(state=finding.state, office=finding.office_id).exclude(
            kind=FindingKind.PRACTICE
        )
        shown = [finding.pk, *others.values_list("pk", flat=True)[:MOST_SHOWN]]
        field = self.fields["findings"]
        field.queryset = Finding.objects.filter(pk__in=shown)
        field.label_from_instance = lambda one: f"{one.reference}: {one.title}"


@acts(follow_up.MEASURE)
def measure_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    sheet = _sheet(finding, _("Record a measure of the State"), _("Record it"), done=_("Recorded."))

    def act(said: dict[str, Any]) -> None:
        chosen = {"findings": list(said.pop("findings")), "clearance": finding.clearance}
        if chosen["clearance"] == "named":
            chosen["clearance"] = "office"
        follow_up.record_measure(member=request.user, state=finding.state, **said, **chosen)

    return form_page(request, sheet, MeasureForm(sent(request), finding=finding), act)


class AssessForm(forms.Form):
    status = forms.ChoiceField(label=_("Where does it stand?"), choices=Progress.choices, widget=RadioTiles)
    on = DayField(label=_("On the day"))
    reason = _area(_("Why"))
    evidence = forms.CharField(
        label=_("Evidence"), max_length=300, help_text=_("A document, a law, a visit: what others can look up.")
    )


@acts(follow_up.ASSESS)
def assessment_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    notice = _("Earlier assessments stay. The status is that of the last day assessed.")
    sheet = _sheet(finding, _("Assess implementation"), _("Assess"), done=_("Assessed."), notice=notice)

    def act(said: dict[str, Any]) -> None:
        follow_up.assess_finding(member=request.user, finding=finding, **said)

    return form_page(request, sheet, AssessForm(sent(request)), act)


class FollowUpForm(forms.Form):
    on = DayField(label=_("On the day"))
    occasion = forms.CharField(label=_("Meeting, visit or letter"), max_length=300)
    what = _area(_("What was said or done"))


@acts(follow_up.FOLLOW)
def follow_up_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    sheet = _sheet(finding, _("It came up again"), _("Record it"), done=_("Recorded."))

    def act(said: dict[str, Any]) -> None:
        follow_up.follow_up_finding(member=request.user, finding=finding, **said)

    return form_page(request, sheet, FollowUpForm(sent(request)), act)


class LinkForm(forms.Form):
    kind = forms.ChoiceField(label=_("This finding …"), choices=LinkKind.choices)
    other = forms.CharField(label=_("Reference of the other finding"), max_length=60)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def clean_other(self) -> Finding:
        other = Finding.objects.filter(reference=self.cleaned_data["other"].strip()).order_by("created_at").first()
        if other is None:
            raise forms.ValidationError(_("You see no finding with this reference."))
        return other


@acts(follow_up.LINK)
def link_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    finding = _finding(pk)
    sheet = _sheet(finding, _("Link it with another finding"), _("Link them"), done=_("Linked."))

    def act(said: dict[str, Any]) -> None:
        follow_up.link_findings(member=request.user, finding=finding, **said)

    initial = {"other": request.GET.get("other", ""), "kind": request.GET.get("kind", "")}
    return form_page(request, sheet, LinkForm(sent(request), initial=initial), act)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8 with a header. Columns: %s.") % ", ".join(COLUMNS),
        allow_empty_file=True,
    )


@acts(IMPORT)
def findings_import(request: HttpRequest) -> HttpResponse:
    back = reverse("partnership:findings")
    sheet = Sheet(
        title=_("Read findings from a file"),
        submit=_("Read it"),
        back=back,
        crumbs=((FINDINGS, back),),
        lead=_("All rows are recorded, or none; the first thing that is wrong is named with its row."),
        done=_("All rows were recorded."),
    )

    def act(said: dict[str, Any]) -> None:
        import_findings(member=request.user, data=said["file"].read(), name=said["file"].name)

    files = request.FILES if request.method == "POST" else None
    return form_page(request, sheet, FileForm(sent(request), files), act)
