/** Rulesets as people write them for nft, walked by the one packet walk. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilterPacket } from '../../src/kernel/filter.ts'
import { translateRule } from '../../src/kernel/nft/rule.ts'
import { type NftHook, walkNft } from '../../src/kernel/nft/walk.ts'
import { nft } from '../../src/parsers/nft.ts'
import { sectionOf } from '../parsers/section.ts'

const ADVERT: FilterPacket = { protocol: 112, src: '10.0.0.12', dst: '224.0.0.18', in: 'eth0', ctstate: 'NEW', mark: 0 }
const SYN: FilterPacket = {
  protocol: 6,
  src: '192.0.2.7',
  dst: '10.0.0.100',
  sport: 40000,
  dport: 80,
  in: 'eth0',
  ctstate: 'NEW',
  tcpFlags: ['SYN'],
  mark: 0,
  local: ['10.0.0.100/24'],
}

function ask(text: string, packet: FilterPacket, hook: NftHook = 'input'): string {
  const { value, unread } = nft.parse(sectionOf(text))
  const { verdict, witness } = walkNft(value, { whole: true, unread }, packet, hook, false)
  return `${verdict}${witness?.rule ? ` by ${witness.rule.text}` : witness ? ` by ${witness.chain}` : ''}`
}

/** Rules of one input chain behind `sets`. */
const chain = (rules: readonly string[], policy = 'drop', sets = ''): string =>
  `table inet fw {\n${sets}\tchain in {\n\t\ttype filter hook input priority filter; policy ${policy};\n${rules.map((rule) => `\t\t${rule}\n`).join('')}\t}\n\n\tchain web {\n\t\tip saddr 192.0.2.0/24 accept\n\t\treturn\n\t}\n}`

const one = (rule: string, packet: FilterPacket): string => ask(chain([rule]), packet).split(' ', 1)[0] ?? ''

describe('one rule before policy drop', () => {
  it.each<readonly [string, string, FilterPacket]>([
    ['ip protocol vrrp accept', 'accept', ADVERT],
    ['meta l4proto { icmp, vrrp } counter packets 3 bytes 120 accept', 'accept', ADVERT],
    ['ip protocol 112 ip saddr 10.0.0.0/24 accept', 'accept', ADVERT],
    ['ip protocol vrrp ip saddr != { 10.0.0.11, 10.0.0.12 } accept', 'drop', ADVERT],
    ['ip saddr 10.0.0.10-10.0.0.20 accept', 'accept', ADVERT],
    ['ip daddr 224.0.0.0/4 accept', 'accept', ADVERT],
    ['iifname "eth0" accept', 'accept', ADVERT],
    ['iifname "eth*" accept', 'accept', ADVERT],
    ['iif "lo" accept', 'drop', ADVERT],
    ['iifname != { "lo", "eth1" } accept', 'accept', ADVERT],
    ['pkttype multicast accept', 'accept', ADVERT],
    ['meta pkttype host accept', 'drop', ADVERT],
    ['meta nfproto ipv4 accept', 'accept', ADVERT],
    ['ip6 saddr fe80::/64 accept', 'drop', ADVERT],
    ['icmpv6 type nd-neighbor-solicit accept', 'drop', ADVERT],
    // A comparison of TCP ports is false of what is not TCP, negated or not.
    ['tcp dport != 22 accept', 'drop', ADVERT],
    ['tcp dport 80 accept', 'accept', SYN],
    ['tcp dport { 22, 80-90 } ct state new accept', 'accept', SYN],
    ['tcp dport != 80 accept', 'drop', SYN],
    ['th dport 80 accept', 'accept', SYN],
    ['udp dport 80 accept', 'drop', SYN],
    ['ct state established,related accept', 'drop', SYN],
    ['ct state { established, new } accept', 'accept', SYN],
    ['ct state != new accept', 'drop', SYN],
    ['ct state vmap { established : accept, new : jump web }', 'accept', SYN],
    ['tcp dport vmap { 22 : accept, 80 : goto web }', 'accept', SYN],
    ['ip saddr . tcp dport { 192.0.2.7 . 80, 192.0.2.8 . 81 } accept', 'accept', SYN],
    ['ip saddr . tcp dport vmap { 192.0.2.7 . 81 : accept }', 'drop', SYN],
    ['tcp flags syn / fin,syn,rst,ack accept', 'accept', SYN],
    ['tcp flags & (fin | syn | rst | ack) == syn accept', 'accept', SYN],
    ['tcp flags & (fin | syn | rst | ack) != syn accept', 'drop', SYN],
    ['fib daddr type local accept', 'accept', SYN],
    ['meta mark 0x00000001 accept', 'drop', SYN],
    ['meta mark & 0x00000003 == 0x00000000 accept', 'accept', SYN],
    ['limit rate 10/second burst 5 packets accept', 'unknown', SYN],
    ['limit rate over 10/second drop', 'drop', SYN],
    ['ip ttl > 2 accept', 'unknown', SYN],
    ['numgen random mod 2 vmap { 0 : accept, 1 : drop }', 'unknown', SYN],
    ['jump { tcp dport 80 accept; }', 'unknown', SYN],
    ['log prefix "accept " level warn counter packets 1 bytes 1 comment "drop it" accept', 'accept', SYN],
    ['counter name "seen" tcp dport 80 accept', 'accept', SYN],
    ['reject with icmpx type admin-prohibited', 'reject', SYN],
    ['queue num 1 bypass', 'unknown', SYN],
    ['meta mark set 0x1', 'drop', SYN],
    ['add @seen { ip saddr timeout 1h } accept', 'accept', SYN],
    ['tcp dport 80 return', 'drop', SYN],
    ['ip saddr @nowhere accept', 'unknown', SYN],
  ])('%s: %s', (rule, verdict, packet) => {
    expect(one(rule, packet)).toBe(verdict)
  })
})

