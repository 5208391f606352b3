/** Asks at the terminal. Loaded only where there is something to ask. */
import { isCancel, select, text } from '@clack/prompts';
import type { Question } from './io.js';

/** The answer; nothing where the user breaks off. */
export async function ask({ text: message, choices, usual }: Question): Promise<string | undefined> {
  const answer =
    choices === undefined
      ? await text({ message, defaultValue: usual, placeholder: usual })
      : await select({ message, options: [...choices], initialValue: usual });
  return isCancel(answer) ? undefined : answer;
}
