import * as z from "zod";
import { actionStatusDetail, EVENT_DETAIL_TYPES, EVENT_SOURCE, runStatusDetail } from "./contract.ts";

/** An event on the bus, and what a webhook gets of it: the bus adds keys of its own. */
const eventOf = <Detail extends z.ZodType>(detailType: string, detail: Detail) =>
  z
    .object({
      id: z.string().describe("Id of the event; the same event may come twice."),
      time: z.iso.datetime().describe("When it reached the bus."),
      source: z.literal(EVENT_SOURCE),
      "detail-type": z.literal(detailType),
      detail,
    })
    .meta({ title: `${detailType}, with its envelope` });

/**
 * JSON Schema (2020-12) of every event, published as `schema/events.json`. It lets unknown keys pass: new ones come
 * without a new version.
 */
export function eventsSchema(): object {
  const schema = z
    .union([eventOf(EVENT_DETAIL_TYPES.run, runStatusDetail), eventOf(EVENT_DETAIL_TYPES.action, actionStatusDetail)])
    .meta({
      title: "Events of Sluice",
      description: `Events of the source "${EVENT_SOURCE}" on the installation's bus, and bodies of webhooks.`,
    });
  // Of the input, because a schema of the output forbids keys that are not named.
  return z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => {
      // The format says it; zod's pattern for it is a screenful.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
}
