import { PassThrough } from 'node:stream'
import { render } from 'ink-testing-library'
import { describe, expect, it, vi } from 'vitest'
import { toBlocks } from '../../src/report/blocks.ts'
import { renderText } from '../../src/report/index.ts'
import { loadLayout } from '../../src/report/layout.ts'
import { loadPainter } from '../../src/report/theme.ts'
import { showReport, startProgress } from '../../src/ui/mount.tsx'
import { Progress } from '../../src/ui/progress.tsx'
import { createProgressStore } from '../../src/ui/progress-store.ts'
import { seenText } from '../../src/ui/seen.ts'
import { sizeOf, steady } from '../../src/ui/terminal.ts'
import { splitBrain } from '../report/sample-report.ts'

/** A terminal's output as a stream, and everything written to it. */
function terminal(columns: number, rows = 24) {
  const stream = Object.assign(new PassThrough(), { columns, rows, isTTY: true }) as unknown as NodeJS.WriteStream
  const chunks: string[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
  return { stream, text: () => chunks.join('') }
}

/** Without cursor movements and other sequences. */
function bare(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, '').replace(/\r/g, '')
}

const noKeyboard = new PassThrough() as unknown as NodeJS.ReadStream

describe('showReport without a keyboard', () => {
  it('prints the very text of the text report, long commands unbroken, and comes back', async () => {
    const { stream, text } = terminal(60)
    const { fetch } = globalThis
    const reason = await showReport(splitBrain, { stdout: stream, stdin: noKeyboard, colour: false, all: false })
    expect(reason).toBe('quit')
    expect(globalThis.fetch).toBe(fetch)
    const wanted = await renderText(splitBrain, {
      width: 60,
      colour: false,
      unicode: false,
      all: false,
      minSeverity: 'note',
    })
    expect(bare(text()).trimEnd()).toBe(wanted.trimEnd())
  })
})

describe('what stays behind when the screen closes', () => {
  it('is the report with the problems that were opened, in the order of the report', async () => {
    const layout = await loadLayout(splitBrain, { width: 80, unicode: false, all: false })
    const blocks = toBlocks(splitBrain, { all: false, minSeverity: 'note' })
    const paint = await loadPainter(false)
    const one = seenText(blocks, ['home', 'problem:1'], layout, paint)
    expect(one).toContain('OPEN 2  WARNING')
    expect(one).not.toContain('CAUSE 1  CRITICAL')
    expect(one).toMatch(/^CRITICAL .*\n(?:.*\n)*CRITICAL .*\(exit 2\)\n$/)
    const whole = await renderText(splitBrain, {
      width: 80,
      colour: false,
      unicode: false,
      all: false,
      minSeverity: 'note',
    })
    expect(seenText(blocks, ['home', 'problem:0', 'problem:1'], layout, paint)).toBe(whole)
  })
})

describe('progress', () => {
  it('may be fed before its screen is there, and leaves finished hosts behind', async () => {
    const { stream, text } = terminal(80)
    const progress = startProgress(stream, 118)
    progress.host('ds1', 'running')
    progress.host('ds2', 'running')
    progress.host('ds1', 'done', '31 commands')
    progress.check('vrrp-blocked-input')
    await vi.waitFor(() => expect(bare(text())).toContain('  done     ds1  31 commands\n'), { timeout: 4000 })
    await progress.stop()
  })

  it('shows what is under way in a frame that fits the terminal', async () => {
    const store = createProgressStore(118)
    for (let n = 1; n <= 30; n += 1) store.host(`web${n}`, 'running')
    for (let n = 1; n <= 59; n += 1) store.check('some-check')
    const screen = render(<Progress store={store} />)
    await vi.waitFor(() => {
      const frame = (screen.lastFrame() ?? '').split('\n')
      expect(frame.slice(0, 2)).toEqual(['  asking   web1', '  asking   web2'])
      expect(frame.slice(-2)).toEqual(['  and 10 more', '  checks  [##########          ] 59/118'])
      expect(frame.length).toBeLessThan(24)
    })
    screen.unmount()
  })

  it('says of each host what it does, without letting it steer the terminal', () => {
    const store = createProgressStore(0)
    store.host('web1', 'running')
    expect(store.snapshot().running).toEqual(['  asking   web1'])
    store.host('web1', 'failed', '\u001b[2Jno route\nto host')
    expect(store.snapshot()).toEqual({
      finished: ['  failed   web1  no route to host'],
      running: [],
      checks: 0,
      total: 0,
    })
  })
})

describe('the terminal as Ink may see it', () => {
  it('has a size even where it does not know one', () => {
    expect(sizeOf({ columns: 0, rows: 0 })).toEqual({ columns: 80, rows: 24 })
    expect(sizeOf({ columns: 39, rows: 10 })).toEqual({ columns: 80, rows: 10 })
    expect(steady(terminal(0).stream).columns).toBe(80)
  })

  it('keeps its scrollback', () => {
    const { stream, text } = terminal(80)
    steady(stream).write('\u001b[2J\u001b[3J\u001b[Hhello')
    expect(text()).toBe('\u001b[2J\u001b[Hhello')
  })
})
