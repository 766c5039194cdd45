/**
 * Captures with bytes changed, taken out and put in: no crash, no hang, bounded memory, and a listing that our own reader takes.
 * LVSDOCTOR_FUZZ=1000000 runs as many; the seed of a failure is in its message.
 */
import { describe, expect, it } from 'vitest'
import { CaptureReader } from '../../../src/parsers/pcap/reader.ts'
import { tcpdump } from '../../../src/parsers/tcpdump.ts'
import { sectionOf } from '../section.ts'
import { classic, pcapng } from './files.ts'
import { made, randomly } from './made.ts'

const RUNS = Number(process.env.LVSDOCTOR_FUZZ ?? 3000)
const LINKS = [1, 113, 276, 101, 0, 108]

const bases = LINKS.flatMap((link) => {
  const packets = made(link + 11, 25, link)
  return [
    classic(packets, { link }),
    classic(packets, { link, big: true, nano: true }),
    pcapng(packets, { links: [link], resolution: 9, dropped: 3, filter: 'arp' }),
    pcapng(packets, { links: [link, 1], big: true }),
  ]
})

function mutated(seed: number): Buffer {
  const random = randomly(seed)
  let file = Buffer.from(bases[random(bases.length)] as Buffer)
  for (let i = 1 + random(12); i > 0; i -= 1) {
    const at = random(file.length || 1)
    const kind = random(5)
    if (kind < 3) file[at] = kind === 0 ? random(256) : kind === 1 ? 255 : (file[at] ?? 0) ^ (1 << random(8))
    else if (kind === 3) file = Buffer.concat([file.subarray(0, at), file.subarray(at + random(40))])
    else
      file = Buffer.concat([
        file.subarray(0, at),
        Buffer.from(Array.from({ length: random(20) }, () => random(256))),
        file.subarray(at),
      ])
  }
  return random(4) === 0 ? file.subarray(0, random(file.length || 1)) : file
}

function listingOf(file: Uint8Array, piece: number): readonly string[] {
  const reader = new CaptureReader()
  for (let at = 0; at < file.length; at += piece) if (!reader.push(file.subarray(at, at + piece))) break
  reader.end()
  return reader.listing({ name: 'fuzz.pcap' }).lines
}

describe('fuzz', () => {
  it(`${RUNS} damaged captures`, { timeout: 3_600_000 }, () => {
    const before = process.memoryUsage().rss
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const file = mutated(seed)
      const from = performance.now()
      let lines: readonly string[] = []
      try {
        lines = listingOf(file, seed % 7 === 0 ? 61 : file.length || 1)
        const { value } = tcpdump.parse(sectionOf(lines.join('\n'), { command: 'tcpdump -nn -e -v -r fuzz.pcap' }))
        for (const { time } of value.packets) if (Number.isNaN(time)) throw new Error('a time that is none')
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`)
      }
      if (performance.now() - from > 2000) throw new Error(`seed ${seed} took too long`)
      for (const line of lines)
        if (line.length > 4000 || /[^\x20-\x7e]/.test(line)) throw new Error(`seed ${seed}: ${line}`)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
  })
})