describe('sets, maps and chains', () => {
  const SETS = `\tset peers {
\t\ttype ipv4_addr
\t\tflags interval,timeout
\t\telements = { 10.0.0.12 timeout 1h expires 59m3s, 10.0.1.0/24 counter packets 0 bytes 0,
\t\t\t     10.0.2.1 comment "a, b" }
\t}

\tset none {
\t\ttype ipv4_addr
\t}

\tmap ports {
\t\ttype inet_service : verdict
\t\telements = { 22 : accept, 80 : jump web }
\t}

`

  it('a named set, whatever stands beside its elements; an empty one holds nobody', () => {
    expect(ask(chain(['ip saddr @peers ip protocol vrrp accept'], 'drop', SETS), ADVERT)).toMatch(/^accept/)
    const other = { ...ADVERT, src: '10.0.2.2' }
    expect(ask(chain(['ip saddr @peers accept'], 'drop', SETS), other)).toBe('drop by in')
    expect(ask(chain(['ip saddr @none accept'], 'drop', SETS), ADVERT)).toBe('drop by in')
    expect(ask(chain(['ip saddr != @none accept'], 'drop', SETS), ADVERT)).toMatch(/^accept/)
  })

  it('a verdict map by name sends into a chain, and back when that returns', () => {
    const text = chain(['tcp dport vmap @ports', 'tcp dport 80 reject'], 'drop', SETS)
    expect(ask(text, SYN)).toBe('accept by ip saddr 192.0.2.0/24 accept')
    expect(ask(text, { ...SYN, src: '198.51.100.1' })).toBe('reject by tcp dport 80 reject')
  })

  it('every base chain of a hook must accept, in the order of priorities', () => {
    const table = (name: string, priority: string, rule: string): string =>
      `table ip ${name} {\n\tchain c {\n\t\ttype filter hook input priority ${priority}; policy accept;\n\t\t${rule}\n\t}\n}\n`
    const both = table('late', 'filter + 5', 'tcp dport 80 reject') + table('early', 'filter - 1', 'tcp dport 80 drop')
    expect(ask(both, SYN)).toBe('drop by tcp dport 80 drop')
    const accepted = table('first', '-10', 'accept') + table('second', '10', 'tcp dport 80 drop')
    expect(ask(accepted, SYN)).toBe('drop by tcp dport 80 drop')
  })

  it('a mark that one chain sets is what the next one asks for', () => {
    const text = `table ip m {
\tchain pre {
\t\ttype filter hook prerouting priority mangle; policy accept;
\t\tip daddr 10.0.0.100 tcp dport { 80, 443 } meta mark set 0x8
\t}

\tchain in {
\t\ttype filter hook input priority filter; policy drop;
\t\tmeta mark 0x00000008 accept
\t}
}`
    expect(ask(text, SYN)).toMatch(/^accept/)
    expect(ask(text, { ...SYN, dport: 81 })).toBe('drop by in')
  })

  it('redirect and dnat count for what stands behind them', () => {
    const text = `table ip n {
\tchain pre {
\t\ttype nat hook prerouting priority dstnat; policy accept;
\t\ttcp dport 80 redirect to :8080
\t\ttcp dport 81 dnat to 10.0.0.5:8081
\t}

\tchain in {
\t\ttype filter hook input priority filter; policy drop;
\t\ttcp dport 8080 accept
\t\tip daddr 10.0.0.5 tcp dport 8081 accept
\t}
}`
    expect(ask(text, SYN)).toMatch(/^accept/)
    expect(ask(text, { ...SYN, dport: 81 })).toMatch(/^accept/)
    expect(ask(text, { ...SYN, dport: 82 })).toBe('drop by in')
  })

  it("keepalived's own table drops what is sent to a VIP", () => {
    const text = `table ip keepalived {
\tset vips {
\t\ttype ipv4_addr
\t\telements = { 10.0.0.100 }
\t}

\tchain in {
\t\ttype filter hook input priority filter - 1; policy accept;
\t\tip daddr @vips drop
\t}

\tchain out {
\t\ttype filter hook output priority filter - 1; policy accept;
\t\tip saddr @vips drop
\t}
}`
    expect(ask(text, SYN)).toBe('drop by ip daddr @vips drop')
    expect(ask(text, { ...ADVERT })).toBe('accept by in')
    expect(ask(text, { protocol: 6, src: '10.0.0.100', dst: '192.0.2.7' }, 'output')).toBe(
      'drop by ip saddr @vips drop',
    )
  })

  it('ip6, arp, bridge and netdev tables are none of its business', () => {
    const drop = (family: string): string =>
      `table ${family} t {\n\tchain c {\n\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n`
    expect(ask(drop('ip6') + drop('arp') + drop('bridge'), SYN)).toBe('accept')
  })
})

