/** What `sluice init` writes: it runs on any machine with `sh`, and shows what a pipeline is made of. */
export const FIRST_PIPELINE = `# A first pipeline. Check it with "sluice check pipeline.yaml", run it with "sluice run pipeline.yaml".
version: "1.1"
name: first

params:
- name: greeting
  default: hello

stages: # one after the other
- stage: # the actions of a stage run at the same time
  - custom-script:
      alias: build
      commands:
      - echo "\${{ params.greeting }} from the build" > app.txt
      - echo "version=1.0.0" >> "$METAFILE" # an output: later actions can refer to it
  - custom-script:
      alias: lint
      commands: echo "nothing to complain about"

- stage:
  - custom-script:
      alias: publish
      if: \${{ '\${{ outputs.build.version }}' != '' }} # skipped when this is false
      commands:
      - cat \${{ dirs.build }}/app.txt # a file that an earlier action left behind
      - echo "publishing \${{ outputs.build.version }}"

outputs:
- name: version
  ref: \${{ outputs.build.version }}
`;
