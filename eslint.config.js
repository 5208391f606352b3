/** Rules that the compiler does not check. Layers, names and file sizes are `test/tidy.test.ts`. */
import tseslint from 'typescript-eslint';

/** In Node 22 but not in Node 20, which we run on. */
const NEWER_THAN_NODE_20 = [
  ['Object', 'groupBy'],
  ['Map', 'groupBy'],
  ['Promise', 'withResolvers'],
  ['Promise', 'try'],
  ['Array', 'fromAsync'],
  ['fs', 'glob'],
  ['util', 'styleText'],
].map(([object, property]) => ({ object, property, message: 'Not in Node 20, or not right there.' }));

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'runs/', 'coverage/', '**/*.gen.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  {
    rules: {
      'no-restricted-properties': ['error', ...NEWER_THAN_NODE_20],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    // Rules that need types take the most time, and catch the most where promises and unions are.
    files: ['src/**/*.ts', 'grammar/**/*.ts', 'examples/**/*.ts', 'test/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, allowDefaultCaseForExhaustiveSwitch: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    // The compiler is deterministic and does no input or output; the command line does that for it, and the prettier plugin looks at files.
    files: ['src/**/*.ts', 'grammar/**/*.ts'],
    ignores: ['src/cli/**', 'src/prettier-plugin.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'console', 'Date', 'performance', 'fetch', 'setTimeout'],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*', 'fs', 'path'], message: 'Only the command line touches the system.' },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'The compiler is deterministic.',
        },
      ],
    },
  },
);
