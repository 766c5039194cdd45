import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'
import {
  cidrOf,
  compareIp,
  inCidr,
  isIpv4,
  isIpv6,
  maskPrefix,
  parseCidr,
  parseIp,
  prefixLength,
  sameSubnet,
} from '../../src/lib/ip.ts'
import { isPlainIpv6 } from '../../src/lib/plain-ipv6.ts'

describe('parseIp', () => {
  it.each([
    ['192.168.10.100', '192.168.10.100'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:DB8:0:0:0::1', '2001:db8::1'],
    ['::', '::'],
    ['FE80::1', 'fe80::1'],
  ])('reads %s', (text, canonical) => {
    expect(parseIp(text)).toBe(canonical)
  })

  it.each([
    ['octal to some, decimal to others', '010.0.0.1'],
    ['short forms', '10.1'],
    ['a bare number', '1'],
    ['too large an octet', '10.0.0.256'],
    ['too many octets', '10.0.0.1.2'],
    ['empty octets', '10..0.1'],
    ['a trailing dot', '10.0.0.1.'],
    ['blanks', ' 10.0.0.1'],
    ['a prefix length', '10.0.0.1/24'],
    ['a zone', 'fe80::1%eth0'],
    ['two gaps', '1::2::3'],
    ['nothing', ''],
    ['a name', 'localhost'],
    ['something endless', ':'.repeat(10_000)],
  ])('refuses %s', (_why, text) => {
    expect(parseIp(text)).toBeUndefined()
  })

  it('accepts exactly the IPv4 texts that ipaddr.js accepts', () => {
    const octet = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('', '00', '01', '1a', '-1'))
    fc.assert(
      fc.property(fc.array(octet, { minLength: 3, maxLength: 5 }), (parts) => {
        const text = parts.join('.')
        expect(isIpv4(text)).toBe(ipaddr.IPv4.isValidFourPartDecimal(text))
      }),
    )
  })
})

