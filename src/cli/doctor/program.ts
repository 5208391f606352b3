/** Looks at what runs: Node, this program, and the packages that backends need. */
import { fileURLToPath } from 'node:url';
import { VERSION } from '../../base/version.js';
import { installed, manifestAbove } from '../backends/packages.js';
import { shownPath } from '../files.js';
import type { Io } from '../io.js';
import type { Finding } from './finding.js';

/** The Nodes that are supported, as `engines` in package.json says it; a test compares them. */
export const ENGINES = '^20.19.0 || >=22.12.0';

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;
}

export function node(version: string): Finding {
  if (isSupported(version)) return { name: 'node', state: 'good', text: version };
  return {
    name: 'node',
    state: 'wrong',
    text: `${version}, expected ${ENGINES}`,
    hint: 'install a newer Node',
  };
}

/** Which veriloss this is, and whether the project has another. */
export function veriloss(io: Io): Finding {
  const here = manifestAbove(fileURLToPath(import.meta.url), 'veriloss');
  const own = installed('veriloss/package.json', io.cwd) ?? installed('veriloss', io.cwd);
  const from = here === undefined ? '' : `, from ${shownPath(io, here.folder)}`;
  if (own === undefined || own.folder === here?.folder)
    return { name: 'veriloss', state: 'good', text: `${VERSION}${from}` };
  return {
    name: 'veriloss',
    state: 'note',
    text: `${VERSION}${from}, and this project has ${own.version}`,
    hint: "`npx veriloss` runs the project's own",
  };
}

/** The optional packages, with the versions that they are tested in; a test compares them with package.json. */
export const PEERS: Readonly<Record<string, { readonly version: string; readonly use: string }>> = {
  '@tensorflow/tfjs-core': { version: '4.22.0', use: 'compiled code imports it' },
  '@tensorflow/tfjs-node': { version: '4.22.0', use: 'for the node backend' },
  '@tensorflow/tfjs-node-gpu': { version: '4.22.0', use: 'for the node backend on a GPU' },
  webgpu: { version: '0.6.2', use: 'for the webgpu backend outside a browser' },
};

export function peer(io: Io, name: string): Finding {
  const { version, use } = PEERS[name] ?? { version: '', use: '' };
  const found = installed(name, io.cwd);
  if (found?.version === version) return { name, state: 'good', text: version };
  const hint = `${use}: \`npm install ${name}@${version}\``;
  if (found === undefined) return { name, state: 'note', text: 'not installed', hint };
  return { name, state: 'note', text: `${found.version}; ${version} is what is tested`, hint };
}
