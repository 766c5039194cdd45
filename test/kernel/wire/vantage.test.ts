import { describe, expect, it } from 'vitest'
import { vantage } from '../../../src/kernel/wire/vantage.ts'
import { captureOf, parsed, recorded } from './capture.ts'

const packet = '10:00:00.000000 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [S], seq 7, win 512, length 0'

describe('vantage', () => {
  it('describes a capture of everything on a host', () => {
    expect(vantage(recorded('two-masters'))).toMatchObject({
      bothDirections: true,
      everyInterface: true,
      lossy: false,
      filterHidesReplies: false,
    })
  })

  it('measures what it covers', () => {
    expect(vantage(parsed('tcpdump4-any-vlan-syn'))).toMatchObject({ seconds: 0.25259, bothDirections: 'unknown' })
    expect(vantage(captureOf(packet.slice(16))).seconds).toBeUndefined()
  })

  it.each([
    ['tcpdump -i any host 10.0.0.1', false],
    ['tcpdump -nn -i any src or dst host 10.0.0.1', false],
    ['tcpdump -i eth0 not port 22', false],
    ['tcpdump -i any dst host 10.0.0.2', true],
    ["tcpdump -i any 'src net 10.0.0.0/24 and tcp'", true],
    ["tcpdump -i any 'tcp[tcpflags] & tcp-syn != 0'", true],
    ['tcpdump -Q in -i any host 10.0.0.1', true],
    ['tcpdump -Q inout -i any host 10.0.0.1', false],
    ['tcpdump -i any -n | grep 10.0.0.2', true],
  ])('%s: may hide answers: %s', (command, expected) => {
    expect(vantage(captureOf(packet, command)).filterHidesReplies).toBe(expected)
  })

  it('knows nothing about the filter of a bare paste', () => {
    expect(vantage(captureOf(packet)).filterHidesReplies).toBe('unknown')
  })

  it('sees only one interface where one was named', () => {
    expect(vantage(captureOf(packet, 'tcpdump -ni eth0')).everyInterface).toBe(false)
  })

  it('reports packets that the kernel dropped', () => {
    expect(vantage(captureOf(`${packet}\n1 packet captured\n17 packets dropped by kernel`)).lossy).toBe(true)
  })
})
