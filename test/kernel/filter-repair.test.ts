import { describe, expect, it } from 'vitest'
import { flowVerdicts } from '../../src/kernel/filter/flow-verdicts.ts'
import { acceptBehind } from '../../src/kernel/filter/late-accept.ts'
import { natAnswers } from '../../src/kernel/filter/nat-answers.ts'
import { openedPort } from '../../src/kernel/filter/opened-port.ts'
import { acceptAhead, refusingPlace } from '../../src/kernel/filter/repair.ts'
import { type FilterPacket, walk } from '../../src/kernel/filter.ts'
import type { Known } from '../../src/model/evidence.ts'
import type { Firewall } from '../../src/model/facts.ts'
import { filterRules, saved } from './facts.ts'

const WHOLE = { whole: true }
const ADVERT: FilterPacket = { protocol: 112, dst: '224.0.0.18', in: 'eth0', ctstate: 'NEW', mark: 0 }
const REJECT = '-A INPUT -j REJECT --reject-with icmp-host-prohibited'
const ACCEPT = '-A INPUT -p vrrp -j ACCEPT'

function step(firewall: Firewall): string {
  return acceptAhead('ds1', firewall, walk(firewall, WHOLE, ADVERT, 'input'), 'INPUT', '-p vrrp').run
}

describe('a rule that is to be met before what refuses', () => {
  it('goes in at the place of the refusing rule', () => {
    expect(step(filterRules(['-A INPUT -i lo -j ACCEPT', REJECT]))).toBe('iptables -I INPUT 2 -p vrrp -j ACCEPT')
  })

  it('goes first where a policy refuses, or a chain that INPUT jumps to', () => {
    expect(step(filterRules(['-A INPUT -i lo -j ACCEPT'], 'DROP'))).toBe('iptables -I INPUT 1 -p vrrp -j ACCEPT')
    const jump = filterRules(['-A INPUT -i lo -j ACCEPT', '-A INPUT -j GUARD', '-A GUARD -j DROP'], 'ACCEPT', ['GUARD'])
    expect(step(jump)).toBe('iptables -I INPUT 1 -p vrrp -j ACCEPT')
  })

  it('is a direct rule of firewalld, which would forget any other at its next reload', () => {
    const zones = ['-A INPUT -j INPUT_direct', '-A INPUT -j INPUT_ZONES', '-A INPUT_ZONES -p tcp -j ACCEPT']
    const chains = ['INPUT_direct', 'INPUT_ZONES']
    const direct = 'firewall-cmd --direct --add-rule ipv4 filter INPUT 0 -p vrrp -j ACCEPT'
    expect(step(filterRules([...zones, REJECT], 'ACCEPT', chains))).toBe(direct)
    expect(step(filterRules([...zones, '-A INPUT_ZONES -j DROP'], 'ACCEPT', chains))).toBe(direct)
    expect(step(filterRules(zones, 'DROP', chains))).toBe(direct)
  })

  it('is none where something ahead of the direct rules, or one of them, refuses', () => {
    const chains = ['INPUT_direct']
    const ahead = ['-A INPUT -d 224.0.0.0/8 -j DROP', '-A INPUT -j INPUT_direct']
    expect(step(filterRules(ahead, 'ACCEPT', chains))).toBe('iptables -I INPUT 1 -p vrrp -j ACCEPT')
    const among = ['-A INPUT -j INPUT_direct', '-A INPUT_direct -p vrrp -j DROP']
    expect(step(filterRules(among, 'ACCEPT', chains))).toBe('iptables -I INPUT 1 -p vrrp -j ACCEPT')
  })

  it('goes into the table that refuses: table filter is asked too late', () => {
    const text =
      '*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 224.0.0.0/8 -j DROP\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT'
    expect(refusingPlace(walk(saved(text), WHOLE, ADVERT, 'input'))).toEqual({ table: 'raw', base: 'PREROUTING' })
    expect(step(saved(text))).toBe('iptables -t raw -I PREROUTING 1 -p vrrp -j ACCEPT')
    const policy = '*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT DROP [0:0]\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT'
    expect(step(saved(policy))).toBe('iptables -t mangle -I INPUT 1 -p vrrp -j ACCEPT')
  })
})

