import pytest

pytest.register_assert_rewrite("tests.sources.conformance")
pytest.register_assert_rewrite("tests.sources.boxed")
pytest.register_assert_rewrite("auditlib.conformance.reading")
pytest.register_assert_rewrite("auditlib.conformance.pages")
