/** Trees of numbers, leaf by leaf. */
import type { Tree } from './vector.js';

export const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);

/** The members of a tree with their keys: positions of a list, names of an object; none of a number. */
export function membersOf(tree: Tree): readonly (readonly [string | number, Tree])[] {
  if (typeof tree === 'number') return [];
  return isList(tree) ? tree.map((one, at) => [at, one] as const) : Object.entries(tree);
}

/** The numbers of a tree, in order. */
export const leavesOf = (tree: Tree): readonly number[] =>
  typeof tree === 'number' ? [tree] : membersOf(tree).flatMap(([, one]) => leavesOf(one));

/** The same tree with every number changed. */
export function mapLeaves(tree: Tree, change: (value: number) => number): Tree {
  if (typeof tree === 'number') return change(tree);
  if (isList(tree)) return tree.map((one) => mapLeaves(one, change));
  return Object.fromEntries(Object.entries(tree).map(([name, one]) => [name, mapLeaves(one, change)]));
}

/** Two trees of one shape combined, number by number; the first where they differ in shape. */
export function zipLeaves(a: Tree, b: Tree, combine: (x: number, y: number) => number): Tree {
  if (typeof a === 'number') return typeof b === 'number' ? combine(a, b) : a;
  if (typeof b === 'number') return a;
  if (isList(a)) return a.map((one, at) => (isList(b) ? zipLeaves(one, b[at] ?? one, combine) : one));
  const others: Readonly<Record<string, Tree>> = isList(b) ? {} : b;
  return Object.fromEntries(
    Object.entries(a).map(([name, one]) => [name, zipLeaves(one, others[name] ?? one, combine)]),
  );
}

/** The parts of a tree that are compared on one scale: each named member, its lists whole. */
export function tensorsOf(tree: Tree): readonly Tree[] {
  if (typeof tree === 'number' || isList(tree)) return [tree];
  return Object.values(tree).flatMap(tensorsOf);
}
