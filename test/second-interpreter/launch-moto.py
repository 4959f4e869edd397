"""Starts moto_server with its Step Functions interpreter in working order.

As shipped, the second StartExecution in a region fails: it copies the machine with its backend and everything that ran,
locks included. A machine's copy needs its definition only. And SendTaskFailure loses the cause.
"""
import copy
import sys

from moto.core.responses import EmptyResult
from moto.server import main
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.responses import StepFunctionResponse


def copy_without_history(self, memo):
    clone = self.__class__.__new__(self.__class__)
    memo[id(self)] = clone
    for name, value in self.__dict__.items():
        shared = name in ("backend", "executions")
        setattr(clone, name, value if shared else copy.deepcopy(value, memo))
    return clone


def send_task_failure(self):
    self.stepfunction_backend.send_task_failure(
        self._get_param("taskToken"), error=self._get_param("error"), cause=self._get_param("cause")
    )
    return EmptyResult()


StateMachine.__deepcopy__ = copy_without_history
StepFunctionResponse.send_task_failure = send_task_failure

if __name__ == "__main__":
    main(sys.argv[1:])
