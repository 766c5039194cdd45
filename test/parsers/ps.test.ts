import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { ps } from '../../src/parsers/ps.ts'
import { sectionOf } from './section.ts'

const read = (text: string, command = '') => ps.parse(sectionOf(text, { command })).value.processes

describe('ps', () => {
  it.each([
    ['root      3416     1  0 00:13 ?        00:00:00 /usr/sbin/keepalived -D', 'ps -ef | grep keepalived'],
    [
      'root      3416  0.0  0.1 118676  1428 ?        Ss   Jul03   1:02 /usr/sbin/keepalived -D',
      'ps aux | grep keepalived',
    ],
    [' 3416 ?        Ss     0:00 /usr/sbin/keepalived -D', 'ps ax | grep keepalived'],
    ['3416 /usr/sbin/keepalived -D', 'pgrep -a keepalived'],
    ['3416 /usr/sbin/keepalived -D', 'ps -eo pid,args | grep keepalived'],
    ['  PID %CPU COMMAND\n 3416  0.0 /usr/sbin/keepalived -D', 'ps -eo pid,pcpu,args'],
  ])('reads %j without guessing columns', (text, command) => {
    expect(read(text, command)).toMatchObject([{ pid: 3416, command: '/usr/sbin/keepalived -D' }])
  })

  it('takes the branches of a tree off', () => {
    expect(
      read('  PID TTY      STAT   TIME COMMAND\n    7 ?        S      0:00  |   \\_ keepalived -D')[0]?.command,
    ).toBe('keepalived -D')
  })

  it.each(['', '  PID TTY      STAT   TIME COMMAND', '3416 keepalived', '  PID COMMAND   TIME\n 1 init 0:00'])(
    'is not understood: %j',
    (text) => {
      expect(() => read(text)).toThrow(NotUnderstood)
    },
  )
})
