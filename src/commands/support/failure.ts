/** How a run that could not finish says so: one helpful line (or one JSON document), the right exit code, no stack for user errors. */
import { EXIT, type UserError } from '../../model/errors.ts'
import { closest } from './closest.ts'
import { print } from './stdout.ts'

export interface Failure {
  readonly exitCode: number
  readonly message: string
  readonly tryThis: readonly string[]
  /** For our own bugs, and with --debug. */
  readonly stack?: string
}

const COMMAND_NAMES = ['capture', 'check', 'collect', 'explain', 'parse', 'trace']
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** What oclif throws for wrong flags, arguments and commands carries `oclif.exit`; nothing else does. */
function isWrongUse(error: Error): error is Error & { flags?: unknown; parse?: unknown } {
  return typeof error === 'object' && 'oclif' in error
}

function flagNames(error: { parse?: unknown }): string[] {
  const parse = error.parse as { input?: { flags?: Record<string, { char?: string }> } } | undefined
  return Object.keys(parse?.input?.flags ?? {}).map((name) => `--${name}`)
}

function wrongUse(error: Error & { flags?: unknown; parse?: unknown }, command: string | undefined): Failure {
  const [first = error.message, second = ''] = error.message.split('\n').map((line) => line.trim())
  const base = { exitCode: EXIT.usage }
  const unknownCommand = /^command (.+) not found$/.exec(first)?.[1]
  if (unknownCommand !== undefined) {
    const meant = closest(unknownCommand, COMMAND_NAMES)
    return {
      ...base,
      message: `there is no command ${unknownCommand}`,
      tryThis: [meant === undefined ? 'lvsdoctor --help' : `lvsdoctor ${meant}`],
    }
  }
  if (Array.isArray(error.flags) && typeof error.flags[0] === 'string') {
    const word = error.flags[0].split('=')[0] ?? ''
    const meant = closest(word, flagNames(error))
    return {
      ...base,
      message: `there is no flag ${word}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      tryThis: [],
    }
  }
  const message = first.endsWith(':') || first.startsWith('Missing') ? `${first} ${second}` : first
  return { ...base, message, tryThis: [`lvsdoctor ${command ?? 'COMMAND'} --help`] }
}

/** By name: a chunk has a class of its own. */
function isUserError(error: Error): error is UserError {
  return error.name === 'UserError' && 'exitCode' in error
}

/** Sorts any thrown value into the operator's error or ours. */
export function failureOf(thrown: unknown, argv: readonly string[] = []): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const stack = error.stack ?? error.message
  const debug = argv.includes('--debug') ? { stack } : {}
  if (isUserError(error)) return { exitCode: error.exitCode, message: error.message, tryThis: error.tryThis, ...debug }
  if (isWrongUse(error))
    return {
      ...wrongUse(
        error,
        COMMAND_NAMES.find((name) => name === argv[0]),
      ),
      ...debug,
    }
  return {
    exitCode: EXIT.bug,
    message: `internal error: ${error.message}`,
    tryThis: ['report this with the lines above'],
    stack,
  }
}

/** Was JSON asked for? Read from the words, since the flags may be what could not be parsed. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  return words.some(
    (word, index) =>
      word === '--json' ||
      word === '--format=json' ||
      word === '-fjson' ||
      (word === 'json' && (words[index - 1] === '-f' || words[index - 1] === '--format')),
  )
}

/** The JSON document of a failure, without a final newline. */
export function failureJson(failure: Failure): string {
  const { exitCode, message, tryThis } = failure
  return JSON.stringify({ schemaVersion: '1.0', error: { exitCode, message, try: tryThis } }, null, 2)
}

/** Lines for a person. Names of files come from outside: control characters are shown as `?`. */
export function failureText(failure: Failure): string {
  const lines = [...(failure.stack === undefined ? [] : [failure.stack]), `lvsdoctor: ${failure.message}`]
  lines.push(...failure.tryThis.map((advice, index) => `${index === 0 ? 'try: ' : '     '}${advice}`))
  return `${lines.join('\n').replace(CONTROL, '?')}\n`
}

/** Prints the failure and sets the exit code. A reader that closed the pipe early is none. */
export function reportFailure(thrown: unknown, argv: readonly string[]): void {
  const error = thrown as { code?: unknown } | undefined
  if (error?.code === 'EPIPE') return
  const failure = failureOf(thrown, argv)
  process.exitCode = failure.exitCode
  if (wantsJson(argv)) print(`${failureJson(failure)}\n`)
  if (!wantsJson(argv) || failure.stack !== undefined) process.stderr.write(failureText(failure))
}
