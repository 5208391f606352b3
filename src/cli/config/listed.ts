/** Every setting with its value and where that comes from. */
import type { Config } from './config.js';

export interface Setting {
  readonly key: string;
  /** Nothing where nothing is set, and nothing stands for it. */
  readonly value: unknown;
  /** The configuration file, or `default`. */
  readonly origin: string;
}

/** The settings of a configuration, `file` being where it comes from. */
export function settingsOf(
  { include, rules = {}, compile = {}, verify = {} }: Config,
  file: string,
): readonly Setting[] {
  const setting = (key: string, value: unknown, usual: unknown): Setting =>
    value === undefined ? { key, value: usual, origin: 'default' } : { key, value, origin: file };
  return [
    setting('include', include, ['objectives/**']),
    ...Object.entries(rules).map(([code, severity]) => setting(`rules.${code}`, severity, undefined)),
    setting('compile.outDir', compile.outDir, undefined),
    setting('compile.language', compile.language, 'ts'),
    setting('compile.standalone', compile.standalone, false),
    setting('verify.budget', verify.budget, undefined),
    setting('verify.cacheFolder', verify.cacheFolder, undefined),
  ];
}
