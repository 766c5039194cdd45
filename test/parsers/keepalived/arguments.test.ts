/** What is wrong with the arguments of a configuration, and where exactly. */
import { describe, expect, it } from 'vitest'
import { keepalivedConf, resolveIncludes } from '../../../src/parsers/keepalived-conf.ts'
import { plain, sectionOf } from '../section.ts'

const read = (text: string) => keepalivedConf.parse(sectionOf(text)).value
const problems = (text: string) => plain(read(text).problems.filter(({ kind }) => kind !== 'version-dependent'))
const instance = (...lines: string[]) => ['vrrp_instance VI_1 {', ...lines, '}'].join('\n')
const service = (...lines: string[]) => ['virtual_server 10.0.0.1 80 {', ...lines, '}'].join('\n')

describe('a value', () => {
  it('out of range is named with its column and the range', () => {
    expect(problems(instance('    virtual_router_id 300'))).toEqual([
      {
        kind: 'out-of-range',
        word: 'virtual_router_id',
        at: 2,
        column: 23,
        value: '300',
        range: '1 to 255',
        within: ['vrrp_instance VI_1'],
      },
    ])
  })

  it.each([
    ['priority high', 'invalid-value', '1 to 255'],
    ['priority 0', 'out-of-range', '1 to 255'],
    ['advert_int 0.001', 'out-of-range', '0.01 to 255'],
    ['advert_int 1s', 'invalid-value', '0.01 to 255'],
    ['state Master', 'invalid-value', 'MASTER or BACKUP'],
    ['strict_mode maybe', 'invalid-value', 'true, on, yes, false, off or no'],
    ['interface enp0s31f6.4094.1', 'too-long', 'at most 15 characters'],
    ['unicast_src_ip 10.0.0.256', 'invalid-value', 'an IP address'],
    ['authentication {\nauth_type MD5\n}', 'invalid-value', 'AH or PASS'],
    ['virtual_ipaddress {\n10.0.0.1/33\n}', 'out-of-range', '0 to 32'],
    ['virtual_ipaddress {\n10.0.0.1 de eth0\n}', 'invalid-value', 'an option of an address'],
    ['unicast_peer {\n10.0.0\n}', 'invalid-value', 'an IP address'],
    ['virtual_ipaddress {\n10.0.0.1\nfd00::1\n}', 'invalid-value', 'IPv4 like the addresses before'],
  ])('%s is %s', (line, kind, range) => {
    expect(problems(instance(line))).toMatchObject([{ kind, range }])
  })

  it('of a service is judged like the rest', () => {
    expect(
      problems(
        service(
          'lb_algo robin',
          'lb_kind dr',
          'protocol tcp',
          'persistence_timeout 0',
          'real_server 10.0.0.2 80 {\nweight -1\nTCP_CHECK {\nconnect_timeout 0\n}\n}',
        ),
      ),
    ).toMatchObject([
      { word: 'lb_algo', at: 2, value: 'robin' },
      { word: 'lb_kind', at: 3, range: 'NAT, DR or TUN' },
      { word: 'persistence_timeout', at: 5, range: '1 to 2678400' },
      { word: 'weight', at: 7, range: '0 to 2147483647' },
      { word: 'connect_timeout', at: 9, range: '0.000001 to 4294.967295' },
    ])
  })

  it('that a variable holds is judged where it is used', () => {
    expect(problems(`$PRIO=300\n${instance('priority $PRIO')}`)).toMatchObject([
      { kind: 'out-of-range', at: 3, column: 1, value: '300' },
    ])
  })

  it('in a line for other hosts perhaps is not judged', () => {
    expect(problems(instance('@lb1 priority 300'))).toEqual([])
  })

  it.each(['""', '+4', '003'])('%s is a number to keepalived', (text) => {
    expect(problems(instance(`debug ${text}`))).toEqual([])
  })
})

describe('a missing argument', () => {
  it('ends keepalived', () => {
    expect(problems(instance('priority'))).toMatchObject([
      { kind: 'missing-argument', word: 'priority', at: 2, column: 9, fatal: true },
    ])
  })

  it('of some keywords costs the line only', () => {
    const [problem] = read('global_defs {\nrouter_id\n}').problems
    expect(problem).toMatchObject({ kind: 'missing-argument', word: 'router_id' })
    expect(problem).not.toHaveProperty('fatal')
  })
})

