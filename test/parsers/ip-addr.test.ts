import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { ipAddr } from '../../src/parsers/ip-addr.ts'
import { plain, sectionOf } from './section.ts'

const ETH0 = '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000'

describe('ip addr', () => {
  it('reads by content: a copy that lost its indentation says the same', () => {
    const text = `${ETH0}\n    link/ether 52:54:00:00:00:21 brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.1/24 scope global eth0\n`
    const flat = text.replaceAll(/^ +/gm, '')
    expect(ipAddr.parse(sectionOf(flat))).toEqual(ipAddr.parse(sectionOf(text)))
  })

  it('gives an address to no link when the line that starts the link is damaged', () => {
    const { value, unread } = ipAddr.parse(
      sectionOf(`${ETH0}\n3: eth1: <BROADCAST,MULTI\n    inet 10.0.0.1/24 scope global eth1\n`),
    )
    expect(value.links.map((link) => [link.name, link.addresses])).toEqual([['eth0', []]])
    expect(unread.map((line) => line.at.line)).toEqual([2, 3])
  })

  it.each([
    ['an address cut before its prefix length', '    inet 10.0.0.1'],
    ['an address cut behind a key', '    inet 10.0.0.1/24 brd'],
    ['an octet too large', '    inet 10.0.0.256/24 scope global eth0'],
    ['a prefix too long', '    inet 10.0.0.1/33 scope global eth0'],
    ['an address of the other family', '    inet6 10.0.0.1/24 scope global'],
    ['a key that IPv6 addresses do not have', '    inet6 fe80::1/64 scope link eth0'],
    ['a hardware address cut off', '    link/ether 52:54:00'],
    ['a VLAN without its number', '    vlan protocol 802.1Q id'],
    ['something else', '    and now for something completely different'],
  ])('leaves unread: %s', (_what, line) => {
    const { value, unread } = ipAddr.parse(sectionOf(`${ETH0}\n${line}\n`))
    expect(value.links[0]?.addresses).toEqual([])
    expect(unread.map((one) => one.text)).toEqual([line])
  })

  it('knows a selection from everything', () => {
    const partial = (command: string) => ipAddr.parse(sectionOf(ETH0, { command })).partial ?? false
    const everything = [
      '',
      'ip a',
      'ip addr',
      'ip addr show',
      '/sbin/ip -d a s',
      'sudo ip -s addr ls',
      'ip a 2>/dev/null',
    ]
    const selections = [
      'ip -4 a',
      'ip addr show dev eth0',
      'ip a s eth0',
      'ip a | grep -A4 eth0',
      'ip -f inet addr',
      'ip a show up',
    ]
    expect(everything.map(partial)).toEqual(everything.map(() => false))
    expect(selections.map(partial)).toEqual(selections.map(() => true))
  })

  it('keeps the last look when a text holds the same link twice', () => {
    const { value } = ipAddr.parse(sectionOf(`${ETH0}\n    inet 10.0.0.1/24 scope global eth0\n${ETH0}\n`))
    expect(plain(value.links.map((link) => [link.at, link.addresses]))).toEqual([[3, []]])
  })

  it('does not understand an error message', () => {
    expect(() => ipAddr.parse(sectionOf('Device "eth9" does not exist.\n'))).toThrow(NotUnderstood)
  })
})
