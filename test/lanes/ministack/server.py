"""Starts MiniStack with what it lacks for a whole deployment of Sluice added at run time.

MiniStack 1.4.21 is used as it is but for what each function `add_...` below names: types of resources that its
CloudFormation does not know and whose services it has, and the parts of a task definition without which a task of more
than one container cannot run. Its engine for state machines gets one member
of the context object and is left alone otherwise. `defects.md` has a reproduction of each.

Environment: that of MiniStack (GATEWAY_PORT, BIND_HOST, MINISTACK_ACCOUNT_ID, ...). Prints `listening <port>` when it
takes requests, and ends when its standard input does. With `--stock` nothing is added.
"""

import os
import re
import socket
import sys
import threading
import time

import ministack.app as ministack_app
import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.ecs as ecs
import ministack.services.eventbridge as eventbridge
import ministack.services.lambda_svc as lambda_svc
import ministack.services.stepfunctions as stepfunctions
from ministack.core.responses import get_account_id, get_region, new_uuid

HANDLERS = provisioners._RESOURCE_HANDLERS
PORT = int(os.environ["GATEWAY_PORT"])


def add_capacity_providers():
    """AWS::ECS::ClusterCapacityProviderAssociations is unknown; PutClusterCapacityProviders is there."""

    def create(logical_id, props, stack_name):
        ecs._put_cluster_capacity_providers(
            {
                "cluster": props["Cluster"],
                "capacityProviders": props.get("CapacityProviders", []),
                "defaultCapacityProviderStrategy": props.get("DefaultCapacityProviderStrategy", []),
            }
        )
        return props["Cluster"], {}

    HANDLERS["AWS::ECS::ClusterCapacityProviderAssociations"] = {"create": create, "delete": lambda *_: None}


def add_state_machine_versions():
    """AWS::StepFunctions::StateMachineVersion is unknown, and a state machine of CloudFormation has no revision."""
    create_machine = HANDLERS["AWS::StepFunctions::StateMachine"]["create"]

    def create_with_revision(logical_id, props, stack_name):
        arn, attributes = create_machine(logical_id, props, stack_name)
        revision = stepfunctions._state_machines[arn].setdefault("revisionId", new_uuid())
        return arn, {**attributes, "StateMachineRevisionId": revision}

    def create_version(logical_id, props, stack_name):
        machine = props["StateMachineArn"]
        stepfunctions._publish_state_machine_version({"stateMachineArn": machine, "description": props.get("Description", "")})
        arn = f"{machine}:{stepfunctions._state_machines[machine]['lastVersionNumber']}"
        return arn, {"Arn": arn}

    def delete_version(physical_id, props):
        stepfunctions._delete_state_machine_version({"stateMachineVersionArn": physical_id})

    HANDLERS["AWS::StepFunctions::StateMachine"]["create"] = create_with_revision
    HANDLERS["AWS::StepFunctions::StateMachineVersion"] = {"create": create_version, "delete": delete_version}


def add_flow_logs():
    """AWS::EC2::FlowLog is unknown. Nothing flows in a network that is a record."""

    def create(logical_id, props, stack_name):
        flow_log = f"fl-{new_uuid().replace('-', '')[:17]}"
        return flow_log, {"Id": flow_log}

    HANDLERS["AWS::EC2::FlowLog"] = {"create": create, "delete": lambda *_: None}


def add_reachable_endpoints():
    """An HTTP API's ApiEndpoint is a name below localhost, which few resolvers answer; its other address is a path."""
    create_api = HANDLERS["AWS::ApiGatewayV2::Api"]["create"]

    def create(logical_id, props, stack_name):
        api_id, attributes = create_api(logical_id, props, stack_name)
        return api_id, {**attributes, "ApiEndpoint": f"http://127.0.0.1:{PORT}/_aws/execute-api/{api_id}/$default"}

    HANDLERS["AWS::ApiGatewayV2::Api"]["create"] = create


