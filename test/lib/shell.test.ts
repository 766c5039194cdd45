import { describe, expect, it } from 'vitest'
import { shellWord } from '../../src/lib/shell.ts'

describe('shellWord', () => {
  it('leaves plain words alone', () => {
    expect(shellWord('/etc/keepalived/keepalived.conf')).toBe('/etc/keepalived/keepalived.conf')
    expect(shellWord('bond0.10')).toBe('bond0.10')
  })

  it('quotes what a shell would act on', () => {
    expect(shellWord('a b')).toBe("'a b'")
    expect(shellWord('$(reboot)')).toBe("'$(reboot)'")
    expect(shellWord("it's")).toBe("'it'\\''s'")
    expect(shellWord('-rf')).toBe("'-rf'")
    expect(shellWord('')).toBe("''")
  })
})
