/** Findings about the emitted state machine: one line per code, `asl/<kebab-name>`. */
export const ASL_DIAGNOSTICS = {} as const;
