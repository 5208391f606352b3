/** The repository's own text, for tests about it: files, imports, and the layers that ARCHITECTURE.md draws. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every file under these folders (or the file itself), as `/`-separated paths from the root, in order. */
export function filesUnder(...roots: readonly string[]): readonly string[] {
  const walk = (path: string): readonly string[] =>
    statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => walk(join(path, name))) : [path];
  const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
  const found = roots
    .map((root) => join(ROOT, root))
    .filter(exists)
    .flatMap(walk);
  return found.map((path) => relative(ROOT, path).split(sep).join('/')).sort();
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true);

/** Every node of a tree. */
export function* nodes(root: ts.Node): Generator<ts.Node> {
  const open: ts.Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...node.getChildren());
  }
}

export interface Import {
  readonly from: string;
  /** A path from the root where the import is relative, else the specifier. */
  readonly to: string;
  readonly kind: 'value' | 'type' | 'lazy';
}

const target = (from: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts') : specifier;

/** What a file imports and re-exports, dynamic imports of literals and `import('…')` types included. */
export function importsOf(from: string): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import['kind']): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      found.push({ from, to: target(from, specifier.text), kind });
  };
  for (const node of nodes(parse(from))) {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node) ? 'type' : 'value');
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], 'lazy');
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, 'type');
  }
  return found;
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = importClause.namedBindings;
  return (
    importClause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

/** The rank of each folder or file of `src/`, and of `grammar`, from the drawing in ARCHITECTURE.md. */
export function layers(): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const line of read('ARCHITECTURE.md').split('\n')) {
    const drawn = /^(\d)\s{2,}(\S.*)$/.exec(line);
    for (const name of drawn?.[2]?.split(/\s*[·,]\s*/) ?? []) ranks.set(name, Number(drawn?.[1]));
  }
  return ranks;
}

/** The part of the drawing that a file belongs to. All files directly in `src/` are drawn as `index.ts`. */
export function part(path: string): string | undefined {
  const [top, second] = path.split('/');
  if (top === 'grammar') return top;
  return top !== 'src' ? undefined : second?.endsWith('.ts') ? 'index.ts' : second;
}
