import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { stat } from '../../src/parsers/stat.ts'
import { sectionOf } from './section.ts'

const read = (text: string, command = '') => stat.parse(sectionOf(text, { command }))

describe('stat -c FORMAT', () => {
  it.each([
    ["stat -c '%a %F %n' x", '755 regular file /etc/keepalived/keepalived.conf'],
    ['stat --format="%n: %a (%F)" x', '/etc/keepalived/keepalived.conf: 755 (regular file)'],
    ["stat --printf='%a|%F|%N\\n' x", "755|regular file|'/etc/keepalived/keepalived.conf'"],
    ['', '755 regular file root root 716 /etc/keepalived/keepalived.conf'],
  ])('%s', (command, line) => {
    expect(read(line, command).value.entries).toMatchObject([
      { path: '/etc/keepalived/keepalived.conf', type: 'file', mode: 0o755 },
    ])
  })

  it('needs mode and type: the x bit of a folder means something else', () => {
    expect(() => read('755 /etc/keepalived/x', "stat -c '%a %n' /etc/keepalived/x")).toThrow(NotUnderstood)
  })
})

describe('the long form', () => {
  const file = '  File: /a\n  Size: 7  \tBlocks: 8          IO Block: 4096   directory'
  const access = 'Access: (0755/drwxr-xr-x)  Uid: (    0/    root)   Gid: (    0/    root)'

  it('tells the SELinux label of the file above', () => {
    const { entries } = read(`${file}\n${access}\nContext: system_u:object_r:etc_t:s0`).value
    expect(entries).toMatchObject([{ path: '/a', context: { value: 'system_u:object_r:etc_t:s0', at: { line: 4 } } }])
  })

  it('leaves a file unread whose mode is cut off', () => {
    const { value, unread } = read(`${file}\n${access}\n${file.replace('/a', '/b')}`)
    expect(value.entries).toMatchObject([{ path: '/a', type: 'directory', mode: 0o755, size: 7 }])
    expect(unread.map((line) => line.at.line)).toEqual([4])
  })

  it('leaves a mode without a file unread', () => {
    expect(read(`${access}\n${file}\n${access}`).unread.map((line) => line.at.line)).toEqual([1])
  })
})

it.each(['', '  File: /a', "stat: cannot statx 'x': No such file or directory"])('is not understood: %j', (text) => {
  expect(() => read(text)).toThrow(NotUnderstood)
})

it('says which file is not there', () => {
  const { value } = read("stat: cannot statx '/x': No such file or directory")
  expect(value).toMatchObject({ entries: [], absent: [{ path: '/x' }] })
})
