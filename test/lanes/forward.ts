import { request as httpRequest } from "node:http";
import { pipeline } from "node:stream/promises";
import type { WireRequest, WireResponse } from "../../local/wire/http.ts";

/** Hands a request on, as it is, to a server of this machine. */
export function forward(request: WireRequest, port: number): Promise<WireResponse> {
  const { method, headers, body } = request;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: "127.0.0.1", port, method, path: targetOf(request), headers }, (answer) => {
      const answered = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
      );
      resolve({ statusCode: answer.statusCode ?? 502, headers: Object.fromEntries(answered), body: answer });
    });
    outgoing.once("error", reject);
    pipeline(body, outgoing).catch(reject);
  });
}

function targetOf({ path, query }: WireRequest): string {
  const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  return text === "" ? path : `${path}?${text}`;
}
