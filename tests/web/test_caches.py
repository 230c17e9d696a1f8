"""The cache of files: of many that add a key at the same moment, one succeeds."""

from concurrent.futures import ThreadPoolExecutor

from westerkwartier.web.caches import FileCache


def test_one_of_many_adds(tmp_path):
    cache = FileCache(str(tmp_path / "cache"), {})
    for key in map(str, range(20)):
        with ThreadPoolExecutor(8) as pool:
            added = list(pool.map(lambda _turn, key=key: cache.add(key, 1, 60), range(16)))
        assert added.count(True) == 1


def test_a_key_can_be_added_again_after_it_went(tmp_path):
    cache = FileCache(str(tmp_path), {})
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    cache.delete("a")
    assert cache.add("a", 3)
    assert cache.get("a") == 3
