// npm run new:check -- <id> <category>: a check, its test, its registry entry. What is left to do fails loudly until it is done.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const [id, category = 'service'] = process.argv.slice(2)
if (!id || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
  console.error('usage: npm run new:check -- some-check-id [category]')
  process.exit(64)
}
const root = resolve(import.meta.dirname, '..')
const file = join(root, `src/checks/${id}.ts`)
if (existsSync(file)) {
  console.error(`${file} exists already`)
  process.exit(73)
}
const name = id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())

writeFileSync(
  file,
  `/** What breaks in the real world, in one sentence. */
import { ailment, claim, fail, hostCheck, pass } from '../model/check.ts'
import { runStep } from '../model/fix.ts'

const messages = {
  ailing: ailment<{ host: string }>({
    title: (d) => \`TODO what is wrong on \${d.host}\`,
    text: (d) => \`TODO why that is wrong on \${d.host}.\`,
    fix: (d) => \`TODO what to do on \${d.host}.\`,
  }),
}
const reasons = {}

export const ${name} = hostCheck({
  id: '${id}',
  title: 'TODO The healthy condition',
  category: '${category}',
  severity: 'warning',
  stage: 'config',
  why: 'TODO Two or three sentences on what an operator sees when this is wrong.',
  links: [],
  explains: [],
  on: 'director',
  needs: { units: 'part' },
  messages,
  reasons,
  run(host) {
    const unit = host.units.value.units[0]
    if (!unit) return pass(host.units.from)
    return fail([
      claim(messages, 'ailing', { host: host.name }, {
        cites: [unit.at],
        steps: [runStep(host.id, 'true', 'safe')],
        verify: 'true',
        about: { hosts: [host.id] },
        proof: 'inferred',
      }),
    ])
  },
})
`,
)

writeFileSync(
  join(root, `test/checks/${id}.test.ts`),
  `import { testCheck } from '../check-tester.ts'

testCheck('${id}', {
  fail: [
    {
      name: 'TODO the predicate of the catalogue',
      hosts: { ds1: { 'systemctl status keepalived': 'TODO real output' } },
      claims: [{ message: 'ailing', data: { host: 'ds1' }, lines: ['TODO the line that proves it'] }],
    },
  ],
  pass: [{ name: 'TODO the healthy twin, and each trap', hosts: { ds1: { 'systemctl status keepalived': 'TODO' } } }],
})
`,
)

const indexFile = join(root, 'src/checks/index.ts')
const lines = readFileSync(indexFile, 'utf8').split('\n')
const importLine = `import { ${name} } from './${id}.ts'`
const imports = lines.filter((line) => line.includes(" from './"))
const others = lines.filter((line) => !line.includes(" from './"))
const open = others.findIndex((line) => line.startsWith('export const CHECKS'))
const close = others.findIndex((line, index) => index > open && line.startsWith(']'))
const entries = others.slice(open + 1, close).concat(`  ${name},`)
const idOf = new Map(
  [...imports, importLine].map((line) => [/\{ (\w+) \}/.exec(line)[1], /'\.\/(.*)\.ts'/.exec(line)[1]]),
)
const byId = (a, b) => (idOf.get(a) < idOf.get(b) ? -1 : 1)
entries.sort((a, b) => byId(a.trim().slice(0, -1), b.trim().slice(0, -1)))
const header = others.slice(0, open)
const firstBlank = header.indexOf('')
const sortedImports = [...imports, importLine].sort((a, b) =>
  /'\.\/(.*)\.ts'/.exec(a)[1] < /'\.\/(.*)\.ts'/.exec(b)[1] ? -1 : 1,
)
writeFileSync(
  indexFile,
  [...header.slice(0, firstBlank), ...sortedImports, '', others[open], ...entries, ...others.slice(close)].join('\n'),
)
console.log(
  `src/checks/${id}.ts\ntest/checks/${id}.test.ts\nthen: npx vitest run test/checks/${id}.test.ts && npm run docs`,
)
