/** `@id …` and `@^id …`: lines for one configuration id, or for all others. */
import type { ConfFile } from './include-files.ts'
import type { LineBuffer } from './line-buffer.ts'

const CONDITION = /^@(\^?)([^ \t]*)[ \t]+/

/**
 * The id is what `-i` says, or else the host's name up to the first dot (keepalived.conf(5)). The name counts only when
 * some line asks for it: where none does, the program was probably started with `-i`, and nobody can tell.
 */
export class ConditionalLines {
  readonly id: string | undefined

  constructor(files: readonly ConfFile[], id: string | undefined) {
    this.id = id ?? hostIdOf(files)
  }

  /** Takes the condition off; `unknown` leaves it noted in the buffer. */
  apply(buffer: LineBuffer): 'keep' | 'drop' | 'unknown' {
    const condition = CONDITION.exec(buffer.text)
    if (condition === null) return 'drop'
    const [whole, negated, wanted] = condition
    if (this.id !== undefined && (wanted === this.id) === (negated === '^')) return 'drop'
    const only = buffer.only ?? (this.id === undefined ? whole.trimEnd() : undefined)
    buffer.replace(0, whole.length, '')
    buffer.only = only
    return this.id === undefined ? 'unknown' : 'keep'
  }
}

function hostIdOf(files: readonly ConfFile[]): string | undefined {
  const section = files.find(({ section: { hostBy } }) => hostBy === 'prompt' || hostBy === 'frame')?.section
  const [host = ''] = section?.host.split('.', 1) ?? []
  if (host === '') return undefined
  const asked = files.some((file) =>
    file.section.lines.some((line) => {
      const at = line.indexOf('@')
      return at >= 0 && /^\s*@\^?(\S+)\s/.exec(line)?.[1] === host
    }),
  )
  return asked ? host : undefined
}
