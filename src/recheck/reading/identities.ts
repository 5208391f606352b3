/** Numbers for values: the same for all that are written alike. */
import { operands, postOrder, type Node } from './tree.js';

export function identities(): (root: Node) => number {
  const ids = new Map<string, number>();
  const idOf = new Map<Node, number>();
  return (root) => {
    for (const node of postOrder(root)) {
      if (idOf.has(node)) continue;
      const shape = JSON.stringify(node, (key, value: unknown) =>
        ['x', 'of', 'where', 'if', 'then', 'else', 'q', 'gamma', 'fill', 'like'].includes(key)
          ? undefined
          : typeof value === 'bigint'
            ? String(value)
            : value,
      );
      const key = `${shape}(${operands(node)
        .map((one) => String(idOf.get(one)))
        .join(' ')})`;
      const id = ids.get(key) ?? ids.size;
      ids.set(key, id);
      idOf.set(node, id);
    }
    return idOf.get(root) ?? 0;
  };
}
