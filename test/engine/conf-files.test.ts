/** Bare keepalived.conf files on the command line: `check a.conf conf.d/*.conf`, `check a.conf b.conf`. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/engine/index.ts'
import type { Report } from '../../src/model/report.ts'

const instance = (name: string, priority: number, vip = '10.0.0.1') =>
  `vrrp_instance ${name} {\n    state BACKUP\n    interface eth0\n    virtual_router_id 51\n    priority ${priority}\n    virtual_ipaddress {\n        ${vip}\n    }\n}\n`

/** Files by the path as typed; a report names them by their last part, as the command line does. */
function check(files: Readonly<Record<string, string>>): Report {
  const paths = Object.keys(files)
  const short = paths.map((path) => path.split('/').at(-1) ?? path)
  const inputs = paths.map((path, index) => {
    const name = short.filter((one) => one === short[index]).length > 1 ? path : (short[index] ?? path)
    return { name, path, bytes: new TextEncoder().encode(files[path]) }
  })
  return diagnose(inputs, { version: '0.0.0-test' })
}

const hostsOf = (report: Report) => report.hosts.map(({ id, sources }) => [id, ...sources])
const statusOf = (report: Report, check: string, target: string) =>
  report.results.find((result) => result.check === check && result.target === target)?.status

describe('files that one of them includes', () => {
  it('are one configuration of one host', () => {
    const report = check({
      'a.conf': 'global_defs {\n    router_id A\n}\ninclude conf.d/*.conf\n',
      'conf.d/vi1.conf': instance('VI_1', 100),
      'conf.d/vi2.conf': instance('VI_2', 90, '10.0.0.2').replace('id 51', 'id 52'),
    })
    expect(hostsOf(report)).toEqual([['a', 'a.conf', 'vi1.conf', 'vi2.conf']])
    expect(statusOf(report, 'keepalived-include-no-match', 'a')).toBe('pass')
    expect(statusOf(report, 'keepalived-unknown-keyword', 'a')).toBe('pass')
  })

  it('are cited where they stand', () => {
    const report = check({ 'a.conf': 'include conf.d/*.conf\n', 'conf.d/vi1.conf': instance('VI_1', 300) })
    const finding = report.findings.find(({ check }) => check === 'keepalived-line-rejected')
    expect(finding?.evidence).toMatchObject([{ source: 'vi1.conf', line: 5, column: 14, host: 'a' }])
  })

  it('may be named as they are called on the host', () => {
    const report = check({
      'a.conf': 'global_defs {\n}\ninclude /etc/keepalived/conf.d/*.conf\n',
      'etc/keepalived/conf.d/vi1.conf': instance('VI_1', 100),
    })
    expect(hostsOf(report)).toEqual([['a', 'a.conf', 'vi1.conf']])
  })

  it('may include others in turn', () => {
    const report = check({
      'a.conf': 'include conf.d/all.conf\n',
      'conf.d/all.conf': 'global_defs {\n}\ninclude more.conf\n',
      'conf.d/more.conf': instance('VI_1', 100),
    })
    expect(hostsOf(report)).toEqual([['a', 'a.conf', 'all.conf', 'more.conf']])
  })

  it('give a name that is looked up across them: a script above the line that includes who tracks it', () => {
    const tracking = instance('VI_1', 100).replace(
      '    priority',
      '    track_script {\n        chk\n    }\n    priority',
    )
    const script = 'vrrp_script chk {\n    script /bin/true\n}\n'
    const right = check({ 'a.conf': `${script}include vi.conf\n`, 'vi.conf': tracking })
    expect(statusOf(right, 'track-script-undefined', 'a')).toBe('pass')
    const late = check({ 'a.conf': `include vi.conf\n${script}`, 'vi.conf': tracking })
    expect(statusOf(late, 'track-script-undefined', 'a')).toBe('fail')
  })

  it('leave a pattern open that none of them fits: the host may have some', () => {
    const report = check({
      'a.conf': 'include conf.d/*.conf\ninclude extra.d/*.conf\n',
      'conf.d/vi1.conf': instance('VI_1', 100),
    })
    expect(statusOf(report, 'keepalived-include-no-match', 'a')).toBe('undecided')
  })

  it('are no reason to be one host where two of them include it: it may be of either', () => {
    const report = check({
      'a.conf': `include common.conf\n${instance('VI_1', 100)}`,
      'b.conf': `include common.conf\n${instance('VI_1', 90)}`,
      'common.conf': 'global_defs {\n}\n',
    })
    expect(hostsOf(report).map(([id]) => id)).toEqual(['a', 'b', 'common'])
  })
})

describe('two bare files', () => {
  it('are two nodes, and their failover is rehearsed', () => {
    const report = check({ 'a.conf': instance('VI_1', 100), 'b.conf': instance('VI_1', 90) })
    expect(hostsOf(report)).toEqual([
      ['a', 'a.conf'],
      ['b', 'b.conf'],
    ])
    const [rehearsal] = report.rehearsals ?? []
    expect(rehearsal).toMatchObject({ instance: 'VI_1', vips: ['10.0.0.1'], nodes: ['a', 'b'] })
    expect(rehearsal?.rows).toContainEqual({
      failure: 'a dies',
      host: 'a',
      before: 'a',
      during: 'b',
      after: 'a',
      failsOver: true,
      because: null,
    })
  })

  it('do not include one another because a pattern for a folder of the host fits their names', () => {
    const include = 'include /etc/keepalived/conf.d/*.conf\n'
    const report = check({ 'a.conf': include + instance('VI_1', 100), 'b.conf': include + instance('VI_1', 90) })
    expect(hostsOf(report).map(([id]) => id)).toEqual(['a', 'b'])
  })

  it('called keepalived.conf both are named by their folders, and not made one', () => {
    const report = check({
      'lvs1/etc/keepalived/keepalived.conf': instance('VI_1', 100),
      'lvs2/etc/keepalived/keepalived.conf': instance('VI_1', 90),
    })
    expect(hostsOf(report).map(([id]) => id)).toEqual(['lvs1', 'lvs2'])
    expect(report.rehearsals).toHaveLength(1)
  })

  it('keep their own includes', () => {
    const report = check({
      'lvs1/keepalived.conf': `include vi.conf\n`,
      'lvs1/vi.conf': instance('VI_1', 100),
      'lvs2/keepalived.conf': `include vi.conf\n`,
      'lvs2/vi.conf': instance('VI_1', 90),
    })
    expect(hostsOf(report)).toEqual([
      ['lvs1', 'lvs1/keepalived.conf', 'lvs1/vi.conf'],
      ['lvs2', 'lvs2/keepalived.conf', 'lvs2/vi.conf'],
    ])
    expect(report.rehearsals?.[0]?.nodes).toEqual(['lvs1', 'lvs2'])
  })
})
