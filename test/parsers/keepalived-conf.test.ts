import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { keepalivedConf } from '../../src/parsers/keepalived-conf.ts'
import { SAMPLES } from './keepalived/samples.ts'
import { plain, type SectionOptions, sectionOf } from './section.ts'

const read = (text: string, options?: SectionOptions) => keepalivedConf.parse(sectionOf(text, options))
const sample = (name: string) => read(SAMPLES[name] ?? '').value
const problems = (text: string, options?: SectionOptions) => plain(read(text, options).value.problems)
const instance = (...lines: string[]) => `vrrp_instance VI_1 {\n${lines.join('\n')}\n}`

describe('an unknown keyword', () => {
  it('is reported once, with the keyword that was meant', () => {
    expect(plain(sample('a blank inside a keyword').problems)).toEqual([
      {
        kind: 'unknown-keyword',
        word: 'virtual',
        at: 7,
        column: 5,
        didYouMean: 'virtual_ipaddress',
        within: ['vrrp_instance VI_1'],
        loses: [8, 10],
      },
    ])
  })

  it('costs its block and what follows it in the block around, as in keepalived', () => {
    const [lost] = sample('lines after an unknown block').instances
    expect(lost).toMatchObject({ priority: { value: 100 }, vips: [] })
    expect(lost).not.toHaveProperty('vipBlock')
    expect(lost).not.toHaveProperty('nopreempt')
  })

  it('stays visible in the tree where its author wrote it', () => {
    const [node] = sample('a blank inside a keyword').root
    expect(node?.children?.at(-1)).toMatchObject({ keyword: 'virtual', args: ['_ipaddress'] })
    expect(node?.children?.at(-1)?.children).toMatchObject([{ keyword: '10.0.0.200' }])
  })

  it.each([
    ['virtual_ipadress', 'virtual_ipaddress'],
    ['virtual_ip', 'virtual_ipaddress'],
    ['virtual_routerid', 'virtual_router_id'],
    ['virutal_router_id', 'virtual_router_id'],
    ['Priority', 'priority'],
    ['advert_interval', undefined],
    ['xyz', undefined],
  ])('%s is near to %s', (word, meant) => {
    expect(read(instance(word)).value.problems[0]?.didYouMean).toBe(meant)
  })

  it('is a second problem where it stands in a block that is unknown itself but can be guessed', () => {
    expect(problems(instance('secrets {', 'auth_typ PASS', '}'))).toMatchObject([{ word: 'secrets', at: 2 }])
    expect(problems(instance('authenticatio {', 'auth_typ PASS', '}'))).toMatchObject([
      { word: 'authenticatio', didYouMean: 'authentication' },
      { word: 'auth_typ', didYouMean: 'auth_type' },
    ])
  })

  it('is none where any release from 1.2 on knows it', () => {
    expect(problems('global_defs {\nplugin_dir /x\nvrrp_delay_after_boot 3\n}')).toMatchObject([
      { kind: 'version-dependent', word: 'plugin_dir', until: '1.2.19' },
      { kind: 'version-dependent', word: 'vrrp_delay_after_boot', since: '2.4.0' },
    ])
    expect(problems('virtual_server 10.0.0.1 80 {\nlb_algo rr\n}')).toEqual([])
  })

  it('is none where a variable stands', () => {
    const reading = read('$PRIO=100\nvrrp_instance VI_1 {\npriority $PRIO\n$ROLE\n}')
    expect(reading.value.problems).toEqual([])
    expect(plain(reading.unread)).toEqual([{ at: 4, text: '$ROLE' }])
  })
})

describe('nb_get_retry', () => {
  const check = (kind: string) =>
    `virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n${kind} {\nnb_get_retry 3\n}\n}\n}`

  it.each(['TCP_CHECK', 'HTTP_GET', 'SSL_GET'])('is out of date in %s, not unknown', (kind) => {
    expect(problems(check(kind))).toContainEqual(
      expect.objectContaining({ kind: 'obsolete-keyword', at: 4, didYouMean: 'retry' }),
    )
  })
})

