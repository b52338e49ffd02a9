/** Longest part of an answer that is told. */
const LONGEST_REASON = 200;

/** DingTalk and Lark answer 200 whatever happens, and a number other than 0 where they refuse. */
export function codeRefusal(codeKey: string, messageKey: string): (body: string) => string | undefined {
  return (body) => {
    let answer: Readonly<Record<string, unknown>>;
    try {
      answer = Object(JSON.parse(body));
    } catch {
      return "its answer is not JSON";
    }
    const code = answer[codeKey];
    return code === 0
      ? undefined
      : `${codeKey} ${String(code)}, ${String(answer[messageKey])}`.slice(0, LONGEST_REASON);
  };
}
