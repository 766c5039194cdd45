/** A live capture on this host: tcpdump's packets to text. A chunk of its own, with pcap-parser in it: see scripts/build.mjs. */
import { hostname } from 'node:os'
import type { CaptureReader } from '../../engine/packets.ts'
import type { Input } from '../../sources/input.ts'
import { captureFilter } from '../../sources/live/filter.ts'
import { chooseInterface, deviceNames } from '../../sources/live/interface.ts'
import { type LiveOptions, runTcpdump, tcpdumpCommand } from '../../sources/live/run-tcpdump.ts'
import type { CaptureQuestion } from './capture-question.ts'
import { framed } from './list-capture.ts'

export interface Plan {
  readonly live: LiveOptions
  /** Why this interface. */
  readonly because: string
  readonly command: string
}

/** What would be run. */
export function planOf(question: CaptureQuestion): Plan {
  const { vip = '', port, device, durationMs, packets, write } = question
  const chosen = device === undefined ? chooseInterface(vip) : { device, because: 'as asked' }
  const live: LiveOptions = {
    device: chosen.device,
    filter: captureFilter(vip, port, chosen.device),
    durationMs,
    ...(packets === undefined ? {} : { packets }),
    ...(write === undefined ? {} : { write }),
  }
  return { live, because: chosen.because, command: tcpdumpCommand(live) }
}

export interface Listened {
  readonly input: Input
  readonly troubles: readonly string[]
  readonly frames: number
  readonly dropped?: number
}

export interface Watcher {
  /** The text of what was seen until now, made when asked. */
  readonly seen: (frames: number, text: () => Input) => void
}

/** @throws UserError where tcpdump cannot listen at all */
export async function listen({ live, command }: Plan, reader: CaptureReader, watcher: Watcher): Promise<Listened> {
  const devices = live.device === 'any' ? deviceNames() : undefined
  const host = hostname().replace(/[^\w.-]/g, '_') || 'this-host'
  const shown = command.replace(/ -U | -w -| -s \d+/g, ' ').replace(/ +/g, ' ')
  const inputOf = (more: { readonly dropped?: number; readonly troubles?: readonly string[] }): Input => {
    const listing = reader.listing({ name: 'live', ...(devices === undefined ? {} : { devices }), ...more })
    return { name: `${host}.txt`, bytes: Buffer.from(framed(listing, shown, host)) }
  }
  let link = 1
  const end = await runTcpdump(live, {
    start: (linkType) => {
      link = linkType
    },
    packet: ({ header, data }) => {
      const { originalLength, timestampSeconds, timestampMicroseconds } = header
      reader.packet(link, data, originalLength, timestampSeconds, timestampMicroseconds)
      watcher.seen(reader.frames, () => inputOf({}))
    },
    damaged: () => undefined,
  })
  if (end.refused !== undefined) throw end.refused
  const { dropped, troubles } = end
  const told = dropped === undefined ? {} : { dropped }
  return { input: inputOf({ ...told, troubles }), troubles, frames: reader.frames, ...told }
}
