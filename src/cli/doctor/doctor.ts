/** Looks at everything around the command, in order from what it runs on to what it is given. */
import { configs, type ConfigOptions } from '../config/configs.js';
import type { Io } from '../io.js';
import type { Finding } from './finding.js';
import { gitFindings } from './git.js';
import { node, peer, PEERS, veriloss } from './program.js';
import { editor, project } from './project.js';

export async function examined(io: Io, options: ConfigOptions): Promise<readonly Finding[]> {
  const { findings, names } = await project(io, configs(io, options));
  return [
    node(process.version),
    veriloss(io),
    ...findings,
    ...gitFindings(io, names),
    editor(io),
    ...Object.keys(PEERS).map((name) => peer(io, name)),
  ];
}
