import middy, { type MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import type { Runtime } from "./runtime.ts";

/** A Lambda handler: what each `functions/<name>/handler.ts` exports. */
export type FunctionHandler = (event: unknown, context: Context) => Promise<unknown>;

/** Puts the installation's middleware around the function's own, and that around its logic. */
export function wrapHandler<Event>(
  runtime: Runtime,
  middlewares: readonly MiddlewareObj[],
  handle: (event: Event) => Promise<unknown>,
): FunctionHandler {
  const wrapped = middy<Event, unknown>((event: Event) => handle(event));
  for (const middleware of [...(runtime.middlewares ?? []), ...middlewares]) {
    wrapped.use(middleware);
  }
  // Middy types the event as what the logic wants; the parsing middleware is what makes it so.
  return (event, context) => wrapped(event as Event, context);
}

/**
 * A handler whose runtime is made from the environment at the first call, once for the life of the sandbox. What makes
 * it is loaded only then: a laptop, which passes its own runtime, never loads the clients of Lambda's. `load` is for
 * functions that need more than every function does.
 */
export function lazyHandler(create: (runtime: Runtime) => FunctionHandler): FunctionHandler;
export function lazyHandler<Needed extends Runtime>(
  create: (runtime: Needed) => FunctionHandler,
  load: () => Promise<Needed>,
): FunctionHandler;
export function lazyHandler(
  create: (runtime: never) => FunctionHandler,
  load: () => Promise<Runtime> = loadRuntime,
): FunctionHandler {
  let handler: Promise<FunctionHandler> | undefined;
  return async (event, context) => {
    // The overloads say that `load` answers what `create` takes.
    handler ??= load().then((runtime) => create(runtime as never));
    return (await handler)(event, context);
  };
}

async function loadRuntime(): Promise<Runtime> {
  const { runtimeFromEnvironment } = await import("./runtime-from-environment.ts");
  return runtimeFromEnvironment(process.env);
}
