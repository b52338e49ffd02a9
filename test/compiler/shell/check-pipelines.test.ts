import { expect, test } from "vitest";
import { rewriteCommands } from "../../../compiler/shell/rewrite-commands.ts";
import { shellOf } from "../../../compiler/shell/shell-of.ts";
import { commandsOf } from "./commands-of.ts";

const V = "${{ outputs.repo.commit }}";
const found = (script: string) =>
  rewriteCommands(commandsOf(script), shellOf("bash")).problems.map(({ code, reader }) => [code, reader]);

test.each([
  ["heredoc for a shell", `bash <<EOF\nmake ${V}\nEOF\n`, "bash"],
  ["quoted heredoc for a shell", `sh -s <<'EOF'\nmake ${V}\nEOF\n`, "sh"],
  ["heredoc for a shell with arguments", `sh -s -- one <<EOF\nmake ${V}\nEOF\n`, "sh"],
  ["heredoc through a pipe", `cat <<EOF | sh\nmake ${V}\nEOF\n`, "sh"],
  ["heredoc through two pipes", `cat <<EOF | envsubst |& sudo bash -e\nmake ${V}\nEOF\n`, "bash"],
  ["heredoc through a pipe that ends its line", `cat <<EOF |\nmake ${V}\nEOF\nbash\n`, "bash"],
  ["heredoc for another machine", `ssh -p 22 shop.example <<EOF\nmake ${V}\nEOF\n`, "ssh"],
  ["heredoc for a shell on another machine", `ssh shop.example 'bash -s' <<EOF\nmake ${V}\nEOF\n`, "bash"],
  ["heredoc for another machine through a pipe", `cat <<EOF | ssh shop.example\nmake ${V}\nEOF\n`, "ssh"],
  ["heredoc for a container", `docker exec -i web sh <<EOF\nmake ${V}\nEOF\n`, "sh"],
  ["heredoc for a pod", `kubectl exec -i web -- bash -s <<EOF\nmake ${V}\nEOF\n`, "bash"],
  ["heredoc for another user", `su - deploy <<EOF\nmake ${V}\nEOF\n`, "su"],
  ["heredoc for python", `python3 <<EOF\nprint("${V}")\nEOF\n`, "python3"],
  ["heredoc that is sourced", `. /dev/stdin <<EOF\nA=${V}\nEOF\n`, "."],
  ["heredoc for later", `at now <<EOF\nmake ${V}\nEOF\n`, "at"],
  ["here-string for a shell", `bash <<<"make ${V}"`, "bash"],
  ["printed into a shell", `echo "make ${V}" | sh`, "sh"],
  ["printed into a shell, further on", `printf 'make %s' ${V} | tee log | /bin/sh -e`, "sh"],
  ["group into a shell", `{ echo set -e; echo "make ${V}"; } | sh`, "sh"],
  ["subshell into a shell", `(echo set -e\necho "make ${V}") | sh`, "sh"],
  ["loop into a shell", `for x in 1 2; do echo "make ${V} $x"; done | sh`, "sh"],
  ["heredoc of a group into a shell", `{ cat <<EOF\nmake ${V}\nEOF\n} | sh\n`, "sh"],
  ["choice into a shell", `case x in x) echo ${V} ;; esac | sh`, "sh"],
  ["inside a substitution", `X=$(echo ${V} | sh)`, "sh"],
  ["inside backticks", `X=\`echo ${V} | sh\``, "sh"],
  ["group that goes through two shells", `{ echo ${V} | sh; } | sh`, "sh"],
  ["printed into a shell, and again into another", `echo $(echo ${V} | bash) | sh`, "bash"],
  ["indented heredoc for a shell", `bash <<-EOF\n\tmake ${V}\n\tEOF\necho ${V}\n`, "bash"],
])("%s", (_, script, reader) => {
  expect(found(script)).toEqual([["lower/reference-as-code", reader]]);
});

test.each([
  ["heredoc for another user's command", `su deploy -c cat <<EOF\n${V}\nEOF\n`],
  ["text before the end of a group that never began", `echo ${V}; } | sh`],
  ["heredoc that is data", `cat <<EOF | grep x\n${V}\nEOF\n`],
  ["heredoc for a program in a file", `python3 load.py <<EOF\n${V}\nEOF\n`],
  ["heredoc for a shell's own program", `sh -c 'cat' <<EOF\n${V}\nEOF\n`],
  ["heredoc for a remote command", `ssh shop.example 'cat > note' <<EOF\n${V}\nEOF\n`],
  ["printed, then a shell", `echo ${V}; echo true | sh`],
  ["printed, and then a shell", `echo ${V} && sh build.sh`],
  ["printed to a file on the next line", `echo ${V} > note\nsh build.sh`],
  ["here-string that is data", `grep x <<<${V}`],
  ["argument of what prints a program", `curl ${V} | sh`],
  ["group that a shell does not read", `{ echo ${V}; } | cat; { echo true; } | sh`],
])("nothing for a %s", (_, script) => {
  expect(found(script)).toEqual([]);
});
