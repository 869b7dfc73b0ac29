def diagnose(x: float) -> float:
    return x
