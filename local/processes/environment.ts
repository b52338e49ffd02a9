/** What an agent sees of its host. The agent passes the same on to the scripts (`agent/environment.ts`). */
const PASSED_ON = [
  "PATH",
  "LANG",
  "TZ",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
];

/** The allowed part of the host's environment: a list instead of everything, so that nothing of the user's leaks in. */
export function agentHostEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && (PASSED_ON.includes(name) || /^LC_[A-Z]+$/.test(name))) {
      allowed[name] = value;
    }
  }
  return allowed;
}
