/** The units that a `systemctl is-enabled A B` asks for, in order. */
import { blankWords } from '../../lib/words.ts'
import { unitName } from './unit.ts'

export function askedUnits(command: string): readonly string[] {
  const words = blankWords(/\bis-(?:enabled|active|failed)\b([^|;&>]*)/.exec(command)?.[1] ?? '')
  // `2>/dev/null` leaves its 2 behind.
  return words.filter((word, at) => !word.startsWith('-') && !(word === '2' && at === words.length - 1)).map(unitName)
}
