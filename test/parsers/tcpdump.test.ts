import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import type { Reading } from '../../src/model/evidence.ts'
import type { Capture, Packet } from '../../src/model/facts.ts'
import { tcpdump } from '../../src/parsers/tcpdump.ts'
import { sectionOf } from './section.ts'

function read(text: string, command = ''): Reading<Capture> {
  return tcpdump.parse(sectionOf(text, { command }))
}

/** The only packet of a text, every line of it understood. */
function packet(text: string): Packet {
  const { value, unread } = read(text)
  expect(unread).toEqual([])
  expect(value.packets).toHaveLength(1)
  return value.packets[0] as Packet
}

const ADVERT = 'VRRPv2, Advertisement, vrid 51, prio 100, authtype simple, intvl 1s, length 20'

describe('addresses and ports', () => {
  it('splits the port off the address', () => {
    expect(
      packet(
        '15:39:27.919950 IP 28.117.161.129.53761 > 16.21.206.159.http: Flags [S], seq 781213085, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0',
      ),
    ).toMatchObject({
      kind: 'tcp',
      time: 56367.91995,
      src: '28.117.161.129',
      sport: 53761,
      dst: '16.21.206.159',
      dport: 'http',
      flags: 'S',
      seq: 781213085,
      tsval: 130630673,
      length: 0,
      tagged: false,
    })
  })

  it('reads IPv6, whose ports stand behind a dot as well', () => {
    expect(
      packet('10:00:00.000000 IP6 2001:db8::1.40000 > 2001:db8::2.80: Flags [S.], seq 1, ack 2, win 1, length 0'),
    ).toMatchObject({ src: '2001:db8::1', sport: 40000, dst: '2001:db8::2', dport: 80, flags: 'S.', ack: 2 })
  })

  it('reads IPv6 of -v, which stays on one line', () => {
    const head = '10:00:00.000000 IP6 (flowlabel 0xc6c30, hlim 63, next-header TCP (6) payload length: 40) '
    expect(
      packet(`${head}2001:db8::1.40000 > 2001:db8::2.80: Flags [S], cksum 0x5b6f (correct), seq 5, win 1, length 0`),
    ).toMatchObject({
      ttl: 63,
      src: '2001:db8::1',
      seq: 5,
    })
  })

  it('keeps names where -n was missing', () => {
    expect(
      packet('10:00:00.000000 IP ds1.example.org.53761 > vip.example.org.webcache: Flags [S], seq 1, win 1, length 0'),
    ).toMatchObject({
      src: 'ds1.example.org',
      dst: 'vip.example.org',
      dport: 'webcache',
    })
  })
})

describe('the link layer', () => {
  it('knows a tagged packet of an older cooked capture by its bare ethertype', () => {
    expect(packet(`11:46:31.069422 ethertype IPv4, IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`)).toMatchObject({
      tagged: true,
      vrid: 51,
    })
  })

  it.each([
    ['eth0  In ', 'eth0', 'in'],
    ['eth0.10 Out', 'eth0.10', 'out'],
    ['tunl0 In ', 'tunl0', 'in'],
    ['bond0 M  ', 'bond0', 'multicast'],
    ['eth0  B  ', 'eth0', 'broadcast'],
    ['eth0  P  ', 'eth0', 'other'],
  ])('reads interface and direction of a new cooked capture: %s', (head, device, direction) => {
    expect(packet(`11:46:31.069422 ${head} IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`)).toMatchObject({
      interface: device,
      direction,
    })
  })

  it.each([
    ['Out 02:00:00:00:00:02 ethertype IPv4 (0x0800), length 56: ', 'out'],
    ['  M 02:00:00:00:00:02 (oui Unknown) ethertype IPv4 (0x0800), length 56: ', 'multicast'],
    [' In 02:00:00:00:00:02 ethertype IPv4 (0x0800), length 56: ', 'in'],
  ])('reads direction and MAC of an older one with -e: %s', (head, direction) => {
    expect(packet(`11:46:31.069422 ${head}10.0.0.11 > 224.0.0.18: ${ADVERT}`)).toMatchObject({
      direction,
      srcMac: '02:00:00:00:00:02',
      src: '10.0.0.11',
    })
  })

  it('reads both MACs of -e on a wire, and the tag', () => {
    const text =
      '11:46:31.069422 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1Q (0x8100), length 78: vlan 10, p 0, ethertype IPv4 (0x0800), 10.10.0.1.54870 > 10.10.0.21.80: Flags [S], seq 1, win 1, length 0'
    expect(packet(text)).toMatchObject({
      srcMac: '02:00:00:00:00:01',
      dstMac: '02:00:00:00:00:02',
      vlan: 10,
      tagged: true,
      dport: 80,
    })
  })
})

