import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { arpTable, ipNeigh } from '../../src/parsers/neighbours.ts'
import { plain, sectionOf } from './section.ts'

const HEADING = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n'

describe('arp -n', () => {
  it('writes hardware addresses in lower case, however they came', () => {
    const { value } = arpTable.parse(sectionOf('10.0.0.5 ether 52:54:00:AA:BB:05 C eth0\n'))
    expect(plain(value.entries)).toEqual([
      { ip: '10.0.0.5', mac: '52:54:00:aa:bb:05', dev: 'eth0', state: 'complete', at: 1 },
    ])
  })

  it('leaves unread what has no address or no hardware address', () => {
    const rows = [
      'gateway ether 52:54:00:00:01:01 C eth0',
      '10.0.0.5 ether 52:54:00 C eth0',
      'arp: in 1 entries no match found.',
    ]
    expect(arpTable.parse(sectionOf(HEADING + rows.join('\n'))).unread.map((line) => line.text)).toEqual(rows)
  })

  it('is a selection when it went through a filter', () => {
    expect(arpTable.parse(sectionOf(HEADING, { command: 'arp -n | grep 10.0' })).partial).toBe(true)
    expect(arpTable.parse(sectionOf(HEADING, { command: 'arp -n' })).partial).toBeUndefined()
  })
})

describe('ip neigh', () => {
  it('passes over the far end of a tunnel, which has no MAC', () => {
    const { value } = ipNeigh.parse(sectionOf('10.0.0.9 dev gre1 lladdr 172.16.0.9 NOARP\n'))
    expect(plain(value.entries)).toEqual([{ ip: '10.0.0.9', dev: 'gre1', state: 'NOARP', at: 1 }])
  })

  it('does not understand a table without a single neighbour', () => {
    expect(() => ipNeigh.parse(sectionOf('Cannot find device "eth9"\n'))).toThrow(NotUnderstood)
  })
})
