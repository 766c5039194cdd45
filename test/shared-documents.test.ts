/** The raw documents and recordings the project started from, where their folder lies beside the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnose } from '../src/engine/index.ts'
import type { Finding, Report } from '../src/model/report.ts'
import { readFolder } from './cases.ts'

const SHARED = resolve(import.meta.dirname, '../../shared')

const judgeSeed = (number: string): Report => {
  const folder = join(SHARED, 'seeds')
  const name = readdirSync(folder).find((file) => file.startsWith(`${number}_`)) ?? ''
  return diagnose([{ name, bytes: readFileSync(join(folder, name)) }], { version: '0.0.0-test' })
}
const named = (report: Report, check: string): readonly Finding[] =>
  report.findings.filter((finding) => finding.check === check)
const criticals = (report: Report): readonly string[] =>
  report.findings.filter((f) => f.severity === 'critical').map((f) => f.check)
const linesOf = (finding: Finding | undefined): readonly string[] =>
  finding?.evidence.map((line) => line.text.trim()) ?? []

describe.skipIf(!existsSync(join(SHARED, 'seeds')))('seed documents, as they stand', () => {
  it('000: VRRP rejected, a sysctl with blanks, three unanswered connections', () => {
    const report = judgeSeed('000')
    expect(linesOf(named(report, 'vrrp-blocked-input')[0])).toContain(
      '-A INPUT -j REJECT --reject-with icmp-host-prohibited',
    )
    expect(named(report, 'sysctl-spaces')).toHaveLength(1)
    expect(named(report, 'cap-syn-unanswered')).toHaveLength(1)
    expect(named(report, 'cap-syn-unanswered')[0]?.data).toMatchObject({ connections: 3 })
  })

  it('001: the MAC of 10.65.32.31 changed, both lines cited', () => {
    const [finding, ...more] = named(judgeSeed('001'), 'arp-vip-mac-changed')
    expect(more).toEqual([])
    expect(linesOf(finding).filter((line) => line.startsWith('10.65.32.31 '))).toHaveLength(2)
  })

  it('002: nothing critical; persistence hides the balancing', () => {
    const report = judgeSeed('002')
    expect(criticals(report)).toEqual([])
    expect(named(report, 'persistence-hides-rr').map((finding) => finding.severity)).toContain('note')
  })

  it('003: the typo is the root, the missing VIP its effect', () => {
    const report = judgeSeed('003')
    const root = report.findings.find((finding) => finding.id === report.rootCauses[0]?.finding)
    expect(root?.check).toBe('keepalived-unknown-keyword')
    for (const effect of named(report, 'vrrp-instance-no-vip')) {
      const cause = report.findings.find((finding) => finding.id === effect.explainedBy)
      expect(cause?.check).toBe('keepalived-unknown-keyword')
      expect(cause?.hosts).toEqual(effect.hosts)
    }
    expect(named(report, 'vrrp-instance-no-vip').length).toBeGreaterThan(0)
  })

  it('004: who is who, where the VIP was last, and nothing critical at the end', () => {
    const report = judgeSeed('004')
    const roles = Object.fromEntries(report.hosts.map((host) => [host.id, host.roles]))
    expect(roles).toMatchObject({
      ds1: ['director'],
      ds2: ['director'],
      rs1: ['real-server'],
      rs2: ['real-server'],
      rs3: ['real-server'],
    })
    expect(report.services).toMatchObject([{ vip: '192.168.1.184', port: 80, mode: 'TUN' }])
    expect(report.hosts.filter((host) => host.vips.includes('192.168.1.184')).map((host) => host.id)).toEqual(['ds1'])
    expect(criticals(report)).toEqual([])
    expect(named(report, 'keepalived-not-enabled').length).toBeGreaterThan(0)
  })
})

const ROOTS = {
  'dr-healthy': null,
  'tun-healthy': null,
  'nat-healthy': null,
  'dr-vrrp-drop-policy-both': 'vrrp-blocked-input',
  'dr-conf-executable': 'keepalived-conf-executable',
  'dr-arp-no-sysctl': 'rs-arp-ignore-missing',
  'dr2-two-uplinks-no-policy': 'rs-multiline-return',
  'tun-tun-rpf-all-strict': 'rp-filter-iface-zero-all-one',
  'two-director-is-rs-pingpong': 'lvs-pingpong',
  'nat-nat-ip-forward-0': 'ip-forward-off-nat',
} as const

describe.skipIf(!existsSync(join(SHARED, 'incidents')))('recorded clusters', () => {
  it.each(Object.entries(ROOTS))('%s: %s', (folder, root) => {
    const report = diagnose(readFolder(join(SHARED, 'incidents', folder)), { version: '0.0.0-test' })
    const first = report.findings.find((finding) => finding.id === report.rootCauses[0]?.finding)
    expect(first?.check ?? null).toBe(root)
    if (root === null) expect(report.findings.filter((finding) => finding.severity !== 'note')).toEqual([])
  })
})
