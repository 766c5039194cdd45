/** From the wording of a message to what happened. */
import type { LogEvent } from '../../model/facts.ts'
import { initialsOf } from './initials.ts'
import type { Wording } from './wording.ts'
import { CHECK_WORDINGS } from './wordings-check.ts'
import { CONFIG_WORDINGS } from './wordings-config.ts'
import { ERROR_WORDINGS } from './wordings-error.ts'
import { VRRP_WORDINGS } from './wordings-vrrp.ts'

const WORDINGS: readonly Wording[] = [...VRRP_WORDINGS, ...CHECK_WORDINGS, ...CONFIG_WORDINGS, ...ERROR_WORDINGS]

let initials: readonly (string | undefined)[] | undefined
const byInitial = new Map<string, readonly Wording[]>()

/** The wordings a text with this first character can have, in their order. */
function wordingsFor(initial: string): readonly Wording[] {
  // What is no letter is the same to all of them.
  const letter = initial >= 'A' && initial <= 'z' ? initial : ' '
  let found = byInitial.get(letter)
  if (found === undefined) {
    initials ??= WORDINGS.map(([pattern]) => initialsOf(pattern.source))
    found = WORDINGS.filter((_, index) => initials?.[index]?.includes(letter) !== false)
    byInitial.set(letter, found)
  }
  return found
}

/** Releases up to 1.3.5 write `VRRP_Instance(VI_1) …` or `(VI_1): …`, later ones `(VI_1) …`. */
const INSTANCE = /^(?:VRRP_Instance)?\((?!Line \d)([^()]{1,64})\):? +(.*)$/
/** `(Line 12) …`, with the file's name when several are read. */
const PLACE = /^\((?:(\S[^()]*): )?Line (\d{1,9})\) (.*)$/
/** A message longer than this is no message of keepalived. */
const LONGEST = 2000

/** The event a message tells, undefined for a message nobody needs. */
export function eventOf(message: string): LogEvent | undefined {
  if (message.length > LONGEST) return undefined
  const place = message.startsWith('(') ? PLACE.exec(message) : null
  const inner = place?.[3] ?? message
  const instance = INSTANCE.exec(inner)
  const text = instance?.[2] ?? inner
  const context = {
    message: inner,
    ...(instance?.[1] === undefined ? {} : { instance: instance[1] }),
    ...(place?.[1] === undefined ? {} : { path: place[1] }),
    ...(place?.[2] === undefined ? {} : { line: Number(place[2]) }),
  }
  for (const [pattern, tell] of wordingsFor(text.charAt(0))) {
    const match = pattern.exec(text)
    const event = match === null ? undefined : tell(match, context)
    if (event !== undefined) return event
  }
  return undefined
}
