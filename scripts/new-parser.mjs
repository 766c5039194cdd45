// npm run new:parser -- <format>: a parser and an empty fixture folder. The registry test names what is missing.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const [format] = process.argv.slice(2)
if (!format || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(format)) {
  console.error('usage: npm run new:parser -- some-format')
  process.exit(64)
}
const root = resolve(import.meta.dirname, '..')
const file = join(root, `src/parsers/${format}.ts`)
if (existsSync(file)) {
  console.error(`${file} exists already`)
  process.exit(73)
}
const name = format.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())
const folder = join(root, `fixtures/outputs/${format}`)
mkdirSync(folder, { recursive: true })
writeFileSync(
  file,
  `/** \`COMMAND\`: one line on what its output looks like. */
import { NotUnderstood } from '../model/errors.ts'
import { type Cite, citeLine, type Parser, type Unread, unreadLine } from '../model/evidence.ts'

interface Value {
  readonly records: readonly { readonly name: string; readonly at: Cite }[]
}

export const ${name}: Parser<Value> = {
  format: '${format}',
  parse(section) {
    const records: { name: string; at: Cite }[] = []
    const unread: Unread[] = []
    for (const [index, line] of section.lines.entries()) {
      if (line.trim() === '') continue
      const found = /^(\\S+)$/.exec(line)
      if (found?.[1]) records.push({ name: found[1], at: citeLine(section, index) })
      else unread.push(unreadLine(section, index))
    }
    if (records.length === 0) throw new NotUnderstood('no line of ${format}')
    return { value: { records }, unread }
  },
}
`,
)
console.log(`src/parsers/${format}.ts
now: 1. a fact for its value in src/model/facts.ts
     2. parser and fact in src/parsers/registry.ts
     3. how to recognise it in src/transcript/shapes.ts
     4. the command that supplies it in src/probes/ask.ts
     5. real output as fixtures/outputs/${format}/<distro-version>-<what>.txt with .json beside it
then: npx vitest run test/parsers`)