describe('braces', () => {
  it('may be glued, on the next line, or all on one line', () => {
    expect(sample('braces glued everywhere').instances[0]).toMatchObject({ authType: { value: 'PASS' } })
    expect(sample('a brace on the next line').instances[0]?.vips).toHaveLength(1)
    expect(read('vrrp_instance A{virtual_ipaddress{10.0.0.1}}').value.instances[0]?.vips).toMatchObject([
      { ip: '10.0.0.1' },
    ])
  })

  it('missing at the end of a block is found by the keyword that cannot stand there', () => {
    expect(plain(sample('a missing closing brace').problems)).toEqual([
      {
        kind: 'missing-closing-brace',
        word: 'authentication',
        at: 6,
        column: 5,
        within: ['vrrp_instance VI_1'],
        loses: [8, 9],
      },
    ])
  })

  it('missing at the end of an instance is found by the next top-level block', () => {
    const text = `${instance('priority 1').slice(0, -1)}\nvirtual_server 10.0.0.1 80 {\nprotocol TCP\n}`
    expect(problems(text)).toEqual([
      { kind: 'missing-closing-brace', word: 'vrrp_instance', at: 1, column: 1, within: [], loses: [4, 5] },
    ])
  })

  it('missing at the beginning of a block is found by the word that comes instead', () => {
    expect(plain(sample('a missing opening brace').problems)).toEqual([
      {
        kind: 'missing-opening-brace',
        word: 'virtual_ipaddress',
        at: 8,
        column: 9,
        within: ['vrrp_instance VI_1', 'virtual_ipaddress'],
        loses: [10],
      },
    ])
  })

  it('do not belong behind a line of a list', () => {
    expect(problems(instance('track_interface {', 'eth1 {', '}', '}'))).toMatchObject([
      { kind: 'unexpected-brace', word: '{', at: 3, column: 6 },
    ])
  })

  it('missing in one child of keepalived swallows what the other child reads after it', () => {
    expect(sample('an unclosed instance before a server').virtualServers).toEqual([])
    expect(sample('an unclosed checker before an instance').instances).toEqual([])
  })

  it('missing at the end of a text that was cut off are no problem, but the text does not end', () => {
    const cut = read('vrrp_instance VI_1 {\nauthentication {\nauth_type PASS', { whole: false })
    expect(cut.value.problems).toEqual([])
    expect(cut.ends).toBe(false)
    expect(read(instance('priority 1'), { whole: false }).ends).toBe(true)
  })

  it('too many are found where they stand', () => {
    expect(problems(`${instance('priority 1')}\n}`)).toMatchObject([{ kind: 'extra-closing-brace', at: 4 }])
    expect(plain(sample('a closing brace too many inside').problems)).toMatchObject([
      { kind: 'extra-closing-brace', at: 9 },
    ])
  })

  it('behind a keyword that takes no block end the block around it too early', () => {
    const value = sample('an opening brace where none belongs')
    expect(plain(value.problems)).toMatchObject([{ kind: 'unexpected-brace', at: 6, within: ['vrrp_instance VI_1'] }])
    expect(value.instances[0]?.vips).toEqual([])
  })

  it('know where their block ends', () => {
    expect(plain(read(instance('virtual_ipaddress {', '10.0.0.1', '}')).value.root)).toEqual([
      {
        keyword: 'vrrp_instance',
        args: ['VI_1'],
        at: 1,
        end: 5,
        column: 1,
        children: [
          {
            keyword: 'virtual_ipaddress',
            args: [],
            at: 2,
            end: 4,
            column: 1,
            children: [{ keyword: '10.0.0.1', args: [], at: 3, column: 1 }],
          },
        ],
      },
    ])
  })
})

describe('comments', () => {
  it('begin at # or ! anywhere in a line, even inside a word, but not inside quotes', () => {
    const [vrrp] = read(
      instance('priority 100#50', 'advert_int 2!3', 'interface "eth#0"', '! state MASTER {', 'unicast_src_ip 10.0.0.1'),
    ).value.instances
    expect(plain(vrrp)).toMatchObject({
      priority: { value: 100, at: 2 },
      advertInt: { value: 2 },
      interface: { value: 'eth#0' },
      unicastSrc: { value: '10.0.0.1' },
    })
    expect(vrrp).not.toHaveProperty('state')
  })

  it('in any alphabet follow a value', () => {
    const [service] = read('virtual_server 10.0.200.100 10010 {   #设置虚拟服务器 {\n lb_algo rr   #轮询算法！\n}')
      .value.virtualServers
    expect(plain(service)).toMatchObject({ vip: '10.0.200.100', port: 10010, lbAlgo: { value: 'rr', at: 2 } })
  })
})

