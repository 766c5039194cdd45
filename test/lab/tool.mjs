// A copy of the built tool and of the guest's scripts, so that a run judges one state of the project from first to last,
// and so that the guest needs no more of the machine than this folder.
import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
export const root = dirname(dirname(here))

/** Is a source newer than what was built from it? */
function isStale() {
  const built = join(root, 'dist', 'main.cjs')
  if (!existsSync(built)) return true
  const { mtimeMs } = statSync(built)
  const sources = readdirSync(join(root, 'src'), { recursive: true })
  return sources.some((name) => statSync(join(root, 'src', name)).mtimeMs > mtimeMs)
}

/** @returns {Promise<{ scratch: string, tool: string, guest: string }>} */
export async function unpack() {
  if (isStale()) execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' })
  const scratch = mkdtempSync(join(tmpdir(), 'lvsdoctor-lab-'))
  // The guest's kernel may run as another user.
  chmodSync(scratch, 0o755)
  const tool = join(scratch, 'tool')
  const guest = join(scratch, 'guest')
  mkdirSync(tool)
  for (const folder of ['bin', 'dist']) cpSync(join(root, folder), join(tool, folder), { recursive: true })
  copyFileSync(join(root, 'package.json'), join(tool, 'package.json'))
  cpSync(join(here, 'guest'), guest, { recursive: true })
  chmodSync(join(guest, 'init.sh'), 0o755)
  writeFileSync(join(tool, 'collect.sh'), (await lvsdoctor(tool, ['collect', '--script'])).text)
  return { scratch, tool, guest }
}

/** Runs the copied tool. Its exit code is part of the answer: 1 to 3 are verdicts. */
export function lvsdoctor(tool, words) {
  return new Promise((resolve, reject) => {
    const command = [join(tool, 'bin', 'run.js'), ...words]
    const child = execFile(process.execPath, command, { maxBuffer: 1 << 28 }, (error, text, complaint) => {
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve({ text, complaint, code: error === null ? 0 : error.code })
    })
    child.stdin.end()
  })
}

/** Ids of the checks that exist, with their section of the catalogue. */
export async function registeredChecks(tool) {
  const { text } = await lvsdoctor(tool, ['explain', '--list'])
  return new Map([...text.matchAll(/^(\S+) +\S+ +(\S+)/gm)].map(([, section, id]) => [id, section]))
}
