import { describe, expect, it } from 'vitest'
import { clean } from '../../src/transcript/clean.ts'
import { outline, read } from './read.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, little: boolean): Uint8Array => {
  const out = new Uint8Array(text.length * 2)
  const view = new DataView(out.buffer)
  for (let i = 0; i < text.length; i += 1) view.setUint16(i * 2, text.charCodeAt(i), little)
  return out
}
// `# 查看地址` as Chinese Windows writes it.
const GBK = Uint8Array.from([0x23, 0x20, 0xb2, 0xe9, 0xbf, 0xb4, 0xb5, 0xd8, 0xd6, 0xb7, 0x0a])

describe('charset', () => {
  it.each([
    ['UTF-8 with mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes('ds1')]), 'ds1', ['bom']],
    ['UTF-16LE with mark', Uint8Array.from([0xff, 0xfe, ...utf16('ds1', true)]), 'ds1', ['utf-16le']],
    ['UTF-16BE with mark', Uint8Array.from([0xfe, 0xff, ...utf16('ds1', false)]), 'ds1', ['utf-16be']],
    ['UTF-16LE without mark', utf16('[root@ds1 ~]# ip a', true), '[root@ds1 ~]# ip a', ['utf-16le']],
    ['UTF-16BE without mark', utf16('[root@ds1 ~]# ip a', false), '[root@ds1 ~]# ip a', ['utf-16be']],
    ['GBK', GBK, '# 查看地址', ['gb18030']],
    ['UTF-8', bytes('● keepalived.service'), '● keepalived.service', []],
  ])('%s', (_name, input, line, repairs) => {
    expect(clean(input)).toEqual({ kind: 'text', lines: [line], repairs })
  })

  it('stays with UTF-8 when only the last character was cut through', () => {
    const cut = bytes('查看防火墙配置的内容').slice(0, -1)
    expect(clean(cut)).toMatchObject({ kind: 'text', repairs: ['utf-8-damaged'] })
  })

  it.each([
    ['a capture', Uint8Array.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0])],
    ['an archive', Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3])],
    ['zeroes', new Uint8Array(5000)],
    ['a program', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
  ])('calls %s binary', (_name, input) => {
    expect(read(input)).toMatchObject({ kind: 'binary', sections: [], unread: [] })
  })

  it.each(['', '\n\n', ' \r\n\t\n'])('calls %j empty', (text) => {
    expect(read(text)).toMatchObject({ kind: 'empty', sections: [], unread: [] })
  })
})

describe('what the terminal showed', () => {
  it.each([
    ['line ends of Windows', 'a\r\nb\r\n', ['a', 'b'], ['crlf']],
    ['colours', '\x1b[1;31mInactive\x1b[0m: x', ['Inactive: x'], ['escapes']],
    ['window titles', '\x1b]0;root@ds1\x07[root@ds1 ~]#', ['[root@ds1 ~]#'], ['escapes']],
    ['a progress line', ' 10%\r 50%\r100%\n', ['100%'], ['overwritten']],
    ['bold of a manual page', 'N\bNA\bAM\bME\bE', ['NAME'], ['backspaces']],
    ['corrected typing', 'ip ad\b\b-4 a', ['ip -4 a'], ['backspaces']],
    ['no-break blanks', '\u00a0\u00a0\u00a0state\u00a0MASTER', ['   state MASTER'], ['blanks']],
    ['text that runs backwards', 'x\u202ey\u200bz', ['xyz'], ['controls']],
    ['tabs stay', '0:\tfrom all', ['0:\tfrom all'], []],
    ['line ends of old Macs', 'a\rb\rc', ['a', 'b', 'c'], ['cr-lines']],
  ])('%s', (_name, text, lines, repairs) => {
    expect(clean(bytes(text))).toEqual({ kind: 'text', lines, repairs })
  })

  it('cuts a line that no tool prints, and says so', () => {
    const { lines, repairs } = clean(bytes(`${'a'.repeat(100_000)}\nb`))
    expect(lines.map((line) => line.length)).toEqual([65_536, 1])
    expect(repairs).toEqual(['long-lines'])
  })
})

describe('quoting', () => {
  const session = '[root@ds1 ~]# hostname\nds1\n[root@ds1 ~]#'

  it.each([
    ['a quoted mail', session.replace(/^/gm, '> ')],
    ['quoted twice', session.replace(/^/gm, '>> ').replace(/^>>/gm, '> >')],
    ['a quoted part', `please look:\n\n${session.replace(/^/gm, '> ')}\n\nthanks`],
    ['a quoted fence', '```\n[root@ds1 ~]# hostname\nds1\n[root@ds1 ~]#\n```'.replace(/^/gm, '> ')],
  ])('%s', (_name, text) => {
    const transcript = read(text)
    expect(outline(transcript).map((line) => line.replace(/@.*\+/, '@+'))).toEqual(['ds1:hostname hostname @+1 *'])
    expect(transcript.source.repairs).toEqual(['quoting'])
  })

  it('leaves the marks of a diff alone', () => {
    const text = '[root@ds1 ~]# diff a b\n12a13,15\n> vrrp_instance V {\n>     state BACKUP\n> }\n[root@ds1 ~]#'
    const [section] = read(text).sections
    expect(section?.lines[1]).toBe('> vrrp_instance V {')
    expect(section).toMatchObject({ shape: 'diff', whole: true })
  })
})
