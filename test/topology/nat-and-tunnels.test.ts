import { describe, expect, it } from 'vitest'
import { holdsOne, isStandby } from '../../src/topology/standby.ts'
import { answerRule, serverNames, translatedBy } from '../../src/topology/translated.ts'
import { tunnelsTo } from '../../src/topology/tunnels.ts'
import { readCase } from '../check-tester.ts'
import { dr, ipvs, nat, tun, VIP } from '../checks/support/cluster.ts'

describe('a director that waits', () => {
  const { topology } = readCase({ hosts: { ds1: dr.ds1, ds2: dr.ds2 } })

  it('is one where another holds the VIP', () => {
    expect([isStandby(topology, 'ds1', [VIP]), isStandby(topology, 'ds2', [VIP])]).toEqual([false, true])
    expect([holdsOne(topology, 'ds1', [VIP]), holdsOne(topology, 'ds2', [VIP])]).toEqual([true, false])
  })

  it('is not known where nobody was seen with the VIP, or there is none', () => {
    const { topology: alone } = readCase({ hosts: { ds2: dr.ds2 } })
    expect(isStandby(alone, 'ds2', [VIP])).toBe(false)
    expect(isStandby(topology, 'ds2', [])).toBe(false)
    expect(isStandby(topology, 'ds2', [undefined])).toBe(false)
  })
})

describe('servers behind address translation', () => {
  it('are those on other machines', () => {
    const { topology } = readCase({ hosts: { ds1: nat.ds1, rs1: nat.rs1 } })
    const pool = translatedBy('ds1', topology.services)
    expect(pool.map(answerRule)).toEqual(['-s 10.10.0.21 -p tcp --sport 80', '-s 10.10.0.22 -p tcp --sport 80'])
    expect(serverNames(pool)).toBe('10.10.0.21 and 10.10.0.22')
    expect(translatedBy('rs1', topology.services)).toEqual([])
  })

  it('are named by three at most, and by a mark without a protocol', () => {
    const servers = ['10.10.0.21:0 Masq 1', '10.10.0.22:0 Masq 1', '10.10.0.23:0 Masq 1', '10.10.0.24:0 Masq 1']
    const { topology } = readCase({ hosts: { ds1: { 'ipvsadm -Ln': ipvs(servers, 'FWM  8 rr') } } })
    const pool = translatedBy('ds1', topology.services)
    expect(serverNames(pool)).toBe('10.10.0.21, 10.10.0.22, 10.10.0.23 and 1 more')
    expect(pool.slice(0, 1).map(answerRule)).toEqual(['-s 10.10.0.21'])
  })
})

describe('tunnels', () => {
  const { hosts, topology } = readCase({ hosts: { rs1: tun.rs1, ds1: tun.ds1, ds2: tun.ds2 } })
  const tunnelsOf = (id: string) => hosts.filter((host) => host.id === id).flatMap((host) => tunnelsTo(host, topology))

  it('lead from every director to the address of a real server', () => {
    expect(tunnelsOf('rs1')).toMatchObject([
      { rip: '192.168.20.21', dev: 'eth0', director: 'ds1', vips: [VIP] },
      { rip: '192.168.20.21', dev: 'eth0', director: 'ds2', vips: [VIP] },
    ])
  })

  it('do not lead to a director', () => {
    expect(tunnelsOf('ds1')).toEqual([])
  })
})
