import type { MiddlewareObj } from "@middy/core";
import type { CloudFormationCustomResourceEvent } from "aws-lambda";

/**
 * Middleware of a custom resource's function: what the handler returns is the physical id of the resource, and an error
 * becomes the reason that the deployment shows. Without an answer CloudFormation waits for an hour.
 *
 * Source: "Custom resource response objects" of the CloudFormation user guide.
 */
export function answerCloudFormation(
  answer: (url: string, body: string) => Promise<void>,
  idWithoutResource: string,
): MiddlewareObj<CloudFormationCustomResourceEvent, string> {
  const send = (event: CloudFormationCustomResourceEvent, result: object): Promise<void> =>
    answer(
      event.ResponseURL,
      JSON.stringify({
        StackId: event.StackId,
        RequestId: event.RequestId,
        LogicalResourceId: event.LogicalResourceId,
        ...result,
      }),
    );
  return {
    after: ({ event, response }) => send(event, { Status: "SUCCESS", PhysicalResourceId: response }),
    onError: async (request) => {
      const { event, error } = request;
      await send(event, {
        Status: "FAILED",
        PhysicalResourceId: "PhysicalResourceId" in event ? event.PhysicalResourceId : idWithoutResource,
        Reason: `${error?.name}: ${error?.message}`.slice(0, 1000),
      });
      // The answer is the result: Lambda must not try a request again that has been answered.
      request.response = idWithoutResource;
    },
  };
}
