import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describeRecords } from "../../functions/records/contract.ts";
import { startMoto } from "./moto-server.ts";

describeRecords("moto", async () => {
  // No machine is executed here, so nothing is called back.
  const moto = await startMoto(1);
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${moto.port}`,
    credentials: { accessKeyId: "moto", secretAccessKey: "moto" },
  });
  return {
    client,
    async stop() {
      client.destroy();
      await moto.stop();
    },
  };
});
