import pytest

pytest.register_assert_rewrite("tests.sources.conformance")
pytest.register_assert_rewrite("tests.sources.boxed")
pytest.register_assert_rewrite("tests.sources.recorded")
