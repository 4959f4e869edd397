"""Runs a DAG's file where no Airflow is, and prints its tasks: names and arguments are those of Airflow 3's SDK and of
apache-airflow-providers-amazon 9; any other is an error."""
import json
import runpy
import sys
from types import ModuleType

tasks, edges = [], []


class DAG:
    def __init__(self, *, dag_id, description=None, start_date=None, schedule=None, catchup=False, max_active_runs=16, params=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


class Param:
    def __init__(self, default=None, description=None, **schema):
        assert set(schema) <= {"type", "pattern", "enum", "format"}, schema


class BaseOperator:
    def __init__(self, *, task_id, retries=0, trigger_rule="all_success", aws_conn_id="aws_default", region_name=None):
        self.task_id = task_id
        self.output = {"output of": task_id}

    def __rshift__(self, other):
        edges.append([self.task_id, other.task_id])
        return other


class StepFunctionStartExecutionOperator(BaseOperator):
    def __init__(self, *, state_machine_arn, name=None, is_redrive_execution=False, state_machine_input=None, deferrable=None, **rest):
        super().__init__(**rest)
        tasks.append({"task": self.task_id, "name": name, "input": state_machine_input, "deferrable": deferrable})


class StepFunctionExecutionSensor(BaseOperator):
    def __init__(self, *, execution_arn, mode="poke", poke_interval=60, timeout=604800, soft_fail=False, **rest):
        super().__init__(**rest)
        tasks.append({"task": self.task_id, "of": execution_arn, "mode": mode, "softFail": soft_fail})


def module(name, **names):
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:end]), ModuleType(".".join(parts[:end])))
    vars(sys.modules[name]).update(names)


module("airflow.sdk", DAG=DAG, Param=Param)
amazon = "airflow.providers.amazon.aws"
module(f"{amazon}.operators.step_function", StepFunctionStartExecutionOperator=StepFunctionStartExecutionOperator)
module(f"{amazon}.sensors.step_function", StepFunctionExecutionSensor=StepFunctionExecutionSensor)

runpy.run_path(sys.argv[1])
print(json.dumps({"tasks": tasks, "edges": edges}))
