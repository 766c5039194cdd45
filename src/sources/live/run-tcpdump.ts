/** tcpdump as a child: started, watched, stopped. Whatever ends it, what was seen until then is kept. */
import { spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { EXIT, UserError } from '../../model/errors.ts'
import { BoundedStream, type RecordTaker } from './bounded.ts'

export interface LiveOptions {
  readonly device: string
  readonly filter: string
  readonly durationMs: number
  readonly packets?: number
  /** File that keeps the packets. */
  readonly write?: string
}

export interface LiveEnd {
  /** What went wrong on the way, in the operator's words; the packets seen until then stand. */
  readonly troubles: readonly string[]
  /** Of the kernel; undefined where tcpdump did not live to tell. */
  readonly dropped?: number
  readonly interrupted: boolean
  /** Nothing was captured because tcpdump never began. */
  readonly refused?: UserError
}

/** Headers and a list of VIPs fit; with --write the packets are kept whole. */
const SNAPLEN = 320

export function tcpdumpArguments({ device, filter, packets, write }: LiveOptions): readonly string[] {
  const count = packets === undefined ? [] : ['-c', `${packets}`]
  return ['-U', '-n', '-i', device, '-s', write === undefined ? `${SNAPLEN}` : '0', ...count, '-w', '-', filter]
}

/** The command as a person could type it. */
export function tcpdumpCommand(options: LiveOptions): string {
  const shown = tcpdumpArguments(options).map((word) => (/^[\w./:@-]+$/.test(word) ? word : `'${word}'`))
  return `tcpdump ${shown.join(' ')}`
}

/** Runs until the time, the packets or Ctrl-C end it. Never throws: see `refused` and `troubles`. */
export function runTcpdump(options: LiveOptions, taker: RecordTaker): Promise<LiveEnd> {
  const troubles: string[] = []
  let stderr = ''
  let interrupted = false
  let asked = false
  let keep = options.write === undefined ? undefined : openKept(options.write)
  const stream = new BoundedStream({
    start: (link) => taker.start(link),
    packet: (packet) => taker.packet(packet),
    damaged: (why) => {
      troubles.push(`the stream of tcpdump is damaged: ${why}`)
      child.kill('SIGINT')
    },
  })
  const child = spawn('tcpdump', tcpdumpArguments(options), { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const stop = (): void => {
    asked = true
    child.kill('SIGINT')
  }
  const interrupt = (): void => {
    interrupted = true
    // The second time tcpdump is not asked any more.
    if (asked) child.kill('SIGKILL')
    stop()
  }
  const clock = setTimeout(stop, options.durationMs)
  child.stdout.on('data', (chunk: Buffer) => {
    stream.push(chunk)
    if (keep === undefined) return
    try {
      writeAll(keep, chunk)
    } catch (error) {
      closeSync(keep)
      keep = undefined
      const { code } = error as NodeJS.ErrnoException
      troubles.push(`${options.write} could not be written further: ${code === 'ENOSPC' ? 'the disk is full' : code}`)
      stop()
    }
  })
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < 65_536) stderr += chunk.toString('utf8')
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  return new Promise((resolve) => {
    const finish = (end: Omit<LiveEnd, 'troubles' | 'interrupted'>): void => {
      clearTimeout(clock)
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(signal, interrupt)
      if (keep !== undefined) closeSync(keep)
      keep = undefined
      resolve({ ...end, troubles, interrupted })
    }
    child.on('error', (error: NodeJS.ErrnoException) => finish({ refused: notStarted(error.code ?? error.message) }))
    child.on('close', (code, signal) => {
      stream.end()
      const refused = asked ? undefined : refusalOf(stderr, code, options.device)
      if (refused !== undefined) return finish({ refused })
      if (!asked && signal !== null) troubles.push(`tcpdump was ended by ${signal} from outside`)
      else if (!asked && code !== 0) troubles.push(`tcpdump ended by itself: ${complaint(stderr)}`)
      const dropped = /(\d+) packets? dropped by kernel/.exec(stderr)?.[1]
      finish(dropped === undefined ? {} : { dropped: Number(dropped) })
    })
  })
}

function openKept(path: string): number {
  try {
    return openSync(path, 'w', 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(`cannot write ${path}: ${code}`, EXIT.cannotWrite)
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

function notStarted(code: string): UserError {
  if (code === 'ENOENT')
    return new UserError('tcpdump is not installed on this host', EXIT.nothingCollected, [
      'apt-get install tcpdump, or yum install tcpdump',
      'or capture elsewhere and give the file: lvsdoctor capture --vip IP -r FILE',
    ])
  if (code === 'EACCES' || code === 'EPERM') return noPermission()
  return new UserError(`tcpdump could not be started: ${code}`, EXIT.nothingCollected)
}

function noPermission(): UserError {
  return new UserError('no permission to capture packets on this host', EXIT.noPermission, ['sudo lvsdoctor capture …'])
}

/** Why tcpdump gave up before it listened; undefined: it listened. */
function refusalOf(stderr: string, code: number | null, device: string): UserError | undefined {
  if (/listening on /.test(stderr)) return undefined
  if (/permission|Operation not permitted|socket: /i.test(stderr)) return noPermission()
  if (/No such device|doesn't exist|not up|is not up/i.test(stderr))
    return new UserError(`tcpdump cannot listen on ${device}: ${complaint(stderr)}`, EXIT.nothingCollected, [
      'ip -br link   # the interfaces of this host',
      'lvsdoctor capture --vip IP -i any',
    ])
  return new UserError(`tcpdump gave up (exit ${code}): ${complaint(stderr)}`, EXIT.nothingCollected)
}

/** What tcpdump complained about, without its counts. */
function complaint(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => line !== '' && !/^\d+ packets? |^listening on|^dropped privs/.test(line))
  return (lines[0] ?? 'it said nothing').replace(/^tcpdump: /, '').slice(0, 200)
}