def add_iam_identity():
    """A route with IAM authorization takes any request and tells the function of no caller. Signatures are not checked
    here either: MiniStack knows no secret keys."""
    execute = lambda_svc._execute_function_with_config_scope

    def execute_with_identity(record, event, *rest, **named):
        if isinstance(event, dict) and event.get("version") == "2.0" and "requestContext" in event:
            signed = re.match(r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d+/[^/]+/execute-api/", event["headers"].get("authorization", ""))
            if signed:
                caller = f"arn:aws:iam::{get_account_id()}:user/{signed[1]}"
                event["requestContext"]["authorizer"] = {"iam": {"accessKey": signed[1], "userArn": caller}}
        return execute(record, event, *rest, **named)

    lambda_svc._execute_function_with_config_scope = execute_with_identity


def add_parts_of_task_definitions():
    """Of a container only image, command and environment are used: no entry point, no volume of the task, no network that
    the containers share. A task ends only when every container has, though an essential one is gone."""
    build = ecs._build_run_kwargs
    mark = ecs._maybe_mark_stopped

    def build_run_kwargs(cdef, td, env, port_bindings, ecs_network, host_mode, task_id, *rest):
        arguments = build(cdef, td, env, port_bindings, ecs_network, True, task_id, *rest)
        if cdef.get("entryPoint"):
            arguments["entrypoint"] = cdef["entryPoint"]
        if cdef.get("user"):
            arguments["user"] = cdef["user"]
        own = {volume["name"] for volume in td.get("volumes", []) if not volume.get("host")}
        arguments["volumes"] = [
            *arguments.get("volumes", []),
            *(
                f"ministack-ecs-{task_id}-{mount['sourceVolume']}:{mount['containerPath']}:rw"
                for mount in cdef.get("mountPoints", [])
                if mount["sourceVolume"] in own
            ),
        ]
        return arguments

    def maybe_mark_stopped(task):
        definition = ecs._task_defs.get(task["taskDefinitionArn"].split("/")[-1]) or {}
        docker = ecs._get_docker()
        if task.get("lastStatus") == "RUNNING" and docker and has_essential_end(task, definition, docker):
            for container in containers_of(task, docker):
                container.stop(timeout=2)
        exit_codes = exit_codes_of(task, definition, docker)
        mark(task)
        if task["lastStatus"] == "STOPPED":
            for container in task["containers"]:
                container["exitCode"] = exit_codes.get(container["name"], container.get("exitCode"))

    def containers_of(task, docker):
        for docker_id in task.get("_docker_ids", []):
            try:
                yield docker.containers.get(docker_id)
            except Exception:
                continue

    def essential(definition):
        return {each["name"] for each in definition.get("containerDefinitions", []) if each.get("essential", True)}

    def has_essential_end(task, definition, docker):
        return any(
            container.status == "exited" and container.labels["com.amazonaws.ecs.container-name"] in essential(definition)
            for container in containers_of(task, docker)
        )

    def exit_codes_of(task, definition, docker):
        return {
            container.labels["com.amazonaws.ecs.container-name"]: container.attrs["State"]["ExitCode"]
            for container in containers_of(task, docker)
            if container.status == "exited"
        }

    ecs._build_run_kwargs = build_run_kwargs
    ecs._maybe_mark_stopped = maybe_mark_stopped


def add_redrive_count():
    """The context object has no Execution.RedriveCount. There are no redrives, so it is 0."""
    evaluate = stepfunctions._evaluate_jsonata

    def evaluate_with_redrive_count(expression, raw_input, ctx=None, *rest, **named):
        if ctx is not None and "Execution" in ctx:
            ctx["Execution"].setdefault("RedriveCount", 0)
        return evaluate(expression, raw_input, ctx, *rest, **named)

    stepfunctions._evaluate_jsonata = evaluate_with_redrive_count


def add_scheduled_time():
    """A schedule of EventBridge Scheduler hands its input on with the keyword in it; on AWS the time stands there."""
    invoke = eventbridge._invoke_target

    def invoke_with_time(target, event, rule, *rest):
        if event.get("Source") == "aws.scheduler" and target.get("Input"):
            minute = time.strftime("%Y-%m-%dT%H:%M:00Z", time.gmtime(event["Time"]))
            target = {**target, "Input": target["Input"].replace("<aws.scheduler.scheduled-time>", minute)}
        invoke(target, event, rule, *rest)

    eventbridge._invoke_target = invoke_with_time


ADDED = [
    add_capacity_providers,
    add_state_machine_versions,
    add_flow_logs,
    add_reachable_endpoints,
    add_iam_identity,
    add_parts_of_task_definitions,
    add_redrive_count,
    add_scheduled_time,
]


def say_when_listening():
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                print("listening", PORT, flush=True)
                return
        time.sleep(0.05)


def end_with_standard_input():
    sys.stdin.read()
    os.kill(os.getpid(), 15)


if "--stock" not in sys.argv:
    for add in ADDED:
        add()
for task in (say_when_listening, end_with_standard_input):
    threading.Thread(target=task, daemon=True).start()
sys.argv = sys.argv[:1]
ministack_app.main()
