/** E0316: tag where a value belongs. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Expr, Name } from '../../syntax/ast.js';

export const tagUsed: DiagnosticKind = {
  code: 'E0316',
  severity: 'error',
  title: 'tag used as a value',
  explanation:
    'A tag is an integer id: its size and its order mean nothing. It stands only beside `==` and `!=`, whose other side is a tag or an integer literal; it is no operand of anything else, no argument, and no value of its own, also not that of a `let`.',
  bad: `objective example {
  model logp : token
  tag task : rollout
  minimize mean[token in batch](-logp * task)
}
`,
  good: `objective example {
  model logp : token
  tag task : rollout
  minimize mean[token in batch](if task == 3 then -2 * logp else -logp)
}
`,
};

const ORDERS: readonly string[] = ['<', '<=', '>', '>='];
const CONNECTIVES: readonly string[] = ['and', 'or'];

/** What reads the tag, and what it would need. */
function reading(tag: Expr, reader: Expr | undefined): { readonly title: string; readonly text: string } {
  const number = (title: string, what: string): ReturnType<typeof reading> => ({
    title,
    text: `${what} takes a number, found a tag`,
  });
  const condition = (what: string): ReturnType<typeof reading> => ({
    title: 'tag used as a condition',
    text: `${what} takes a condition, found a tag`,
  });
  switch (reader?.kind) {
    case 'unary':
      return reader.operator === 'not' ? condition('`not`') : number('tag used as a number', '`-`');
    case 'binary':
      if (CONNECTIVES.includes(reader.operator)) return condition(`\`${reader.operator}\``);
      return ORDERS.includes(reader.operator)
        ? { title: 'tags have no order', text: `\`${reader.operator}\` compares numbers, found a tag` }
        : number('tag used as a number', `\`${reader.operator}\``);
    case 'call':
      return number('tag used as a number', `\`${reader.callee.text}\``);
    case 'reduction':
      if (tag === reader.where) return condition('`where`');
      return {
        title: 'tag is reduced',
        text: `\`${reader.aggregate.text}\` is of numbers or conditions, found a tag`,
      };
    case 'if':
      if (tag === reader.condition) return condition('`if`');
      return { title: 'tag used as a value', text: '`if` chooses numbers or conditions, found a tag' };
    default:
      return { title: 'tag used as a value', text: 'expected a number or a condition, found a tag' };
  }
}

/** A tag that something other than `==` or `!=` reads; `text` is its own. */
export const describeTagUsed = (tag: Expr, reader: Expr | undefined, text: string): Diagnostic => {
  const { title, text: label } = reading(tag, reader);
  return diagnose(tagUsed, {
    title,
    primary: { span: tag.span, text: label },
    hint: `compare it, e.g. \`${text} == 1\``,
  });
};

/** A claim along a tag: only a number can be varied. */
export const describeVariedTag = ({ text, span }: Name): Diagnostic =>
  diagnose(tagUsed, {
    title: 'tag used as a number',
    primary: { span, text: 'expected the name of a number, found a tag' },
    hint: `claim it for one id, with \`for ${text} == 1\``,
  });
