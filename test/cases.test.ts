/** Every incident: the expected root first, the expected findings, and no other. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CASES, caseNames, expectationOf, findingLines, judgeCase, openChecks } from './cases.ts'

describe.each(caseNames())('case %s', (name) => {
  it('says what is expected, and nothing else', () => {
    expect(existsSync(join(CASES, name, 'expect.json'))).toBe(true)
    const expected = expectationOf(name)
    const report = judgeCase(name)
    const byId = new Map(report.findings.map((finding) => [finding.id, finding]))
    expect(report.results.filter((result) => result.status === 'crashed')).toEqual([])
    expect(byId.get(report.rootCauses[0]?.finding ?? '')?.check ?? null).toBe(expected.root)
    expect(findingLines(report, false)).toEqual(expected.findings)
    expect(findingLines(report, true)).toEqual(expected.notes)
    expect(openChecks(report)).toEqual(expected.notChecked)
    if (expected.services) {
      expect(
        report.services.map(
          (s) => `${s.mode} ${s.vip}:${s.port} by ${s.directors.join(',')} to ${s.realServers.join(',')}`,
        ),
      ).toEqual(expected.services)
    }
    for (const [host, roles] of Object.entries(expected.hosts ?? {})) {
      expect(report.hosts.find((candidate) => candidate.id === host)?.roles).toEqual(roles)
    }
  })

  it('cites lines that stand in the text', () => {
    const report = judgeCase(name)
    for (const finding of report.findings) {
      expect(finding.evidence.length).toBeGreaterThan(0)
      for (const { text, line } of finding.evidence) {
        expect(line).toBeGreaterThan(0)
        expect(text.trim()).not.toBe('')
      }
    }
  })
})
