import { describe, expect, it } from 'vitest'
import { type FilterPacket, type Hook, protocolNumber, type Verdict, walk, walkNat } from '../../src/kernel/filter.ts'
import type { Firewall } from '../../src/model/facts.ts'
import { filterRules, listed, saved } from './facts.ts'

const WHOLE = { whole: true }

const ADVERT: FilterPacket = {
  protocol: 112,
  src: '10.0.0.12',
  dst: '224.0.0.18',
  in: 'eth0',
  ctstate: 'NEW',
  mark: 0,
}
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
}
const ACK: FilterPacket = { ...SYN, tcpFlags: ['ACK'] }
const TUNNEL: FilterPacket = { protocol: 4, src: '10.0.0.10', dst: '10.0.0.21', in: 'eth0', ctstate: 'NEW', mark: 0 }

function verdict(firewall: Firewall, packet: FilterPacket, hook: Hook = 'input'): string {
  return walk(firewall, WHOLE, packet, hook).verdict
}

/** `reject at 7` */
function decided({ verdict: is, by }: Verdict): string {
  return `${is} at ${by?.line ?? 'nothing'}`
}

const CENTOS = [
  '-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT',
  '-A INPUT -p icmp -j ACCEPT',
  '-A INPUT -i lo -j ACCEPT',
  '-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT',
  '-A INPUT -j REJECT --reject-with icmp-host-prohibited',
]

describe('adverts on their way in', () => {
  it.each([
    ['nothing lets protocol 112 in', [], 'reject at 10'],
    ['-p vrrp before the reject', ['-A INPUT -p vrrp -j ACCEPT'], 'accept at 6'],
    ['-p 112', ['-A INPUT -p 112 -j ACCEPT'], 'accept at 6'],
    ['tcp port 112 is not protocol 112', ['-A INPUT -p tcp -m tcp --dport 112 -j ACCEPT'], 'reject at 11'],
    ['protocol 51 is AH', ['-A INPUT -p ah -j ACCEPT'], 'reject at 11'],
    ['any protocol to the group', ['-A INPUT -d 224.0.0.0/8 -j ACCEPT'], 'accept at 6'],
    ['multicast by the link', ['-A INPUT -m pkttype --pkt-type multicast -j ACCEPT'], 'accept at 6'],
    ['multicast by the routing', ['-A INPUT -m addrtype --dst-type MULTICAST -j ACCEPT'], 'accept at 6'],
    ['from the peer', ['-A INPUT -s 10.0.0.12/32 -j ACCEPT'], 'accept at 6'],
    ['from another peer', ['-A INPUT -s 10.0.0.13/32 -p vrrp -j ACCEPT'], 'reject at 11'],
    ['by another interface', ['-A INPUT -i bond0.10 -p vrrp -j ACCEPT'], 'reject at 11'],
    ['an alias is no interface', ['-A INPUT -i eth0:1 -p vrrp -j ACCEPT'], 'reject at 11'],
    ['any interface of a kind', ['-A INPUT -i eth+ -p vrrp -j ACCEPT'], 'accept at 6'],
    ['everything but tcp', ['-A INPUT ! -p tcp -j ACCEPT'], 'accept at 6'],
    ['counting is not accepting', ['-A INPUT -p vrrp'], 'reject at 11'],
    ['logging is not accepting', ['-A INPUT -p vrrp -j LOG --log-prefix "vrrp: "'], 'reject at 11'],
  ])('%s', (_, rules, expected) => {
    expect(decided(walk(filterRules([...rules, ...CENTOS]), WHOLE, ADVERT, 'input'))).toBe(expected)
  })

  it('an accept behind the reject never sees them', () => {
    const late = walk(filterRules([...CENTOS, '-A INPUT -p vrrp -j ACCEPT']), WHOLE, ADVERT, 'input')
    expect(decided(late)).toBe('reject at 10')
    expect(late.rule?.target?.name).toBe('REJECT')
    expect(late.trace.map(({ matched, at }) => `${at.line} ${matched}`)).toEqual([
      '6 no',
      '7 no',
      '8 no',
      '9 no',
      '10 yes',
    ])
  })

  it('a rule for the group does not let unicast in', () => {
    const rules = filterRules(['-A INPUT -d 224.0.0.18/32 -p vrrp -j ACCEPT', ...CENTOS])
    expect(verdict(rules, ADVERT)).toBe('accept')
    expect(verdict(rules, { ...ADVERT, dst: '10.0.0.11' })).toBe('reject')
  })

  it('unicast gets in by ESTABLISHED once the node itself has sent', () => {
    const unicast = { ...ADVERT, dst: '10.0.0.11' }
    expect(verdict(filterRules(CENTOS), unicast)).toBe('reject')
    expect(verdict(filterRules(CENTOS), { ...unicast, ctstate: 'ESTABLISHED' })).toBe('accept')
  })

  it('an interface that is not known is at least not lo', () => {
    const { in: _, ...somewhere } = ADVERT
    expect(verdict(filterRules(CENTOS), somewhere)).toBe('unknown')
    expect(verdict(filterRules(CENTOS), { ...somewhere, notIn: ['lo'] })).toBe('reject')
  })

  it('shows what the counters of the rules say', () => {
    const counted = saved('*filter\n:INPUT DROP [812:32480]\n[0:0] -A INPUT -p tcp -j ACCEPT\nCOMMIT\n')
    const { trace, by } = walk(counted, WHOLE, ADVERT, 'input')
    expect(by?.line).toBe(2)
    expect(trace.map(({ counters }) => counters?.packets)).toEqual([0, 812])
  })
})

