/** What a keepalived.conf with a brace out of place was meant to say. */
import { describe, expect, it } from 'vitest'
import { vipsMeant } from '../../src/topology/conf-braces.ts'
import { readCase } from '../check-tester.ts'
import { conf, VIP } from '../checks/support/cluster.ts'

function meant(text: string): readonly string[] {
  const { hosts } = readCase({ hosts: { ds1: { 'cat /etc/keepalived/keepalived.conf': text } } })
  const fact = hosts[0]?.facts.keepalived
  return fact?.state === 'known' ? vipsMeant(fact.value) : []
}

describe('VIPs that a text means', () => {
  it('are told although the block before them is not closed and has swallowed them', () => {
    const open = conf({ vips: ['192.168.10.100/24 dev eth0', '192.168.10.101'] }).replace('1111\n    }\n', '1111\n')
    expect(meant(open)).toEqual(['192.168.10.100', '192.168.10.101'])
  })

  it('are told although the word before them is misspelt', () => {
    expect(
      meant(
        conf()
          .replace('virtual_ipaddress', 'virtual _ipaddress')
          .replace(/virtual_server[\s\S]*/, ''),
      ),
    ).toEqual([VIP])
  })

  it('may be named by their virtual server alone', () => {
    expect(meant(conf({ vips: [] }))).toEqual([VIP])
    expect(meant('virtual_server_group web {\n    10.0.0.1 80\n    fwmark 8\n}\n')).toEqual(['10.0.0.1'])
  })

  it('are none where a variable stands for them', () => {
    expect(meant(conf({ vips: ['$VIP'] }))).toEqual([])
  })
})
