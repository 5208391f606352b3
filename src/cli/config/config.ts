/** What a configuration file may say, as the commands read it. `schema.ts` holds files to it. */
import type { Language } from '../../emit/index.js';
import type { Rules } from '../../report/severities.js';

export interface CompileConfig {
  /** From the folder of the configuration file. */
  readonly outDir?: string | undefined;
  readonly language?: Language | undefined;
  readonly standalone?: boolean | undefined;
}

export interface VerifyConfig {
  /** Steps of work for each claim. */
  readonly budget?: number | undefined;
  /** From the folder of the configuration file. */
  readonly cacheFolder?: string | undefined;
}

export interface Config {
  /** From the folder of the configuration file. */
  readonly include?: readonly string[] | undefined;
  readonly rules?: Rules | undefined;
  readonly compile?: CompileConfig | undefined;
  readonly verify?: VerifyConfig | undefined;
}

/** The configuration that applies to a file. */
export interface Applied {
  /** The absolute path of the configuration file; none where nothing configures. */
  readonly file: string | undefined;
  /** Where relative paths and patterns of it start: its folder, or the current one. */
  readonly folder: string;
  readonly config: Config;
}

/** The names under which a folder's configuration is looked for; the first that is there wins. */
export const CONFIG_NAMES = [
  'veriloss.config.json',
  'veriloss.config.mjs',
  'package.json',
  'pyproject.toml',
] as const;
