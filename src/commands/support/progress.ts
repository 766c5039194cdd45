/** Live progress on stderr, where there is a terminal to see it. */
import type { Progress } from '../../engine/index.ts'
import type { RemoteOptions } from '../../sources/ssh.ts'

export interface Ticker {
  /** Hands one of the engine's events on. */
  readonly onProgress: (event: Progress) => void
  /** A host that is asked over the network. */
  readonly onHost: NonNullable<RemoteOptions['onHost']>
  readonly stop: () => Promise<void>
}

const SILENT: Ticker = { onProgress: () => undefined, onHost: () => undefined, stop: async () => undefined }

/** Starts the screen when wanted and stderr is a terminal; otherwise nothing is loaded. */
export async function startTicker(wanted: boolean, total: number, hosts?: readonly string[]): Promise<Ticker> {
  if (!wanted || process.stderr.isTTY !== true) return SILENT
  const { startProgress } = await import('../../ui/mount.tsx')
  const screen = startProgress(process.stderr, total)
  if (hosts === undefined) screen.host('this host', 'running')
  return {
    onProgress: (event) => {
      // Of hosts over the network it has been said when they answered.
      if (event.is === 'check') screen.check(event.check)
      else if (hosts === undefined) screen.host(event.host, 'done')
    },
    onHost: screen.host,
    stop: () => screen.stop(),
  }
}
