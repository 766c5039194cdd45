// docs/not-checked-ids.md: every id of the catalogue of faults that is no check, with the reason.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const SECTIONS = {
  1.1: 'VRRP and keepalived',
  1.2: 'Firewall',
  1.3: 'ARP',
  1.4: 'Kernel values',
  1.5: 'Addresses',
  1.6: 'Routes',
  1.7: 'IPVS',
  1.8: 'Captures',
  1.9: 'Services',
}

/** `ids.txt` has a section, the severity and the id on each line. Throws where an id has neither check nor reason. */
export function notCheckedPage(root, built) {
  const folder = join(root, 'fixtures/catalogue')
  const reasons = JSON.parse(readFileSync(join(folder, 'not-checked.json'), 'utf8'))
  const lines = readFileSync(join(folder, 'ids.txt'), 'utf8').trim().split('\n')
  const ids = [
    ...new Map(lines.map((line) => line.split(' ')).map(([section, , id]) => [id, { section, id }])).values(),
  ]
  const rest = ids.filter(({ id }) => !built.has(id))
  const rowOf = ({ id }) => {
    if (reasons[id] === undefined)
      throw new Error(`${id} is no check, and fixtures/catalogue/not-checked.json does not say why`)
    return `| ${id} | ${reasons[id].kind} | ${reasons[id].why} |`
  }
  const tables = Object.entries(SECTIONS).flatMap(([section, name]) => {
    const rows = rest.filter((one) => one.section === section).map(rowOf)
    return rows.length === 0 ? [] : [`## ${name}\n\n| id | | why |\n| --- | --- | --- |\n${rows.join('\n')}\n`]
  })
  return `# Faults without a check of their own

The catalogue of faults has ${ids.length} ids, and ${ids.length - rest.length} of them are checks. The others stand here, with the reason.

- **in another check**: what it would find is found by the checks that are named
- **no evidence**: nothing that is collected, or could be collected with care, decides it
- **no fault**: harmless, or advice
- **not built**: could be decided, at least in part, and is not yet

${tables.join('\n')}`
}
