// Builds dist/: one CommonJS file that every run loads, and chunks that only some runs load.
//
//   main.cjs   oclif, the commands, the engine, the plain printers
//   ui.mjs     Ink, React and yoga: only for a live screen (yoga needs top-level await, hence ESM)
//   exec.mjs   execa: only when a command is run on a host
//   trace.mjs  the walk of one packet: only for `trace`
//   packets.mjs   the reader of captures: only where one is given
//   listen.mjs  tcpdump and pcap-parser: only for a live capture
//   paint.mjs, grid.mjs, width.mjs   chalk, cli-table3, string-width: only when a printer asks
//   tar.mjs    nanotar: only for an archive
//   main.cache V8's compiled form of main.cjs, made by the Node that built it (node-version); another Node ignores it
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
// Made beside and moved into place: whoever runs the old build meanwhile never sees half a folder.
const fresh = join(root, `dist.${process.pid}.tmp`)
const { name, version, type, oclif } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What a dynamic import of the left becomes at run time. */
const LAZY = {
  'mount.tsx': './ui.mjs',
  'run-command.ts': './exec.mjs',
  'answer-trace.ts': './trace.mjs',
  'packets.ts': './packets.mjs',
  'listen.ts': './listen.mjs',
  chalk: './paint.mjs',
  'cli-table3': './grid.mjs',
  'string-width': './width.mjs',
  nanotar: './tar.mjs',
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

// oclif sorts its handful of commands with localeCompare, and the first collation of a process costs as much as a
// quarter of node's own start. Command names are ASCII: code units sort them the same.
function sortPlainly(code) {
  return code.replaceAll(/(\b[\w.]+)\.localeCompare\(([\w.]+)\)/g, '($1 < $2 ? -1 : $1 > $2 ? 1 : 0)')
}

// oclif requires all of itself and some twenty packages as it starts, and uses most of them only for help and errors.
// TypeScript names such imports NAME_1 and reads each use as a property of it, so a module can be loaded at its first use.
const LATER = '(?!node:(?!readline|perf_hooks|os))[^"]+'

function requireLater(code) {
  return code
    .replaceAll(
      new RegExp(`(?:const|var) (\\w+_\\d) = __importDefault\\(require\\("(${LATER})"\\)\\);`, 'g'),
      'const $1 = { get default() { const it = require("$2"); return it && it.__esModule ? it.default : it } };',
    )
    .replaceAll(
      new RegExp(`(?:const|var) (\\w+_\\d|[A-Z]\\w+) = (?:__importStar\\()?require\\("(${LATER})"\\)\\)?;`, 'g'),
      'const $1 = new Proxy({}, { get: (_, name) => require("$2")[name] });',
    )
}

// Three or four small files are looked for at every start. Asking without promises spares the run Node's module for
// them, the readline it brings along, and four threads that would do the waiting.
function readAtOnce(code) {
  return code.replaceAll(
    'const promises_1 = require("node:fs/promises");',
    'const promises_1 = new Proxy({}, { get: (_, name) => async (...args) => require("node:fs")[name + "Sync"](...args) });',
  )
}

// Widths of the terminal are for help and errors, `debug` is for whoever sets DEBUG, and no command shows oclif's spinner.
// All three open the standard streams, which brings in net, tty and stream. So does the forgiving of a closed pipe, which main.ts
// does where it is needed.
function askTerminalLater(code) {
  return code
    .replaceAll(
      /exports\.(\w+termwidth) = (columns \|\| termwidth\(process\.\w+\));/g,
      'Object.defineProperty(exports, "$1", { get: () => $2 });',
    )
    .replace('(0, debug_1.default)(namespace)', 'process.env.DEBUG ? (0, debug_1.default)(namespace) : () => {}')
    .replace('Boolean(process.stderr.isTTY)', 'false')
    .replace("process.stdout.on('error', ", 'void (')
}

const leanOclif = {
  name: 'lean-oclif',
  setup(bundle) {
    bundle.onLoad({ filter: /@oclif[/\\]core[/\\]lib[/\\].*\.js$/ }, ({ path }) => ({
      contents: askTerminalLater(readAtOnce(requireLater(sortPlainly(readFileSync(path, 'utf8'))))),
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

// pcap-parser is of 2012 and calls a constructor that Node warns of. The bytes are overwritten at once.
const noOldBuffers = {
  name: 'no-old-buffers',
  setup(bundle) {
    bundle.onLoad({ filter: /pcap-parser\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('new Buffer(', 'Buffer.allocUnsafe('),
      loader: 'js',
    }))
  },
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  // oclif would load it to run TypeScript sources of a plugin; there are none.
  external: ['typescript'],
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
}

// CommonJS packages inside an ESM chunk call require for node's own modules.
const requireForEsm = {
  js: "import{createRequire as lvsdoctorRequire}from'node:module';const require=lvsdoctorRequire(import.meta.url);",
}

// The function that bin/load.js calls. Put here, for V8 to compile the text as it was read and not a copy of it.
const LOADED_WITH = '(function(exports,require,module,__filename,__dirname,importChunk){'

// A script that V8 takes from its code cache has lost the right to import(); the loader hands in a function that has it.
function importByLoader(code) {
  return Object.values(LAZY).reduce(
    (text, chunk) => text.replaceAll(`import("${chunk}")`, `importChunk("${chunk}")`),
    code,
  )
}

async function main() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: { main: 'src/main.ts' },
    outdir: fresh,
    write: false,
    format: 'cjs',
    plugins: [lazyChunks, leanOclif],
    define: { ...common.define, LVSDOCTOR_PACKAGE: JSON.stringify({ name, version, type, oclif }) },
  })
  mkdirSync(fresh, { recursive: true })
  writeFileSync(join(fresh, 'main.cjs'), `${LOADED_WITH}${importByLoader(outputFiles[0].text)}\n})`)
}

function chunks() {
  const wanted = {
    ui: 'src/ui/mount.tsx',
    exec: 'src/sources/run-command.ts',
    trace: 'src/commands/support/answer-trace.ts',
    packets: 'src/engine/packets.ts',
    listen: 'src/commands/support/listen.ts',
    paint: 'chalk',
    grid: 'cli-table3',
    width: 'string-width',
    tar: 'nanotar',
  }
  const entryPoints = Object.fromEntries(
    Object.entries(wanted).filter(([, from]) => !from.startsWith('src/') || existsSync(join(root, from))),
  )
  return build({
    ...common,
    entryPoints,
    outdir: fresh,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: requireForEsm,
    plugins: [noDevtools, noOldBuffers],
  })
}

const started = new Date()
try {
  await Promise.all([main(), chunks()])
  writeFileSync(join(fresh, 'node-version'), process.version)
  // Dated by what it was made from: a source saved during the build is newer than the build.
  utimesSync(join(fresh, 'main.cjs'), started, started)
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
} catch (error) {
  rmSync(fresh, { recursive: true, force: true })
  // What esbuild minds it has printed already, with the lines.
  if (error?.errors === undefined) throw error
  process.exit(1)
}
// A process of its own: the cache should hold what an ordinary run compiles, and nothing of this script.
// The run's verdict does not matter, hence no look at its exit code; a test sees to it that the cache is there.
spawnSync(process.execPath, [join(root, 'scripts', 'code-cache.mjs'), 'check', '--example', '--format', 'text'])