describe('an accept behind a refusal', () => {
  it('is found by leaving the refusals out, and only where a rule accepts', () => {
    const late = filterRules([REJECT, ACCEPT])
    expect(acceptBehind(late, WHOLE, ADVERT, 'input')).toMatchObject({ verdict: 'accept', rule: { text: ACCEPT } })
    expect(acceptBehind(filterRules([REJECT]), WHOLE, ADVERT, 'input').verdict).toBe('drop')
  })

  it('is not certain in a listing that breaks off, or behind a condition nobody can decide', () => {
    expect(acceptBehind(filterRules([REJECT]), { whole: false }, ADVERT, 'input').verdict).toBe('unknown')
    const set = filterRules([REJECT, '-A INPUT -m set --match-set peers src -j ACCEPT'])
    expect(acceptBehind(set, WHOLE, ADVERT, 'input').verdict).toBe('unknown')
  })
})

describe('a port that is opened', () => {
  it.each([
    ['-A INPUT -p tcp -m tcp --dport 112 -j ACCEPT', 'TCP'],
    ['-A INPUT -p udp -m multiport --dports 53,112 -j ACCEPT', 'UDP'],
    ['-A INPUT -p tcp -m tcp --dport 100:200 -j ACCEPT', undefined],
    ['-A INPUT -p tcp -m tcp ! --dport 112 -j ACCEPT', undefined],
    ['-A INPUT -p tcp -m tcp --sport 112 -j ACCEPT', undefined],
    ['-A OUTPUT -p tcp -m tcp --dport 112 -j ACCEPT', undefined],
    ['-A INPUT -p vrrp -j ACCEPT', undefined],
  ])('%s: %s', (rule, protocol) => {
    expect(openedPort(filterRules([rule]), 112)?.protocol).toBe(protocol)
  })
})

describe('answers of a NAT server', () => {
  const server = { ip: '10.10.0.21', port: 80 }
  const states = (protocol: 'tcp' | 'udp' | 'sctp', conntrack?: number) =>
    natAnswers({ ...server, protocol }, conntrack).map(({ ctstate }) => ctstate)

  it('belong to no connection without net.ipv4.vs.conntrack; UDP then looks new', () => {
    expect(states('tcp', 0)).toEqual(['INVALID'])
    expect(states('sctp', 0)).toEqual(['INVALID'])
    expect(states('udp', 0)).toEqual(['NEW'])
    expect(states('tcp', 1)).toEqual(['ESTABLISHED'])
  })

  it('may be either while the value is not known, and of either protocol behind a firewall mark', () => {
    expect(states('tcp')).toEqual(['INVALID', 'ESTABLISHED'])
    expect(natAnswers({ ...server, port: 0 }, 1)).toMatchObject([{ protocol: 6 }, { protocol: 17 }])
    expect(natAnswers({ ...server, port: 0 }, 1).every((packet) => packet.sport === undefined)).toBe(true)
  })
})

describe('flows', () => {
  const known = (value: Firewall): Known<Firewall> => ({
    state: 'known',
    value,
    from: [{ section: 'rules', line: 1 }],
    whole: true,
    unread: [],
    moment: { source: 'rules', order: 0 },
    earlier: [],
  })
  const fromPeers = (rules: readonly string[]) =>
    flowVerdicts(
      known(filterRules(rules)),
      ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
      (src) => [{ ...ADVERT, src }],
      'input',
    )

  it('are put together by the line that refuses them', () => {
    const { refused, accepted, doubt } = fromPeers(['-A INPUT -s 10.0.0.2/32 -j ACCEPT', REJECT])
    expect(refused.map(({ flows }) => flows)).toEqual([['10.0.0.1', '10.0.0.3']])
    expect(accepted).toHaveLength(1)
    expect(doubt).toBeUndefined()
  })

  it('are split where their packets fare differently', () => {
    const rules = ['-A INPUT -m state --state ESTABLISHED -j ACCEPT', REJECT]
    const states = (_: string): readonly FilterPacket[] => [ADVERT, { ...ADVERT, ctstate: 'ESTABLISHED' }]
    const { refused, accepted, split } = flowVerdicts(known(filterRules(rules)), ['peer'], states, 'input')
    expect({ refused, accepted, split: split?.flow }).toEqual({ refused: [], accepted: [], split: 'peer' })
  })
})
