"""Returns an object whose text is endless, and another that raises when it is printed."""


class Huge:
    def __repr__(self):
        return "x" * 100_000_000

    def __format__(self, form):
        raise SystemExit(0)


def make_counter():
    return lambda x: Huge()
