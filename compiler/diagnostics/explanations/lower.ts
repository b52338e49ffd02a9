import type { LOWER_DIAGNOSTICS } from "../catalog/lower.ts";
import { type ExplanationsOf, file, oneStage } from "./explanation.ts";

/** Why a pipeline does not fit Step Functions or the shell. */
export const LOWER_EXPLANATIONS: ExplanationsOf<typeof LOWER_DIAGNOSTICS> = {
  "lower/reference-in-quoted-heredoc": {
    why: "In commands a reference becomes a shell variable, so that no value can become code. In a heredoc with a quoted delimiter the shell expands nothing; Sluice rewrites such a heredoc, but only where its delimiter means the same without its quotes.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: |
              cat > release.txt <<'THE END'
              channel \${{ params.channel }}
              THE END
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: |
              cat > release.txt <<'EOF'
              channel \${{ params.channel }}
              EOF
    `,
  },
  "lower/reference-as-code": {
    why: "A shell variable keeps a value from being code for the shell that runs the commands, but not for another program that is given it as a program: eval, sh -c, python -c, awk, and sed, whose GNU version can run commands. Whoever chooses the value would choose what runs. Hand it over as an argument.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: sh -c "make \${{ params.channel }}"
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: sh -c 'make "$1"' sh "\${{ params.channel }}"
    `,
    fix: "Hands the value to a shell as an argument, where the program is one text in quotes and takes no arguments yet.",
  },
  "lower/reference-in-program": {
    why: "Tools such as jq, SQL clients and printf read an argument as a program or a format. In it a value is no plain text: a quote ends a text of jq or SQL, a percent sign means something to printf. Hand the value over as data.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: jq ".channel = \\"\${{ params.channel }}\\"" release.json
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: jq --arg channel \${{ params.channel }} '.channel = $channel' release.json
    `,
  },
  "lower/reference-as-command": {
    why: "A value stays one word wherever it stands, so that nothing in it can become code. Where a command stands, that word is the name of a program: the value make would run, the value make test would not be found. In quotes it says that it is meant so.",
    wrong: file`
      version: "1.1"
      params:
      - name: tool
        default: make
      stages:
      - stage:
        - custom-script:
            commands: \${{ params.tool }} release
    `,
    right: file`
      version: "1.1"
      params:
      - name: tool
        default: make
      stages:
      - stage:
        - custom-script:
            commands: >-
              "\${{ params.tool }}" release
    `,
  },
  "lower/reference-as-name": {
    why: 'Between "${" and "}" the shell wants the name of a variable. A value that chooses the name would choose which variable is read, and in bash a name may hold code.',
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo "\${\${{ params.channel }}}"
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: echo "\${{ params.channel }}"
    `,
  },
  "lower/unchecked-number": {
    why: "A variable in arithmetic of bash is read as an expression, and a subscript in it may hold a command. A reference in $((…)) is checked by Sluice, but not what a script puts into a variable of its own. Compare it with a pattern first.",
    wrong: file`
      version: "1.1"
      params:
      - name: replicas
        default: 2
      stages:
      - stage:
        - custom-script:
            shell: bash
            commands: |
              replicas=\${{ params.replicas }}
              echo "$((replicas + 1))"
    `,
    right: file`
      version: "1.1"
      params:
      - name: replicas
        default: 2
      stages:
      - stage:
        - custom-script:
            shell: bash
            commands: |
              replicas=\${{ params.replicas }}
              case "$replicas" in ''|*[!0-9]*) echo "replicas is no number" >&2; exit 1 ;; esac
              echo "$((replicas + 1))"
    `,
  },
  "lower/reference-in-ansi-quotes": {
    why: "Quotes with a dollar before them ($'…') are known to bash, which expands nothing in them; dash takes them for a dollar and a text. A reference cannot be right in both.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: printf %s $'\${{ params.channel }}\\n'
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            commands: printf '%s\\n' "\${{ params.channel }}"
    `,
  },
  "lower/reference-in-other-shell": {
    why: "Sluice knows the quotes of shells, of Python and of Node.js, and writes a reference there so that its value stays a value. It does not know those of other languages, where a value could end a text and go on as code. As a param it arrives as an environment variable, whatever is in it.",
    wrong: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            shell: perl
            commands: print "\${{ params.channel }}"
    `,
    right: file`
      version: "1.1"
      params:
      - name: channel
        default: beta
      stages:
      - stage:
        - custom-script:
            shell: perl
            params:
              channel: \${{ params.channel }}
            commands: print $ENV{ACTION_CHANNEL}
    `,
  },
  "lower/unknown-executor-of-type": {
    why: "An action type may ask for an executor by name, for one with containers for example. The installation that this file is compiled for has none of that name.",
    notShown: "It takes an action type of your own; none of the built-in ones asks for an executor.",
  },
  "lower/no-effect-on-wait": {
    why: "A wait is a state of Step Functions: no function is called, no machine runs, nothing is paid while it lasts. So there is nothing that could have a timeout, an image or commands.",
    wrong: oneStage`
      - wait:
          timeout: 120
          params:
            wait_time_sec: 60
    `,
    right: oneStage`
      - wait:
          params:
            wait_time_sec: 60
    `,
  },
  "lower/definition-too-large": {
    why: "Step Functions takes definitions of at most 1 MB. About 1,290 actions fit, whatever they do: scripts and params do not count, because the definition does not hold them.",
    notShown: "The pipeline would have more than a thousand actions.",
  },
  "lower/too-many-events": {
    why: "Step Functions keeps a history of every execution and ends it at 25,000 events, whatever it is doing then. This pipeline would get there without a single repetition.",
    notShown: "The pipeline would have thousands of actions.",
  },
  "lower/loop-may-exhaust-history": {
    why: "Every try of a loop adds to the history of the execution, and Step Functions ends an execution at 25,000 events. A loop that ends early enough is fine, which only you can know: so it is a warning.",
    wrong: oneStage`
      - custom-script:
          commands: make ready
          timeout: -1
          loop:
            break: task_status == 'Success'
            strategy: {max_times: 10000, interval_sec: 5}
    `,
    right: oneStage`
      - custom-script:
          commands: make ready
          timeout: -1
          loop:
            break: task_status == 'Success'
            strategy: {max_times: 1000, interval_sec: 60}
    `,
  },
};
