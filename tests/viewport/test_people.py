"""Others in the scene are seen where they stand, turned to the eye, and gone when they leave."""

import numpy as np

from viewport.graphics.textures import rgb
from viewport.people import COLOURS, MOST, Bystander, colour_of

ADA = Bystander("ada", "Ada", (0.0, 1.6, 0.0))


def how_much_of(picture, colour):
    apart = np.abs(picture.astype(int) - (rgb(colour) * 255).astype(int)).max(axis=2)
    return int((apart <= 24).sum())


def test_somebody_is_seen_from_every_side_and_gone_when_they_leave(view, make_room):
    view.show(make_room())
    view.load_all()
    colour = colour_of("ada")
    assert how_much_of(view.picture(320, 180), colour) == 0
    view.show_people([ADA])
    assert view.dirty
    view.load_all()
    assert how_much_of(view.picture(320, 180), colour) > 60
    near = Bystander("ada", "Ada", tuple(view.camera.pose.position + np.array([0.0, 0.0, -0.3])))
    view.show_people([near])
    assert how_much_of(view.picture(320, 180), colour) == 0, "whoever stands where I stand hides nothing"
    view.show_people([])
    assert how_much_of(view.picture(320, 180), colour) == 0


def test_everybody_keeps_a_colour_and_many_are_bounded(view, make_room):
    view.show(make_room())
    view.load_all()
    view.show_people([Bystander(f"p{n}", f"Person {n}", (0.1 * n - 1, 1.6, 0.0)) for n in range(MOST + 5)])
    view.render()
    view.show_people([])
    assert {colour_of(f"p{n}") for n in range(200)} == set(COLOURS)
    assert colour_of("ada") == colour_of("ada")


def test_what_somebody_holds_and_what_came_from_them_is_ringed_in_their_colour(view, three):
    view.show(three)
    view.load_all()
    colour = colour_of("ada")
    before = how_much_of(view.picture(320, 180), colour)
    view.show_held({colour: ["work-red"]}, {})
    held = how_much_of(view.picture(320, 180), colour)
    view.show_held({}, {colour: ["work-red", "not there"]})
    arrived = view.picture(320, 180)
    view.show_held({}, {})
    view.load_all()
    assert before < held
    assert how_much_of(view.picture(320, 180), colour) == before
    assert not np.array_equal(arrived, view.picture(320, 180))