describe('chains', () => {
  const user = (rules: readonly string[], chains = ['RH', 'DEEP']): Firewall => filterRules(rules, 'DROP', chains)

  it.each([
    ['jump into a chain', ['-A INPUT -j RH', '-A RH -p vrrp -j ACCEPT'], 'accept'],
    ['come back from its end', ['-A INPUT -j RH', '-A INPUT -p vrrp -j ACCEPT', '-A RH -p tcp -j DROP'], 'accept'],
    [
      'come back by RETURN',
      ['-A INPUT -j RH', '-A INPUT -j ACCEPT', '-A RH -p vrrp -j RETURN', '-A RH -j DROP'],
      'accept',
    ],
    ['RETURN in a built-in chain means its policy', ['-A INPUT -p vrrp -j RETURN', '-A INPUT -j ACCEPT'], 'drop'],
    ['goto does not come back', ['-A INPUT -g RH', '-A INPUT -j ACCEPT', '-A RH -p tcp -j ACCEPT'], 'drop'],
    [
      'goto inside a chain returns to whoever jumped there',
      ['-A INPUT -j RH', '-A INPUT -j ACCEPT', '-A RH -g DEEP', '-A RH -j DROP', '-A DEEP -p tcp -j DROP'],
      'accept',
    ],
    ['a chain nobody jumps to does not count', ['-A RH -p vrrp -j ACCEPT'], 'drop'],
  ])('%s', (_, rules, expected) => {
    expect(verdict(user(rules), ADVERT)).toBe(expected)
  })

  it('a chain that was not listed leaves it open', () => {
    const part = listed('-P INPUT DROP\n-A INPUT -j DOCKER-USER\n-A INPUT -p vrrp -j ACCEPT\n')
    expect(walk(part, WHOLE, ADVERT, 'input')).toMatchObject({ verdict: 'unknown', reason: 'target', by: { line: 2 } })
  })

  it('a drop in table mangle is a drop', () => {
    const mangled = saved(
      '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p vrrp -j DROP\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p vrrp -j ACCEPT\nCOMMIT\n',
    )
    expect(decided(walk(mangled, WHOLE, ADVERT, 'input'))).toBe('drop at 3')
  })
})

