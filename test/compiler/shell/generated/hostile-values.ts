/** The value of issue 3: whoever parses it as shell, or as JSONata, makes a file `pwned`. */
export const HOSTILE = "a'b\"c$(touch pwned)`touch pwned`;touch pwned #{% $states.context %} *";

/** 600 KB, more than an argument or an environment variable may have. */
const LARGE = HOSTILE.repeat(Math.ceil(600_000 / HOSTILE.length));

const CODES = [...range(0x01, 0x1f), ...range(0x7f, 0x9f)];

/** A value with its name for messages. */
export interface HostileValue {
  readonly name: string;
  readonly value: string;
}

/** Every value that must arrive byte for byte. */
export const HOSTILE_VALUES: readonly HostileValue[] = [
  { name: "as it is", value: HOSTILE },
  { name: "with backslash-n", value: `${HOSTILE}\\n${HOSTILE}\\n` },
  { name: "with a line feed", value: `${HOSTILE}\n${HOSTILE}\n` },
  { name: "line feeds around", value: `\n\ntouch pwned\n${HOSTILE}\n\n` },
  { name: "with a leading dash", value: `-n ${HOSTILE}` },
  { name: "nothing at all", value: "" },
  ...CODES.map((code) => ({
    name: `with U+00${code.toString(16).padStart(2, "0")}`,
    value: `${String.fromCharCode(code)}${HOSTILE}${String.fromCharCode(code)}x${String.fromCharCode(code)}`,
  })),
  { name: "what ends every construct", value: `'"\`)}]] )) }} esac; done; fi; EOF\nEOF\n\ttouch pwned\n` },
  { name: "subscripts", value: "a[$(touch pwned)]" },
  { name: "backslashes", value: "\\\\\\$(touch pwned)\\" },
  { name: "replacement", value: "& \\& \\1 %s %n {} ~ !! ${SLUICE_1} $SLUICE_1 $$" },
  { name: "letters of the world", value: "构建 一号 🚀 ¥ ﹩(touch pwned)" },
];

/** Kept apart, because moving it takes time. */
export const LARGE_VALUE: HostileValue = { name: "600 KB", value: LARGE };

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
