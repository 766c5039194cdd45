/** By which interface the packets of clients come in. */
import { describe, expect, it } from 'vitest'
import { arrivalsAt } from '../../src/topology/arrivals.ts'
import { readCase } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP } from '../checks/support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'

function devsOf(addresses: string, text = conf()) {
  const { hosts, topology } = readCase({ hosts: { ds1: { ...dr.ds1, 'ip addr': addresses, [CONF]: text } } })
  return hosts.filter(({ id }) => id === 'ds1').flatMap((host) => arrivalsAt(host, topology).map(({ dev }) => dev))
}

describe('packets for the VIP come in on a director', () => {
  it('by the interface of its instance', () => {
    expect(devsOf(dr.ds1['ip addr'] ?? '')).toEqual(['eth0'])
  })

  it('by the bond, where that interface is a part of one: its own rp_filter is never asked', () => {
    const eth0 = { name: 'eth0', addresses: [`${VIP}/32`], master: 'bond0' }
    expect(devsOf(ipAddr([eth0, { name: 'bond0', addresses: ['192.168.10.11/24'] }]))).toEqual(['bond0'])
    expect(
      devsOf(
        ipAddr([
          { ...eth0, addresses: [] },
          { name: 'bond0', addresses: ['192.168.10.11/24'] },
        ]),
      ),
    ).toEqual(['bond0'])
  })

  it('by something not seen, where the list of interfaces does not show the bond', () => {
    expect(devsOf(ipAddr([{ name: 'eth0', addresses: [`${VIP}/32`], master: 'bond0' }]))).toEqual([])
  })
})
