/**
 * The rules of the language as a Chevrotain grammar without actions: it yields a concrete syntax tree and problems as
 * data. It words no message: `src/syntax` does.
 */
import './group-by.js';
import { CstParser, type IParserErrorMessageProvider } from 'chevrotain';
import { vocabulary } from './lexer.js';
import { binaryOperators } from './precedence.js';
import * as t from './tokens.js';

const { keyword: k, word: w } = t;

export class ObjectiveParser extends CstParser {
  /** Checking the grammar itself takes longer than reading most programs, so only a test asks for it. */
  constructor(errorMessageProvider: IParserErrorMessageProvider, skipValidations = true) {
    super(vocabulary, {
      skipValidations,
      recoveryEnabled: true,
      maxLookahead: 2,
      nodeLocationTracking: 'none',
      errorMessageProvider,
    });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.importing) },
        { ALT: () => this.SUBRULE(this.definition) },
        { ALT: () => this.SUBRULE(this.objective) },
      ]),
    );
  });

  readonly importing = this.RULE('importing', () => {
    this.CONSUME(k.import);
    this.CONSUME(t.LCurly);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) });
    this.CONSUME(t.RCurly);
    this.CONSUME(k.from);
    this.CONSUME(t.StringToken);
  });

  readonly definition = this.RULE('definition', () => {
    this.CONSUME(k.def);
    this.CONSUME(t.Name);
    this.CONSUME(t.LParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.CONSUME1(t.Name) });
    this.CONSUME(t.RParen);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expr);
  });

  readonly objective = this.RULE('objective', () => {
    this.CONSUME(k.objective);
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.StringToken));
    this.CONSUME(t.LCurly);
    this.MANY(() => this.SUBRULE(this.item));
    this.CONSUME(t.RCurly);
  });

  readonly item = this.RULE('item', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.param) },
      { ALT: () => this.SUBRULE(this.declaration) },
      { ALT: () => this.SUBRULE(this.binding) },
      { ALT: () => this.SUBRULE(this.optimize) },
      { ALT: () => this.SUBRULE(this.metric) },
      { ALT: () => this.SUBRULE(this.assumption) },
      { ALT: () => this.SUBRULE(this.property) },
    ]);
  });

  readonly param = this.RULE('param', () => {
    this.CONSUME(k.param);
    this.CONSUME(t.Name);
    this.CONSUME(k.in);
    this.SUBRULE(this.domain);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.signed);
    });
    this.OPTION1(() => this.CONSUME(t.StringToken));
  });

  readonly declaration = this.RULE('declaration', () => {
    this.OR([
      { ALT: () => this.CONSUME(k.model) },
      { ALT: () => this.CONSUME(k.data) },
      { ALT: () => this.CONSUME(k.tag) },
    ]);
    this.CONSUME(t.Name);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.level);
    this.OPTION(() => this.CONSUME(w.index));
    this.OPTION1(() => {
      this.CONSUME(k.in);
      this.SUBRULE(this.domain);
    });
    this.OPTION2(() => this.CONSUME(t.StringToken));
  });

  readonly binding = this.RULE('binding', () => {
    this.OR([{ ALT: () => this.CONSUME(k.let) }, { ALT: () => this.CONSUME(k.local) }]);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expr);
  });

  readonly optimize = this.RULE('optimize', () => {
    this.OR([{ ALT: () => this.CONSUME(k.minimize) }, { ALT: () => this.CONSUME(k.maximize) }]);
    this.SUBRULE(this.expr);
    this.OPTION(() => {
      this.CONSUME(k.as);
      this.CONSUME(t.Name);
    });
  });

  readonly metric = this.RULE('metric', () => {
    this.CONSUME(k.metric);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expr);
  });

  readonly assumption = this.RULE('assumption', () => {
    this.CONSUME(k.assume);
    this.SUBRULE(this.expr);
  });

  readonly property = this.RULE('property', () => {
    this.OR([{ ALT: () => this.CONSUME(k.verify) }, { ALT: () => this.CONSUME(k.refute) }]);
    this.OPTION(() => this.CONSUME(t.StringToken));
    this.OPTION1(() => this.SUBRULE(this.guard));
    this.OPTION2(() => this.SUBRULE(this.hypothesis));
    this.CONSUME(t.Colon);
    this.SUBRULE(this.claim);
  });

  readonly guard = this.RULE('guard', () => {
    this.CONSUME(k.for);
    this.SUBRULE(this.expr);
  });

  readonly hypothesis = this.RULE('hypothesis', () => {
    this.CONSUME(k.assuming);
    this.SUBRULE(this.expr);
  });

  readonly domain = this.RULE('domain', () => {
    this.OR([
      { ALT: () => this.CONSUME(w.real) },
      {
        ALT: () => {
          this.CONSUME(w.integer);
          this.OPTION(() => this.SUBRULE(this.interval));
        },
      },
      { ALT: () => this.SUBRULE1(this.interval) },
      { ALT: () => this.SUBRULE(this.set) },
    ]);
  });

  readonly set = this.RULE('set', () => {
    this.CONSUME(t.LCurly);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.signed) });
    this.CONSUME(t.RCurly);
  });

  readonly interval = this.RULE('interval', () => {
    this.OR([{ ALT: () => this.CONSUME(t.LParen) }, { ALT: () => this.CONSUME(t.LSquare) }]);
    this.SUBRULE(this.bound);
    this.CONSUME(t.Comma);
    this.SUBRULE1(this.bound);
    this.OR1([{ ALT: () => this.CONSUME(t.RParen) }, { ALT: () => this.CONSUME(t.RSquare) }]);
  });

  readonly bound = this.RULE('bound', () => {
    this.OPTION(() => this.CONSUME(t.Minus));
    this.OR([
      { ALT: () => this.CONSUME(t.NumberToken) },
      { ALT: () => this.CONSUME(k.inf) },
      { ALT: () => this.CONSUME(t.Name) },
    ]);
  });

  readonly signed = this.RULE('signed', () => {
    this.OPTION(() => this.CONSUME(t.Minus));
    this.CONSUME(t.NumberToken);
  });

  readonly level = this.RULE('level', () => {
    this.OR([
      { ALT: () => this.CONSUME(k.batch) },
      { ALT: () => this.CONSUME(k.group) },
      { ALT: () => this.CONSUME(k.rollout) },
      { ALT: () => this.CONSUME(k.token) },
      { ALT: () => this.CONSUME(k.vocab) },
    ]);
  });

  readonly expr = this.RULE('expr', () => {
    this.OR({
      // A conditional that begins an expression is the whole of it, not an operand.
      IGNORE_AMBIGUITIES: true,
      DEF: [{ ALT: () => this.SUBRULE(this.conditional) }, { ALT: () => this.SUBRULE(this.operation) }],
    });
  });

  readonly conditional = this.RULE('conditional', () => {
    this.CONSUME(k.if);
    this.SUBRULE(this.expr);
    this.CONSUME(k.then);
    this.SUBRULE1(this.expr);
    this.CONSUME(k.else);
    this.SUBRULE2(this.expr);
  });

  // Operators are read as a flat chain, so that nesting costs few stack frames; `precedence.ts` says how it binds.
  readonly operation = this.RULE('operation', () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.SUBRULE(this.operator);
      this.SUBRULE1(this.operand);
    });
  });

  readonly operator = this.RULE('operator', () => {
    this.OR(binaryOperators.map((type) => ({ ALT: () => this.CONSUME(type) })));
  });

  readonly operand = this.RULE('operand', () => {
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Minus) }, { ALT: () => this.CONSUME(k.not) }]));
    this.SUBRULE(this.primary);
  });

  readonly primary = this.RULE('primary', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberToken) },
      { ALT: () => this.CONSUME(k.pi) },
      { ALT: () => this.CONSUME(k.true) },
      { ALT: () => this.CONSUME(k.false) },
      {
        ALT: () => {
          this.CONSUME(k.inf);
          this.OPTION(() => this.SUBRULE(this.call));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Name);
          this.OPTION1(() =>
            this.OR1([
              { ALT: () => this.SUBRULE1(this.call) },
              {
                ALT: () => {
                  this.SUBRULE(this.index);
                  this.OPTION2(() => this.SUBRULE2(this.call));
                },
              },
            ]),
          );
        },
      },
      { ALT: () => this.SUBRULE(this.parenthesised) },
      { ALT: () => this.SUBRULE(this.misplacedConditional) },
    ]);
    this.OPTION3(() => this.SUBRULE(this.selection));
  });

  readonly parenthesised = this.RULE('parenthesised', () => {
    this.CONSUME(t.LParen);
    this.SUBRULE(this.expr);
    this.CONSUME(t.RParen);
  });

  // An `if` as an operand: read, and then refused with the reason.
  readonly misplacedConditional = this.RULE('misplacedConditional', () => {
    this.SUBRULE(this.conditional);
  });

  readonly call = this.RULE('call', () => {
    this.CONSUME(t.LParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(t.RParen);
  });

  readonly argument = this.RULE('argument', () => {
    this.OPTION(() => {
      this.CONSUME(t.Name);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.expr);
  });

  readonly index = this.RULE('index', () => {
    this.CONSUME(t.LSquare);
    this.OR([
      { ALT: () => this.CONSUME(w.others) },
      {
        ALT: () => {
          this.SUBRULE(this.level);
          this.OPTION(() => {
            this.CONSUME(k.in);
            this.SUBRULE1(this.level);
          });
        },
      },
    ]);
    this.OPTION1(() => {
      this.CONSUME(k.where);
      this.SUBRULE(this.expr);
    });
    this.CONSUME(t.RSquare);
  });

  // `x at action`: of a later edition; it binds like a call.
  readonly selection = this.RULE('selection', () => {
    this.CONSUME(w.at);
    this.CONSUME(t.Name);
  });

  readonly claim = this.RULE('claim', () => {
    this.SUBRULE(this.expr);
    this.OPTION(() =>
      this.OR([{ ALT: () => this.SUBRULE(this.shape) }, { ALT: () => this.SUBRULE(this.limit) }]),
    );
  });

  readonly shape = this.RULE('shape', () => {
    this.CONSUME(w.is);
    this.OR([
      { ALT: () => this.SUBRULE(this.direction) },
      {
        ALT: () => {
          this.CONSUME(w.bounded);
          this.OPTION(() => this.SUBRULE1(this.variable));
        },
      },
      {
        ALT: () => {
          this.CONSUME(w.lipschitz);
          this.SUBRULE2(this.variable);
          this.CONSUME(w.by);
          this.SUBRULE(this.expr);
        },
      },
      {
        ALT: () => {
          this.CONSUME(w.nowhere);
          this.CONSUME(w.zero);
          this.SUBRULE3(this.variable);
        },
      },
      {
        ALT: () => {
          this.CONSUME(w.independent);
          this.CONSUME(w.of);
          this.CONSUME(t.Name);
        },
      },
    ]);
  });

  readonly direction = this.RULE('direction', () => {
    this.OR([
      { ALT: () => this.CONSUME(w.nonincreasing) },
      { ALT: () => this.CONSUME(w.nondecreasing) },
      { ALT: () => this.CONSUME(w.increasing) },
      { ALT: () => this.CONSUME(w.decreasing) },
      { ALT: () => this.CONSUME(w.constant) },
      { ALT: () => this.CONSUME(w.continuous) },
      { ALT: () => this.CONSUME(w.convex) },
    ]);
    this.SUBRULE(this.variable);
  });

  readonly variable = this.RULE('variable', () => {
    this.CONSUME(k.in);
    this.CONSUME(t.Name);
  });

  readonly limit = this.RULE('limit', () => {
    this.CONSUME(w.tends);
    this.CONSUME(w.to);
    this.SUBRULE(this.expr);
    this.CONSUME(k.as);
    this.CONSUME(t.Name);
    this.CONSUME(t.Arrow);
    this.SUBRULE1(this.expr);
  });
}
