/** Where verdicts are kept between runs. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Applied } from '../config/config.js';
import type { Environment, Io } from '../io.js';

/** The closest folder with `node_modules`, as other tools choose it. */
function ofProject(cwd: string): string | undefined {
  for (let at = cwd; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'veriloss');
    if (dirname(at) === at) return undefined;
  }
}

/** The user's cache folder, where the environment says one. */
function ofUser(env: Environment): string | undefined {
  const [xdg, local, home] = [env['XDG_CACHE_HOME'], env['LOCALAPPDATA'], env['HOME']];
  // The specification of these folders has relative ones ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'veriloss');
  if (local !== undefined && local !== '') return join(local, 'veriloss', 'cache');
  return home === undefined || home === '' ? undefined : join(home, '.cache', 'veriloss');
}

/** VERILOSS_CACHE, the configuration, the project, the user; nothing where none has a folder, or the first is `off`. */
export function cacheFolder({ cwd, env }: Io, { folder, config }: Applied): string | undefined {
  const variable = env['VERILOSS_CACHE'];
  if (variable === 'off') return undefined;
  if (variable !== undefined && variable !== '') return resolve(cwd, variable);
  const configured = config.verify?.cacheFolder;
  if (configured !== undefined) return resolve(folder, configured);
  return ofProject(cwd) ?? ofUser(env);
}
