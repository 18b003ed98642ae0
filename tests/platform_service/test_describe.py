from platform_service.describe import FILE, described


def test_the_committed_description_is_true():
    assert FILE.read_text("utf-8") == described(), "run: python -m platform_service.describe"
