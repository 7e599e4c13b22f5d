// Bundles the extension (and, with --tests, its unit tests) with esbuild.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const tests = process.argv.includes('--tests');
rmSync(`${here}dist`, { recursive: true, force: true });

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: here,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  format: 'cjs',
  external: ['vscode'],
  minify: true,
});
if (tests) {
  await build({
    ...common,
    entryPoints: ['test/*.test.ts'],
    outdir: 'dist/test',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  });
}
