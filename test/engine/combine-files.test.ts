import { describe, expect, it } from 'vitest'
import { joinListings } from '../../src/engine/combine-files.ts'
import type { FileEntry } from '../../src/model/facts.ts'

const at = (line: number) => ({ section: 'a#1', line })
const entry = (line: number, more: Partial<FileEntry> = {}): FileEntry => {
  return { path: '/etc/keepalived/keepalived.conf', type: 'file', mode: 0o644, at: at(line), ...more }
}

describe('several listings of a file', () => {
  it('say what the last one says', () => {
    const { entries } = joinListings([{ entries: [entry(1, { mode: 0o755 })] }, { entries: [entry(2)] }])
    expect(entries).toEqual([entry(2)])
  })

  it('keep the SELinux label that a later one does not show, with the line that does', () => {
    const context = { value: 'system_u:object_r:etc_t:s0', at: at(1) }
    const { entries } = joinListings([{ entries: [entry(1, { context })] }, { entries: [entry(2)] }])
    expect(entries).toEqual([entry(2, { context })])
  })
})
