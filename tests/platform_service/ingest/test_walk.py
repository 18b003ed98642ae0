"""Which files are found, in which order, and what is passed over."""

import os

from platform_service.ingest.walk import find_files


def names(found, root):
    return [str(candidate.path.relative_to(root)) for candidate in found.files]


def reasons(found):
    return {skipped.path.name: skipped.why for skipped in found.skipped}


def test_files_come_in_a_stable_order_folder_by_folder(pictures):
    for name in ("b/2.png", "b/1.png", "a/z.png", "m.png", "a/b/c.png", "A.png"):
        pictures.save(name)
    found = find_files([pictures.folder])
    assert names(found, pictures.folder) == ["A.png", "m.png", "a/z.png", "a/b/c.png", "b/1.png", "b/2.png"]
    assert found == find_files([pictures.folder])
    assert found.skipped == ()


def test_content_decides_and_a_name_that_promises_a_picture_is_kept_to_be_reported(pictures):
    pictures.write("no suffix", pictures.raw("PNG"))
    pictures.write("notes.txt", b"words")
    pictures.write("notes.png", b"words")
    pictures.write("drawing.svg", b"<svg/>")
    pictures.write("none.dat", b"")
    found = find_files([pictures.folder])
    assert names(found, pictures.folder) == ["no suffix", "notes.png"]
    assert reasons(found) == {
        "notes.txt": "is not a picture: its content is text",
        "drawing.svg": "is not a picture that can be taken: its content is an SVG drawing",
        "none.dat": "is empty: it has 0 bytes",
    }


def test_hidden_files_and_folders_are_passed_over(pictures):
    pictures.save(".thumbnails/1.png")
    pictures.save(".hidden.png")
    pictures.save("seen.png")
    found = find_files([pictures.folder])
    assert names(found, pictures.folder) == ["seen.png"]
    assert reasons(found) == {".thumbnails": "is hidden", ".hidden.png": "is hidden"}


def test_a_hidden_folder_that_was_asked_for_is_entered(pictures):
    pictures.save(".mine/1.png")
    assert len(find_files([pictures.folder / ".mine"]).files) == 1


def test_loops_of_links_end(pictures):
    pictures.save("a/one.png")
    (pictures.folder / "a" / "up").symlink_to(pictures.folder)
    (pictures.folder / "self").symlink_to("self")
    (pictures.folder / "nowhere.png").symlink_to("gone")
    found = find_files([pictures.folder])
    assert names(found, pictures.folder) == ["a/one.png"]
    assert reasons(found) == {
        "up": "is a link to a folder that was already visited",
        "self": "is a link that leads nowhere",
        "nowhere.png": "is a link that leads nowhere",
    }


def test_links_to_files_elsewhere_are_followed_but_each_file_comes_once(pictures, tmp_path):
    elsewhere = tmp_path / "elsewhere.png"
    elsewhere.write_bytes(pictures.raw("PNG"))
    (pictures.folder / "a.png").symlink_to(elsewhere)
    (pictures.folder / "b.png").symlink_to(elsewhere)
    found = find_files([pictures.folder])
    assert names(found, pictures.folder) == ["a.png"]
    assert reasons(found) == {"b.png": "is another name of a file that was already found"}


def test_a_pipe_is_not_opened(pictures):
    os.mkfifo(pictures.folder / "pipe")
    assert reasons(find_files([pictures.folder])) == {"pipe": "is not a regular file"}


def test_not_recursive_stays_in_the_folder(pictures):
    pictures.save("top.png")
    pictures.save("below/deep.png")
    assert names(find_files([pictures.folder], recursive=False), pictures.folder) == ["top.png"]


def test_named_files_are_candidates_whatever_they_are(pictures):
    path = pictures.write("notes.txt", b"words")
    gone = pictures.folder / "gone.jpg"
    assert [candidate.path for candidate in find_files([path, gone]).files] == [path, gone]


def test_overlapping_paths_give_each_file_once(pictures):
    pictures.save("a/one.png")
    found = find_files([pictures.folder, pictures.folder / "a", pictures.folder / "a" / "one.png"])
    assert names(found, pictures.folder) == ["a/one.png"]


def test_a_folder_without_pictures(pictures):
    pictures.write("readme.txt", b"words")
    found = find_files([pictures.folder])
    assert found.files == ()
    assert len(found.skipped) == 1


def test_a_folder_that_cannot_be_opened(pictures):
    pictures.save("locked/one.png")
    pictures.save("open/two.png")
    (pictures.folder / "locked").chmod(0)
    user = os.geteuid()
    if user == 0:
        for folder in (pictures.folder, *pictures.folder.parents):
            if folder.stat().st_uid == 0 and folder.stat().st_mode & 0o077 == 0:
                folder.chmod(0o755)
        os.seteuid(65_534)
    try:
        found = find_files([pictures.folder])
    finally:
        os.seteuid(user)
        (pictures.folder / "locked").chmod(0o700)
    assert names(found, pictures.folder) == ["open/two.png"]
    assert reasons(found) == {"locked": "can't be opened: permission denied"}