describe('isPlainIpv6', () => {
  const group = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16)),
    fc.constantFrom('0', '', '1', 'FE80', '0db8', '12345', 'g', '1.2.3.4'),
  )
  const anyText = fc
    .tuple(
      fc.array(group, { maxLength: 9 }),
      fc.array(fc.constantFrom(':', ':', ':', '::'), { minLength: 10, maxLength: 10 }),
    )
    .map(([groups, colons]) => groups.map((text, at) => `${text}${colons[at]}`).join(''))
  const shortened = fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
    .map((parts) => new ipaddr.IPv6(parts).toRFC5952String())

  it('knows what a kernel prints', () => {
    for (const text of ['::1', 'fe80::', 'fe80::42:acff:fe11:2', '2001:db8::1', 'ff02::1:ff00:12', '1:2:3:4:5:6:7:8'])
      expect([text, isPlainIpv6(text)]).toEqual([text, true])
  })

  it('says yes only to what ipaddr.js takes and would spell the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => text.slice(0, -1)),
          shortened,
        ),
        (text) => {
          if (isPlainIpv6(text)) expect(ipaddr.IPv6.parse(text).toRFC5952String()).toBe(text)
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('says yes to every canonical text without a written zero or an embedded IPv4 address', () => {
    fc.assert(
      fc.property(shortened, (text) => {
        if (!/(?:^|:)0(?::|$)/.test(text)) expect([text, isPlainIpv6(text)]).toEqual([text, true])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('networks', () => {
  it('knows which address lies where', () => {
    expect(inCidr('192.168.10.100', '192.168.10.0/24')).toBe(true)
    expect(inCidr('192.168.11.100', '192.168.10.0/24')).toBe(false)
    expect(inCidr('192.168.10.100', '192.168.10.7/24')).toBe(true)
    expect(inCidr('8.8.8.8', '0.0.0.0/0')).toBe(true)
    expect(inCidr('224.0.0.18', '224.0.0.18')).toBe(true)
    expect(inCidr('2001:db8::5', '2001:db8::/64')).toBe(true)
    expect(inCidr('2001:db8:0:1::5', '2001:db8::/64')).toBe(false)
  })

  it('understands the masks that iptables prints, contiguous or not', () => {
    expect(inCidr('10.0.0.9', '10.0.0.0/255.255.255.0')).toBe(true)
    expect(inCidr('10.7.0.9', '10.0.0.9/255.0.0.255')).toBe(true)
    expect(inCidr('10.7.0.8', '10.0.0.9/255.0.0.255')).toBe(false)
  })

  it('says no to another family and to nonsense', () => {
    expect(inCidr('10.0.0.1', '::/0')).toBe(false)
    expect(inCidr('::1', '0.0.0.0/0')).toBe(false)
    expect(inCidr('10.0.0.1', '10.0.0.0/33')).toBe(false)
    expect(inCidr('10.0.0.1', '10.0.0.0/')).toBe(false)
    expect(inCidr('eth0', '0.0.0.0/0')).toBe(false)
  })

  it('clears the host bits', () => {
    expect(cidrOf('192.168.10.100', 24)).toBe('192.168.10.0/24')
    expect(cidrOf('192.168.10.100', 32)).toBe('192.168.10.100/32')
    expect(cidrOf('192.168.10.100', 0)).toBe('0.0.0.0/0')
    expect(cidrOf('2001:db8::abcd', 64)).toBe('2001:db8::/64')
    expect(cidrOf('192.168.10.100', 33)).toBeUndefined()
    expect(cidrOf('192.168.10.100', 1.5)).toBeUndefined()
  })

  it('compares subnets', () => {
    expect(sameSubnet('10.0.0.1', '10.0.0.200', 24)).toBe(true)
    expect(sameSubnet('10.0.0.1', '10.0.0.200', 25)).toBe(false)
    expect(sameSubnet('10.0.0.1', '::1', 0)).toBe(false)
  })

  it('reads prefixes and netmasks', () => {
    expect(parseCidr('10.0.0.1/8')).toEqual({ ip: '10.0.0.1', prefix: 8 })
    expect(parseCidr('10.0.0.1/255.255.0.0')).toEqual({ ip: '10.0.0.1', prefix: 16 })
    expect(parseCidr('10.0.0.1/255.0.255.0')).toBeUndefined()
    expect(parseCidr('::1/129')).toBeUndefined()
    expect(prefixLength('10.0.0.1')).toBe(32)
    expect(prefixLength('fe80::1')).toBe(128)
    expect(prefixLength('10.0.0.0/-1')).toBeUndefined()
    expect(maskPrefix('255.255.255.255')).toBe(32)
    expect(maskPrefix('0.0.0.0')).toBe(0)
    expect(maskPrefix('255.255.254.0')).toBe(23)
    expect(maskPrefix('255.0.255.0')).toBeUndefined()
  })

  it('agrees with ipaddr.js on every IPv4 network', () => {
    const address = fc.ipV4()
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (ip, network, prefix) => {
        expect(inCidr(ip, `${network}/${prefix}`)).toBe(ipaddr.IPv4.parse(ip).match(ipaddr.IPv4.parse(network), prefix))
        expect(cidrOf(ip, prefix)).toBe(`${ipaddr.IPv4.networkAddressFromCIDR(`${ip}/${prefix}`)}/${prefix}`)
      }),
    )
  })
})

describe('compareIp', () => {
  it('sorts by value, IPv4 first, names last', () => {
    const sorted = ['10.0.0.9', '10.0.0.10', '192.168.1.1', '::1', 'fe80::1', 'fe80::10', 'host']
    expect([...sorted].reverse().sort(compareIp)).toEqual(sorted)
  })
})

describe('isIpv6', () => {
  it('is about IPv6 only', () => {
    expect(isIpv6('::1')).toBe(true)
    expect(isIpv6('10.0.0.1')).toBe(false)
  })
})
