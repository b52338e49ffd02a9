import { leaf, P, yes } from "./leaf.ts";
import type { Leaf } from "./piece.ts";

/** Contexts of bash, ksh and zsh. */
export const BASH_LEAVES: readonly Leaf[] = [
  leaf(
    "subshell in a substitution",
    (r) => `${P} "$((${P} 1); (${P} ${r}))"`,
    (v) => `<<1><${v}>>`,
  ),
  leaf(
    "here-string",
    (r) => `cat <<<${r}`,
    (v) => `${v}\n`,
  ),
  leaf(
    "quoted here-strings",
    (r) => `cat <<<"x ${r}"; cat <<< 'y ${r}'`,
    (v) => `x ${v}\ny ${v}\n`,
  ),
  leaf(
    "array",
    (r) => `A=(one ${r} "${r}" '${r}'); ${P} "\${A[@]:1}" "\${#A[@]}"`,
    (v) => `<${v}><${v}><${v}><4>`,
  ),
  leaf(
    "array over lines",
    (r) => `A=(\n  ${r} # it's\n  "${r}"\n)\nA+=(${r}); ${P} "\${A[@]}"`,
    (v) => `<${v}><${v}><${v}>`,
  ),
  leaf(
    "element of an array",
    (r) => `A=(); A[1]=${r}; A[2]="x${r}"; ${P} "\${A[@]}"`,
    (v) => `<${v}><x${v}>`,
  ),
  leaf(
    "value of a map",
    (r) => `declare -A M=([k]=${r} [l]="${r}"); ${P} "\${M[k]}" "\${M[l]}"; unset M`,
    (v) => `<${v}><${v}>`,
  ),
  leaf(
    "ansi quotes",
    (r) => `${P} $'it\\'s ${r}\\t.'`,
    (v) => `<it's ${v}\t.>`,
  ),
  leaf(
    "locale quotes",
    (r) => `${P} $"x ${r}"`,
    (v) => `<x ${v}>`,
  ),
  leaf("double brackets", (r) => `[[ ${r} == ${r} && ( -n x || -z ${r} ) ]] && ${P} yes`, yes),
  leaf("pattern in double brackets", (r) => `[[ x${r}y == x"${r}"* && ! x < ${r}x$'\\x01' || -n x ]] && ${P} yes`, yes),
  leaf("regular expression", (r) => `[[ a${r}b =~ ^a${r}b$ ]] && ${P} yes`, yes, "small"),
  leaf("extended pattern", (r) => `shopt -s extglob\n[[ ${r} == @(x|${r}) ]] && ${P} yes`, yes),
  leaf(
    "replacement",
    (r) => `X=a; ${P} "\${X/a/${r}}" "\${X/a/"${r}"}"`,
    (v) => `<${v}><${v}>`,
  ),
  leaf(
    "pattern to replace",
    (r) => `X=x${r}y; ${P} "\${X/${r}/-}"`,
    (v) => (v === "" ? "<xy>" : "<x-y>"),
    "small",
  ),
  leaf(
    "process substitution",
    (r) => `cat <(${P} ${r}) <(${P} "${r}")`,
    (v) => `<${v}><${v}>`,
  ),
  leaf("printf -v", (r) => `printf -v X %s ${r}; ${P} "$X"`),
  leaf(
    "local and declare",
    (r) => `f() { local X=${r} Y="${r}"; declare Z='${r}'; ${P} "$X" "$Y" "$Z"; }; f`,
    (v) => `<${v}><${v}><${v}>`,
  ),
  leaf("function keyword", (r) => `function f { ${P} ${r}; }; f`),
  leaf(
    "both outputs",
    (r, id) => `${P} x &>h${id}${r}; cat h${id}${r}`,
    () => "<x>",
    "a file's name",
  ),
  leaf(
    "case that goes on",
    (r) => `case ${r} in ${r}) ${P} 1 ;;& *) ${P} 2 ;& z) ${P} ${r} ;; esac`,
    (v) => `<1><2><${v}>`,
  ),
  leaf(
    "appended value",
    (r) => `X=a; X+=${r}; ${P} "$X"`,
    (v) => `<a${v}>`,
  ),
];