describe('clients and directors', () => {
  it('new without SYN is what the rest of a DR connection looks like', () => {
    const rules = filterRules([
      '-A INPUT -p tcp ! --syn -m state --state NEW -j DROP',
      '-A INPUT -d 10.0.0.100/32 -p tcp -m tcp --dport 80 -j ACCEPT',
    ])
    expect(verdict(rules, SYN)).toBe('accept')
    expect(verdict(rules, ACK)).toBe('drop')
  })

  it('untracked packets are neither new nor invalid', () => {
    const rules = saved(
      [
        '*raw',
        ':PREROUTING ACCEPT [0:0]',
        '-A PREROUTING -d 10.0.0.100/32 -j CT --notrack',
        'COMMIT',
        '*filter',
        ':INPUT DROP [0:0]',
        '-A INPUT -m conntrack --ctstate INVALID -j DROP',
        '-A INPUT -m conntrack --ctstate UNTRACKED -j ACCEPT',
        'COMMIT',
      ].join('\n'),
    )
    expect(decided(walk(rules, WHOLE, { ...ACK, ctstate: 'INVALID' }, 'input'))).toBe('accept at 8')
  })

  it('ipencap is the tunnel, ipip is protocol 94', () => {
    const only = (word: string): Firewall => filterRules([`-A INPUT -p ${word} -j ACCEPT`], 'DROP')
    expect(['4', 'ipencap', 'ipip'].map((word) => verdict(only(word), TUNNEL))).toEqual(['accept', 'accept', 'drop'])
    expect([protocolNumber('ipencap'), protocolNumber('ipip'), protocolNumber('VRRP'), protocolNumber('x')]).toEqual([
      4,
      94,
      112,
      undefined,
    ])
  })

  it('an answer through a NAT director is invalid to a stateful FORWARD', () => {
    const reply: FilterPacket = {
      ...SYN,
      src: '10.1.0.21',
      dst: '192.0.2.7',
      sport: 80,
      dport: 40000,
      in: 'eth1',
      out: 'eth0',
    }
    const rules = filterRules(['-A FORWARD -m state --state RELATED,ESTABLISHED -j ACCEPT', '-A FORWARD -j REJECT'])
    expect(verdict(rules, { ...reply, ctstate: 'INVALID', tcpFlags: ['SYN', 'ACK'] }, 'forward')).toBe('reject')
    expect(verdict(rules, { ...reply, ctstate: 'ESTABLISHED', tcpFlags: ['SYN', 'ACK'] }, 'forward')).toBe('accept')
  })

  it('interfaces of the other direction do not exist at a hook', () => {
    const rules = filterRules(['-A OUTPUT -j BOTH', '-A BOTH -i lo -j DROP', '-A BOTH ! -i lo -j ACCEPT'], 'DROP', [
      'BOTH',
    ])
    const { in: _, ...leaving } = ADVERT
    expect(verdict(rules, { ...leaving, out: 'eth0' }, 'output')).toBe('accept')
  })

  it('follows marks from table to table', () => {
    const rules = saved(
      [
        '*mangle',
        ':PREROUTING ACCEPT [0:0]',
        '-A PREROUTING -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x8/0xffffffff',
        'COMMIT',
        '*filter',
        ':INPUT DROP [0:0]',
        '-A INPUT -m mark --mark 0x8/0xf -j ACCEPT',
        'COMMIT',
      ].join('\n'),
    )
    expect([verdict(rules, SYN), verdict(rules, { ...SYN, dport: 81 })]).toEqual(['accept', 'drop'])
  })
})

describe('what cannot be decided', () => {
  it('forks: where both ways agree there is a verdict', () => {
    const limited = '-A INPUT -p vrrp -m limit --limit 5/min -j ACCEPT'
    expect(verdict(filterRules([limited, '-A INPUT -p vrrp -j ACCEPT']), ADVERT)).toBe('accept')
    const open = walk(filterRules([limited], 'DROP'), WHOLE, ADVERT, 'input')
    expect(open).toMatchObject({ verdict: 'unknown', reason: 'condition', option: 'limit', by: { line: 6 } })
  })

  it('drop here and reject there let nothing pass either way', () => {
    const rules = filterRules(['-A INPUT -m set --match-set bad src -j DROP', '-A INPUT -j REJECT'])
    expect(decided(walk(rules, WHOLE, ADVERT, 'input'))).toBe('drop at 7')
  })

  it.each([
    'limit --limit 5/min',
    'recent --name x --rcheck',
    'set --match-set x src',
    'string --string GET',
    'owner --uid-owner 0',
    'time --timestart 08:00',
    'physdev --physdev-in eth1',
    'u32 --u32 0=1',
    'statistic --mode random',
    'hashlimit --hashlimit-name a',
    'connmark --mark 0x1',
    'never-heard-of --it',
  ])('-m %s', (match) => {
    expect(verdict(filterRules([`-A INPUT -m ${match} -j ACCEPT`], 'DROP'), ADVERT)).toBe('unknown')
  })

  it.each([
    ['src', '-s 10.0.0.12/32'],
    ['in', '-i eth0'],
    ['ctstate', '-m state --state NEW'],
    ['mark', '-m mark --mark 0x1'],
  ] as const)('a packet whose %s is not known', (field, match) => {
    const { [field]: _, ...packet } = ADVERT
    expect(verdict(filterRules([`-A INPUT ${match} -j ACCEPT`], 'DROP'), packet)).toBe('unknown')
  })

  it('the addresses of the host decide what is local', () => {
    const rules = filterRules(['-A INPUT -m addrtype --dst-type LOCAL -j ACCEPT'], 'DROP')
    expect(verdict(rules, SYN)).toBe('unknown')
    expect(verdict(rules, { ...SYN, local: ['10.0.0.100/32'] })).toBe('accept')
    expect(verdict(rules, { ...SYN, local: ['10.0.0.11/24'] })).toBe('drop')
  })

  it('the end of a listing that may be cut off', () => {
    const rules = filterRules(['-A INPUT -p tcp -j DROP'])
    expect(walk(rules, { whole: false }, ADVERT, 'input')).toMatchObject({ verdict: 'unknown', reason: 'cut-short' })
    expect(walk(rules, { whole: false }, SYN, 'input')).toMatchObject({ verdict: 'drop' })
  })

  it('a line not understood counts only where it may stand', () => {
    const text =
      '*filter\n:INPUT DROP [0:0]\n:OUTPUT DROP [0:0]\n-A INPUT -p vrrp -j ACCEPT\n-A INPUT ???\n-A OUTPUT -p vrrp -j ACCEPT\nCOMMIT\n'
    const unread = [{ at: { section: 'test#1', line: 5 }, text: '-A INPUT ???' }]
    const look = (packet: FilterPacket, hook: Hook): string =>
      walk(saved(text), { whole: true, unread }, packet, hook).verdict
    expect(look(ADVERT, 'input')).toBe('accept')
    expect(look(SYN, 'input')).toBe('unknown')
    expect(walk(saved(text), { whole: true, unread }, SYN, 'input').reason).toBe('unread-line')
    // It stands right above the first OUTPUT rule, so it may be one.
    expect(look({ ...ADVERT, out: 'eth0' }, 'output')).toBe('unknown')
  })

  it('one table listed: says what it takes for granted', () => {
    const part = walk(listed('-P INPUT ACCEPT\n-P OUTPUT DROP\n'), WHOLE, ADVERT, 'input')
    expect(part).toMatchObject({
      verdict: 'accept',
      assumed: ['raw PREROUTING', 'mangle PREROUTING', 'mangle INPUT', 'security INPUT'],
    })
    const other = walk(listed('-P PREROUTING ACCEPT\n', 'nat'), WHOLE, ADVERT, 'input')
    expect(other).toMatchObject({ verdict: 'unknown', reason: 'not-listed' })
  })

  it('a table that is not loaded drops nothing', () => {
    const nat = saved('*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n')
    expect(walk(nat, WHOLE, ADVERT, 'input')).toMatchObject({ verdict: 'accept', by: undefined, assumed: [] })
  })
})

