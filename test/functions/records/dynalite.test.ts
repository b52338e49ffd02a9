import { startDatabase } from "../support/shop.ts";
import { describeRecords } from "./contract.ts";

describeRecords("dynalite", startDatabase);
