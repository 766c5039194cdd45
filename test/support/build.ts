import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

function modified(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function newest(folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, String(name))),
  )
  return Math.max(...files.map(modified), modified('package.json'))
}

/** The compiled form in dist/ is of use only to the Node that made it. */
function builtByThisNode(): boolean {
  const path = join(root, 'dist', 'node-version')
  return existsSync(path) && readFileSync(path, 'utf8') === process.version
}

/**
 * Builds dist/ before the tests when it is older than what it is made of, or made by another Node. A failed build does not end the run: tests of
 * single modules still tell where the fault is, tests of the command line then fail on the missing file.
 */
export function setup(): void {
  if (builtByThisNode() && modified('dist/main.cjs') > newest(['src', 'scripts', 'bin'])) return
  spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] })
}
