"""Rolls an image out from Airflow: starts the campaign machine and waits for its end.

Needs: apache-airflow-providers-amazon, and a connection `aws_default` whose role may start executions of the campaign
machine (output CampaignMachineArn) and describe them. Such a start is by nobody the product knows, so two people approve
the canary with `ami-rollout approve`.
Checked by: a run by Python against the arguments that Airflow 3 and the provider take, in npm test.
"""
from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator
from airflow.providers.amazon.aws.sensors.step_function import StepFunctionExecutionSensor
from airflow.sdk import DAG, Param

CAMPAIGN_MACHINE = "arn:aws:states:eu-west-1:111122223333:stateMachine:ami-rollout-campaign"

with DAG(
    dag_id="ami_rollout",
    description="Move the fleet to a new machine image",
    start_date=datetime(2026, 1, 1),
    schedule=None,
    catchup=False,
    max_active_runs=1,
    params={
        "image": Param(type="string", pattern="^ami-[0-9a-f]{8,17}$", description="AMI id in the hub's region"),
        "region": Param("eu-west-1", type="string"),
        "reason": Param("started from Airflow", type="string"),
    },
):
    start = StepFunctionStartExecutionOperator(
        task_id="start",
        state_machine_arn=CAMPAIGN_MACHINE,
        # One campaign for each run, however often the task is tried.
        name="airflow-{{ ti.run_id | replace(':', '-') | replace('+', '-') | replace('.', '-') }}",
        state_machine_input={
            "imageId": "{{ params.image }}",
            "region": "{{ params.region }}",
            "reason": "{{ params.reason }}",
        },
        # The sensor waits; this task would give up after half an hour.
        deferrable=False,
    )
    # Fails when the campaign fails: the execution's error is the outcome, its cause the reason. It is the last task, so that the
    # run fails with it. What Airflow offers to read the output of an execution takes the error for JSON and breaks on it.
    finished = StepFunctionExecutionSensor(
        task_id="finished",
        execution_arn=start.output,
        mode="reschedule",
        poke_interval=300,
        timeout=timedelta(days=3).total_seconds(),
    )
    start >> finished
