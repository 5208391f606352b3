/** Looks at the project: its configuration, its objectives, and whether the editor knows what they are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../report/diagnostics-text.js';
import { ASSOCIATION, LANGUAGE_ID } from '../association.js';
import type { Configs } from '../config/configs.js';
import { Failure } from '../failure.js';
import { includedNames, shownPath } from '../files.js';
import type { Io } from '../io.js';
import type { Finding } from './finding.js';

/** The configuration, and the files that it includes as far as it can be used. */
export async function project(
  io: Io,
  configs: Configs,
): Promise<{ readonly findings: readonly Finding[]; readonly names: readonly string[] }> {
  try {
    const applied = await configs.ofFolder();
    const names = await includedNames(io, applied);
    for (const name of names) await configs.ofFile(name);
    const file = applied.file === undefined ? undefined : shownPath(io, applied.file);
    const config: Finding = { name: 'config', state: 'good', text: file ?? 'none; the defaults apply' };
    return { findings: [config, objectives(names, file)], names };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message: text, hint } = error;
    return {
      findings: [{ name: 'config', state: 'wrong', text, ...(hint === undefined ? {} : { hint }) }],
      names: [],
    };
  }
}

function objectives(names: readonly string[], config: string | undefined): Finding {
  const name = 'objectives';
  if (names.length > 0) return { name, state: 'good', text: counted(names.length, 'file') };
  if (config !== undefined)
    return {
      name,
      state: 'wrong',
      text: `nothing matches \`include\` of ${config}`,
      hint: 'see `veriloss config`',
    };
  return {
    name,
    state: 'note',
    text: 'there are none in objectives/',
    hint: '`veriloss init` begins with one; or name files and folders to each command',
  };
}

/** Whether VS Code takes objectives for what they are. */
export function editor(io: Io): Finding {
  const path = '.vscode/settings.json';
  let text: string | undefined;
  try {
    text = readFileSync(join(io.cwd, path), 'utf8');
  } catch {
    text = undefined;
  }
  if (text?.includes(`"${LANGUAGE_ID}"`))
    return { name: 'editor', state: 'good', text: `${path} knows objectives` };
  return {
    name: 'editor',
    state: 'note',
    text: text === undefined ? `there is no ${path}` : `${path} does not associate objectives`,
    hint: `\`veriloss init\` adds \`"${ASSOCIATION}": "${LANGUAGE_ID}"\``,
  };
}
