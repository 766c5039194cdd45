/** What a source hands to the engine: bytes and the names that belong to them. */

import type { NotReached } from '../model/report.ts'

export interface Input {
  /** Name in the report's citations. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Host the operator says it is of. */
  readonly host?: string
  /** Path on disk, where there is one. */
  readonly path?: string
}

/** Something that lies in a given folder and was left out. */
export interface NotRead {
  readonly name: string
  readonly why: string
}

export interface Gathered {
  readonly inputs: readonly Input[]
  readonly notRead: readonly NotRead[]
  /** Hosts of which somebody else's engine brought nothing. */
  readonly notReached?: readonly NotReached[]
}

/** Largest input taken, in bytes. */
export const MAX_BYTES = 256 * 1024 * 1024
