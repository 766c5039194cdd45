// The kernel models against the real kernel, in full:
//   node test/kernel/differential/run.mjs [--sets 1000] [--networks 400] [--seed 1]

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-differential-'))
const outfile = join(folder, 'main.mjs')
buildSync({
  entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  // prober.py lies here, not beside the bundle.
  define: { 'import.meta.url': JSON.stringify(import.meta.url) },
  logLevel: 'error',
})
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
rmSync(folder, { recursive: true })
process.exit(status ?? 1)
