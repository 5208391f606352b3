/** The points without a unique derivative on the way from the model to the loss, and the side that is taken there. */
import { derivativePath } from '../grad/differentiate.js';
import { isTernary, type Expr } from '../ir/expr.js';
import { intern, operandsOf } from '../ir/graph.js';

/** A template with places for formulas: `$0`, `$1`, … stand for the operands given beside it. */
export interface Kink {
  readonly at: string;
  readonly taken: string;
  readonly operands: readonly Expr[];
}

/** In evaluation order, each once. `wrt` are the model's outputs. */
export function kinksOf(loss: Expr, wrt: readonly Expr[]): readonly Kink[] {
  const path = derivativePath(loss, wrt);
  const onPath = new Set(path);
  return path.flatMap((node) => kinkAt(node, (expr) => onPath.has(expr), wrt));
}

function kinkAt(node: Expr, moves: (expr: Expr) => boolean, models: readonly Expr[]): readonly Kink[] {
  switch (node.op) {
    case 'min':
    case 'max':
      return [
        {
          at: '$0 = $1',
          taken: `the first argument of ${node.op} takes the derivative`,
          operands: [node.x, node.y],
        },
      ];
    case 'clip':
      return moves(node.x)
        ? [
            {
              at: '$0 = $1 and $0 = $2',
              taken: 'the clip passes the derivative at its ends',
              operands: [node.x, node.y, node.z],
            },
          ]
        : [];
    case 'abs':
      return [{ at: '$0 = 0', taken: 'abs has derivative 0', operands: [node.x] }];
    case 'sqrt':
      return [{ at: '$0 = 0', taken: 'sqrt has derivative 0', operands: [node.x] }];
    case 'reduce':
      return node.reduce === 'max' || node.reduce === 'min'
        ? [
            {
              at: `a tie of ${node.reduce}[${node.from === 'peer' ? 'others' : node.from}] over $0`,
              taken: 'the first in order takes the derivative',
              operands: [node.x.op === 'swap' ? node.x.x : node.x],
            },
          ]
        : [];
    default:
      return isTernary(node) && conditionMoves(node.x, models)
        ? [{ at: 'where $0 changes', taken: 'the branch that the condition chooses', operands: [node.x] }]
        : [];
  }
}

/** Whether a condition compares anything that the model's outputs reach, by value. */
function conditionMoves(condition: Expr, models: readonly Expr[]): boolean {
  const graph = intern([condition, ...models]);
  const inputs = new Set(graph.roots.slice(1));
  const reached = new Set<Expr>();
  for (const node of graph.nodes) {
    if (inputs.has(node) || operandsOf(node).some((operand) => reached.has(operand))) reached.add(node);
  }
  return graph.roots[0] !== undefined && reached.has(graph.roots[0]);
}