describe('names', () => {
  it('of two instances must differ: the second is skipped', () => {
    const text = `${instance('priority 1')}\n${instance('priority 2', 'virtual_ipaddress {\n10.0.0.1\n}')}`
    expect(problems(text)).toMatchObject([{ kind: 'duplicate-name', word: 'vrrp_instance', value: 'VI_1', at: 4 }])
    expect(read(text).instances).toMatchObject([{ name: 'VI_1', priority: { value: 1 } }])
  })

  it('of a script stand before the instance that tracks it', () => {
    const script = 'vrrp_script chk {\nscript /bin/true\n}'
    const tracking = instance('track_script {\nchk\n}')
    expect(problems(`${script}\n${tracking}`)).toEqual([])
    expect(problems(`${tracking}\n${script}`)).toMatchObject([
      { kind: 'undefined-reference', word: 'chk', at: 3, within: ['vrrp_instance VI_1', 'track_script'] },
    ])
  })

  it('of a script that has no command are not there', () => {
    const text = `vrrp_script chk {\ninterval 2\n}\n${instance('track_script {\nchk\n}')}`
    expect(problems(text)).toMatchObject([
      { kind: 'incomplete-block', word: 'vrrp_script', at: '1-3', range: 'script' },
      { kind: 'undefined-reference', word: 'chk', at: 6 },
    ])
    expect(read(text).scripts).toEqual([])
  })

  it('of groups and their members may stand in any order', () => {
    const group = 'vrrp_sync_group G {\ngroup {\nVI_1 VI_2\n}\n}'
    expect(problems(`${group}\n${instance('priority 1')}`)).toMatchObject([
      { kind: 'undefined-reference', value: 'VI_2', at: 3, column: 6, range: 'vrrp_instance' },
    ])
    expect(problems('virtual_server group WEB {\n}')).toMatchObject([
      { kind: 'undefined-reference', value: 'WEB', range: 'virtual_server_group' },
    ])
  })

  it('are not missed where a file was not seen', () => {
    expect(problems(`include scripts.conf\n${instance('track_script {\nchk\n}')}`)).toEqual([])
    const main = {
      section: sectionOf(`include s.conf\n${instance('track_script {\nchk\n}')}`),
      path: '/etc/k/keepalived.conf',
    }
    const scripts = { section: { ...sectionOf('vrrp_script other {\nscript /x\n}'), id: 's' }, path: '/etc/k/s.conf' }
    expect(resolveIncludes([main, scripts]).value.problems).toMatchObject([
      { kind: 'undefined-reference', word: 'chk' },
    ])
  })
})

describe('a keyword', () => {
  it('of another block is told its block', () => {
    expect(problems(instance('real_server 10.0.0.1 80'))).toMatchObject([
      { kind: 'unknown-keyword', word: 'real_server', column: 1, belongs: ['virtual_server'] },
    ])
  })

  it('that may stand once is ignored the second time', () => {
    expect(problems(instance('notify_master /a', 'notify_master /b'))).toMatchObject([{ kind: 'repeated', at: 3 }])
    expect(problems(instance('state MASTER', 'state BACKUP'))).toMatchObject([{ kind: 'repeated', at: 3 }])
  })

  it('that was renamed still works', () => {
    expect(problems(instance('lvs_sync_daemon_interface eth0'))).toMatchObject([
      { kind: 'deprecated-keyword', didYouMean: 'lvs_sync_daemon' },
    ])
  })

  it('that not every release knows names the release, once', () => {
    expect(read(instance('no_virtual_ipaddress', 'no_virtual_ipaddress')).problems).toMatchObject([
      {
        kind: 'version-dependent',
        word: 'no_virtual_ipaddress',
        since: expect.stringMatching(/^2\./),
        at: { line: 2 },
      },
    ])
  })
})

describe('a server', () => {
  it('whose address is none is left out with all it holds', () => {
    const text = service('real_server web1 80 {\nweight x\n}', 'real_server 10.0.0.3 80 {\n}')
    expect(problems(text)).toMatchObject([{ kind: 'invalid-value', word: 'real_server', value: 'web1', at: 2 }])
    expect(read(text).virtualServers[0]?.realServers).toMatchObject([{ ip: '10.0.0.3' }])
  })

  it('of another family than its service is left out, unless it is tunnelled', () => {
    const server = 'real_server fd00::2 80 {\n}'
    expect(problems(service('lb_kind DR', server))).toMatchObject([{ word: 'real_server', at: '3-4' }])
    expect(problems(service('lb_kind TUN', server))).toEqual([])
  })
})

describe('a check', () => {
  it('without what it needs is left out', () => {
    const server = (...lines: string[]) => service(['real_server 10.0.0.2 80 {', ...lines, '}'].join('\n'))
    expect(problems(server('HTTP_GET {\nurl {\nstatus_code 200\n}\n}'))).toMatchObject([
      { kind: 'incomplete-block', word: 'url', range: 'path' },
      { kind: 'incomplete-block', word: 'HTTP_GET', range: 'url' },
    ])
    expect(problems(server('MISC_CHECK {\nmisc_timeout 3\n}'))).toMatchObject([{ range: 'misc_path' }])
  })
})

describe('hostile arguments', () => {
  it.each([
    ['names', Array.from({ length: 30_000 }, (_, i) => `vrrp_script s${i} {\nscript /x\n}`).join('\n')],
    ['states', instance(...new Array<string>(100_000).fill('state MASTER'))],
    ['references', instance('track_script {', ...Array.from({ length: 100_000 }, (_, i) => `s${i}`), '}')],
    ['options', instance(`virtual_ipaddress {\n10.0.0.1 ${'dev a '.repeat(150)}\n}`)],
    ['blocks in one another', `${'virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n'.repeat(20_000)}`],
  ])('%s are judged in linear time', (_what, text) => {
    const start = performance.now()
    read(text)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
