/** Which bytes are text, and in what encoding. */

export interface Decoded {
  readonly text: string
  /** Visible ASCII, tabs and newlines alone: nothing that could have to be cleaned. */
  readonly plain?: true
  /** undefined for plain UTF-8. */
  readonly repair?: string
}

/** Enough to tell an encoding, and little enough to cost nothing at start-up. */
const SAMPLE = 8_192
/** A larger input may be a capture of gigabytes: its kind is told from samples first. */
const LARGEST_PLAIN = 1 << 24

const PLAIN = /^[\t\n\x20-\x7e]*$/

/** Bytes -> text, or undefined when they are no text (a capture, an archive, a program). */
export function decode(bytes: Uint8Array): Decoded | undefined {
  return plainText(bytes) ?? decodeOther(bytes)
}

/** Most texts hold nothing unusual at all, and one look tells. */
function plainText(bytes: Uint8Array): Decoded | undefined {
  if (bytes.length === 0 || bytes.length > LARGEST_PLAIN) return undefined
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return PLAIN.test(text) ? { text, plain: true } : undefined
}

function decodeOther(bytes: Uint8Array): Decoded | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { ...decodeUtf8(bytes.subarray(3)), repair: 'bom' }
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: decodeAs('utf-16le', bytes.subarray(2)), repair: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: decodeAs('utf-16be', bytes.subarray(2)), repair: 'utf-16be' }
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return { text: decodeAs(wide, bytes), repair: wide }
  if (isBinary(bytes)) return undefined
  return decodeUtf8(bytes)
}

function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return decodeDamaged(bytes)
  }
}

/** UTF-8 with a few broken bytes (a character cut by `head -c`) is still UTF-8; otherwise it is what Chinese Windows writes. */
function decodeDamaged(bytes: Uint8Array): Decoded {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  let broken = 0
  let good = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) broken += 1
    else if (code > 0x7f) good += 1
  }
  if (broken * 4 <= good) return { text, repair: 'utf-8-damaged' }
  return { text: decodeAs('gb18030', bytes), repair: 'gb18030' }
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}

/** UTF-16 without a mark: of mostly ASCII text every second byte is zero. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const size = Math.min(bytes.length, SAMPLE) & ~1
  if (bytes.subarray(0, size).indexOf(0) < 0) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < size; i += 2) {
    if (bytes[i] === 0) even += 1
    if (bytes[i + 1] === 0) odd += 1
  }
  if (size < 4 || (even + odd) * 10 < size * 3) return undefined
  if (odd > even * 20) return 'utf-16le'
  return even > odd * 20 ? 'utf-16be' : undefined
}

// gzip, zip, xz, bzip2, ELF, pcap (both orders, both clocks), pcapng.
const MAGICS = [
  '1f8b',
  '504b0304',
  'fd377a58',
  '425a68',
  '7f454c46',
  'd4c3b2a1',
  'a1b2c3d4',
  '4d3cb2a1',
  'a1b23c4d',
  '0a0d0d0a',
]

function isBinary(bytes: Uint8Array): boolean {
  let head = ''
  for (const byte of bytes.subarray(0, 4)) head += byte.toString(16).padStart(2, '0')
  if (MAGICS.some((magic) => head.startsWith(magic))) return true
  const middle = Math.max(0, (bytes.length - SAMPLE) >> 1)
  const parts = [bytes.subarray(0, SAMPLE), bytes.subarray(middle, middle + SAMPLE), bytes.subarray(-SAMPLE)]
  return parts.some((part) => part.length > 0 && controlShare(part) > 0.02)
}

/** Share of bytes that no text has: zero, and controls other than tab, line ends, backspace, bell and escape. */
function controlShare(bytes: Uint8Array): number {
  let controls = 0
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0
    if (byte < 32 && (byte < 7 || byte > 13) && byte !== 27) controls += 1
  }
  return controls / bytes.length
}
