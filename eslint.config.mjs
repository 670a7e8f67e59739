import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** Packages a layer may not import: down only, never sideways. */
const forbid = (...names) => ({
  'no-restricted-imports': [
    'error',
    { patterns: names.map((name) => ({ group: [name, `${name}/*`], message: 'Imports go down the layers only: see docs/dev/architecture.md.' })) },
  ],
});

const testFiles = ['**/*.test.ts', '**/*.test-helper.ts', 'tests/**/*.ts', 'bench/**/*.ts'];

const pinned = ['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'sin', 'cos', 'tan', 'tanh', 'random'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'coverage/**', '**/*.mjs', '**/*.js', 'vitest.config.ts', '**/vite.config.ts', 'packages/kernels/assembly/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { jsdoc },
    rules: {
      '@typescript-eslint/restrict-template-expressions': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'jsdoc/require-jsdoc': ['error', { publicOnly: true, require: { FunctionDeclaration: true, ClassDeclaration: true }, contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'] }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ['packages/engine/src/**/*.ts'],
    ignores: testFiles,
    rules: {
      ...forbid('@remnant/formats', '@remnant/report', '@remnant/host', 'remnant', 'node:*'),
      'no-restricted-properties': [
        'error',
        ...pinned.map((property) => ({ object: 'Math', property, message: 'Use core/pinned-math.ts (same bits in every host) or context.rng.' })),
      ],
      'no-restricted-globals': ['error', 'Date', 'console', 'fetch', 'process', 'document', 'window', 'performance', 'crypto'],
    },
  },
  { files: ['packages/formats/src/**/*.ts'], ignores: testFiles, rules: forbid('@remnant/report', '@remnant/host', 'remnant', 'node:*') },
  { files: ['packages/report/src/**/*.ts'], ignores: testFiles, rules: forbid('@remnant/formats', '@remnant/host', 'remnant', 'node:*') },
  { files: ['packages/host/src/**/*.ts'], ignores: testFiles, rules: forbid('remnant') },
  {
    files: testFiles,
    languageOptions: { parserOptions: { projectService: false, project: './tsconfig.test.json' } },
    rules: { 'jsdoc/require-jsdoc': 'off', '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' },
  },
);
