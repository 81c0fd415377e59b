import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

const seeded = [
  { object: 'Math', property: 'random', message: 'Randomness is an argument: pass an Rng.' },
  { object: 'Date', property: 'now', message: 'Time is an argument below src/ui.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.cache/',
      'public/',
      'bench-results/',
      'synthesize-out/',
      'release/',
      // AssemblyScript, whose compiler checks it.
      'src/models/kernels/assembly/',
    ],
  },
  ...tseslint.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'svelte/no-at-html-tags': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 350 }],
    },
  },
  {
    files: ['src/**', 'workers/**'],
    ignores: ['src/ui/**', 'src/headless/**'],
    rules: { 'no-restricted-properties': ['error', ...seeded] },
  },
  { files: ['src/ui/**'], rules: { 'no-restricted-properties': ['error', seeded[0]] } },
  {
    files: ['src/headless/**', 'tests/**', '.ci/**', '*.config.*'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off', 'max-lines-per-function': 'off' },
  },
);
