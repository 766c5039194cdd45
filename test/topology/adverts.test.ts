import { describe, expect, it } from 'vitest'
import { aboutAdverts, advertRule, advertsFrom, advertsTo, overIpv4 } from '../../src/topology/adverts.ts'
import { readCase } from '../check-tester.ts'
import { conf, dr } from '../checks/support/cluster.ts'

const { hosts } = readCase({ hosts: { ds1: dr.ds1, ds2: dr.ds2 } })
const [ds1, ds2] = hosts
if (!ds1 || !ds2) throw new Error('two directors')

function alone(text: string) {
  const host = readCase({ hosts: { ds1: { 'cat /etc/keepalived/keepalived.conf': text } } }).hosts[0]
  if (!host) throw new Error('one director')
  return host
}

describe('adverts of a virtual router', () => {
  it('the node of the higher priority need not hear, the other need not send', () => {
    expect(advertsTo(ds1, hosts)).toMatchObject([{ peer: 'ds2', src: '192.168.10.12', highest: true }])
    expect(advertsFrom(ds1, hosts)).toMatchObject([{ dev: 'eth0', dst: '224.0.0.18', outranked: false }])
    expect(advertsFrom(ds2, hosts)).toMatchObject([{ src: '192.168.10.12', highest: false, outranked: true }])
  })

  it('concern both nodes, the VIP and the instance', () => {
    expect(aboutAdverts('ds2', advertsTo(ds2, hosts))).toEqual({
      hosts: ['ds2', 'ds1'],
      vips: ['192.168.10.100'],
      instances: ['VI_1'],
    })
  })

  it('are accepted by protocol; AH has a number of its own', () => {
    const [multicast] = advertsTo(ds2, hosts)
    const host = alone(
      conf({ auth: null, instance: '    authentication {\n        auth_type AH\n        auth_pass 1\n    }' }),
    )
    expect(multicast && advertRule(multicast, 'in')).toBe('-p vrrp')
    expect(advertsFrom(host, [host]).map((flow) => advertRule(flow, 'out'))).toEqual(['-p ah'])
  })

  it('name a unicast peer in a rule only where it is an address', () => {
    const host = alone(conf({ instance: '    unicast_peer {\n        192.168.10.12\n        $(reboot)\n    }' }))
    const flows = advertsTo(host, [host])
    expect(flows.map((flow) => flow.src)).toEqual(['192.168.10.12', '$(reboot)'])
    expect(flows.map((flow) => advertRule(flow, 'in'))).toEqual(['-p vrrp -s 192.168.10.12', '-p vrrp'])
    expect(advertRule({ ...flows[0], dst: '192.168.10.12' } as (typeof flows)[0] & object, 'out')).toBe(
      '-p vrrp -d 192.168.10.12',
    )
  })

  it('are of the family of the first VIP', () => {
    const host = alone(conf({ vips: ['2001:db8::100'], auth: null }))
    expect(advertsTo(host, [host]).map(overIpv4)).toEqual([false])
    expect(advertsTo(ds1, hosts).map(overIpv4)).toEqual([true])
  })
})
