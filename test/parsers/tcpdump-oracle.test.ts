/** The real tcpdump prints real captures in all its forms; every packet must be read, none invented. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Packet } from '../../src/model/facts.ts'
import { tcpdump } from '../../src/parsers/tcpdump.ts'
import { sectionOf } from './section.ts'

const FORMS = [
  '-n',
  '-en',
  '-vn',
  '-evn',
  '-vvven',
  '-tn',
  '-tevn',
  '-ttn',
  '-tttn',
  '-ttttn',
  '-tttttn',
  '-#n',
  '-Sn',
  '-nx',
]
const FOLDERS = [
  join(import.meta.dirname, '../../fixtures/outputs/tcpdump/pcap'),
  // More of them where the recorded clusters lie beside the project.
  join(import.meta.dirname, '../../../shared/captures'),
]

const files = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder).map((name) => join(folder, name)),
)
const installed = spawnSync('tcpdump', ['--version']).error === undefined
if (!installed) console.warn('SKIPPED: tcpdump is not installed, its printed forms are not compared')

function print(file: string, form: string): string {
  const { status, stdout } = spawnSync('tcpdump', [form, '-r', file], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`tcpdump ${form} -r ${file}: exit ${status}`)
  return stdout
}

function packets(text: string): readonly Packet[] {
  const { value, unread } = tcpdump.parse(sectionOf(text))
  expect(unread).toEqual([])
  return value.packets
}

/** What no option of tcpdump changes. */
function essence(packet: Packet): unknown {
  switch (packet.kind) {
    case 'tcp':
      return [packet.src, packet.sport, packet.dst, packet.dport, packet.flags, packet.tsval]
    case 'arp':
      return [packet.op, packet.sender, packet.target, packet.mac]
    case 'vrrp':
      return [packet.src, packet.dst, packet.version, packet.vrid, packet.priority, packet.interval, packet.authType]
    default:
      return [packet.kind, packet.src, packet.dst]
  }
}

describe.skipIf(!installed)('what tcpdump prints', () => {
  it.each(files)('%s reads the same in every form', (file) => {
    const expected = packets(print(file, '-n'))
    expect(expected).toHaveLength(print(file, '-nt').trimEnd().split('\n').length)
    for (const form of FORMS) expect(packets(print(file, form)).map(essence), form).toEqual(expected.map(essence))
  })
})
