import { describe, expect, it } from 'vitest'
import { icmpMeaning, icmpProtocol, icmpSubject } from '../../../src/kernel/wire/icmp.ts'
import type { IcmpPacket } from '../../../src/model/facts.ts'
import { captureOf } from './capture.ts'

function icmp(text: string): IcmpPacket {
  const [packet] = captureOf(`10:00:00.000000 IP 10.0.0.21 > 10.0.0.11: ICMP ${text}, length 68`).packets
  if (packet?.kind !== 'icmp') throw new Error('not ICMP')
  return packet
}

describe('what ICMP errors mean', () => {
  it.each([
    ['host 10.0.0.200 unreachable - admin prohibited', 'admin-prohibited', '10.0.0.200'],
    ['host 10.0.0.200 unreachable', 'host-unreachable', '10.0.0.200'],
    ['net 10.9.0.0 unreachable', 'net-unreachable', '10.9.0.0'],
    ['10.0.0.200 tcp port 80 unreachable', 'port-unreachable', '10.0.0.200'],
    ['10.0.0.21 protocol 4 unreachable', 'protocol-unreachable', '10.0.0.21'],
    ['10.0.0.21 protocol 4 port 60 unreachable', 'port-unreachable', '10.0.0.21'],
    ['10.0.0.200 unreachable - need to frag (mtu 1480)', 'need-to-frag', '10.0.0.200'],
    ['redirect 10.0.0.100 to host 10.0.0.100', 'redirect', '10.0.0.100'],
    ['time exceeded in-transit', 'time-exceeded', undefined],
    ['echo request, id 9, seq 1', 'other', undefined],
  ])('%s', (text, meaning, subject) => {
    expect(icmpMeaning(icmp(text))).toBe(meaning)
    expect(icmpSubject(icmp(text))).toBe(subject)
  })

  it('names the protocol that has no handler', () => {
    expect(icmpProtocol(icmp('10.0.0.12 protocol 112 unreachable'))).toBe(112)
    expect(icmpProtocol(icmp('10.0.0.21 protocol 4 port 60 unreachable'))).toBe(4)
    expect(icmpProtocol(icmp('host 10.0.0.1 unreachable'))).toBeUndefined()
  })
})
