"""Never comes back from a call."""


def make_counter():
    while True:
        pass
