/** Kinds of file that are not text, told by their first bytes or, when empty, by their name. */

export interface Unsupported {
  /** `a packet capture`, `a gzip archive` … */
  readonly what: string
  /** What to do about it. */
  readonly instead: string
  /** A later version may read it. */
  readonly unread: boolean
}

const CAPTURE = { what: 'an empty packet capture', instead: 'capture again: tcpdump -i any -w FILE', unread: false }
const ARCHIVE = { what: 'an archive', instead: 'unpack it and give the folder', unread: true }

const MAGIC: readonly (readonly [hex: string, kind: Unsupported])[] = [
  ['a1b2c3d4', CAPTURE],
  ['d4c3b2a1', CAPTURE],
  ['a1b23c4d', CAPTURE],
  ['4d3cb2a1', CAPTURE],
  ['a1b2cd34', CAPTURE],
  ['34cdb2a1', CAPTURE],
  ['0a0d0d0a', CAPTURE],
  ['1f8b', ARCHIVE],
  ['fd377a585a', ARCHIVE],
  ['425a68', ARCHIVE],
  ['28b52ffd', ARCHIVE],
  ['504b0304', ARCHIVE],
  ['377abcaf', ARCHIVE],
]

const ENDINGS: readonly (readonly [ending: RegExp, kind: Unsupported])[] = [
  [/\.(pcap|pcapng|cap)$/i, CAPTURE],
  [/\.(gz|tgz|xz|txz|bz2|zst|zip|7z|tar)$/i, ARCHIVE],
]

/** Do these first bytes begin a capture that is read as it is? */
export function isCaptureHead(head: Uint8Array): boolean {
  const hex = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 4)).toString('hex')
  return hex.length === 8 && MAGIC.some(([magic, kind]) => kind === CAPTURE && magic === hex)
}

/** What this is, if it is not text. */
export function unsupportedKind(name: string, bytes: Uint8Array): Unsupported | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 512))
  const hex = head.toString('hex', 0, 8)
  const found = MAGIC.find(([magic]) => hex.startsWith(magic))?.[1]
  if (found !== undefined) return found
  return head.length === 0 ? kindByName(name) : undefined
}

/** The same from the name alone: for files in a folder that need not be opened. */
export function kindByName(name: string): Unsupported | undefined {
  return ENDINGS.find(([ending]) => ending.test(name))?.[1]
}
