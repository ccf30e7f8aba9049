from stb.ui.cache import Cache


def test_a_piece_is_drawn_once():
    cache, drawn = Cache(10, len), []
    assert [cache.get("a", lambda: drawn.append(1) or "aaa") for _ in range(3)] == ["aaa"] * 3
    assert len(drawn) == 1


def test_what_was_not_asked_for_the_longest_goes_first():
    cache = Cache(9, len)
    for name in ("a", "b", "c", "a", "d"):
        cache.get(name, lambda name=name: name * 3)
    assert cache.used == 9
    assert cache.get("a", lambda: "drawn again") == "aaa"
    assert cache.get("b", lambda: "again") == "again"


def test_a_piece_larger_than_the_cache_is_still_given():
    cache = Cache(2, len)
    assert cache.get("a", lambda: "aaa") == "aaa"
    assert cache.used == 0
