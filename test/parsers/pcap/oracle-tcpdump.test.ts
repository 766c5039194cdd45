/** The listing of a capture reads as what tcpdump prints of it: one analysis for both. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Packet } from '../../../src/model/facts.ts'
import { decode } from '../../../src/parsers/pcap/decode.ts'
import { printFrame } from '../../../src/parsers/pcap/print.ts'
import { tcpdump } from '../../../src/parsers/tcpdump.ts'
import { sectionOf } from '../section.ts'
import { classic, packetsOf } from './files.ts'
import { made } from './made.ts'

const installed = spawnSync('tcpdump', ['--version']).error === undefined
if (!installed) console.warn('SKIPPED: tcpdump is not installed, listings are not compared with what it prints')

const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-listing-'))
afterAll(() => rmSync(folder, { recursive: true }))

function theirs(file: string): readonly Packet[] {
  const { stdout, status } = spawnSync('tcpdump', ['-nnevStttt', '-r', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: 'UTC' },
  })
  if (status !== 0) throw new Error('tcpdump failed')
  return tcpdump.parse(sectionOf(stdout, { command: 'tcpdump -nnevStttt -r x' })).value.packets
}

function ours(file: string): readonly Packet[] {
  const { link, packets } = packetsOf(readFileSync(file))
  const lines = packets.map(({ bytes, length, seconds, nanos }, index) => {
    const at = { seconds, nanos }
    return printFrame(decode(bytes, link), {
      number: index + 1,
      at,
      length: length ?? bytes.length,
      again: 0,
      until: at,
    })
  })
  const { value, unread } = tcpdump.parse(sectionOf(lines.join('\n'), { command: 'tcpdump -nn -e -v -r x' }))
  expect(unread).toEqual([])
  expect(value.packets).toHaveLength(packets.length)
  return value.packets
}

/** All but the place in the text, and what one of the two does not print. */
function essence(packet: Packet): unknown {
  const { at: _, ...rest } = packet
  // The words for protocols that no check asks about are ours.
  if (rest.kind === 'other') return [rest.kind, rest.src, rest.dst, rest.time, rest.vlan, rest.ttl]
  const texts = { interface: undefined, quoted: undefined, auth: undefined }
  if (rest.kind === 'icmp') return { ...rest, ...texts, text: rest.text.replace(DETAIL, '') }
  // A short snap length hides from tcpdump how long a segment in a tunnel is; the IP header tells.
  return { ...rest, ...texts, ...('outer' in rest ? { length: undefined } : {}) }
}

/** What follows the part of an ICMP message that is compared. */
const DETAIL = /(?:unreachable - source|parameter|type-#|time exceeded|neighbor solicitation|packet too big|redirect).*/

const recorded = [
  join(import.meta.dirname, '../../../fixtures/outputs/tcpdump/pcap'),
  join(import.meta.dirname, '../../../../shared/captures'),
]
  .filter((path) => existsSync(path))
  .flatMap((path) => readdirSync(path).map((name) => join(path, name)))

describe.skipIf(!installed)('what tcpdump prints', () => {
  it.each(recorded)('%s', (file) => {
    expect(ours(file).map(essence)).toEqual(theirs(file).map(essence))
  })

  it.each([1, 113, 276, 101, 0] as const)('made at random, link type %i', (link) => {
    const file = join(folder, `${link}.pcap`)
    writeFileSync(file, classic(made(2, 600, link), { link }))
    const [mine, yours] = [ours(file), theirs(file)]
    const same = (packet: Packet | undefined, i: number) =>
      expect(packet && essence(packet), `frame ${i + 1}`).toEqual(yours[i] && essence(yours[i] as Packet))
    for (const [i, packet] of mine.entries()) same(packet, i)
  })
})
