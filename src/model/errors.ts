/** The operator can do something about it: what is wrong, what to try. Printed without a stack. */
export class UserError extends Error {
  readonly exitCode: number
  readonly tryThis: readonly string[]
  constructor(message: string, exitCode: number, tryThis: readonly string[] = []) {
    super(message)
    this.name = 'UserError'
    this.exitCode = exitCode
    this.tryThis = tryThis
  }
}

/** A source could not deliver: becomes gaps of that host, the run goes on. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

/** A parser saw text that is not what it reads. The only error a parser may throw. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
}

/** Exit codes of the command line; the same for every output format. */
export const EXIT = {
  ok: 0,
  warning: 1,
  critical: 2,
  unknown: 3,
  usage: 64,
  badInput: 65,
  noInput: 66,
  nothingCollected: 69,
  bug: 70,
  cannotWrite: 73,
  noPermission: 77,
  timeout: 124,
  interrupted: 130,
} as const
