/** A progress line on stderr: redrawn at most five times a second on a terminal, a plain line every ten steps elsewhere. */
import { type WriteStream } from 'node:tty';
import pc from 'picocolors';

const redrawMs = 200;
const plainEvery = 10;
const barWidth = 20;

export interface Progress {
  /** `done` of `total` steps are behind us; `text` says how things stand. `atMost`: it may well end sooner. */
  readonly update: (done: number, total: number, text: string, atMost?: boolean) => void;
  /** Leaves the last line standing. */
  readonly end: () => void;
}

export type ProgressStream = Pick<NodeJS.WritableStream, 'write'> &
  Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** `label` opens each line; `now` gives milliseconds. */
export function createProgress(stream: ProgressStream, label: string, now: () => number): Progress {
  let started: { readonly at: number; readonly done: number } | undefined;
  let drawnAt = -Infinity;
  let pending = '';
  const redraw = (): void => {
    stream.write(`\r\x1b[2K${pending}`);
    pending = '';
  };
  return {
    update: (done, total, text, atMost = false) => {
      const time = now();
      started ??= { at: time, done };
      const rate = (time - started.at) / (done - started.done);
      const bound = atMost ? 'at most ' : '';
      const left = Number.isFinite(rate) ? `${bound}${clock((rate * (total - done)) / 1000)} left` : '';
      if (stream.isTTY) {
        const filled = Math.round((barWidth * done) / total);
        const bar = pc.cyan('━'.repeat(filled)) + pc.dim('─'.repeat(barWidth - filled));
        pending = `${label} ${bar} ${done}/${total}  ${text}  ${left}`;
        if (time - drawnAt < redrawMs) return;
        drawnAt = time;
        redraw();
      } else if (done % plainEvery === 0 || done === total) {
        stream.write(`${label} ${done}/${total}  ${text}  ${left}`.trimEnd() + '\n');
      }
    },
    end: () => {
      if (!stream.isTTY) return;
      if (pending !== '') redraw();
      stream.write('\n');
    },
  };
}

/** Seconds as m:ss. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
