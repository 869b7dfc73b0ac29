def logged_step(x: float) -> float:
    return x
