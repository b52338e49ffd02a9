import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that somebody else's program has got. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody else's program on the loopback interface. */
export interface Receiver {
  readonly url: string;
  readonly requests: readonly Received[];
  /** What it answers from now on; "hang up" closes the connection instead. */
  answer: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | "hang up";
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
    if (receiver.answer === "hang up") {
      request.socket.destroy();
      return;
    }
    response.writeHead(receiver.answer.status, receiver.answer.headers).end(receiver.answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=t0ken-of-the-chat`,
    requests,
    answer: { status: 200 },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
