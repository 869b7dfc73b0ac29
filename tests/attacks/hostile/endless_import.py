"""Never comes back from its import, whatever is raised in it."""

while True:
    try:
        while True:
            pass
    except BaseException:
        continue
