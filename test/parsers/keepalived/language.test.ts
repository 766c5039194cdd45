/** The language around the keywords: definitions, conditions, sequences, includes. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how keepalived writes its variables
import { describe, expect, it } from 'vitest'
import type { Section } from '../../../src/model/evidence.ts'
import type { ConfNode } from '../../../src/model/facts.ts'
import { keepalivedConf, resolveIncludes } from '../../../src/parsers/keepalived-conf.ts'
import { plain, type SectionOptions, sectionOf } from '../section.ts'

const read = (text: string, options?: SectionOptions) => keepalivedConf.parse(sectionOf(text, options))
const inInstance = (...lines: string[]) => `vrrp_instance VI_1 {\n${lines.join('\n')}\n}`

/** Lines of a tree as keepalived reads them, blocks flattened. */
function lines(nodes: readonly ConfNode[]): string[] {
  return nodes.flatMap((node) => [[node.keyword, ...node.args].join(' '), ...lines(node.children ?? [])])
}

const asRead = (text: string, options?: SectionOptions) => lines(read(text, options).value.root)
const inside = (...text: string[]) => asRead(inInstance(...text)).slice(1)

describe('a definition', () => {
  it('is replaced before a blank, at the end of a line, and in braces anywhere', () => {
    expect(inside('$N=5', 'priority $N', 'virtual_router_id 1${N}1', 'interface eth$N', 'vrf a$N.b')).toEqual([
      'priority 5',
      'virtual_router_id 151',
      'interface eth5',
      'vrf a$N.b',
    ])
  })

  it('counts from its line on, and until the next one of its name', () => {
    expect(inside('priority $N', '$N=5', 'priority $N', '$N=6', 'priority $N')).toEqual([
      'priority $N',
      'priority 5',
      'priority 6',
    ])
  })

  it('takes the values that its own variables have where it is used', () => {
    expect(inside('$BASE=10.2.${SUB}', '$SUB=0', 'x ${BASE}.1', '$SUB=10', 'x ${BASE}.1')).toEqual([
      'x 10.2.0.1',
      'x 10.2.10.1',
    ])
  })

  it('may hold a whole block, and other definitions', () => {
    const text = [
      '$RS= \\',
      'real_server 10.0.0.${RS_NUM} 80 { \\',
      '  weight 1 \\',
      '}',
      '$VS= \\',
      'virtual_server 10.0.${VS_NUM}.4 80 { \\',
      '  $RS_NUM=1 \\',
      '  $RS \\',
      '  $RS_NUM=2 \\',
      '  $RS \\',
      '}',
      '$VS_NUM=7',
      '$VS',
    ].join('\n')
    const { value, ends } = read(text)
    expect(value.virtualServers).toMatchObject([
      { vip: '10.0.7.4', realServers: [{ ip: '10.0.0.1', weight: 1 }, { ip: '10.0.0.2' }], at: { line: 13 } },
    ])
    expect([value.problems, ends]).toEqual([[], true])
  })

  it('of several lines ends at an empty line', () => {
    expect(inside('$A= \\', 'priority 5 \\', '', 'advert_int 1', '$A')).toEqual(['advert_int 1', 'priority 5'])
  })

  it('without an end in sight is not followed', () => {
    const reading = read(inInstance('$A=$A', 'x $A', '$B= \\', '$B \\', '$B', 'y $B'))
    expect(reading.unread.length).toBeGreaterThan(0)
  })

  it('with a blank before = is none', () => {
    expect(plain(read(`$VIP = 10.0.0.1\n${inInstance('priority 1')}`).value.problems)).toMatchObject([
      { kind: 'unknown-keyword', word: '$VIP', didYouMean: '$VIP=10.0.0.1', at: 1 },
    ])
  })

  it('that nobody can know leaves the line unread', () => {
    const reading = read(inInstance('priority ${_RANDOM 1 9}', 'notify ${_PWD}/x', 'vrf ${_ENV HOME}', 'advert_int 1'))
    expect(reading.unread.map(({ at }) => at.line)).toEqual([2, 3, 4])
    expect(read(inInstance('notify ${_PWD}/x'), { path: '/etc/keepalived/keepalived.conf' }).unread).toEqual([])
    expect(asRead(inInstance('notify ${_PWD}/x'), { path: '/etc/keepalived/keepalived.conf' })).toContain(
      'notify /etc/keepalived/x',
    )
  })
})

