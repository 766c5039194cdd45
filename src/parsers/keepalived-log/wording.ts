/** How a wording becomes an event. */
import type { Endpoint, LogEvent } from '../../model/facts.ts'

export interface Context {
  /** The message without its place in the configuration. */
  readonly message: string
  /** Instance it is about. */
  readonly instance?: string
  /** Where in the configuration. */
  readonly path?: string
  readonly line?: number
}

/** A pattern for the message behind the instance's name, and what it means; undefined: not this after all. */
export type Wording = readonly [RegExp, (match: RegExpExecArray, context: Context) => LogEvent | undefined]

/** `{ instance }` where the message names one. */
export function instanceOf(context: Context): { readonly instance?: string } {
  return context.instance === undefined ? {} : { instance: context.instance }
}

/** `{ from, priority }`, as far as the message says. */
export function advertOf(from: string | undefined, priority: string | undefined) {
  return {
    ...(from === undefined ? {} : { from }),
    ...(priority === undefined ? {} : { priority: Number(priority) }),
  }
}

const ENDPOINT = /^\[([0-9A-Fa-f.:]{2,45})\](?::(?:tcp|udp|sctp))?:(\d{1,5})$/

/** `[10.0.0.1]:80` (up to 1.4) or `[10.0.0.1]:tcp:80`; undefined for `FWM 8` and groups. */
export function endpointOf(text: string | undefined): Endpoint | undefined {
  const match = ENDPOINT.exec(text ?? '')
  return match === null ? undefined : { ip: match[1] ?? '', port: Number(match[2]) }
}
