import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { ls } from '../../src/parsers/ls.ts'
import { sectionOf } from './section.ts'

const LINE = '-rw-r--r-- 1 root root 716 Nov 20 13:24'
const read = (text: string, command: string) => ls.parse(sectionOf(text, { command })).value
const path = (name: string, command: string) => read(`${LINE} ${name}`, command).entries[0]?.path

describe('paths', () => {
  it.each([
    ['keepalived.conf', 'ls -l /etc/keepalived', '/etc/keepalived/keepalived.conf'],
    ['keepalived.conf', 'sudo ls -la --color=auto /etc/keepalived/ 2>/dev/null', '/etc/keepalived/keepalived.conf'],
    ['keepalived.conf', 'cd /etc/keepalived && ls -l', '/etc/keepalived/keepalived.conf'],
    ['keepalived.conf', 'cd /etc/keepalived; ll keepalived.conf', '/etc/keepalived/keepalived.conf'],
    ['/etc/keepalived/a.conf', 'ls -l /etc/keepalived/*', '/etc/keepalived/a.conf'],
    ['/etc/keepalived', 'ls -ld /etc/keepalived', '/etc/keepalived'],
    ['keepalived.conf', 'ls -l', 'keepalived.conf'],
    ["'with blank.conf'", "ls -l '/etc/keep alived'", '/etc/keep alived/with blank.conf'],
  ])('%s of `%s` is %s', (name, command, expected) => {
    expect(path(name, command)).toBe(expected)
  })

  it('tells the folders that were listed as a whole', () => {
    const text = `total 4\n${LINE} keepalived.conf`
    expect(read(text, 'ls -l /etc/keepalived').folders).toMatchObject([{ path: '/etc/keepalived' }])
    expect(read(text, 'ls -l /etc/keepalived | head').folders).toBeUndefined()
    expect(read(text, 'ls -l').folders).toBeUndefined()
  })
})

describe('permission letters', () => {
  it.each([
    ['-rwxr-xr-x', 0o755],
    ['-rwsr-sr-x', 0o6755],
    ['-rwSr-Sr-T', 0o7644],
    ['drwxrwxrwt', 0o1777],
    ['----------', 0],
  ])('%s is %o', (letters, mode) => {
    expect(read(`${letters}. 1 root root 1 Nov 20 13:24 x`, 'ls -l').entries[0]?.mode).toBe(mode)
  })
})

it.each([
  `-rw-r--r-- 1 root root 716 Nov 20  2018 x`,
  `-rw-r--r-- 1 root root 716 2026-11-20 13:24 x`,
  `-rw-r--r-- 1 root root 716 2026-11-20 13:24:05.000000000 +0800 x`,
  `-rw-r--r-- 1 root root 716 11月 20 13:24 x`,
  `-rw-r--r-- 1 root root 716 20. Nov 13:24 x`,
  `  613 4 -rw-r--r--+ 1 root root 716 Nov 20 13:24 x`,
  `-rw-r--r--. 1 root root system_u:object_r:etc_t:s0 716 Nov 20 13:24 x`,
])('reads %s', (line) => {
  expect(read(line, 'ls -l').entries).toMatchObject([{ path: 'x', mode: 0o644, size: 716, owner: 'root' }])
})

it.each(['', 'keepalived.conf', "ls: cannot access '*.conf': No such file or directory", '-rw-r--r-- 1 root root 716'])(
  'is not understood: %j',
  (text) => {
    expect(() => read(text, 'ls -l /etc/keepalived')).toThrow(NotUnderstood)
  },
)

it('knows an empty folder', () => {
  expect(read('total 0', 'ls -l /etc/keepalived')).toMatchObject({
    entries: [],
    folders: [{ path: '/etc/keepalived' }],
  })
})

it.each([
  ["ls: cannot access '/x/y': No such file or directory", '/x/y'],
  ['ls: cannot access /x: No such file or directory', '/x'],
  ['ls: cannot access ‘/etc/keepalived/conf.d/*.conf’: No such file or directory', '/etc/keepalived/conf.d/*.conf'],
  ['ls: 无法访问/x: 没有那个文件或目录', '/x'],
  ['/usr/bin/ls: cannot access /x: No such file or directory', '/x'],
])('%s', (text, path) => {
  expect(read(text, 'ls -l').absent?.map((gone) => gone.path)).toEqual([path])
})
