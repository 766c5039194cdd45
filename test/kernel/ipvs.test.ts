import { describe, expect, it } from 'vitest'
import { modeOf, serviceFor, serviceMode } from '../../src/kernel/ipvs.ts'
import { ipvsadm } from '../../src/parsers/ipvsadm.ts'
import { sectionOf } from '../parsers/section.ts'

const TABLE = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.0.0.100:80 rr
  -> 10.0.0.21:80                 Route   1      0          0
  -> 10.0.0.22:80                 Tunnel  1      0          0
TCP  10.0.0.100:0 rr persistent 50
  -> 10.0.0.21:0                  Masq    1      0          0
UDP  10.0.0.100:53 rr
FWM  8 rr
  -> 10.0.0.21:0                  Local   1      0          0
`
const ipvs = ipvsadm.parse(sectionOf(TABLE, { command: 'ipvsadm -Ln' })).value

describe('serviceFor', () => {
  it.each([
    ['address and port', { protocol: 6, dst: '10.0.0.100', dport: 80 }, 4],
    ['any other port of the address', { protocol: 6, dst: '10.0.0.100', dport: 443 }, 7],
    ['another protocol', { protocol: 17, dst: '10.0.0.100', dport: 53 }, 9],
    ['no service for the port', { protocol: 17, dst: '10.0.0.100', dport: 80 }, undefined],
    ['no service for the address', { protocol: 6, dst: '10.0.0.10', dport: 80 }, undefined],
    ['a marked packet, whatever its address', { protocol: 6, dst: '10.0.0.100', dport: 80, mark: 8 }, 10],
    ['a mark without a service', { protocol: 6, dst: '10.0.0.100', dport: 80, mark: 7 }, 4],
    ['protocols IPVS does not balance', { protocol: 112, dst: '10.0.0.100', dport: 80 }, undefined],
  ])('%s', (_, packet, line) => {
    expect(serviceFor(ipvs, packet)?.at.line).toBe(line)
  })
})

describe('modes', () => {
  it('by the words of ipvsadm', () => {
    expect(ipvs.services.flatMap(({ servers }) => servers.map(modeOf))).toEqual(['DR', 'TUN', 'NAT', 'Local'])
  })

  it('of a service: what all its servers share', () => {
    expect(ipvs.services.map(serviceMode)).toEqual(['unknown', 'NAT', 'unknown', 'Local'])
  })
})
