import { render } from 'ink-testing-library'
import { describe, expect, it } from 'vitest'
import { createWatchStore, Watching } from '../../src/ui/watching.tsx'

describe('the screen of a running capture', () => {
  it('shows the latest picture, what names hold made harmless, and how to end it', async () => {
    const store = createWatchStore()
    const { lastFrame, unmount } = render(<Watching store={store} />)
    expect(lastFrame()).toContain('Ctrl-C ends the capture')
    store.change(['3 packets', 'PACKETS  seen on ds1', '', 'evil \u001b[2Jname'])
    await new Promise((done) => setTimeout(done, 50))
    expect(lastFrame()).toContain('3 packets\nPACKETS  seen on ds1')
    expect(lastFrame()).not.toContain('\u001b[2J')
    unmount()
  })

  it('stays shorter than the terminal', async () => {
    const store = createWatchStore()
    const { lastFrame, unmount } = render(<Watching store={store} />)
    store.change(Array.from({ length: 500 }, (_, row) => `row ${row}`))
    await new Promise((done) => setTimeout(done, 50))
    expect(lastFrame()?.split('\n').length).toBeLessThan(24)
    unmount()
  })
})
