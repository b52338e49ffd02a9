/** One text that a user wrote, with the name under which messages cite it. */
export interface SourceFile {
  /** Path as the user gave it, for example `pipeline.yaml` or `ci/release.yml`. */
  readonly name: string;
  readonly text: string;
}