describe('tunnels', () => {
  it.each([
    [
      'plain',
      '11:46:31.000000 IP 10.0.0.11 > 10.0.0.21: IP 10.0.0.100.36954 > 10.0.0.200.80: Flags [S], seq 1, win 1, length 0',
    ],
    [
      'with the protocol in older texts',
      '11:46:31.000000 IP 10.0.0.11 > 10.0.0.21: IP 10.0.0.100.36954 > 10.0.0.200.80: Flags [S], seq 1, win 1, length 0 (ipip-proto-4)',
    ],
    [
      'with -e',
      '11:46:31.000000 02:00:00:00:00:02 > 02:00:00:00:00:03, ethertype IPv4 (0x0800), length 94: 10.0.0.11 > 10.0.0.21: 10.0.0.100.36954 > 10.0.0.200.80: Flags [S], seq 1, win 1, length 0',
    ],
  ])('reads the packet inside: %s', (_form, text) => {
    expect(packet(text)).toMatchObject({
      outer: { src: '10.0.0.11', dst: '10.0.0.21' },
      src: '10.0.0.100',
      dst: '10.0.0.200',
      dport: 80,
    })
  })

  it('reads three lines of -v as one packet and cites them all', () => {
    const text = [
      '13:29:35.715839 eth0  In  IP (tos 0x0, ttl 61, id 0, offset 0, flags [DF], proto IPIP (4), length 80)',
      '    192.168.10.11 > 192.168.20.21: IP (tos 0x0, ttl 62, id 36726, offset 0, flags [DF], proto TCP (6), length 60)',
      '    172.16.0.10.53298 > 192.168.10.100.80: Flags [S], seq 878197196, win 64240, options [mss 1460,sackOK,TS val 3600028947 ecr 0, [|tcp]',
    ]
    expect(packet(text.join('\n'))).toMatchObject({
      at: { line: 1, last: 3 },
      ttl: 62,
      ipId: 36726,
      outer: { src: '192.168.10.11', dst: '192.168.20.21' },
      tsval: 3600028947,
    })
  })
})

describe('VRRP', () => {
  it('reads version 2', () => {
    expect(packet(`11:46:40.336332 IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`)).toMatchObject({
      kind: 'vrrp',
      version: 2,
      vrid: 51,
      priority: 100,
      authType: 'simple',
      interval: 1,
    })
  })

  it('reads version 3, whose interval is in centiseconds', () => {
    const advert = packet(
      '11:46:40.336332 IP 10.0.0.12 > 224.0.0.18: VRRPv3, Advertisement, vrid 51, prio 90, intvl 50cs, length 12',
    )
    expect(advert).toMatchObject({ version: 3, interval: 0.5 })
    expect(advert).not.toHaveProperty('authType')
  })

  it('takes over a TTL that is not 255', () => {
    const text =
      '11:46:40.336332 IP 10.0.0.11 > 224.0.0.18: VRRPv2, Advertisement, (ttl 64), vrid 51, prio 100, intvl 1s, length 20'
    expect(packet(text)).toMatchObject({ ttl: 64, vrid: 51 })
  })

  it.each([
    ['4.99', '    10.0.0.11 > 224.0.0.18: '],
    ['4.9, which names the addresses twice', '    10.0.0.11 > 224.0.0.18: vrrp 10.0.0.11 > 224.0.0.18: '],
  ])('reads addresses and masked password of -v: %s', (_version, ends) => {
    const text = `11:46:40.336332 IP (tos 0xc0, ttl 255, id 1, offset 0, flags [none], proto VRRP (112), length 40)\n${ends}${ADVERT}, addrs(2): 10.0.0.200,10.0.0.201 auth "<secret-1/4>"`
    expect(packet(text)).toMatchObject({ ttl: 255, vips: ['10.0.0.200', '10.0.0.201'], auth: 'secret-1' })
  })

  it('never lets a password through that nobody masked', () => {
    const text = `11:46:40.336332 IP (tos 0xc0, ttl 255, id 1, offset 0, flags [none], proto VRRP (112), length 40)\n    10.0.0.11 > 224.0.0.18: ${ADVERT}, addrs: 10.0.0.200 auth "hunter2"`
    expect(JSON.stringify(read(text))).not.toContain('hunter2')
  })

  it('sees through IPsec AH', () => {
    const text = `11:46:40.336332 IP 10.0.0.11 > 224.0.0.18: AH(spi=0x0a00000b,sumlen=16,seq=0x1): ${ADVERT}`
    expect(packet(text)).toMatchObject({ kind: 'vrrp', vrid: 51 })
  })
})

