/** The packet dies at the right station of the recorded incidents, and gets through where the cluster is healthy. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/case.ts'
import { pathText } from '../../src/report/trace-text.ts'
import { traceAdverts } from '../../src/trace/adverts.ts'
import { traceArp } from '../../src/trace/asking.ts'
import { traceHealthChecks } from '../../src/trace/health-check.ts'
import { traceHook } from '../../src/trace/hook.ts'
import { tracePath } from '../../src/trace/path.ts'
import { caseOf, endOf, stepsOf } from './support.ts'

const CLIENT = '172.16.0.10'
const VIP = '192.168.10.100'
const ASKED = { client: CLIENT, vip: VIP, port: 80, protocol: 6 } as const

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/trace.schema.json'), 'utf8')) as object
const validate = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(schema)

function fits(trace: object): void {
  validate(JSON.parse(JSON.stringify(trace)))
  expect(validate.errors ?? []).toEqual([])
}

const lineOfEnd = (kase: Case): string => tracePath(kase, ASKED).by?.text ?? ''

describe('trace --client --vip', () => {
  it.each([
    ['dr-healthy', 'accept'],
    ['tun-healthy', 'accept'],
    ['nat-healthy', 'accept'],
    ['dr-arp-no-sysctl', 'rs1 arp drop'],
    ['dr-conf-executable', '- arp drop'],
    ['nat-nat-ip-forward-0', 'ds1 forwarding drop'],
    ['tun-tun-rpf-all-strict', 'rs1 rp-filter drop'],
    ['dr2-two-uplinks-no-policy', 'router2 rp-filter drop'],
    ['two-director-is-rs-pingpong', 'ds2 ipvs-again drop'],
    ['lab-dr2-rpf-second-line', 'rs1 rp-filter drop'],
    ['lab-nat-nat-wrong-gateway', 'rs1 gateway drop'],
    ['lab-tun-tun-rpf-strict', 'rs1 rp-filter drop'],
    ['lab-nat-persistent', 'accept'],
    ['lab-two-backup-only', 'accept'],
    // Whose answer counts is chance: both directors have the VIP.
    ['dr-vrrp-drop-policy-both', '- arp unknown'],
  ])('%s: %s', (name, end) => {
    const trace = tracePath(caseOf(name), ASKED)
    expect(endOf(trace)).toBe(end)
    fits(trace)
  })

  it('each VIP has its own way: the fault is on the line of the second one', () => {
    const kase = caseOf('lab-vlan-vlan-rpf-strict')
    expect(endOf(tracePath(kase, ASKED))).toBe('accept')
    expect(endOf(tracePath(kase, { ...ASKED, vip: '192.168.30.100' }))).toBe('rs1 rp-filter drop')
  })

  it('cites the line that decides', () => {
    expect(lineOfEnd(caseOf('nat-nat-ip-forward-0'))).toBe('net.ipv4.conf.eth1.forwarding = 0')
    expect(lineOfEnd(caseOf('tun-tun-rpf-all-strict'))).toMatch(/^net\.ipv4\.conf\.(?:all|tunl0)\.rp_filter = 1$/)
  })

  it('a healthy DR cluster: every station of the way, and nothing is assumed but what nobody can list', () => {
    const trace = tracePath(caseOf('dr-healthy'), ASKED)
    expect(stepsOf(trace, null)).toEqual([
      'client route',
      'client filter-output',
      'router route',
      'router rp-filter',
      'router forwarding',
      'router filter-forward',
      'ds1 arp',
      'ds1 rp-filter',
      'ds1 filter-input',
      'ds1 ipvs',
    ])
    expect(stepsOf(trace, '192.168.10.21:80')).toEqual([
      'ds1 route',
      'ds1 filter-output',
      'rs1 rp-filter',
      'rs1 filter-input',
      'rs1 address',
      'rs1 listener',
      'rs1 reply-route',
      'rs1 filter-output',
      'router reply-route',
      'router rp-filter',
      'router forwarding',
      'router filter-forward',
      'client rp-filter',
      'client filter-input',
      'client client',
    ])
    expect(trace.assumed).toEqual([])
  })

  it('NAT: the answer comes back by the director', () => {
    const steps = stepsOf(tracePath(caseOf('nat-healthy'), ASKED), '10.10.0.21:80')
    expect(steps.filter((step) => step.startsWith('ds1'))).toEqual([
      'ds1 route',
      'ds1 filter-output',
      'ds1 reply-route',
      'ds1 rp-filter',
      'ds1 forwarding',
      'ds1 filter-forward',
      'ds1 ipvs',
    ])
  })

  it('what is missing is assumed, said, and the walk goes on', () => {
    const trace = tracePath(caseOf('dr-healthy', ['client', 'router', 'rs2']), ASKED)
    expect(trace.verdict).toBe('accept')
    expect(trace.assumed).toEqual([
      'packets of 172.16.0.10 reach the link of the VIP',
      'the router 192.168.10.1 passes it on to 172.16.0.10',
      '172.16.0.10 takes the answer (no evidence of it was given)',
      'the real server 192.168.10.22 takes it and answers (no evidence of it was given)',
    ])
    expect(stepsOf(trace, '192.168.10.22:80')).toEqual(['ds1 route', 'ds1 filter-output', '- real-server'])
  })

  it('real servers alone: what the director does cannot be told', () => {
    const trace = tracePath(caseOf('dr-healthy', ['ds1', 'ds2']), ASKED)
    expect(endOf(trace)).toBe('- ipvs unknown')
  })

  it('the picture parts at the director and ends where the packet does', () => {
    const lines = pathText(tracePath(caseOf('tun-tun-rpf-all-strict'), ASKED)).split('\n')
    expect(lines[0]).toBe(lines.at(-2))
    expect(lines.slice(2, 4)).toEqual([
      '  client --> router --> ds1 --+--> router --> rs1 --X rp-filter',
      '                              +--> router --> rs2 --> router --> client',
    ])
  })
})

describe('trace --vrrp', () => {
  it('both directors refuse adverts: the policy of each', () => {
    const trace = traceAdverts(caseOf('dr-vrrp-drop-policy-both'))
    fits(trace)
    expect(trace.trace.filter(({ verdict }) => verdict === 'drop').map(({ host, step }) => `${host} ${step}`)).toEqual([
      'ds1 filter-input',
      'ds2 filter-input',
    ])
    expect(trace.by?.text).toMatch(/^:INPUT DROP/)
  })

  it('seed-vrrp-rejected: the REJECT of the last rule', () => {
    const trace = traceAdverts(caseOf('seed-vrrp-rejected'))
    expect(endOf(trace)).toBe('localhost filter-input reject')
    expect(trace.by?.text).toBe('-A INPUT -j REJECT --reject-with icmp-host-prohibited')
  })

  it('a healthy pair hears each other', () => {
    expect(traceAdverts(caseOf('dr-healthy')).verdict).toBe('accept')
  })
})

describe('trace --arp and --health-check', () => {
  it('the director alone answers; a real server without arp_ignore answers too', () => {
    expect(endOf(traceArp(caseOf('dr-healthy'), { vip: VIP }))).toBe('accept')
    const wrong = traceArp(caseOf('dr-arp-no-sysctl'), { vip: VIP })
    expect(endOf(wrong)).toBe('rs1 arp drop')
    fits(wrong)
  })

  it('each director reaches each real server, and is answered', () => {
    const trace = traceHealthChecks(caseOf('dr-healthy'), { vip: VIP })
    fits(trace)
    expect(trace.verdict).toBe('accept')
    expect([...new Set(trace.trace.map(({ path }) => path))]).toEqual([
      'ds1 -> 192.168.10.21:80',
      'ds1 -> 192.168.10.22:80',
      'ds2 -> 192.168.10.21:80',
      'ds2 -> 192.168.10.22:80',
    ])
  })
})

it('trace --hook fits the schema', () => {
  const packet = { protocol: 112, src: '192.168.10.11', dst: '224.0.0.18' }
  fits(traceHook(caseOf('dr-vrrp-drop-policy-both'), { hook: 'input', packet, host: 'ds2', all: true }))
})
