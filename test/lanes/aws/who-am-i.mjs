/** Prints account and region of the credentials that are in use; fails where there are none, or none that work. */
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";

try {
  const client = new LambdaClient({ maxAttempts: 2 });
  const [{ accountId = "unknown" }, region] = [await client.config.credentials(), await client.config.region()];
  await client.send(new ListFunctionsCommand({ MaxItems: 1 }));
  process.stdout.write(`account ${accountId} in ${region}\n`);
} catch (error) {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
}
