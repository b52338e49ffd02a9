import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import { AGENT_API_VERSION } from "../../agent/protocol.ts";
import type { Runtime } from "../runtime.ts";
import { attemptOfPath, authenticate } from "./authenticate.ts";
import { bootstrap } from "./bootstrap.ts";
import { complete } from "./complete.ts";
import {
  type AgentApiEvent,
  bootstrapBody,
  completeBody,
  directoryBody,
  heartbeatBody,
  outputsBody,
  packsBody,
  restoreBody,
  uploadBody,
} from "./contract.ts";
import { grantRestores } from "./grant-restores.ts";
import { grantUpload } from "./grant-upload.ts";
import { heartbeat } from "./heartbeat.ts";
import { HttpProblem, jsonResponse } from "./http-problem.ts";
import { putOutputs } from "./put-outputs.ts";
import { grantPacks, storeDirectory } from "./store-directory.ts";

/** Answers one call of the agent protocol (`agent/protocol.ts`). Throws `HttpProblem` for what it refuses. */
export async function answerAgent(runtime: Runtime, event: AgentApiEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const [, version, attempts, attemptId, call, ...rest] = event.rawPath.split("/");
  const isKnown = version === AGENT_API_VERSION && attempts === "attempts" && rest.length === 0;
  if (!isKnown || attemptId === undefined || event.requestContext.http.method !== "POST") {
    throw new HttpProblem(404, "There is no such call.");
  }
  const name = attemptOfPath(decodeURIComponent(attemptId));
  if (call === "bootstrap") {
    return jsonResponse(await bootstrap(runtime, name, readBody(event, bootstrapBody).nonce));
  }
  const attempt = await authenticate(runtime, event, name);
  switch (call) {
    case "heartbeat":
      return jsonResponse(await heartbeat(runtime, attempt, readBody(event, heartbeatBody)));
    case "outputs":
      await putOutputs(runtime, attempt, readBody(event, outputsBody));
      return jsonResponse({});
    case "uploads":
      return jsonResponse(await grantUpload(runtime, attempt, readBody(event, uploadBody)));
    case "packs":
      return jsonResponse(await grantPacks(runtime, attempt, readBody(event, packsBody)));
    case "directories":
      return jsonResponse(await storeDirectory(runtime, attempt, readBody(event, directoryBody)));
    case "restores":
      return jsonResponse(await grantRestores(runtime, attempt, readBody(event, restoreBody)));
    case "complete":
      await complete(runtime, attempt, readBody(event, completeBody));
      return jsonResponse({});
    default:
      throw new HttpProblem(404, "There is no such call.");
  }
}

function readBody<Body>(event: AgentApiEvent, schema: z.ZodType<Body>): Body {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : (event.body ?? "");
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new HttpProblem(400, z.prettifyError(parsed.error).replaceAll("\n", " "));
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, "The body is not JSON.");
  }
}