describe('a line for one configuration id', () => {
  const text = inInstance('@main priority 150', '@^main priority 100', 'advert_int 1')
  const host = (name: string, hostBy: Section['hostBy'] = 'prompt') =>
    lines(keepalivedConf.parse({ ...sectionOf(text, { host: name }), hostBy }).value.root)

  it('counts where the host has that name, up to the first dot', () => {
    expect(host('main.example.org')).toEqual(['vrrp_instance VI_1', 'priority 150', 'advert_int 1'])
  })

  it('says nothing about a host whose name no line asks for: it may have been started with -i', () => {
    const reading = keepalivedConf.parse({ ...sectionOf(text, { host: 'lb2' }), hostBy: 'prompt' })
    expect(reading.unread.map(({ at }) => at.line)).toEqual([2, 3])
    expect(reading.value.instances[0]).not.toHaveProperty('priority')
    expect(reading.value.root[0]?.children?.[0]).toMatchObject({ keyword: 'priority', only: '@main' })
  })

  it('says nothing where only a file name tells the host', () => {
    expect(host('main', 'stem')).toContain('priority 100')
    expect(keepalivedConf.parse({ ...sectionOf(text, { host: 'main' }), hostBy: 'stem' }).unread).toHaveLength(2)
  })

  it('is told by the id given', () => {
    const section = sectionOf(text)
    const id = (configId: string) => lines(resolveIncludes([{ section }], { configId }).value.root)[1]
    expect([id('main'), id('other')]).toEqual(['priority 150', 'priority 100'])
  })

  it('may be a definition', () => {
    const section = sectionOf(`@main $P=7\n@^main $P=8\n${inInstance('priority $P')}`)
    expect(lines(resolveIncludes([{ section }], { configId: 'x' }).value.root)).toContain('priority 8')
    expect(keepalivedConf.parse(section).unread.map(({ at }) => at.line)).toEqual([1, 2, 4])
  })
})

describe('a sequence', () => {
  it.each([
    ['~SEQ(N, 0, 2) x 1${N}', ['x 10', 'x 11', 'x 12']],
    ['~SEQ(N, 2) x $N', ['x 1', 'x 2']],
    ['~SEQ(N, -2) x $N', ['x -1', 'x -2']],
    ['~SEQ(N, 4, -2, 0) x $N', ['x 4', 'x 2', 'x 0']],
    ['~SEQx(N, 0x90, 0x10, 0xb0) x $N', ['x 90', 'x a0', 'x b0']],
    ['~SEQ(A,1,2) ~SEQ(B,5,6) x ${A}${B}', ['x 15', 'x 16', 'x 25', 'x 26']],
    ['~LST(V, a, b) x $V', ['x a', 'x b']],
    ['~LST({V, W}, {1,2},{3,4}) x ${V}-${W}', ['x 1-2', 'x 3-4']],
    ['~LST(V, 1, 2) ~LST(W, 5, 6) x ${V}${W}', ['x 15', 'x 16', 'x 25', 'x 26']],
    ['$BLOCK= \\\nx ${N} \\\ny ${N}\n~SEQ(N, 1, 2) $BLOCK', ['x 1', 'y 1', 'x 2', 'y 2']],
  ])('%s', (text, expected) => {
    expect(inside(text)).toEqual(expected)
  })

  it.each(['~SEQ(N)', '~SEQ(N, 1, 0, 2) x', '~SEQ(N, 5, 1, 2) x', '~SEQ N x', '~LST(N) x', '~LST({A}, {1,2}) x'])(
    '%s is none',
    (text) => {
      expect(read(inInstance(text)).value.problems).toMatchObject([{ kind: 'invalid-value', at: { line: 2 } }])
    },
  )

  it('of a million lines is cut short, and said to be', () => {
    const reading = read(
      `~SEQ(A,1,1000) ~SEQ(B,1,1000) track_file f\${A}.\${B} { file /x }\n${inInstance('priority 1')}`,
    )
    expect(reading.unread).toMatchObject([{ at: { line: 1 } }])
  })
})

describe('quotes, escapes and continuation', () => {
  it('a quoted word keeps blanks, braces and comment signs', () => {
    expect(inside('notify "/bin/x { # ! }"', 'authentication{auth_type PASS}')).toEqual([
      'notify /bin/x { # ! }',
      'authentication',
      'auth_type PASS',
    ])
  })

  it('an escaped comment sign is part of its word', () => {
    expect(inside('vrf a\\#b\\!c # x', 'vrf "a\\#b"')).toEqual(['vrf a#b!c', 'vrf a\\#b'])
  })

  it('a backslash at the end continues nothing but a definition', () => {
    expect(inside('priority \\', '100')).toEqual(['priority\\', '100'])
  })

  it('a comment that ends in a backslash leaves it behind, as an unknown keyword', () => {
    expect(read(inInstance('# see \\')).value.problems).toMatchObject([{ kind: 'unknown-keyword', word: '\\' }])
  })

  it('a quote without its partner takes the rest of the line', () => {
    expect(plain(read(inInstance('notify "/bin/x', 'priority 1')).value.problems)).toMatchObject([
      { kind: 'unterminated-quote', at: 2, column: 8 },
      { kind: 'missing-argument', word: 'notify', at: 2 },
    ])
  })

  it('a line of more than 1023 bytes is read differently by each release', () => {
    const reading = read(inInstance(`# ${'x'.repeat(1022)}`, `# ${'x'.repeat(1000)}`, `# ${'好'.repeat(341)}`))
    expect(reading.value.problems).toMatchObject([
      { kind: 'line-too-long', at: { line: 2 } },
      { kind: 'line-too-long', at: { line: 4 } },
    ])
    expect(reading.unread).toHaveLength(2)
  })

  it('Windows line ends and tabs are blanks', () => {
    expect(asRead('vrrp_instance A\r\n{\r\n\tpriority\t5\r\n}\r\n'.replaceAll('\n', '\n'))).toEqual([
      'vrrp_instance A',
      'priority 5',
    ])
  })
})

