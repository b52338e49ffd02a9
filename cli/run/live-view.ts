import type { CliClock, OutputStream } from "../io.ts";
import type { Paint } from "../text/color.ts";
import type { RunProgress } from "./progress.ts";
import { renderTree } from "./tree-view.ts";
import type { ProgressView } from "./view.ts";

/** Ten frames a second: a spinner that moves evenly, and times whose tenths are true. */
const FRAME_MILLISECONDS = 100;
/** Hides the cursor and switches the wrapping of long lines off: a wrapped line would put the count of lines wrong. */
const BEGIN = "\u001b[?25l\u001b[?7l";
const END = "\u001b[?7h\u001b[?25h";

/**
 * The tree on a terminal, redrawn in place: the cursor goes up by the lines of the last frame and every line is
 * written over. A frame never has more lines than the terminal, because what has scrolled away cannot be redrawn.
 */
export function createLiveView(stream: OutputStream, clock: CliClock, paint: Paint): ProgressView {
  let shown: RunProgress | undefined;
  let notice: string | undefined;
  let frame = 0;
  let drawnLines = 0;
  let open = true;

  const draw = (rows: number) => {
    if (shown === undefined) return;
    const { columns } = stream.size();
    const tree = renderTree(shown, { now: clock.now(), frame, columns, rows, paint });
    const lines = notice === undefined ? tree : [...tree, paint("yellow", `  ${notice}`)];
    const up = drawnLines > 0 ? `\u001b[${drawnLines}A` : "";
    stream.write(`${up}\r${lines.map((line) => `\u001b[K${line}\n`).join("")}\u001b[J`);
    drawnLines = lines.length;
  };
  const liveRows = () => Math.max(3, stream.size().rows - 2);

  const close = () => {
    if (!open) return;
    open = false;
    stop();
    stream.write(END);
  };
  const stop = clock.every(FRAME_MILLISECONDS, () => {
    frame += 1;
    draw(liveRows());
  });
  stream.write(BEGIN);
  return {
    update: (progress) => {
      shown = progress;
    },
    logLine: () => {
      // The tree shows each action's last line; the whole log is in its file.
    },
    notice: (text) => {
      notice = text;
      draw(liveRows());
    },
    finish: (progress) => {
      shown = progress;
      notice = undefined;
      draw(Number.POSITIVE_INFINITY);
      close();
    },
    close,
  };
}