describe('ARP', () => {
  it.each([
    [
      'a question',
      'ARP, Request who-has 10.0.0.200 tell 10.0.0.100, length 28',
      { op: 'request', target: '10.0.0.200', sender: '10.0.0.100' },
    ],
    [
      'a gratuitous one',
      'ARP, Request who-has 10.0.0.200 (ff:ff:ff:ff:ff:ff) tell 10.0.0.200, length 28',
      { target: '10.0.0.200', sender: '10.0.0.200' },
    ],
    [
      'an answer',
      'ARP, Reply 10.0.0.200 is-at 02:00:00:00:00:02 (oui Unknown), length 28',
      { op: 'reply', sender: '10.0.0.200', mac: '02:00:00:00:00:02' },
    ],
    [
      '-v',
      'ARP, Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.200 tell 10.0.0.100, length 28',
      { target: '10.0.0.200' },
    ],
    [
      '-e',
      '02:00:00:00:00:01 (oui Unknown) > Broadcast, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.200 (Broadcast) tell 10.0.0.200, length 28',
      { srcMac: '02:00:00:00:00:01', dstMac: 'ff:ff:ff:ff:ff:ff', sender: '10.0.0.200' },
    ],
    [
      'tcpdump 3',
      'arp who-has 10.0.0.200 tell 10.0.0.100',
      { op: 'request', target: '10.0.0.200', sender: '10.0.0.100' },
    ],
  ])('reads %s', (_form, text, expected) => {
    expect(packet(`11:46:31.070643 ${text}`)).toMatchObject({ kind: 'arp', ...expected })
  })
})

describe('everything else', () => {
  it('keeps the words of ICMP', () => {
    expect(
      packet(
        '11:46:31.0706 IP 10.0.0.200 > 10.0.0.100: ICMP host 10.0.0.200 unreachable - admin prohibited, length 68',
      ),
    ).toMatchObject({
      kind: 'icmp',
      src: '10.0.0.200',
      text: 'host 10.0.0.200 unreachable - admin prohibited',
    })
  })

  it('reads whom an ICMP error of -v is about, and does not count it as a packet', () => {
    const text = [
      '14:25:53.467781 eth0  In  IP (tos 0xc0, ttl 64, id 41758, offset 0, flags [none], proto ICMP (1), length 88)',
      '    10.0.0.200 > 10.0.0.100: ICMP host 10.0.0.200 unreachable - admin prohibited, length 68',
      '\tIP (tos 0x0, ttl 64, id 25059, offset 0, flags [DF], proto TCP (6), length 60)',
      '    10.0.0.100.52554 > 10.0.0.200.80: Flags [S], cksum 0x155a (incorrect -> 0xde85), seq 2201180597, win 64240, length 0',
    ]
    expect(packet(text.join('\n'))).toMatchObject({
      kind: 'icmp',
      quoted: { src: '10.0.0.100', sport: 52554, dst: '10.0.0.200', dport: 80 },
    })
  })

  it.each([
    ['IP 10.0.0.1.53 > 10.0.0.2.40000: 4660 1/0/0 A 10.0.0.3 (44)', { src: '10.0.0.1', dst: '10.0.0.2' }],
    ['IP 10.0.0.11 > 224.0.0.22: igmp v3 report, 1 group record(s)', { src: '10.0.0.11', dst: '224.0.0.22' }],
    ['STP 802.1d, Config, Flags [none], bridge-id 8000.02:00:00:00:00:01.8001, length 35', {}],
  ])('passes %s on as it is', (text, expected) => {
    expect(packet(`11:46:31.070643 ${text}`)).toMatchObject({ kind: 'other', ...expected })
  })

  it('reads the flags of tcpdump before 4.0', () => {
    expect(
      packet(
        '11:46:31.070643 IP 10.0.0.1.40000 > 10.0.0.2.80: S 100:100(0) ack 7 win 5792 <mss 1460,sackOK,timestamp 99 5,nop,wscale 7>',
      ),
    ).toMatchObject({
      flags: 'S.',
      seq: 100,
      ack: 7,
      tsval: 99,
      length: 0,
    })
  })
})

