/** Finds optional packages: from the user's project first, then from ours. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const nameIn = (folder: string): string => resolve(folder, 'package.json');

function resolveFrom(from: string | URL, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

/** The path of a package's entry, as code in `cwd` would get it, or else as this program does. */
export const findPackage = (name: string, cwd: string): string | undefined =>
  resolveFrom(nameIn(cwd), name) ?? resolveFrom(import.meta.url, name);

/** The path of a package as a file gets it, so that both share one instance; else as `findPackage`. */
export const findBeside = (file: string, name: string, cwd: string): string | undefined =>
  resolveFrom(file, name) ?? findPackage(name, cwd);

/** The URL by which a module at a path is imported. */
export const urlOf = (path: string): string => pathToFileURL(path).href;

/** Imports a module at a path; what it exports is for the caller to describe. */
export const importAt = (path: string): Promise<unknown> => import(urlOf(path));
