// Builds dist/: one CommonJS file that every run loads, and chunks that only some runs load.
//
//   main.cjs   oclif, the commands, the engine, the plain printers
//   ui.mjs     Ink, React and yoga: only for a live screen (yoga needs top-level await, hence ESM)
//   exec.mjs   execa: only when a command is run on a host
//   paint.mjs, grid.mjs, width.mjs   chalk, cli-table3, string-width: only when a printer asks
//   main.cache V8's compiled form of main.cjs, made by the Node that built it; another Node ignores it
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const { name, version, type, oclif } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What a dynamic import of the left becomes at run time. */
const LAZY = {
  'mount.tsx': './ui.mjs',
  'run-command.ts': './exec.mjs',
  chalk: './paint.mjs',
  'cli-table3': './grid.mjs',
  'string-width': './width.mjs',
}

const lazyChunks = {
  name: 'lazy-chunks',
  setup(bundle) {
    bundle.onResolve({ filter: /./ }, ({ kind, path }) => {
      const chunk = kind === 'dynamic-import' ? LAZY[basename(path)] : undefined
      return chunk === undefined ? undefined : { path: chunk, external: true }
    })
  },
}

// oclif sorts its handful of commands with localeCompare, and the first collation of a process costs
// as much as a quarter of node's own start. Command names are ASCII: code units sort them the same.
const plainSort = {
  name: 'plain-sort',
  setup(bundle) {
    bundle.onLoad({ filter: /@oclif[/\\]core[/\\]lib[/\\].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        /(\b[\w.]+)\.localeCompare\(([\w.]+)\)/g,
        '($1 < $2 ? -1 : $1 > $2 ? 1 : 0)',
      ),
      loader: 'js',
    }))
  },
}

// Ink asks for these two only to talk to a debugger.
const noDevtools = {
  name: 'no-devtools',
  setup(bundle) {
    bundle.onResolve({ filter: /^(react-devtools-core|ws)$/ }, ({ path }) => ({ path, namespace: 'stub' }))
    bundle.onLoad({ filter: /./, namespace: 'stub' }, () => ({ contents: 'export default {}', loader: 'js' }))
  },
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
}

// CommonJS packages inside an ESM chunk call require for node's own modules.
const requireForEsm = {
  js: "import{createRequire as lvsdoctorRequire}from'node:module';const require=lvsdoctorRequire(import.meta.url);",
}

function main() {
  return build({
    ...common,
    entryPoints: { main: 'src/main.ts' },
    outdir: dist,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [lazyChunks, plainSort],
    define: { ...common.define, LVSDOCTOR_PACKAGE: JSON.stringify({ name, version, type, oclif }) },
  })
}

function chunks() {
  const wanted = {
    ui: 'src/ui/mount.tsx',
    exec: 'src/sources/run-command.ts',
    paint: 'chalk',
    grid: 'cli-table3',
    width: 'string-width',
  }
  const entryPoints = Object.fromEntries(
    Object.entries(wanted).filter(([, from]) => !from.startsWith('src/') || existsSync(join(root, from))),
  )
  return build({
    ...common,
    entryPoints,
    outdir: dist,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: requireForEsm,
    plugins: [noDevtools],
  })
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
await Promise.all([main(), chunks()])
// A process of its own: the cache should hold what an ordinary run compiles, and nothing of this script.
// The run's verdict does not matter, hence no look at its exit code; a test sees to it that the cache is there.
spawnSync(process.execPath, [join(root, 'scripts', 'code-cache.mjs'), 'check', '--example', '--format', 'text'])
