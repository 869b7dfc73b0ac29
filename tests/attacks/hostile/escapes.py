"""Puts HTML and what terminals obey into everything that is shown."""

EVIL = "<script>alert(1)</script>\x1b[2J\x1b]52;c;bWluZQ==\x07\x9b31m\u202e=cmd|' /C calc'!A1\r\n::error::"
print(EVIL)


def make_counter():
    raise type("<b>\x1b[31mError</b>", (ValueError,), {})(EVIL)