describe('times', () => {
  const line = `IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`
  it.each([
    ['-tt', '1795181375.656541 ', 1795181375.656541],
    ['-tttt', '2026-11-20 13:29:35.656541 ', 1795181375.656541],
    ['nanoseconds', '13:29:35.656541123 ', 48575.656541123],
    ['packet numbers', '    1  13:29:35.656541 ', 48575.656541],
  ])('reads %s', (_form, stamp, time) => {
    expect(packet(`${stamp}${line}`).time).toBe(time)
  })

  it('has none for -t', () => {
    expect(packet(line)).not.toHaveProperty('time')
  })

  it.each([
    ['the command says so', 'tcpdump -ttt vrrp', '00:00:01.001000'],
    ['they begin at zero', '', ' 00:00:00.000000'],
  ])('takes distances for no times: %s', (_why, command, stamp) => {
    const [first] = read(`${stamp} ${line}`, command).value.packets
    expect(first).toMatchObject({ vrid: 51 })
    expect(first).not.toHaveProperty('time')
  })
})

describe('what tcpdump says about itself', () => {
  it('reads the statistics, which also vouch for the end', () => {
    const reading = read(
      [
        'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode',
        'listening on any, link-type LINUX_SLL (Linux cooked), capture size 262144 bytes',
        `11:46:40.336332 IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`,
        '^C38 packets captured',
        '40 packets received by filter',
        '2 packets dropped by kernel',
      ].join('\n'),
    )
    expect(reading.value).toMatchObject({ interface: 'any', linkType: 'LINUX_SLL', captured: 38, droppedByKernel: 2 })
    expect(reading).toMatchObject({ ends: true, unread: [] })
  })

  it('knows an empty capture from no capture', () => {
    expect(read('0 packets captured\n0 packets dropped by kernel').value.packets).toEqual([])
    expect(() => read('')).toThrow(NotUnderstood)
    expect(() => read('tcpdump: eth9: No such device exists')).toThrow(NotUnderstood)
  })

  it.each([
    ['tcpdump -i any -n host 28.17.161.129  # who asks', 'any', 'host 28.17.161.129'],
    ["sudo tcpdump -nni eth0 -c150 'vrrp or arp'", 'eth0', 'vrrp or arp'],
    ['/usr/sbin/tcpdump --interface=bond0 tcp port 80', 'bond0', 'tcp port 80'],
    ['tcpdump -w /dev/null -ieth1', 'eth1', ''],
  ])('takes interface and filter from the command: %s', (command, device, filter) => {
    const text = `11:46:40.336332 IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`
    expect(read(text, command).value).toMatchObject({ command, interface: device, filter })
  })
})

describe('honesty', () => {
  const whole = `11:46:40.336332 IP 10.0.0.11 > 224.0.0.18: ${ADVERT}`
  it.each([
    ['an impossible VRID', whole.replace('vrid 51', 'vrid 5100')],
    ['an advert that was cut off', whole.slice(0, 90)],
    [
      'a sequence number beyond 32 bits',
      '11:46:40.000000 IP 10.0.0.1.5 > 10.0.0.2.80: Flags [S], seq 99999999999999, win 1, length 0',
    ],
    ['an impossible port', '11:46:40.000000 IP 10.0.0.1.500000 > 10.0.0.2.80: Flags [S], seq 1, win 1, length 0'],
    ['an ARP reply without its MAC', '11:46:40.000000 ARP, Reply 10.0.0.1 is-at 02:00:00'],
    ['words behind a time', '11:46:40.000000 started the backup'],
    ['prose', 'then nothing answers any more'],
  ])('leaves %s unread', (_what, line) => {
    const { value, unread } = read(`${whole}\n${line}`)
    expect(value.packets).toHaveLength(1)
    expect(unread.map((item) => item.text)).toEqual([line])
  })

  it('leaves a header of -v unread that lost its second line', () => {
    const header = '11:46:40.336332 IP (tos 0xc0, ttl 255, id 1, offset 0, flags [none], proto VRRP (112), length 40)'
    const { value, unread } = read(`${header}\n${whole}\n${header}`)
    expect(value.packets).toHaveLength(1)
    expect(unread.map((item) => item.at.line)).toEqual([1, 3])
  })

  it('passes payload by that -X prints', () => {
    const { value, unread } = read(`${whole}\n\t0x0000:  4500 0028 0001 0000 ff70 6e13 0a00 000b  E..(.....pn.....`)
    expect([value.packets.length, unread.length]).toEqual([1, 0])
  })
})
