"""How the server says no."""

import grpc

CODES = {code.value[0]: code for code in grpc.StatusCode}


class RefusedError(Exception):
    """A request, a configuration or a version that the server does not take.

    Attributes:
        code: the status of gRPC.
        message: what the server says.
    """

    def __init__(self, code: grpc.StatusCode, message: str):
        super().__init__(f"{code.name}: {message}")
        self.code, self.message = code, message


def invalid(message: str) -> RefusedError:
    return RefusedError(grpc.StatusCode.INVALID_ARGUMENT, message)


def precondition(message: str) -> RefusedError:
    return RefusedError(grpc.StatusCode.FAILED_PRECONDITION, message)


def not_found(message: str) -> RefusedError:
    return RefusedError(grpc.StatusCode.NOT_FOUND, message)
