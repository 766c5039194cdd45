/** Frame by frame beside tshark: addresses, ARP, VRRP, ICMP, IPIP, TCP and UDP, on recorded and on made captures. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decode } from '../../../src/parsers/pcap/decode.ts'
import type { Body, Frame } from '../../../src/parsers/pcap/frame.ts'
import { classic, packetsOf } from './files.ts'
import { made } from './made.ts'

const installed = spawnSync('tshark', ['--version']).error === undefined
if (!installed) console.warn('SKIPPED: tshark is not installed, packets are not compared with what it decodes')

const FIELDS = [
  ...['ip.src', 'ip.dst', 'ip.ttl', 'ip.id', 'ip.proto', 'ipv6.src', 'ipv6.dst', 'vlan.id', 'ieee8021ad.id'],
  ...['arp.opcode', 'arp.src.hw_mac', 'arp.src.proto_ipv4', 'arp.dst.hw_mac', 'arp.dst.proto_ipv4'],
  ...['tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.flags', 'tcp.window_size_value', 'tcp.len'],
  ...['tcp.options.mss_val', 'tcp.options.timestamp.tsval', 'tcp.options.wscale.shift'],
  ...['vrrp.version', 'vrrp.virt_rtr_id', 'vrrp.prio', 'vrrp.auth_type', 'vrrp.adver_int', 'vrrp.short_adver_int'],
  ...['vrrp.ip_addr', 'vrrp.auth_string', 'vrrp.checksum.status'],
  ...['icmp.type', 'icmp.code', 'icmp.mtu', 'icmp.redir_gw', 'icmpv6.type', 'udp.srcport', 'udp.dstport', 'udp.length'],
] as const
type Field = (typeof FIELDS)[number]
type Row = Readonly<Record<Field, readonly string[]>>

function tshark(file: string): readonly Row[] {
  const args = ['-n', '-r', file, '-T', 'fields', '-E', 'separator=\t', '-E', 'occurrence=a', '-E', 'aggregator= ']
  // Checks of checksums are off by default; of a conversation's numbers only the raw ones are asked for.
  const wanted = FIELDS.flatMap((field) => ['-e', field])
  const { stdout, status, stderr } = spawnSync('tshark', [...args, ...wanted], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`tshark: ${stderr}`)
  return stdout
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const cells = line.split('\t')
      return Object.fromEntries(
        FIELDS.map((field, i) => [field, (cells[i] ?? '').split(' ').filter(Boolean)]),
      ) as unknown as Row
    })
}

const num = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

/** What we say, in tshark's fields. An ICMP error shows the headers it quotes as well. */
function ours({ link, ip, body }: Frame): Record<string, unknown> {
  const all = [...ip, ...(body.is === 'icmp' && body.about !== undefined ? [body.about.ip] : [])]
  const four = all.filter(({ version }) => version === 4)
  const six = all.filter(({ version }) => version === 6)
  return {
    'ip.src': four.map(({ src }) => src),
    'ip.dst': four.map(({ dst }) => dst),
    'ip.ttl': four.map(({ ttl }) => ttl),
    'ip.id': four.map(({ id }) => id),
    'ip.proto': four.map(({ proto }) => proto),
    'ipv6.src': six.map(({ src }) => src),
    'ipv6.dst': six.map(({ dst }) => dst),
    'vlan.id': link.tags.map(({ control }) => control & 0xfff),
    ...said(body),
  }
}

function said(body: Body): Record<string, unknown> {
  switch (body.is) {
    case 'arp':
      return { arp: [body.op, body.senderMac, body.sender, body.targetMac, body.target] }
    case 'tcp':
      return {
        tcp: [
          body.sport,
          body.dport,
          body.seq,
          body.ack,
          body.flags,
          body.window,
          body.length,
          body.mss,
          body.stamp?.value,
          body.scale,
        ],
      }
    case 'vrrp':
      return {
        vrrp: [
          body.version,
          body.vrid,
          body.priority,
          body.authType,
          body.interval,
          body.vips,
          body.auth,
          body.checksum,
        ],
      }
    case 'icmp':
      return body.version === 4
        ? { icmp: [body.type, body.code, body.type === 3 && body.code === 4 ? body.rest & 0xffff : undefined] }
        : { icmp6: [body.type] }
    case 'udp':
      return { udp: [body.sport, body.dport, body.length + 8] }
    default:
      return {}
  }
}

