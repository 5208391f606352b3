/** How the engine compiles this program while claims are decided in as many threads as there are cores. */
import { setFlagsFromString } from 'node:v8';

/** What makes V8 optimise a function after four times as many calls, by major version: Node 20, 22 and 24. Others complain of flags that they lack. */
const LATER: Readonly<Record<string, string>> = {
  11: '--interrupt-budget=250000',
  12: '--invocation-count-for-turbofan=12000',
  13: '--invocation-count-for-turbofan=12000',
};

/** Megabytes of new objects of a thread, in three parts that take turns: most of what a search makes is dropped before one is full. */
export const YOUNG_MEGABYTES = 96;

/**
 * Optimises less, and compiles everything else at once. A thread is an engine of its own that lives for seconds and has thousands of
 * functions, few of them hot: to optimise them takes as long as to run them, on cores that other threads are waiting for. Nothing
 * that is computed depends on it.
 */
export function compileSparingly(): void {
  const later = LATER[process.versions.v8.split('.')[0] ?? ''];
  if (later === undefined) return;
  for (const flag of [later, '--max-inlined-bytecode-size-cumulative=200', '--always-sparkplug'])
    setFlagsFromString(flag);
}
