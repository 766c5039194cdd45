/** How often a packet of a listing was seen again: `[seen 3599 more times until 2026-11-20 12:46:40.336332]`. */
import type { Draft } from './draft.ts'
import { readStamp } from './stamp.ts'

const AGAIN = / \[seen (\d{1,10}) more times until ([^\]]{15,40})\]/

/** Takes it into the draft; the line without it. It stands at the end, or before the password there. */
export function readAgain(line: string, draft: Draft): string {
  const last = line.charCodeAt(line.length - 1)
  if (last !== 0x5d && last !== 0x22) return line
  const found = AGAIN.exec(line)
  const until = readStamp(found?.[2] ?? '')?.seconds
  if (found === null || until === undefined) return line
  draft.again = { count: Number(found[1]), until }
  return line.slice(0, found.index) + line.slice(found.index + found[0].length)
}