describe('an included file', () => {
  const file = (path: string, text: string) => ({ path, section: { ...sectionOf(text, { path }), id: path } })
  const main = (text: string) => file('/etc/keepalived/keepalived.conf', text)
  const tree = (...files: ReturnType<typeof file>[]) => lines(resolveIncludes(files).value.root)

  it('stands where its include stands, even inside a block, whatever the order of the files', () => {
    const vips = file('/etc/keepalived/conf.d/vips.conf', '10.0.0.1\n10.0.0.2')
    const conf = main(inInstance('virtual_ipaddress {', 'include conf.d/vips.conf', '}', 'priority 5'))
    const expected = ['vrrp_instance VI_1', 'virtual_ipaddress', '10.0.0.1', '10.0.0.2', 'priority 5']
    expect(tree(conf, vips)).toEqual(expected)
    expect(tree(vips, conf)).toEqual(expected)
    expect(resolveIncludes([conf, vips]).value.instances[0]?.vips[1]).toMatchObject({
      ip: '10.0.0.2',
      at: { section: '/etc/keepalived/conf.d/vips.conf', line: 2 },
    })
  })

  it('is found by a pattern, in the order of the names', () => {
    const conf = main('include /etc/keepalived/conf.d/{a,b}*.conf\ninclude conf.d/x?.conf')
    const parts = ['b1', 'xx', 'a2', 'a1', 'c1'].map((name) =>
      file(`/etc/keepalived/conf.d/${name}.conf`, `vrrp_instance ${name} {\n}`),
    )
    expect(tree(conf, ...parts).map((line) => line.split(' ')[1])).toEqual(['a1', 'a2', 'b1', 'xx', 'c1'])
  })

  it('starts from the folder of the file that includes it', () => {
    const conf = main('include conf.d/a.conf')
    const a = file('/etc/keepalived/conf.d/a.conf', 'include more/b.conf')
    const b = file('/etc/keepalived/conf.d/more/b.conf', 'vrrp_instance B {\n}')
    expect(tree(conf, a, b)).toEqual(['vrrp_instance B'])
  })

  it('takes definitions along, and leaves its own behind', () => {
    const conf = main(`$P=7\ninclude a.conf\n${inInstance('virtual_router_id $V')}`)
    const a = file('/etc/keepalived/a.conf', 'vrrp_instance A {\npriority $P\n}\n$V=9')
    expect(tree(conf, a)).toEqual(['vrrp_instance A', 'priority 7', 'vrrp_instance VI_1', 'virtual_router_id 9'])
  })

  it('given under a short name is compared by the end of its path', () => {
    const conf = file('keepalived.conf', 'include /etc/keepalived/conf.d/*.conf')
    expect(tree(conf, file('conf.d/a.conf', 'vrrp_instance A {\n}'))).toEqual(['vrrp_instance A'])
  })

  it('that is not at hand is listed, and what it may define is not judged', () => {
    const { value, unread } = resolveIncludes([main(`include a.conf\n${inInstance('priority $P', '$X')}`)])
    expect(plain(value.unresolved)).toEqual([{ value: 'a.conf', at: 1 }])
    expect(value.problems).toEqual([])
    expect(unread.map(({ at }) => at.line)).toEqual([3, 4])
  })

  it('in quotes is not found by keepalived either', () => {
    const { value } = resolveIncludes([
      main('include "a.conf"'),
      file('/etc/keepalived/a.conf', 'vrrp_instance A {\n}'),
    ])
    expect(plain(value.unresolved)).toEqual([{ value: '"a.conf"', at: 1 }])
  })

  it.each(['include', 'includer', 'includem', 'includew', 'includeb', 'includea'])('may be asked for by %s', (word) => {
    expect(tree(main(`${word} a.conf`), file('/etc/keepalived/a.conf', 'vrrp_instance A {\n}'))).toHaveLength(1)
  })

  it('that includes itself, or others a thousandfold, has an end', () => {
    const twice = (name: string) => `include ${name}\n`.repeat(50)
    const files = [
      main(twice('a.conf')),
      ...'abcdefgh'.split('').map((name, i) => file(`/etc/keepalived/${name}.conf`, twice(`${'bcdefgha'[i]}.conf`))),
    ]
    expect(resolveIncludes(files).value.unresolved?.length).toBeGreaterThan(0)
  })

  it('alone, without a block, is a part of something', () => {
    expect(keepalivedConf.parse(sectionOf('10.0.0.1\n10.0.0.2', { path: '/etc/keepalived/vips.conf' }))).toMatchObject({
      partial: true,
      value: { problems: [], instances: [] },
    })
  })
})
