import { describe, expect, it } from 'vitest'
import { outline, read, unread } from './read.ts'

const HEAD = '#@ lvsdoctor collect 1 host=ds1 time=1790000000'

describe('text of the collector', () => {
  it('trusts its marks', () => {
    const { sections } = read(
      [HEAD, '#@ run hostname: hostname', 'ds1', '#@ end hostname exit=0 lines=1', '#@ done probes=1', ''].join('\n'),
    )
    expect(sections).toEqual([
      {
        id: 'ds1.txt#1',
        source: 'ds1.txt',
        host: 'ds1',
        hostBy: 'frame',
        probe: 'hostname',
        command: 'hostname',
        shape: 'hostname',
        takenAt: 1_790_000_000_000,
        exit: 0,
        lines: ['ds1'],
        firstLine: 3,
        commandLine: 2,
        order: 1,
        whole: true,
      },
    ])
  })

  it('keeps blank lines, prompts and fences of an output as they are', () => {
    const body = ['', '[root@other ~]# ip a', '```', '']
    const { sections } = read(
      [HEAD, '#@ run x: cat notes', ...body, '#@ end x exit=0 lines=4', '#@ done probes=1'].join('\n'),
    )
    expect(sections.map((s) => s.lines)).toEqual([body])
    expect(sections[0]?.whole).toBe(true)
  })

  it('undoes the guard before lines that look like marks', () => {
    const { sections } = read(
      [HEAD, '#@ run x: cat y', '#@| #@ end x exit=0 lines=0', '#@ end x exit=0 lines=1', '#@ done probes=1'].join(
        '\n',
      ),
    )
    expect(sections[0]).toMatchObject({ lines: ['#@ end x exit=0 lines=0'], whole: true })
  })

  it.each([
    ['no end mark', ['#@ run ip-addr: ip addr', '1: lo: <LOOPBACK>']],
    ['lines lost', ['#@ run ip-addr: ip addr', '1: lo: <LOOPBACK>', '#@ end ip-addr exit=0 lines=2']],
    ['the end of another', ['#@ run ip-addr: ip addr', '1: lo: <LOOPBACK>', '#@ end ip-rule exit=0 lines=1']],
    [
      'stopped at the byte limit',
      ['#@ run ip-addr: ip addr', '1: lo: <LOOPBACK>', '#@ end ip-addr exit=0 lines=1 cut=1'],
    ],
  ])('vouches for nothing: %s', (_name, lines) => {
    expect(read([HEAD, ...lines].join('\n')).sections[0]?.whole).toBe(false)
  })

  it.each([
    ['no-such-tool', 127],
    ['denied', 126],
    ['not-loaded', 125],
    ['something-new', undefined],
  ])('skip: %s', (why, exit) => {
    const [section] = read(`${HEAD}\n#@ skip ipvsadm: ${why}\n#@ done probes=1`).sections
    expect(section).toMatchObject({ probe: 'ipvsadm', shape: 'ipvsadm', lines: [], whole: true })
    expect(section?.exit).toBe(exit)
  })

  it('reads what was pasted behind a copy that was cut off', () => {
    const transcript = read(
      [
        HEAD,
        '#@ run ip-rule: ip rule',
        '0:\tfrom all lookup local',
        '[root@ds2 ~]# hostname',
        'ds2',
        '[root@ds2 ~]#',
      ].join('\n'),
    )
    expect(outline(transcript)).toEqual(['ds1:ip-rule ip rule @3+1', 'ds2:hostname hostname @5+1 *'])
  })

  it('reads a frame whose head is lost, under the name of the source', () => {
    const transcript = read('#@ run hostname: hostname\nds1\n#@ end hostname exit=0 lines=1\n#@ done probes=1\n', {
      name: 'rs7.txt',
    })
    expect(outline(transcript)).toEqual(['rs7:hostname hostname @2+1 *'])
  })

  it('reads two collections, prose between them, and drops no stray line', () => {
    const one = (host: string): string[] => [
      `#@ lvsdoctor collect 1 host=${host} time=1`,
      '#@ run hostname: hostname',
      host,
      '#@ end hostname exit=0 lines=1',
      '#@ done probes=1',
    ]
    const stray = read([...one('ds1'), 'and the second:', ...one('ds2').toSpliced(4, 0, 'eth7 is stray')].join('\n'))
    expect(outline(stray)).toEqual(['ds1:hostname hostname @3+1 *', 'ds2:hostname hostname @9+1 *'])
    expect(unread(stray)).toContain(11)
  })

  it('shows the path of a file that was printed', () => {
    const [section] = read(
      `${HEAD}\n#@ run keepalived-conf: cat /etc/keepalived/keepalived.conf\nglobal_defs {\n}\n#@ end keepalived-conf exit=0 lines=2\n`,
    ).sections
    expect(section).toMatchObject({ shape: 'keepalived-conf', path: '/etc/keepalived/keepalived.conf', whole: true })
  })
})
