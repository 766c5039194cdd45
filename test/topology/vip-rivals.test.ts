import { describe, expect, it } from 'vitest'
import { caseView } from '../../src/engine/judge.ts'
import { rivalsOf } from '../../src/topology/vip-rivals.ts'
import { type HostTexts, readCase } from '../check-tester.ts'
import { dr, ipAddr, VIP } from '../checks/support/cluster.ts'

const taken = ipAddr([{ name: 'eth0', mac: '52:54:00:00:00:12', addresses: ['192.168.10.12/24', `${VIP}/32`] }])

function rivals(hosts: HostTexts) {
  const kase = readCase({ hosts })
  const [vip] = kase.topology.vips
  if (!vip) throw new Error('no VIP')
  const { sure, moved, apart } = rivalsOf(vip, caseView(kase))
  return { sure: sure.map(({ host }) => host.id), moved: moved?.text, apart }
}

describe('directors that hold a VIP at the same time', () => {
  it('are those that were seen with it', () => {
    expect(rivals({ ds1: dr.ds1, ds2: { ...dr.ds2, 'ip addr': taken } })).toEqual({ sure: ['ds1', 'ds2'] })
    expect(rivals({ ds1: dr.ds1, ds2: dr.ds2 })).toEqual({ sure: [] })
  })

  it('are not known where one got it between two looks: it may have taken it over', () => {
    const later = { ...dr.ds2, 'ip addr #2': taken }
    expect(rivals({ ds1: dr.ds1, ds2: later })).toEqual({ sure: [], apart: ['ds1', 'ds2'] })
  })

  it('may have parted where keepalived was handled after the look', () => {
    const ds2 = { ...dr.ds2, 'ip addr': taken, 'systemctl restart keepalived': '', 'systemctl status httpd': '' }
    expect(rivals({ ds1: dr.ds1, ds2 })).toEqual({
      sure: [],
      moved: 'systemctl restart keepalived',
      apart: ['ds1', 'ds2'],
    })
  })
})
