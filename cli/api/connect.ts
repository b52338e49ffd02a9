import type { Io } from "../io.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { type EndpointOptions, findEndpoint } from "./endpoint.ts";

/** A client of the installation that the flags name. Throws `UsageError` where they name none. */
export function connect(options: EndpointOptions, io: Io): ApiClient {
  return createApiClient(findEndpoint(options, io), io.clock);
}
