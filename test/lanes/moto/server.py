"""Starts moto's server on a free port of the loopback interface, with what is broken in its Step Functions mended.

moto 5.2.1 carries LocalStack's engine for state machines, without the parts that were not its own. Each function
`mend_...` below puts one of them back at run time and says what was wrong; nothing of what a machine means is changed.

Environment: MOTO_PORT is the port at which moto's engine calls services (the gateway of the lane, which answers
Lambda's invocations and sends everything else here); SLUICE_NODE is a Node.js that finds jsonata.
Prints `listening <port>` when it takes requests, and ends when its standard input does.
"""

import copy
import datetime
import json
import os
import subprocess
import sys
import threading
import uuid

import boto3
import moto.stepfunctions.models as models
import moto.stepfunctions.parser.models as parser_models
import moto.stepfunctions.responses as responses
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.eval.callback.callback import HeartbeatTimedOut
from moto.stepfunctions.parser.asl.eval.states import ContextObject
from moto.stepfunctions.parser.asl.jsonata import jsonata
from werkzeug.serving import make_server


def mend_second_execution():
    """StartExecution copies the machine deeply, with the locks of its executions: only the first one works."""

    def copy_without_executions(machine, _memo):
        copied = copy.copy(machine)
        copied.executions = []
        return copied

    models.StateMachine.__deepcopy__ = copy_without_executions


def mend_jsonata():
    """The evaluator is None: LocalStack's runs in a Java virtual machine."""
    worker = subprocess.Popen(
        [os.environ["SLUICE_NODE"], os.path.join(os.path.dirname(os.path.abspath(__file__)), "jsonata-worker.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    one_at_a_time = threading.Lock()

    def evaluate(expression):
        with one_at_a_time:
            worker.stdin.write(json.dumps(expression) + "\n")
            answer = json.loads(worker.stdout.readline())
        if "error" in answer:
            raise jsonata.JSONataException("UNKNOWN", answer["error"])
        return answer["value"]

    # Modules that are loaded already have the function under its name; those that come later take it from `jsonata`.
    for module in list(sys.modules.values()):
        if module.__name__.startswith("moto.stepfunctions") and hasattr(module, "eval_jsonata_expression"):
            module.eval_jsonata_expression = evaluate


def mend_names_of_parameters():
    """Names are not brought from ASL's spelling to that of the service's API and back."""
    service_models = {}

    def shape_of(service, operation, side):
        if service not in service_models:
            client = boto3.client(service, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
            service_models[service] = client.meta.service_model
        operation_name = "".join(part[:1].upper() + part[1:] for part in operation.split("_"))
        return getattr(service_models[service].operation_model(operation_name), side)

    def to_api(shape, value):
        if shape is None:
            return value
        if shape.type_name == "structure" and isinstance(value, dict):
            members = {name.lower(): name for name in shape.members}
            named = ((members.get(name.lower(), name), member) for name, member in value.items())
            return {name: to_api(shape.members.get(name), member) for name, member in named}
        if shape.type_name == "list" and isinstance(value, list):
            return [to_api(shape.member, member) for member in value]
        if shape.type_name == "map" and isinstance(value, dict):
            return {name: to_api(shape.value, member) for name, member in value.items()}
        return value

    def from_api(shape, value):
        if isinstance(value, datetime.datetime):
            return int(value.timestamp() * 1000)
        if shape is None:
            return value
        if shape.type_name == "structure" and isinstance(value, dict):
            return {name[:1].upper() + name[1:]: from_api(shape.members.get(name), member) for name, member in value.items()}
        if shape.type_name == "list" and isinstance(value, list):
            return [from_api(shape.member, member) for member in value]
        return value

    def replace(values, side, convert, task, service, action):
        shape = shape_of(task._get_boto_service_name(service), task._get_boto_service_action(action), side)
        converted = convert(shape, values)
        values.clear()
        values.update(converted)

    def normalise_parameters(self, parameters, boto_service_name=None, service_action_name=None):
        replace(parameters, "input_shape", to_api, self, boto_service_name, service_action_name)

    def normalise_response(self, response, boto_service_name=None, service_action_name=None):
        if isinstance(response, dict):
            response.pop("ResponseMetadata", None)
            replace(response, "output_shape", from_api, self, boto_service_name, service_action_name)

    StateTaskService._normalise_parameters = normalise_parameters
    StateTaskService._normalise_response = normalise_response


def mend_cause_of_failure():
    """SendTaskFailure drops the cause."""

    def send_task_failure(self):
        token, error, cause = (self._get_param(name) for name in ("taskToken", "error", "cause"))
        self.stepfunction_backend.send_task_failure(token, error=error, cause=cause)
        return responses.EmptyResult()

    responses.StepFunctionResponse.send_task_failure = send_task_failure


def mend_name_of_execution():
    """StartExecution without a name makes the ARN `...:None`."""
    start = parser_models.StepFunctionsParserBackend.start_execution

    def start_execution(self, state_machine_arn, name=None, *rest, **named):
        return start(self, state_machine_arn, name or str(uuid.uuid4()), *rest, **named)

    parser_models.StepFunctionsParserBackend.start_execution = start_execution


def mend_token_of_retry():
    """A retry gets the token of the try before, and with it that try's answer; on AWS every try has its own."""
    execute = StateTaskServiceCallback._eval_execution

    def eval_execution(self, env):
        if self._is_integration_pattern():
            env.callback_pool_manager.add(env.states.context_object.update_task_token())
        execute(self, env)

    StateTaskServiceCallback._eval_execution = eval_execution


def mend_early_answer():
    """With HeartbeatSeconds an answer is lost that is sent before the function has returned."""

    def wait(self, env, callback_endpoint, heartbeat_endpoint):
        outcome = callback_endpoint.get_outcome()
        while outcome is None and env.is_running():
            heard = heartbeat_endpoint.clear_and_wait()
            outcome = callback_endpoint.get_outcome()
            if outcome is None and not heard and env.is_running():
                outcome = HeartbeatTimedOut()
        return outcome

    StateTaskServiceCallback._wait_for_task_token_heartbeat = wait


def mend_context_object():
    """The context object has no Execution.RedriveCount; moto has no redrives, so it is 0."""
    make = ContextObject.__init__

    def init(self, context_object):
        context_object["Execution"].setdefault("RedriveCount", 0)
        make(self, context_object)

    ContextObject.__init__ = init


MENDED = [
    mend_second_execution,
    mend_jsonata,
    mend_names_of_parameters,
    mend_cause_of_failure,
    mend_name_of_execution,
    mend_token_of_retry,
    mend_early_answer,
    mend_context_object,
]


def main():
    for mend in MENDED:
        mend()
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening", server.server_port, flush=True)
    # Whoever started this holds the other end: it cannot outlive them.
    sys.stdin.read()


main()
