"""Figures of all kinds and of few, some and many actors: no label covers another."""

import pytest
import test_figures as figures


@pytest.mark.parametrize("count", [30, 300, 1000])
@pytest.mark.parametrize("kind", figures.KINDS)
def test_no_label_covers_another_and_no_picture_is_too_large(kind, count):
    figures.test_no_label_covers_another_and_no_picture_is_too_large(kind, count)
