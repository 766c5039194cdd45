/** From the wording of a message to what happened. */
import type { LogEvent } from '../../model/facts.ts'
import { initialsOf } from './initials.ts'
import type { Wording } from './wording.ts'
import { CHECK_WORDINGS } from './wordings-check.ts'
import { CONFIG_WORDINGS } from './wordings-config.ts'
import { ERROR_WORDINGS } from './wordings-error.ts'
import { VRRP_WORDINGS } from './wordings-vrrp.ts'

const WORDINGS: readonly (readonly [...Wording, string | undefined])[] = [
  ...VRRP_WORDINGS,
  ...CHECK_WORDINGS,
  ...CONFIG_WORDINGS,
  ...ERROR_WORDINGS,
].map(([pattern, tell]) => [pattern, tell, initialsOf(pattern.source)])

/** Releases up to 1.3.5 write `VRRP_Instance(VI_1) …` or `(VI_1): …`, later ones `(VI_1) …`. */
const INSTANCE = /^(?:VRRP_Instance)?\((?!Line \d)([^()]{1,64})\):? +(.*)$/
/** `(Line 12) …`, with the file's name when several are read. */
const PLACE = /^\((?:(\S[^()]*): )?Line (\d{1,9})\) (.*)$/
/** A message longer than this is no message of keepalived. */
const LONGEST = 2000

/** The event a message tells, undefined for a message nobody needs. */
export function eventOf(message: string): LogEvent | undefined {
  if (message.length > LONGEST) return undefined
  const place = PLACE.exec(message)
  const inner = place?.[3] ?? message
  const instance = INSTANCE.exec(inner)
  const text = instance?.[2] ?? inner
  const context = {
    message: inner,
    ...(instance?.[1] === undefined ? {} : { instance: instance[1] }),
    ...(place?.[1] === undefined ? {} : { path: place[1] }),
    ...(place?.[2] === undefined ? {} : { line: Number(place[2]) }),
  }
  const initial = text.charAt(0)
  for (const [pattern, tell, initials] of WORDINGS) {
    if (initials !== undefined && !initials.includes(initial)) continue
    const match = pattern.exec(text)
    const event = match === null ? undefined : tell(match, context)
    if (event !== undefined) return event
  }
  return undefined
}
