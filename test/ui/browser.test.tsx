import { cleanup, render } from 'ink-testing-library'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toBlocks } from '../../src/report/blocks.ts'
import { loadLayout } from '../../src/report/layout.ts'
import { loadPainter } from '../../src/report/theme.ts'
import { Browser } from '../../src/ui/browser.tsx'
import { splitBrain } from '../report/sample-report.ts'

const [UP, DOWN, RIGHT, LEFT, ENTER, ESC] = ['\u001b[A', '\u001b[B', '\u001b[C', '\u001b[D', '\r', '\u001b']
const CTRL_C = '\u0003'
/** The terminal of ink-testing-library does not know its height, which counts as 24 rows. */
const ROWS = 24

afterEach(cleanup)

async function open() {
  const layout = await loadLayout(splitBrain, { width: 80, unicode: false, all: false })
  const onClose = vi.fn()
  const blocks = toBlocks(splitBrain, { all: false, minSeverity: 'note' })
  const screen = render(<Browser blocks={blocks} layout={layout} paint={await loadPainter(false)} onClose={onClose} />)
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await new Promise((done) => setTimeout(done, 10))
      screen.stdin.write(key)
    }
  }
  /** Waits until the frame is as the expectations want it. */
  const see = (expectations: (frame: readonly string[]) => void): Promise<void> =>
    vi.waitFor(
      () => {
        const frame = (screen.lastFrame() ?? '').split('\n')
        expect(frame.length, 'a frame as tall as the terminal would clear the scrollback').toBeLessThan(ROWS)
        expectations(frame)
      },
      { timeout: 4000 },
    )
  return { screen, press, see, onClose }
}

/** The row that `>` points at. */
function pointed(frame: readonly string[]): string {
  return frame.find((row) => row.startsWith('>')) ?? 'nothing is pointed at'
}

describe('the report screen', () => {
  it('starts with the verdict and the list of causes, the first one chosen', async () => {
    const { see } = await open()
    await see((frame) => {
      expect(frame[0]).toBe('  CRITICAL  VIP 10.0.0.1:80 - 4 problems: 1 cause, 2 effects of it, 1 open')
      expect(frame[1]).toMatch(/^> {3}1 {2}ds2 firewall drops VRRP from 10\.0\.0\.11/)
      expect(frame.at(-1)).toContain('arrows  Enter open  t map  n unchecked  / find  c copy  q quit')
    })
  })

  it('moves between causes with the arrows and opens evidence and fix with Enter', async () => {
    const { press, see } = await open()
    await press(DOWN)
    await see((frame) => expect(pointed(frame)).toMatch(/^> {3}2 {2}real server/))
    await press(UP)
    await see((frame) => expect(pointed(frame)).toMatch(/^> {3}1 {2}ds2/))
    await press(ENTER)
    await see((frame) => {
      expect(frame[0]).toBe('  CAUSE 1  CRITICAL  ds2 firewall drops VRRP from 10.0.0.11')
      expect(frame.join('\n')).toContain('ds2 iptables -S:41')
      expect(frame).toContain('      iptables -I INPUT 4 -p vrrp -j ACCEPT')
    })
    await press(RIGHT)
    await see((frame) => expect(frame[0]).toMatch(/^ {2}OPEN 2 {2}WARNING/))
    await press(LEFT)
    await see((frame) => expect(frame[0]).toMatch(/^ {2}CAUSE 1/))
    await press(ESC)
    await see((frame) => expect(frame[0]).toMatch(/^ {2}CRITICAL/))
  })

  it('shows the topology, and what was not checked', async () => {
    const { press, see } = await open()
    await press('t')
    await see((frame) => expect(frame.join('\n')).toContain('VRRP 51 -X- [1]'))
    await press('n')
    await see((frame) => expect(frame[0]).toBe('  NOT CHECKED  3 of 6 checks - the verdict could change'))
  })

  it('scrolls on past the end of the list', async () => {
    const { press, see } = await open()
    await press(DOWN, DOWN, DOWN)
    await see((frame) => expect(frame.at(-1)).toMatch(/\(3-24\/\d+\)$/))
  })

  it('finds a text in the whole report, and the next one with Enter', async () => {
    const { press, see } = await open()
    await press('/', ...'WEIGHT', ENTER)
    await see((frame) => {
      expect(pointed(frame)).toMatch(/^> {3}2 {2}real server .* has weight 0/)
      expect(frame.at(-1)).toContain('(match 1 of 5)')
    })
    await press(ENTER)
    await see((frame) => expect(pointed(frame)).toMatch(/^> OPEN 2/))
    await press('/', 'nowhere', ENTER)
    await see((frame) => expect(frame.at(-1)).toContain('(no match)'))
  })

  it('loses no key that comes before the screen is drawn', async () => {
    const { screen, press, see } = await open()
    await press('/')
    for (const key of 'rs-weight') screen.stdin.write(key)
    await see((frame) => expect(frame.at(-1)).toMatch(/^find: rs-weight_/))
  })

  it('copies the fix of the chosen cause by OSC 52', async () => {
    const { screen, press, see } = await open()
    await press('c')
    await see((frame) => expect(frame.at(-1)).toBe('sent to the clipboard: iptables -I INPUT 4 -p vrrp -j ACCEPT'))
    const sent = screen.stdout.frames.join('').match(/\u001b\]52;c;([^\u0007]*)\u0007/)?.[1] ?? ''
    expect(Buffer.from(sent, 'base64').toString()).toBe('iptables -I INPUT 4 -p vrrp -j ACCEPT')
  })

  it('closes with q and with Ctrl-C, and says which, and what was seen', async () => {
    const asked = await open()
    await asked.press(ENTER, 'q')
    await asked.see(() => expect(asked.onClose).toHaveBeenCalledWith('quit', ['home', 'problem:0']))
    const stopped = await open()
    await stopped.press(CTRL_C)
    await stopped.see(() => expect(stopped.onClose).toHaveBeenCalledWith('interrupted', ['home']))
  })

  it('prints no colour when there shall be none', async () => {
    const { screen, press, see } = await open()
    await press(ENTER)
    await see((frame) => expect(frame[0]).toMatch(/^ {2}CAUSE 1/))
    expect(screen.frames.join('')).not.toContain('\u001b[')
  })
})