function theirs(row: Row): Record<string, unknown> {
  const one = (field: Field): string | undefined => row[field][0]
  const quoting = row['icmp.type'].length + row['icmpv6.type'].length > 0
  return {
    'ip.src': row['ip.src'],
    'ip.dst': row['ip.dst'],
    'ip.ttl': row['ip.ttl'].map(Number),
    'ip.id': row['ip.id'].map(Number),
    'ip.proto': row['ip.proto'].map(Number),
    'ipv6.src': row['ipv6.src'],
    'ipv6.dst': row['ipv6.dst'],
    // The outer of two tags has a name of its own.
    'vlan.id': [...row['ieee8021ad.id'], ...row['vlan.id']].map(Number),
    ...(one('arp.opcode') === undefined
      ? {}
      : {
          arp: [
            num(one('arp.opcode')),
            ...(['arp.src.hw_mac', 'arp.src.proto_ipv4', 'arp.dst.hw_mac', 'arp.dst.proto_ipv4'] as const).map(one),
          ],
        }),
    ...(one('tcp.srcport') === undefined || quoting
      ? {}
      : {
          tcp: (
            [
              ...(['tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.flags'] as const),
              ...(['tcp.window_size_value', 'tcp.len', 'tcp.options.mss_val'] as const),
              ...(['tcp.options.timestamp.tsval', 'tcp.options.wscale.shift'] as const),
            ] as const
          ).map((field) => num(one(field))),
        }),
    ...(one('vrrp.version') === undefined || quoting
      ? {}
      : {
          vrrp: [
            ...(['vrrp.version', 'vrrp.virt_rtr_id', 'vrrp.prio', 'vrrp.auth_type'] as const).map((field) =>
              num(one(field)),
            ),
            num(one('vrrp.adver_int') ?? one('vrrp.short_adver_int')),
            row['vrrp.ip_addr'],
            one('vrrp.auth_string'),
            one('vrrp.checksum.status') === '1' ? 'good' : 'bad',
          ],
        }),
    ...(one('icmp.type') === undefined
      ? {}
      : { icmp: [num(one('icmp.type')), num(one('icmp.code')), num(one('icmp.mtu'))] }),
    ...(one('icmpv6.type') === undefined ? {} : { icmp6: [num(one('icmpv6.type'))] }),
    ...(one('udp.srcport') === undefined || quoting
      ? {}
      : { udp: [num(one('udp.srcport')), num(one('udp.dstport')), num(one('udp.length'))] }),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-tshark-'))
afterAll(() => rmSync(folder, { recursive: true }))

function compare(file: string): void {
  const { link, packets } = packetsOf(readFileSync(file))
  const rows = tshark(file)
  expect(rows).toHaveLength(packets.length)
  for (const [index, { bytes }] of packets.entries())
    expect(ours(decode(bytes, link)), `frame ${index + 1}`).toEqual(theirs(rows[index] as Row))
}

const FOLDERS = [
  join(import.meta.dirname, '../../../fixtures/outputs/tcpdump/pcap'),
  join(import.meta.dirname, '../../../../shared/captures'),
]
const recorded = FOLDERS.filter((path) => existsSync(path)).flatMap((path) =>
  readdirSync(path).map((name) => join(path, name)),
)

describe.skipIf(!installed)('what tshark sees', () => {
  it.each(recorded)('%s', (file) => compare(file))

  it.each([
    ['Ethernet with tags', 1],
    ['Linux cooked 1', 113],
    ['Linux cooked 2', 276],
    ['raw IP', 101],
    ['null', 0],
    ['loop', 108],
  ] as const)('made at random: %s', (_, link) => {
    const file = join(folder, `${link}.pcap`)
    writeFileSync(file, classic(made(1, 1500, link), { link }))
    compare(file)
  })
})