describe('walkNat', () => {
  const nat = saved(
    [
      '*raw',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -d 10.0.0.101/32 -j NOTRACK',
      'COMMIT',
      '*nat',
      ':PREROUTING ACCEPT [0:0]',
      ':POSTROUTING ACCEPT [0:0]',
      '-A PREROUTING -d 10.0.0.100/31 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.21:8080',
      '-A PREROUTING -p tcp -m tcp --dport 81 -m limit --limit 1/s -j REDIRECT --to-ports 8080',
      '-A POSTROUTING -o eth0 -j MASQUERADE',
      'COMMIT',
    ].join('\n'),
  )

  it('finds the rule that takes a service away before IPVS sees it', () => {
    const found = walkNat(nat, WHOLE, SYN, 'prerouting')
    expect(found).toMatchObject({ rewrites: 'yes', target: 'DNAT', to: '10.0.0.21:8080', by: { line: 8 } })
  })

  it.each([
    ['another port', { ...SYN, dport: 443 }, 'no'],
    ['not tracked, not rewritten', { ...SYN, dst: '10.0.0.101' }, 'no'],
    ['invalid to connection tracking', { ...SYN, ctstate: 'INVALID' }, 'no'],
    ['undecided', { ...SYN, dport: 81 }, 'unknown'],
  ] as const)('%s', (_, packet, expected) => {
    expect(walkNat(nat, WHOLE, packet, 'prerouting').rewrites).toBe(expected)
  })

  it('masquerading on the way out', () => {
    const { in: _, ...leaving } = SYN
    expect(walkNat(nat, WHOLE, { ...leaving, out: 'eth0' }, 'postrouting')).toMatchObject({
      rewrites: 'yes',
      target: 'MASQUERADE',
    })
    expect(walkNat(nat, WHOLE, { ...leaving, out: 'eth1' }, 'postrouting').rewrites).toBe('no')
  })

  it('says nothing where table nat was not listed', () => {
    expect(walkNat(listed('-P INPUT ACCEPT\n'), WHOLE, SYN, 'prerouting')).toMatchObject({
      rewrites: 'unknown',
      reason: 'not-listed',
    })
  })
})

describe('what the packet alone does not tell', () => {
  const rule = (text: string) => filterRules([`-A INPUT ${text} -j ACCEPT`], 'DROP')

  it.each([
    ['-m physdev --physdev-in eth1', 'drop'],
    ['-m physdev ! --physdev-in eth1', 'accept'],
    ['-m physdev ! --physdev-is-bridged', 'accept'],
    ['-m limit --limit 3/min --limit-burst 7', 'accept'],
    ['-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name x', 'accept'],
    ['-m hashlimit --hashlimit-above 5/sec --hashlimit-mode srcip --hashlimit-name x', 'drop'],
  ])('%s: unknown, and %s for a rare packet that crosses no bridge', (text, told) => {
    expect(verdict(rule(text), SYN)).toBe('unknown')
    expect(verdict(rule(text), { ...SYN, bridged: false, rare: true })).toBe(told)
  })
})
