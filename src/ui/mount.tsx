/** The way into the screens. Import it with `await import()`: Ink, React and yoga come with it. */
import type { Severity } from '../model/check.ts'
import type { Report } from '../model/report.ts'
import type { WireView } from '../model/wire.ts'
import { toBlocks } from '../report/blocks.ts'
import { loadLayout } from '../report/layout.ts'
import { linesOf } from '../report/lines.ts'
import { wireLines } from '../report/lines-wire.ts'
import { plainDeep } from '../report/safe.ts'
import { textOf } from '../report/spans.ts'
import { loadPainter } from '../report/theme.ts'
import { loadScreens } from './ink.ts'
import type { HostState } from './progress-store.ts'
import { createProgressStore } from './progress-store.ts'
import { seenText } from './seen.ts'
import type { CloseReason } from './state.ts'
import type { Stream } from './terminal.ts'
import { sizeOf, steady } from './terminal.ts'

export interface ShowOptions {
  readonly stdout: Stream
  readonly stdin: NodeJS.ReadStream
  readonly colour: boolean
  readonly all: boolean
  readonly unicode?: boolean
  readonly minSeverity?: Severity
}

const INK = { exitOnCtrlC: false, patchConsole: false } as const

/**
 * Shows a report: to walk through where stdin is a terminal, otherwise printed once. Resolves when it is closed, with
 * `interrupted` after Ctrl-C; what was looked at stays behind as plain text.
 */
export async function showReport(report: Report, options: ShowOptions): Promise<CloseReason> {
  const { stdout, stdin, colour, all, unicode = false, minSeverity = 'note' } = options
  const safe = plainDeep(report)
  const layout = await loadLayout(safe, { width: sizeOf(stdout).columns, unicode, all })
  const paint = await loadPainter(colour)
  const blocks = toBlocks(safe, { all, minSeverity })
  const { render, Browser, Printed } = await loadScreens()
  if (!stdin.isTTY) {
    const longest = Math.max(
      ...blocks.flatMap((block) => linesOf(block, layout).map((row) => layout.measure(textOf(row)))),
    )
    const wide = { ...INK, stdout: steady(stdout, longest), stdin }
    await render(<Printed blocks={blocks} layout={layout} paint={paint} />, wide).waitUntilExit()
    return 'quit'
  }
  let reason: CloseReason = 'quit'
  let seen: readonly string[] = []
  const close = (why: CloseReason, what: readonly string[]): void => {
    reason = why
    seen = what
    screen.clear()
    screen.unmount()
  }
  const screen = render(<Browser blocks={blocks} layout={layout} paint={paint} onClose={close} />, {
    ...INK,
    stdout: steady(stdout),
    stdin,
  })
  await screen.waitUntilExit()
  stdout.write(seenText(blocks, seen, { ...layout, width: sizeOf(stdout).columns }, paint))
  return reason
}

export interface WatchHandle {
  /** What the capture shows by now. */
  show(view: WireView, packets: number): void
  /** Takes the screen off. Resolves when the terminal is free again. */
  stop(): Promise<void>
}

/** The live screen of a capture, on stderr: the pictures of the report, drawn anew as packets come. */
export async function startWatching(stderr: Stream): Promise<WatchHandle> {
  const { render, Watching, createWatchStore } = await loadScreens()
  const store = createWatchStore()
  const screen = render(<Watching store={store} />, { ...INK, stdout: steady(stderr) })
  const measure = (text: string): number => text.length
  return {
    show: (view, packets) => {
      const { columns } = sizeOf(stderr)
      const lines = wireLines(view, { width: columns - 1, measure }).map(textOf)
      store.change([`${packets} packets`, ...lines])
    },
    stop: async () => {
      screen.clear()
      screen.unmount()
      await screen.waitUntilExit()
    },
  }
}

export interface ProgressHandle {
  /** A host and what it is doing; the note says more (how long, why it failed). */
  host(name: string, state: HostState, note?: string): void
  /** One check is done. */
  check(id: string): void
  /** Takes the live part off the screen; lines about finished hosts stay. Resolves when the terminal is free again. */
  stop(): Promise<void>
}

/** Live progress on stderr while hosts and checks tick by. Usable at once; the screen follows when Ink is loaded. */
export function startProgress(stderr: Stream, total: number): ProgressHandle {
  const store = createProgressStore(total)
  let stopped = false
  const screen = loadScreens().then(({ render, Progress }) =>
    stopped ? undefined : render(<Progress store={store} />, { ...INK, stdout: steady(stderr) }),
  )
  return {
    host: store.host,
    check: store.check,
    stop: async () => {
      stopped = true
      const shown = await screen
      shown?.clear()
      shown?.unmount()
    },
  }
}
