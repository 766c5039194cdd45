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
  const frame = (): string[] => (screen.lastFrame() ?? '').split('\n')
  const press = async (...keys: string[]): Promise<string[]> => {
    for (const key of keys) {
      await new Promise((done) => setTimeout(done, 30))
      screen.stdin.write(key)
    }
    await new Promise((done) => setTimeout(done, 60))
    expect(frame().length, 'a frame as tall as the terminal would clear the scrollback').toBeLessThan(ROWS)
    return frame()
  }
  return { screen, press, onClose }
}

describe('the report screen', () => {
  it('starts with the verdict and the list of causes, the first one chosen', async () => {
    const { press } = await open()
    const frame = await press()
    expect(frame[0]).toBe('  CRITICAL  VIP 10.0.0.1:80 - 4 problems: 1 cause, 2 effects of it, 1 open')
    expect(frame[1]).toMatch(/^> {3}1 {2}ds2 firewall drops VRRP from 10\.0\.0\.11/)
    expect(frame.at(-1)).toContain('arrows  Enter open  t topology  n unchecked  / find  c copy  q quit')
  })

  it('moves between causes with the arrows and opens evidence and fix with Enter', async () => {
    const { press } = await open()
    expect((await press(DOWN))[2]).toMatch(/^> {3}2 {2}real server/)
    expect((await press(UP))[1]).toMatch(/^> {3}1 {2}ds2/)
    const opened = await press(ENTER)
    expect(opened[0]).toBe('  CAUSE 1  CRITICAL  ds2 firewall drops VRRP from 10.0.0.11')
    expect(opened).toContain(
      '      ds2 iptables -S:41                   -A INPUT -j REJECT --reject-with icmp-host-prohibited'.replace(
        / {3,}-A/,
        '   -A',
      ),
    )
    expect(opened).toContain('      iptables -I INPUT 4 -p vrrp -j ACCEPT')
    expect((await press(RIGHT))[0]).toMatch(/^ {2}OPEN 2 {2}WARNING/)
    expect((await press(LEFT))[0]).toMatch(/^ {2}CAUSE 1/)
    expect((await press(ESC))[0]).toMatch(/^ {2}CRITICAL/)
  })

  it('shows the topology, and what was not checked', async () => {
    const { press } = await open()
    expect((await press('t')).join('\n')).toContain('VRRP 51 -X- [1]')
    expect((await press('n'))[0]).toBe('  NOT CHECKED  3 of 6 checks - the verdict could change')
  })

  it('scrolls on past the end of the list', async () => {
    const { press } = await open()
    const frame = await press(DOWN, DOWN, DOWN)
    expect(frame[0]).not.toContain('CRITICAL')
    expect(frame.at(-1)).toMatch(/\(3-24\/\d+\)$/)
  })

  it('finds a text in the whole report, and the next one with Enter', async () => {
    const { press } = await open()
    const first = await press('/', ...'WEIGHT', ENTER)
    expect(first.find((row) => row.startsWith('>'))).toMatch(/^> {3}2 {2}real server .* has weight 0/)
    expect(first.at(-1)).toContain('(match 1 of 5)')
    expect((await press(ENTER)).find((row) => row.startsWith('>'))).toMatch(/^> OPEN 2/)
    expect((await press('/', ...'nowhere', ENTER)).at(-1)).toContain('(no match)')
  })

  it('copies the fix of the chosen cause by OSC 52', async () => {
    const { screen, press } = await open()
    const frame = await press('c')
    expect(frame.at(-1)).toBe('sent to the clipboard: iptables -I INPUT 4 -p vrrp -j ACCEPT')
    const sent = screen.stdout.frames.join('').match(/\u001b\]52;c;([^\u0007]*)\u0007/)?.[1] ?? ''
    expect(Buffer.from(sent, 'base64').toString()).toBe('iptables -I INPUT 4 -p vrrp -j ACCEPT')
  })

  it('closes with q and with Ctrl-C, and says which, and what was seen', async () => {
    const asked = await open()
    await asked.press(ENTER, 'q')
    expect(asked.onClose).toHaveBeenCalledWith('quit', ['home', 'problem:0'])
    const stopped = await open()
    await stopped.press(CTRL_C)
    expect(stopped.onClose).toHaveBeenCalledWith('interrupted', ['home'])
  })

  it('prints no colour when there shall be none', async () => {
    const { screen, press } = await open()
    await press(ENTER)
    expect(screen.frames.join('')).not.toContain('\u001b[')
  })
})