describe('what is not understood', () => {
  it('is one condition that cannot be decided; the verdict behind it stays', () => {
    expect(translateRule('ct direction original tcp dport 80 drop', new Map())).toMatchObject([
      {
        matches: [{ option: 'ct direction original' }, { option: 'l4proto' }, { option: 'dport' }],
        target: { name: 'DROP' },
      },
    ])
  })

  it('a comment of iptables-nft that hides a match', () => {
    const [step] = translateRule('meta l4proto tcp # xt_multiport counter packets 0 bytes 0 drop', new Map())
    expect(step?.matches[1]).toMatchObject({ option: '# xt_multiport', values: [] })
    expect(step?.target?.name).toBe('DROP')
  })
})

describe('hostile rules', () => {
  const WORDS =
    'ip saddr daddr tcp dport flags { } , ! != == & | / . vmap map @s @ : accept drop jump goto web meta mark set ct state new counter packets 1 log prefix "a b" limit rate over 0x1 # xt match target reject with'.split(
      ' ',
    )

  it('never throw, never hang, and always give a rule', () => {
    const rule = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(' '))
    fc.assert(fc.property(rule, (text) => translateRule(text, new Map([['s', ['10.0.0.1', '1 : drop']]])).length > 0))
  })

  it('lists of pairs do not multiply without end', () => {
    const pairs = Array.from({ length: 400 }, (_, n) => `10.0.0.${n % 256} . ${n}`).join(', ')
    const text = Array.from({ length: 4 }, () => `ip saddr . tcp dport { ${pairs} }`).join(' ')
    expect(translateRule(`${text} accept`, new Map()).length).toBeLessThanOrEqual(2000)
  })
})
