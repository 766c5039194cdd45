import { describe, expect, it } from 'vitest'
import { natReplies, replyPackets } from '../../src/kernel/nat-replies.ts'
import { ANY_CLIENT, byInterface, towards } from '../../src/kernel/towards.ts'
import { stuckAnswer } from '../../src/kernel/wire/stuck-answers.ts'
import type { HostFacts } from '../../src/model/case.ts'
import { tcpdump } from '../../src/parsers/tcpdump.ts'
import { readCase } from '../check-tester.ts'
import { ipAddr, nat, routes } from '../checks/support/cluster.ts'
import { sectionOf } from '../parsers/section.ts'

function factsOf(outputs: Readonly<Record<string, string>>): HostFacts {
  const host = readCase({ hosts: { ds1: outputs } }).hosts[0]
  if (!host) throw new Error('one host')
  return host.facts
}

const TWO_LEGS = ipAddr([
  { name: 'eth0', addresses: ['192.168.10.11/24', '192.168.10.100/32'] },
  { name: 'eth1', addresses: ['10.10.0.11/24', '10.10.0.1/24 secondary'] },
])

describe('the way to another machine', () => {
  it('is what the routes say', () => {
    const facts = factsOf(nat.ds1)
    expect(towards(facts, '10.10.0.21')).toMatchObject({ dev: 'eth1', src: '10.10.0.11' })
    expect(towards(facts, ANY_CLIENT)).toMatchObject({ dev: 'eth0', src: '192.168.10.11' })
  })

  it('is the network of an own address where no routes were seen; nothing says where strangers are', () => {
    const facts = factsOf({ 'ip addr': TWO_LEGS })
    expect(towards(facts, '10.10.0.21')).toMatchObject({ dev: 'eth1', src: '10.10.0.11' })
    expect(towards(facts, ANY_CLIENT)).toBeUndefined()
  })

  it('does not lead to itself, nor by two ways at once', () => {
    const own = routes(
      '192.168.10.11',
      '192.168.10.1',
      'eth0',
      '10.20.0.0/16 proto static \n\tnexthop via 192.168.10.2 dev eth0 weight 1 \n\tnexthop via 10.10.0.2 dev eth1 weight 1 \n',
    )
    const facts = factsOf({ 'ip addr': TWO_LEGS, 'ip route show table all': own })
    expect(towards(facts, '192.168.10.100')).toBeUndefined()
    expect(towards(facts, '10.20.0.5')).toBeUndefined()
  })

  it('groups servers by interface', () => {
    const groups = byInterface(
      factsOf({ 'ip addr': TWO_LEGS }),
      ['10.10.0.21', '192.168.10.30', '10.99.0.1'],
      (ip) => ip,
    )
    expect([...groups]).toEqual([
      ['eth1', ['10.10.0.21']],
      ['eth0', ['192.168.10.30']],
      ['', ['10.99.0.1']],
    ])
  })
})

describe('answers of NAT servers on their way through the director', () => {
  const facts = factsOf(nat.ds1)
  const server = { protocol: 'tcp', ip: '10.10.0.21', port: 80 } as const
  const at = { section: 'capture', line: 1 }
  const to = (...ips: readonly string[]) =>
    natReplies(
      facts,
      [server],
      (s) => s,
      ips.map((ip) => ({ ip, from: [at] as const })),
    ).map(({ client, in: from, out }) => `${client ?? 'anybody'} ${from}>${out}`)

  it('go to every client that is known, else by the default route', () => {
    expect(to('172.16.0.10')).toEqual(['172.16.0.10 eth1>eth0'])
    expect(to()).toEqual(['anybody eth1>eth0'])
  })

  it('do not come back this way to a client on the side of the servers', () => {
    expect(to('10.10.0.99')).toEqual(['anybody eth1>eth0'])
    expect(to('10.10.0.99', '172.16.0.10')).toEqual(['172.16.0.10 eth1>eth0'])
  })

  it('are SYN-ACKs with the address and port of the server', () => {
    const [reply] = natReplies(facts, [server], (s) => s, [])
    expect(reply && replyPackets(reply, 0)).toEqual([
      {
        protocol: 6,
        src: '10.10.0.21',
        sport: 80,
        tcpFlags: ['SYN', 'ACK'],
        ctstate: 'INVALID',
        mark: 0,
        in: 'eth1',
        out: 'eth0',
      },
    ])
  })
})

describe('an answer that is stuck', () => {
  const IN =
    '13:33:39.240019 eth1  In  IP 10.10.0.22.80 > 172.16.0.10.38702: Flags [S.], seq 1, ack 2, win 65160, length 0'
  const OUT =
    '13:33:39.240020 eth0  Out IP 192.168.10.100.80 > 172.16.0.10.38702: Flags [S.], seq 1, ack 2, win 65160, length 0'
  const PROBE =
    '13:33:39.250000 eth1  In  IP 10.10.0.22.80 > 10.10.0.11.45182: Flags [S.], seq 1, ack 2, win 65160, length 0'
  const SYN = '13:33:39.240018 eth1  Out IP 172.16.0.10.38702 > 10.10.0.22.80: Flags [S], seq 1, win 64240, length 0'
  const stuck = (lines: readonly string[], command = 'tcpdump -nn -i any', dropped = 0) =>
    stuckAnswer(
      tcpdump.parse(sectionOf([SYN, ...lines, `${dropped} packets dropped by kernel`].join('\n'), { command })).value,
      new Set(['10.10.0.22:80']),
      new Set(['10.10.0.11']),
    )?.dst

  it('came in and did not go out', () => {
    expect(stuck([IN])).toBe('172.16.0.10')
    expect(stuck([IN, OUT])).toBeUndefined()
  })

  it('is no answer to a health check', () => {
    expect(stuck([PROBE])).toBeUndefined()
  })

  it('cannot be told from a capture of one interface, or one that lost packets', () => {
    expect(stuck([IN], 'tcpdump -nn -i eth1')).toBeUndefined()
    expect(stuck([IN], 'tcpdump -nn -i any', 3)).toBeUndefined()
  })
})
