/** What of a capture file could not be read, and how much was read. */

export interface Losses {
  /** The file ends inside a record: bytes of it that are there. */
  cutBytes: number
  /** Why the walk stopped before the end; the rest of the file was not looked at. */
  stopped?: string
  /** Records of a link type, or of an interface, that is not known here. */
  foreign: number
  /** Packets of which too little was kept to tell what they are. */
  short: number
  /** From the statistics in a pcapng file, or of the tcpdump that recorded. */
  dropped?: number
}

export function noLosses(): Losses {
  return { cutBytes: 0, foreign: 0, short: 0 }
}
