import { createStates, type InvokeFunction, type StatusChange } from "../../../local/states/index.ts";
import { createVirtualClock, settled, type VirtualClock } from "./virtual-clock.ts";

/** What the shop's functions do, by name: they answer a value or throw. */
export type Functions = { readonly [name: string]: (payload: unknown) => unknown };

export interface Shop {
  readonly clock: VirtualClock;
  readonly changes: StatusChange[];
  /** An operation of Step Functions. */
  call(operation: string, input: object): Promise<Answer>;
  /** Creates a machine in JSONata with these states and starts it. */
  start(states: object, options?: StartOptions): Promise<string>;
  /** Starts it, and lets time pass until it ends. */
  run(states: object, options?: StartOptions): Promise<Ended>;
  /** Lets time pass until the execution ends. */
  finish(executionArn: string): Promise<Ended>;
  history(executionArn: string): Promise<readonly Event[]>;
}

interface StartOptions {
  readonly input?: unknown;
  readonly timeoutSeconds?: number;
}

type Answer = Record<string, unknown>;

interface Event {
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly [details: string]: unknown;
}

interface Ended {
  readonly status: unknown;
  /** Parsed. */
  readonly output: unknown;
  readonly error: unknown;
  readonly cause: unknown;
  /** Types of the events without the first and the last. */
  readonly types: readonly string[];
  readonly events: readonly Event[];
  /** From start to stop. */
  readonly milliseconds: number;
}

/** Half of everything: jitter is exactly half, and ids differ by a counter. */
function createRandom() {
  let count = 0;
  return (length: number) => {
    const bytes = new Uint8Array(length);
    bytes[0] = 0x80;
    if (length > 4) new DataView(bytes.buffer).setUint32(length - 4, ++count);
    return bytes;
  };
}

export const ROLE = "arn:aws:iam::123456789012:role/shop";

/** Step Functions with a clock that stands still and a few functions. */
export function openShop(functions: Functions = {}): Shop {
  const clock = createVirtualClock();
  const changes: StatusChange[] = [];
  const invoke: InvokeFunction = async (nameOrArn, payload) => {
    const name = nameOrArn.split(":").at(-1) ?? "";
    const handler = functions[name];
    if (handler === undefined) {
      const error = new Error(`Function not found: ${nameOrArn}`);
      error.name = "ResourceNotFoundException";
      throw error;
    }
    try {
      return { payload: JSON.stringify((await handler(JSON.parse(payload))) ?? null) };
    } catch (thrown) {
      const { name: errorType, message: errorMessage } = thrown as Error;
      return { payload: JSON.stringify({ errorType, errorMessage }), functionError: "Unhandled" };
    }
  };
  const { service } = createStates({
    clock,
    random: createRandom(),
    region: "eu-central-1",
    accountId: "123456789012",
    integrations: { lambda: invoke },
    onStatusChange: (change) => changes.push(change),
  });
  let machines = 0;

  const shop: Shop = {
    clock,
    changes,
    async call(operation, input) {
      return (await service.operations[operation]?.(input)) as Answer;
    },
    async start(states, { input = {}, timeoutSeconds } = {}) {
      const definition = {
        QueryLanguage: "JSONata",
        StartAt: Object.keys(states)[0],
        States: states,
        ...(timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds }),
      };
      const { stateMachineArn } = await shop.call("CreateStateMachine", {
        name: `shop-${++machines}`,
        roleArn: ROLE,
        definition: JSON.stringify(definition),
      });
      const started = { stateMachineArn, input: JSON.stringify(input) };
      const { executionArn } = await shop.call("StartExecution", started);
      await settled();
      return executionArn as string;
    },
    async run(states, options) {
      return shop.finish(await shop.start(states, options));
    },
    async finish(executionArn) {
      for (;;) {
        await settled();
        const answer = await shop.call("DescribeExecution", { executionArn });
        if (answer["status"] === "RUNNING") {
          if (!(await clock.advanceToNext())) throw new Error("The execution waits for something that never comes.");
          continue;
        }
        const events = await shop.history(executionArn);
        return {
          status: answer["status"],
          output: answer["output"] === undefined ? undefined : JSON.parse(answer["output"] as string),
          error: answer["error"],
          cause: answer["cause"],
          types: events.slice(1, -1).map(({ type }) => type),
          events,
          milliseconds: (answer["stopDate"] as Date).getTime() - (answer["startDate"] as Date).getTime(),
        };
      }
    },
    async history(executionArn) {
      const { events } = await shop.call("GetExecutionHistory", { executionArn, maxResults: 1000 });
      return events as Event[];
    },
  };
  return shop;
}

/** A Task that calls a function of the shop with the state's input and puts out what it answers. */
export function task(name: string, fields: object = {}): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: name, Payload: "{% $states.input %}" },
    Output: "{% $states.result.Payload %}",
    ...("Next" in fields ? {} : { End: true }),
    ...fields,
  };
}

/** A Task that hands its token to a function and waits for the answer. */
export function callback(name: string, fields: object = {}): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Arguments: { FunctionName: name, Payload: { token: "{% $states.context.Task.Token %}" } },
    ...("Next" in fields ? {} : { End: true }),
    ...fields,
  };
}

/** An error with a name, as a handler would throw it. */
export function named(name: string, message = ""): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