describe('what the blocks mean', () => {
  it('leaves out what does not parse', () => {
    const [vrrp] = read(
      instance(
        'priority high',
        'virtual_router_id',
        'advert_int 1s',
        'virtual_ipaddress {',
        '10.0.0.300',
        '10.0.0.1/33',
        'eth0',
        '}',
      ),
    ).value.instances
    for (const key of ['priority', 'vrid', 'advertInt']) expect(vrrp).not.toHaveProperty(key)
    expect(vrrp).toMatchObject({ vips: [], vipBlock: { line: 5 } })
  })

  it('takes the last of two lines, and the VIPs of two blocks', () => {
    const [vrrp] = read(
      instance('priority 1', 'priority 2', 'virtual_ipaddress { 10.0.0.1 }', 'virtual_ipaddress { 10.0.0.2 }'),
    ).value.instances
    expect(vrrp).toMatchObject({ priority: { value: 2 }, vips: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }] })
  })

  it('makes UDP of a service without protocol, as keepalived does', () => {
    const services = read('virtual_server 10.0.0.1 80 {\n}\nvirtual_server fwmark 8 {\n}').value.virtualServers
    expect(services.map(({ protocol }) => protocol)).toEqual(['udp', 'tcp'])
  })

  it('keeps no password: equal first eight bytes give equal tokens', () => {
    const auth = (pass: string) => instance('authentication {', `auth_pass ${pass}`, '}')
    const text = ['12345678', '123456789', 'hunter2', '<secret-4/5>']
      .map((pass, index) => auth(pass).replace('VI_1', `VI_${index}`))
      .join('\n')
    const { value } = read(text)
    expect(value.instances.map(({ authPass }) => plain(authPass))).toEqual([
      { same: 'unmasked-1', length: 8, at: 3 },
      { same: 'unmasked-1', length: 9, at: 8 },
      { same: 'unmasked-2', length: 7, at: 13 },
      { same: 'secret-4', length: 5, at: 18 },
    ])
    expect(JSON.stringify(value)).not.toMatch(/12345678|hunter2/)
  })

  it('names includes wherever they stand', () => {
    const { includes } = read(`include a.conf\n${instance('include b c.conf')}`).value
    expect(plain(includes)).toEqual([
      { value: 'a.conf', at: 1 },
      { value: 'b c.conf', at: 3 },
    ])
  })
})

describe('what is not understood', () => {
  it.each([
    ['nothing', ''],
    ['prose', 'Keepalived is a routing software\nvrrp_instance is a block'],
    ['a path that does not exist', 'cat: /etc/keepalived/keepalived.conf: No such file or directory'],
    ['a shell script', 'case $1 in\nstart)\nifconfig lo:0 down\n;;\nesac'],
    ['blocks of another program', 'upstream web {\n server 10.0.0.1;\n}'],
  ])('%s', (_what, text) => {
    expect(() => read(text)).toThrow(NotUnderstood)
  })

  it('between the files of one cat is unread', () => {
    const reading = read(`${instance('priority 1')}\ncat: /etc/keepalived/x.conf: Permission denied\n虚拟IP配置`)
    expect(plain(reading.unread)).toMatchObject([{ at: 4 }, { at: 5 }])
    expect(reading.value.problems).toEqual([])
  })

  it('of a line for one host only, is which host it is for', () => {
    const reading = read(instance('@main priority 100', '@^main priority 50'))
    expect(plain(reading.unread)).toMatchObject([{ at: 2 }, { at: 3 }])
  })

  it('at the torn end of a text is its last words', () => {
    const reading = read('vrrp_instance VI_1 {\nstate BACKUP\npriority 1', { whole: false })
    expect(reading.value.instances[0]).not.toHaveProperty('priority')
    expect(plain(reading.unread)).toEqual([{ at: 3, text: 'priority 1' }])
  })
})

describe('hostile text', () => {
  it.each([
    ['a tower of braces', `vrrp_instance A {\n${'x {\n'.repeat(50_000)}`],
    ['braces without keywords', `vrrp_instance A {\n${'{\n'.repeat(50_000)}${'zzz\n'.repeat(50_000)}`],
    ['problems in a block with a long name', `vrrp_instance ${'A '.repeat(400)} {\n${'zzz\n'.repeat(20_000)}`],
    ['a line of variables', `vrrp_instance A {\n${'$x { '.repeat(20_000)}`],
    ['closing braces', `vrrp_instance A {\n${'}\n'.repeat(100_000)}`],
    [
      'unknown keywords',
      `vrrp_instance A {\n${Array.from({ length: 50_000 }, (_, i) => `virtual_ipaddres${i}x`).join('\n')}`,
    ],
    ['one long line', `vrrp_instance A {\n${'virtual_ipaddress { '.repeat(50_000)}`],
    ['a long word', `vrrp_instance A {\n${'v'.repeat(1_000_000)}\n}`],
    ['quotes', `vrrp_instance A {\n${'"'.repeat(500_001)}\n}`],
    ['blocks left open', 'vrrp_instance A {\nauthentication {\n'.repeat(30_000)],
  ])('%s is read in linear time, and its tree can be written as JSON', (_what, text) => {
    const start = performance.now()
    expect(JSON.stringify(read(text).value).length).toBeGreaterThan(0)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
