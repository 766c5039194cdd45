/** Flag values, judged: each function throws a UserError (64) that names the flag and what it takes. */
import type { Role } from '../../model/case.ts'
import { EXIT, UserError } from '../../model/errors.ts'
import { closest } from './closest.ts'

function wrong(flag: string, value: string, takes: string): UserError {
  return new UserError(`--${flag} ${value || "''"}: ${takes}`, EXIT.usage)
}

/** One of a few words; undefined stays undefined. */
export function choice<T extends string>(flag: string, value: string | undefined, words: readonly T[]): T | undefined {
  if (value === undefined) return undefined
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  const meant = closest(value, words)
  throw wrong(flag, value, `takes ${words.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`)
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, '': 1000 }

/** `10s`, `2m`, `1500ms`, `30` (seconds) to milliseconds. */
export function duration(flag: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const [, number, unit] = /^(\d{1,7}(?:\.\d{1,3})?)(ms|s|m|h|)$/.exec(value) ?? []
  const ms = Number(number) * (UNIT_MS[unit ?? ''] ?? Number.NaN)
  if (!(ms > 0 && ms <= 86_400_000)) throw wrong(flag, value, 'takes a time such as 10s, 2m or 1500ms')
  return ms
}

/** Columns: 40 to 1000. */
export function width(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  if (!/^\d{2,4}$/.test(value) || Number(value) < 40 || Number(value) > 1000)
    throw wrong('width', value, 'takes a number of columns, 40 to 1000')
  return Number(value)
}

const ROLES: readonly Role[] = ['director', 'real-server', 'client']

/** `HOST=director` … to a table. */
export function roles(values: readonly string[]): Readonly<Record<string, Role>> {
  return Object.fromEntries(
    values.map((value) => {
      const [, host, word] = /^([^=]+)=(.*)$/s.exec(value) ?? []
      if (host === undefined) throw wrong('role', value, `takes HOST=ROLE, ROLE one of ${ROLES.join(', ')}`)
      return [host, choice('role', word, ROLES) ?? 'client']
    }),
  )
}

/** `IP` or `IP:PORT`, IPv4. */
export function vips(values: readonly string[]): readonly string[] {
  for (const value of values) {
    const [, ip = '', port = '1'] = /^(\d+\.\d+\.\d+\.\d+)(?::(\d{1,5}))?$/.exec(value) ?? []
    const good = ip !== '' && ip.split('.').every((part) => part.length < 4 && Number(part) < 256)
    if (!good || Number(port) < 1 || Number(port) > 65535)
      throw wrong('vip', value, 'takes IP or IP:PORT, for instance 10.0.0.1:80')
  }
  return values
}

/** A name for a host, as it may stand in a report. */
export function hostName(flag: string, value: string | undefined): string | undefined {
  if (value !== undefined && !/^[A-Za-z0-9][\w.:-]{0,252}$/.test(value)) throw wrong(flag, value, 'takes a host name')
  return value
}
