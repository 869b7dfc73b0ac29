def placement(x: float) -> float:
    return x
