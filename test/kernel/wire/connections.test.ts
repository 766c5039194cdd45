import { describe, expect, it } from 'vitest'
import { connections } from '../../../src/kernel/wire/connections.ts'
import { captureOf, lines, parsed, recorded } from './capture.ts'

describe('connections', () => {
  it('counts three unanswered connections in eleven lines of a VLAN host', () => {
    const attempts = connections(parsed('tcpdump4-any-vlan-syn'))
    expect(attempts.map(({ client, sightings }) => [client.port, sightings])).toEqual([
      [53761, 1],
      [53760, 5],
      [53762, 5],
    ])
    expect(attempts.map(({ syns }) => syns.length)).toEqual([1, 1, 1])
    expect(attempts.flatMap(({ synAcks, resets, icmp }) => [...synAcks, ...resets, ...icmp])).toEqual([])
    expect(attempts[1]?.server).toEqual({ ip: '16.21.206.159', port: 'http' })
    expect(attempts[1]?.syns[0]).toMatchObject({ tagged: true, untagged: true, plain: true, in: [], out: [] })
    expect(lines(attempts[1]?.syns[0].cites ?? [])).toEqual([4, 5, 6, 7, 8])
  })

  it('sees a director in DR mode pass the SYN on, and no answer come back through it', () => {
    const [first] = connections(recorded('dr-director'))
    expect(first?.syns[0]).toMatchObject({ in: ['eth0'], out: ['eth0'], forwarded: true, outer: [] })
    expect(first?.synAcks).toEqual([])
  })

  it('takes the SYN inside IPIP and the one on tunl0 for one packet', () => {
    const [first] = connections(recorded('tun-real-server'))
    expect(first?.sightings).toBe(2)
    expect(first?.syns[0]).toMatchObject({
      in: ['eth0', 'tunl0'],
      forwarded: false,
      plain: true,
      outer: [{ src: '192.168.10.11', dst: '192.168.20.21' }],
    })
    expect(first?.synAcks).toHaveLength(1)
  })

  it('tells a retransmission, a second later, from another sighting', () => {
    const [first] = connections(recorded('tun-real-server-silent'))
    expect(first?.syns.map(({ cites }) => cites.length)).toEqual([2, 2])
    expect(first?.synAcks).toEqual([])
  })

  it('links both halves of a connection that IPVS translates', () => {
    const attempts = connections(recorded('nat-director-no-forwarding'))
    const half = (ip: string) => attempts.find(({ client, server }) => client.ip === '172.16.0.10' && server.ip === ip)
    expect(half('192.168.10.100')?.natTo).toEqual([{ ip: '10.10.0.22', port: 80 }])
    // The real server answered; the director did not pass it on.
    expect(half('10.10.0.22')?.synAcks.length).toBeGreaterThan(0)
    expect(half('192.168.10.100')?.synAcks).toEqual([])
  })

  it('names the stranger that answers past the VIP, and the client that refuses it', () => {
    const attempts = connections(recorded('client-answered-past-vip'))
    expect(attempts).toHaveLength(1)
    expect(attempts[0]?.synAcks).toEqual([])
    expect(attempts[0]?.strangers.map(({ packet }) => packet.src)).toEqual(['10.0.0.21', '10.0.0.21'])
    expect(attempts[0]?.resets.map(({ by }) => by)).toEqual(['client', 'client'])
  })

  it('gives a refusal to its connection', () => {
    const [refused] = connections(recorded('client-refused'))
    expect(refused?.resets.map(({ by, packet }) => [by, packet.packet.flags])).toEqual([['server', 'R.']])
  })

  it.each(['client-rejected', 'client-rejected-brief'])('gives an ICMP error to its connection: %s', (name) => {
    const [rejected] = connections(recorded(name))
    expect(rejected?.icmp.map(({ packet }) => packet.text)).toEqual(['host 10.0.0.200 unreachable - admin prohibited'])
  })

  it('leaves out what began before the capture', () => {
    const text = '10:00:00.000000 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [.], ack 1, win 501, length 0'
    expect(connections(captureOf(text))).toEqual([])
  })

  it('takes another sequence number on the same ports for another attempt', () => {
    const syn = (time: string, seq: number) =>
      `${time} IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [S], seq ${seq}, win 512, length 0`
    const attempts = connections(captureOf([syn('10:00:00.000000', 7), syn('10:00:30.000000', 900)].join('\n')))
    expect(attempts.map(({ syns }) => syns.length)).toEqual([1, 1])
  })
})
