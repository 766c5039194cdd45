// npm run cases:open: brings the lists of open checks in fixtures/cases/*/expect.json up to date, after a check was added.
// It touches no finding and no root: those are written by hand.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '..')
const cases = join(root, 'fixtures/cases')
const { outputFiles } = await build({
  stdin: {
    contents: "export { diagnose } from './src/engine/index.ts'; export { openChecks } from './test/cases.ts'",
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  define: { 'import.meta.dirname': JSON.stringify(join(root, 'test')) },
  logLevel: 'error',
})
const { diagnose, openChecks } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
)

for (const name of readdirSync(cases)) {
  const folder = join(cases, name)
  const file = join(folder, 'expect.json')
  const expected = JSON.parse(readFileSync(file, 'utf8'))
  const inputs = readdirSync(folder)
    .filter((entry) => entry !== 'expect.json')
    .sort()
    .map((entry) => ({ name: entry, bytes: readFileSync(join(folder, entry)) }))
  const notChecked = openChecks(diagnose(inputs, { version: '0.0.0-test' }))
  const added = notChecked.filter((id) => !expected.notChecked.includes(id))
  const gone = expected.notChecked.filter((id) => !notChecked.includes(id))
  if (added.length + gone.length === 0) continue
  console.log(`${name}: ${[...added.map((id) => `+${id}`), ...gone.map((id) => `-${id}`)].join(' ')}`)
  writeFileSync(file, `${JSON.stringify({ ...expected, notChecked }, null, 2)}\n`)
}
