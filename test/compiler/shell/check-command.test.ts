import { describe, expect, test } from "vitest";
import { rewriteCommands } from "../../../compiler/shell/rewrite-commands.ts";
import { shellOf } from "../../../compiler/shell/shell-of.ts";
import { commandsOf } from "./commands-of.ts";

const V = "${{ outputs.repo.commit }}";
const found = (script: string, shell?: string) =>
  rewriteCommands(commandsOf(script), shellOf(shell)).problems.map(({ code, reader }) => [code, reader]);

describe("a value that would be run as code", () => {
  test.each([
    ["arithmetic on what is printed", `echo $(( $(echo ${V}) + 1 ))`, "arithmetic"],
    ["arithmetic on what backticks print", `echo $((\`printf %s "${V}" | tr -d x\` + 1))`, "arithmetic"],
    ["a subscript that is printed", `echo \${A[$(echo ${V})]}`, "arithmetic"],
    ["an offset that is printed", `echo \${A:$(cat <<<${V})}`, "arithmetic"],
    ["eval of what is printed", `eval "$(echo make ${V})"`, "eval"],
    ["eval of what backticks print", `eval \`printf '%s' ${V}\``, "eval"],
    ["eval of a heredoc", `eval "$(cat <<EOF\n${V}\nEOF\n)"`, "eval"],
    ["a shell's program that is printed", `sh -c "make $(echo $(echo ${V}))"`, "sh -c"],
    ["a printed text for a shell", `echo "$(echo ${V})" | sh`, "sh"],
    ["su", `su deploy -c "make ${V}"`, "su -c"],
    ["a joined option", `runuser deploy --command="make ${V}"`, "runuser --command="],
    ["flock", `flock lock -c 'make ${V}'`, "flock -c"],
    ["a shell in a container", `docker exec -i web sh -c "ls ${V}"`, "sh -c"],
    ["a shell in a pod", `kubectl exec pod/web -- bash -lc 'ls ${V}'`, "bash -lc"],
    ["a shell behind xargs", `ls | xargs -n1 sh -c "cp $0 ${V}"`, "sh -c"],
    ["a shell behind find", `find . -exec sh -c 'cp "$1" ${V}' sh {} \\;`, "sh -c"],
    ["perl with the program at its option", `perl -e'print "${V}"'`, "perl -e"],
    ["ruby", `ruby -e 'puts "${V}"'`, "ruby -e"],
    ["php", `php -r 'echo "${V}";'`, "php -r"],
    ["node's long option", `node --eval="f('${V}')"`, "node --eval="],
    ["PowerShell", `pwsh -Command "Write-Host ${V}"`, "pwsh -Command"],
    ["a command for another machine", `ssh -i key deploy@shop.example "cd /srv && make ${V}"`, "ssh"],
    ["an argument for another machine", `ssh shop.example make ${V}`, "ssh"],
    ["gawk", `gawk -F: -v n=1 '{ print "${V}" }' file`, "gawk"],
    ["sed, which can run commands", `sed -i "s/TAG/${V}/" deploy.yaml`, "sed"],
    ["sed -e", `sed -n -e 's/a/b/' -e "s/TAG/${V}/p" file`, "sed -e"],
    ["sed with another delimiter", `sed "s|TAG|$(printf %s ${V} | sed 's/[&/\\]/\\\\&/g')|" file`, "sed"],
    ["a shell and what was masked for sed", `sh -c "make $(printf %s ${V} | sed 's/[&/\\]/\\\\&/g')"`, "sh -c"],
    ["trap", `trap "rm ${V}" EXIT`, "trap"],
    ["names for mapfile", `mapfile -t ${V}`, "mapfile"],
    ["an integer variable, later", `declare -i n total=0\nn=${V}`, "an integer variable"],
    ["an integer variable, added to", `typeset -i n; n+=${V} true`, "an integer variable"],
    ["printf -v", `printf -v ${V} %s x`, "printf -v"],
    ["[[ -v ]]", `[[ -v ${V} ]]`, "[[ -v"],
  ])("%s", (_, script, reader) => {
    expect(found(script, "bash")).toEqual([["lower/reference-as-code", reader]]);
  });
});

describe("a value in a program of a little language", () => {
  test.each([
    ["jq", `jq --arg a b ".x = \\"${V}\\"" file`, "jq"],
    ["psql", `psql -U shop -c "select '${V}'"`, "psql"],
    ["mysql", `mysql -e "select '${V}'" shop`, "mysql"],
    ["sqlite3", `sqlite3 shop.db "select '${V}'"`, "sqlite3"],
  ])("%s", (_, script, reader) => {
    expect(found(script)).toEqual([["lower/reference-in-program", reader]]);
  });
});

describe("a value as a command", () => {
  test("is one word, which is said", () => {
    expect(found(`A=1 ${V} release`)).toEqual([["lower/reference-as-command", ""]]);
    expect(found(`if ${V}; then true; fi`)).toEqual([["lower/reference-as-command", ""]]);
  });

  test.each([
    ["in quotes", `"${V}" release`],
    ["with a path behind", `${V}/bin/release`],
    ["as an assignment", `A=${V}`],
    ["in a list of words", `A=( ${V} ${V} )`],
    ["in a pattern", `case x in ${V}) true ;; esac`],
    ["in arithmetic", `((x = ${V} + 1))`],
    ["as a file to write", `> ${V}`],
  ])("not %s", (_, script) => {
    expect(found(script, "bash")).toEqual([]);
  });
});

test.each([
  ["a file for python", `python3 build.py ${V}`],
  ["a masked text for sed", `sed "s/TAG/$(printf %s ${V} | sed 's/[&/\\]/\\\\&/g')/" file`],
  ["a masked text for sed -e", `sed -e "/a/d;s|a|$(printf %s ${V} | sed 's/[&|\\]/\\\\&/g')|" file`],
  ["a file for sed", `sed -i 's/a/b/' ${V}`],
  ["a file for sed -e", `sed -e 's/a/b/' ${V}`],
  ["a variable of jq", `jq --arg v ${V} '.v = $v' file`],
  ["a variable of psql", `psql -v value=${V} -f report.sql`],
  ["a number that a command counts", `echo $(( $(wc -l < ${V}) + 1 ))`],
  ["eval of a file", `eval "$(cat ${V}/env)"`],
  ["a substitution elsewhere", `A=$(echo ${V}); echo "$(printf %s ${V})" | cat; cat <<EOF\n$(echo ${V})\nEOF\n`],
  ["awk without a program", `awk -v x=${V}`],
  ["a shell without a program", `X=${V} sh -c`],
  ["a key for ssh", `ssh -V -i ${V}`],
  ["a host for ssh", `ssh deploy@${V} 'uptime'`],
  ["a value for a remote command", `printf %s ${V} | ssh shop.example 'v=$(cat); make "$v"'`],
  ["ssh in a word of another command", `rsync -e ssh ${V} shop.example:/srv`],
  ["an argument of a shell in a container", `docker exec web sh -c 'ls "$1"' sh ${V}`],
  ["the environment of awk", `value=${V} awk '{ print ENVIRON["value"] }' file`],
  ["an integer in arithmetic", `declare -i n=$((${V} + 1))`],
  ["a file to source", `. ${V}/env.sh; source "${V}"`],
  ["a value for printf -v", `printf -v X %s ${V}`],
])("nothing for %s", (_, script) => {
  expect(found(script, "bash")).toEqual([]);
});
