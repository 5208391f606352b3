/** Repeats a command when something changes that it read: files, folders that it searched, files that it missed. */
import type { Context } from './context.js';
import { explainError } from './errors.js';
import { EXIT, Failure } from './failure.js';
import { watcher } from './watched.js';

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

async function once(context: Context, work: (context: Context) => Promise<void>): Promise<number> {
  let code: number = EXIT.good;
  const settle = (settled: number): void => {
    code = settled;
  };
  try {
    await work({ ...context, settle });
    return code;
  } catch (error) {
    return explainError(error, context.argv, context.out);
  }
}

/** Runs until it is interrupted. What cannot depend on any file, such as wrong usage, ends it at once. */
export async function watching(context: Context, work: (context: Context) => Promise<void>): Promise<void> {
  const { io, out, settle } = context;
  const readStdin = (): Promise<Uint8Array> =>
    Promise.reject(new Failure('standard input cannot be watched', 'name a file'));
  const watched = watcher();
  try {
    for (;;) {
      watched.restart();
      const code = await once({ ...context, io: { ...io, readStdin, onRead: watched.add } }, work);
      if (watched.isEmpty()) {
        settle(code);
        return;
      }
      out.aside('watching for changes, Ctrl-C ends it\n');
      if ((await watched.changed(io.interrupted)) === 'interrupted') {
        settle(EXIT.interrupted);
        return;
      }
      if (io.isTerminal.stdout) io.stdout(CLEAR);
    }
  } finally {
    watched.close();
  }
}
