import { API_SCHEMAS } from "../../functions/index.ts";

/** The schemas of what the API answers. */
export const { submittedRun, runList, run, cancelledRun, logPage, inspection, problem } = API_SCHEMAS;

/** A refusal. */
export type ApiProblem = ReturnType<typeof problem.parse>;
/** A diagnostic of a pipeline that was submitted. */
export type ApiDiagnostic = NonNullable<ApiProblem["diagnostics"]>[number];
/** A page of runs. */
export type RunList = ReturnType<typeof runList.parse>;
/** What there is to say about an attempt. */
export type Inspection = ReturnType<typeof inspection.parse>;
/** A part of a log. */
export type LogPage = ReturnType<typeof logPage.parse>;
