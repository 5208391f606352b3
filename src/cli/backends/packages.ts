/** Finds optional packages: from the user's project first, then from ours. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
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

/** The manifest of the package called `name` that a path is in, and its folder. */
export function manifestAbove(
  path: string,
  name: string,
): { readonly folder: string; readonly version: string } | undefined {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const { name: found, version } = manifest as { readonly name?: unknown; readonly version?: unknown };
      if (found === name) return { folder, version: String(version) };
    } catch {
      // No manifest here, or none that can be read: that of the package is further up.
    }
  }
  return undefined;
}

/** The package that code in `cwd` gets under a name; nothing where it is not installed. */
export function installed(
  name: string,
  cwd: string,
): { readonly folder: string; readonly version: string } | undefined {
  const path = resolveFrom(nameIn(cwd), name);
  return path === undefined ? undefined : manifestAbove(path, name);
}

/** The URL by which a module at a path is imported. */
export const urlOf = (path: string): string => pathToFileURL(path).href;

/** Imports a module at a path; what it exports is for the caller to describe. */
export const importAt = (path: string): Promise<unknown> => import(urlOf(path));
