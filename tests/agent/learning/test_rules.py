"""Verdicts teach rules: more evidence never weakens one, forgetting leaves nothing, narrow scopes come first."""

from hypothesis import given
from hypothesis import strategies as st

from agent.learning.evidence import FIGURES, Evidence, Topic, Want
from agent.learning.preference import Preference
from agent.learning.rules import LIMITS, holding, preferences_of

_figures = st.floats(0.1, 5.0).map(lambda value: round(value, 2))


@st.composite
def verdicts(draw: st.DrawFn, wants: tuple[Want, ...] = ("more", "less", "this")) -> list[Evidence]:
    rows = draw(st.lists(st.tuples(st.sampled_from(wants), _figures, st.sampled_from("ab"), st.sampled_from("xy"))))
    return [complaint(n, want, value, scene, project) for n, (want, value, scene, project) in enumerate(rows)]


def complaint(
    number: int, want: Want, value: float, scene: str = "a", project: str = "x", topic: Topic = "gap_m"
) -> Evidence:
    return Evidence(
        id=f"e{number}",
        topic=topic,
        want=want,
        verdict="approved" if want == "this" else "rejected",
        value=value,
        scene_id=f"{project}{scene}",
        project_id=project,
        at=f"2026-01-01T00:00:{number:06}",
    )


def rule_in(evidence: list[Evidence], scene: str = "xa", project: str = "x") -> Preference | None:
    return next(iter(holding(preferences_of(evidence), scene, project)), None)


def test_tight_spacing_rejected_three_times_reads_as_such() -> None:
    found = rule_in([complaint(n, "more", 0.62) for n in range(3)])
    assert found is not None
    assert found.value == 1.36
    assert found.words == "tight spacing rejected 3 times → gaps of 1.36 m (in this scene)"


def test_a_complaint_about_what_the_rule_gave_is_one_step_more_and_not_all_once_more() -> None:
    evidence = [complaint(0, "more", 0.65)]
    for number in (1, 2):
        given_by_rule = rule_in(evidence)
        assert given_by_rule is not None
        assert given_by_rule.value is not None
        evidence.append(complaint(number, "more", given_by_rule.value))
    found = rule_in(evidence)
    assert found is not None
    assert found.value is not None
    assert 1.4 <= found.value <= 1.45


@given(verdicts(("more", "this")), _figures)
def test_one_more_complaint_that_it_is_too_little_never_lowers_the_rule(evidence: list[Evidence], shown: float) -> None:
    before = rule_in(evidence)
    after = rule_in([*evidence, complaint(len(evidence), "more", shown)])
    assert after is not None
    assert after.value is not None
    assert after.value > shown or after.value == LIMITS["gap_m"][1]
    if before is not None and before.scope == "here" and any(e.want == "more" for e in before.evidence):
        assert before.value is not None
        assert after.value >= before.value


@given(verdicts(), _figures)
def test_a_complaint_about_what_the_rule_gave_moves_it_beyond(evidence: list[Evidence], shown: float) -> None:
    before = rule_in(evidence)
    given_by_rule = before.value if before is not None and before.value is not None else shown
    after = rule_in([*evidence, complaint(len(evidence), "more", given_by_rule)])
    assert after is not None
    assert after.value is not None
    assert after.value >= given_by_rule


@given(verdicts())
def test_forgetting_a_rule_leaves_nothing_of_it(evidence: list[Evidence]) -> None:
    for rule in preferences_of(evidence):
        gone = {one.id for one in rule.evidence}
        rest = [one for one in evidence if one.id not in gone]
        again = next((p for p in preferences_of(rest) if p.id == rule.id), None)
        assert again is None or not gone & {one.id for one in again.evidence}


@given(verdicts())
def test_what_holds_is_of_this_scene_and_the_narrowest_there_is(evidence: list[Evidence]) -> None:
    rules = preferences_of(evidence)
    found = holding(rules, "xa", "x")
    assert len(found) <= 1
    for rule in found:
        assert rule.where in ("xa", "x", "")
        narrower = {"here": 0, "project": 1, "always": 2}[rule.scope]
        others = [p for p in rules if p.where in ("xa", "x", "")]
        assert all({"here": 0, "project": 1, "always": 2}[p.scope] >= narrower for p in others)


@given(verdicts())
def test_the_creators_own_rule_stands_against_all_evidence(evidence: list[Evidence]) -> None:
    mine = Preference(id="mine", topic="gap_m", scope="project", where="x", value=2.0, edited=True)
    rules = preferences_of(evidence, [mine])
    assert [p for p in rules if p.scope == "project" and p.where == "x"] == [mine]


@given(verdicts())
def test_rules_do_not_depend_on_the_order_in_which_evidence_is_read(evidence: list[Evidence]) -> None:
    assert preferences_of(evidence) == preferences_of(reversed(evidence))


@given(st.sampled_from(FIGURES), st.lists(st.sampled_from(["more", "less"]), min_size=1, max_size=8))
def test_figures_stay_within_what_a_scene_can_have(topic: Topic, wants: list[Want]) -> None:
    low, high = LIMITS[topic]
    for value in (low, high):
        rows = [complaint(n, want, value, topic=topic) for n, want in enumerate(wants)]
        found = rule_in(rows)
        assert found is not None
        assert found.value is not None
        assert low <= found.value <= high


def test_always_takes_two_projects() -> None:
    one = [complaint(n, "more", 0.6) for n in range(5)]
    assert {p.scope for p in preferences_of(one)} == {"here", "project"}
    two = [*one, complaint(9, "more", 0.6, "a", "y")]
    assert {p.scope for p in preferences_of(two)} == {"here", "project", "always"}


def test_of_two_that_contradict_the_newer_counts() -> None:
    found = rule_in([complaint(0, "more", 1.5), complaint(1, "less", 1.0)])
    assert found is not None
    assert found.value is not None
    assert found.value < 1.0


def test_a_theme_is_a_favourite_when_it_is_chosen_twice_and_most_often() -> None:
    def chosen(number: int, theme: str) -> Evidence:
        return complaint(number, "this", 0.0, topic="theme").model_copy(update={"text": theme, "value": None})

    rows = [chosen(0, "noir"), chosen(1, "noir"), chosen(2, "museum")]
    assert rule_in(rows[:1]) is None
    found = rule_in(rows)
    assert found is not None
    assert found.text == "noir"
    assert rule_in([*rows, chosen(3, "museum")]) is None
