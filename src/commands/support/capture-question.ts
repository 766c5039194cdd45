/** What a `capture` asks for, from its flags. Everything is judged before anything is read or run. */
import { EXIT, UserError } from '../../model/errors.ts'
import type { CaptureFlags } from './capture-flags.ts'
import { duration, vips } from './values.ts'

export interface CaptureQuestion {
  readonly vip?: string
  readonly port?: number
  readonly device?: string
  readonly durationMs: number
  readonly packets?: number
  readonly read: readonly string[]
  readonly write?: string
}

/** @throws UserError (64) */
export function captureQuestion(flags: CaptureFlags): CaptureQuestion {
  const read = flags.read ?? []
  const [vip, inVip] = (vips(flags.vip === undefined ? [] : [flags.vip])[0] ?? '').split(':')
  const port = whole('port', flags.port ?? inVip, 65_535)
  const packets = whole('packets', flags.packets, 1_000_000_000)
  if (read.length === 0 && (vip === undefined || vip === ''))
    throw new UserError('--vip says which virtual IP to watch', EXIT.usage, ['lvsdoctor capture --vip 10.0.0.1'])
  const live = (['interface', 'duration', 'packets', 'write'] as const).find((name) => flags[name] !== undefined)
  if (read.length > 0 && (live !== undefined || flags['dry-run']))
    throw new UserError(`--${live ?? 'dry-run'} is for listening, and --read reads a file`, EXIT.usage)
  if (flags.interface !== undefined && !/^[\w.@:-]{1,15}$/.test(flags.interface))
    throw new UserError(`--interface ${flags.interface}: takes the name of an interface`, EXIT.usage)
  return {
    ...(vip === undefined || vip === '' ? {} : { vip }),
    ...(port === undefined ? {} : { port }),
    ...(flags.interface === undefined ? {} : { device: flags.interface }),
    durationMs: duration('duration', flags.duration, 60_000),
    ...(packets === undefined ? {} : { packets }),
    read,
    ...(flags.write === undefined ? {} : { write: flags.write }),
  }
}

function whole(flag: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,10}$/.test(value) || Number(value) < 1 || Number(value) > most)
    throw new UserError(`--${flag} ${value}: takes a number from 1 to ${most}`, EXIT.usage)
  return Number(value)
}
