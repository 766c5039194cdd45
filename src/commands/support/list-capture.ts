/** A capture file as text: what every other source is already. */
import { EXIT, UserError } from '../../model/errors.ts'
import { type CaptureAt, feed } from '../../sources/feed.ts'
import { note } from './notes.ts'

/**
 * The packets worth a line, in the collector's frame, so that the text says where it ends.
 * @param name of the file, as the report shows it
 */
export async function listCapture(at: CaptureAt, name: string): Promise<Uint8Array> {
  const { CaptureReader } = await import('../../engine/packets.ts')
  const reader = new CaptureReader()
  await feed(at, reader)
  const listing = reader.listing({ name })
  const { lost } = listing
  if (reader.frames === 0 && lost[0] !== undefined)
    throw new UserError(`${name} is no capture that can be read: ${lost[0]}`, EXIT.badInput, [`tcpdump -r ${name}`])
  for (const what of lost) note(false, `${name}: ${what}`)
  return Buffer.from(framed(listing, `tcpdump -nn -e -v -r ${name.replace(/[^\w./@:+-]/g, '_')}`))
}

/** The listing of a capture as the collector would have printed it. */
export function framed(
  { lines, whole }: { readonly lines: readonly string[]; readonly whole: boolean },
  command: string,
  host?: string,
): string {
  const end = `#@ end tcpdump exit=0 lines=${lines.length}${whole ? '' : ' cut=1'}`
  return [
    `#@ lvsdoctor collect 1${host === undefined ? '' : ` host=${host}`}`,
    `#@ run tcpdump: ${command}`,
    ...lines,
    end,
    '#@ done',
    '',
  ].join('\n')
}
