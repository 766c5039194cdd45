/** Every case's report fits the schema that is published for it, and references inside it hold. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { caseNames, judgeCase } from './cases.ts'

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../docs/report.schema.json'), 'utf8')) as object
const validate = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(schema)

describe.each(caseNames())('report of %s', (name) => {
  const report = judgeCase(name)

  it('fits docs/report.schema.json', () => {
    validate(JSON.parse(JSON.stringify(report)))
    expect(validate.errors ?? []).toEqual([])
  })

  it('names only findings, hosts and checks that exist', () => {
    const ids = new Set(report.findings.map((finding) => finding.id))
    for (const root of report.rootCauses) for (const id of [root.finding, ...root.explains]) expect(ids).toContain(id)
    for (const finding of report.findings) if (finding.explainedBy !== null) expect(ids).toContain(finding.explainedBy)
    const hosts = new Set(report.hosts.map((host) => host.id))
    for (const finding of report.findings) for (const host of finding.hosts) expect(hosts).toContain(host)
    const { coverage, results } = report
    const sum =
      coverage.fail +
      coverage.pass +
      coverage.notApplicable +
      coverage.undecided +
      coverage.notChecked +
      coverage.crashed
    expect(sum).toBe(results.length)
    expect(coverage.total).toBe(results.length)
  })
})
