/** Names that blocks define and lines refer to. */
import type { ConfNode } from '../../model/facts.ts'

export interface Reference {
  readonly kind: string
  readonly name: string
  readonly node: ConfNode
  readonly word: number
}

/** Filled in the order of the text, because keepalived looks most names up while it reads. */
export class Names {
  readonly #defined = new Map<string, Set<string>>()
  /** Looked up when all is read: members of groups, groups of services. */
  readonly later: Reference[] = []
  /** Files or lines that may define more were not seen. */
  readonly incomplete: boolean

  constructor(incomplete: boolean) {
    this.incomplete = incomplete
  }

  /** False when the name was there already. */
  define(kind: string, name: string): boolean {
    const names = this.#defined.get(kind) ?? new Set<string>()
    this.#defined.set(kind, names)
    if (names.has(name)) return false
    names.add(name)
    return true
  }

  /** keepalived takes a block that lacks something out again. */
  forget({ keyword, args: [name = ''] }: ConfNode): void {
    this.#defined.get(keyword === 'vrrp_track_file' ? 'track_file' : keyword)?.delete(name)
  }

  /** Is the name surely not defined so far? */
  lacks(kind: string, name: string): boolean {
    return !this.incomplete && !name.includes('$') && this.#defined.get(kind)?.has(name) !== true
  }

  undefinedLater(): readonly Reference[] {
    return this.later.filter(({ kind, name }) => this.lacks(kind, name))
  }
}
