/** Live progress on stderr, where there is a terminal to see it. */
import type { Progress } from '../../engine/index.ts'

export interface Ticker {
  /** Hands one of the engine's events on. */
  readonly onProgress: (event: Progress) => void
  readonly stop: () => Promise<void>
}

const SILENT: Ticker = { onProgress: () => undefined, stop: async () => undefined }

/** Starts the screen when wanted and stderr is a terminal; otherwise nothing is loaded. */
export async function startTicker(wanted: boolean, total: number): Promise<Ticker> {
  if (!wanted || process.stderr.isTTY !== true) return SILENT
  const { startProgress } = await import('../../ui/mount.tsx')
  const screen = startProgress(process.stderr, total)
  screen.host('this host', 'running')
  return {
    onProgress: (event) => (event.is === 'host' ? screen.host(event.host, 'done') : screen.check(event.check)),
    stop: () => screen.stop(),
  }
}
