import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Transcript } from '../../src/transcript/index.ts'
import { read } from './read.ts'

/** Pieces that the reader gives a meaning to, so that random texts get past its first test. */
const PIECES = [
  '[root@ds1 ~]# ip a',
  'root@x:~# cat > /etc/keepalived/keepalived.conf <<EOF',
  'EOF',
  '# iptables -S \\',
  '```',
  '~~~sh',
  '## 2、从节点192.168.1.131',
  '> > ',
  '#@ lvsdoctor collect 1 host=ds1 time=1790000000',
  '#@ run ip-addr: ip addr',
  '#@ end ip-addr exit=0 lines=1',
  '#@ skip nft: denied',
  '#@ done probes=1',
  'vrrp_instance VI_1 {',
  'virtual_server 10.0.0.1 80',
  '{',
  '}',
  '1: lo: <LOOPBACK,UP> mtu 65536',
  '    inet 127.0.0.1/8 scope host lo',
  '12:00:00.000001 IP 10.0.0.1 > 224.0.0.18: VRRPv2',
  'net.ipv4.ip_forward = 1',
  'auth_pass 1111',
  'ip a',
  '',
  '修改配置，然后重启',
  '---',
  '12a13',
  '#!/bin/sh',
  'case "$1" in',
]

function expectSound({ source, sections, commands, unread }: Transcript): void {
  const size = source.lines.length
  const ids = sections.map((section) => section.id)
  expect(new Set(ids).size).toBe(ids.length)
  const owned = new Set<number>()
  for (const { firstLine, lines, commandLine } of sections) {
    expect(firstLine).toBeGreaterThanOrEqual(1)
    expect(firstLine + lines.length - 1).toBeLessThanOrEqual(size)
    if (commandLine !== undefined) expect(commandLine).toBeLessThanOrEqual(size)
    for (let n = 0; n < lines.length; n += 1) {
      // Sections never overlap, and show nothing that the source does not show there.
      expect(owned.has(firstLine + n)).toBe(false)
      owned.add(firstLine + n)
      expect(source.lines[firstLine + n - 1]?.endsWith(lines[n] ?? '')).toBe(true)
    }
  }
  const orders = [...sections.map((s) => s.order), ...commands.map((c) => c.command.order)]
  expect(new Set(orders).size).toBe(orders.length)
  for (const { at, text } of [...unread, ...commands.map((c) => c.command)]) {
    expect(at.line).toBeGreaterThanOrEqual(1)
    expect(at.line).toBeLessThanOrEqual(size)
    expect(text).not.toBe('')
  }
  for (const { at } of unread) expect(owned.has(at.line)).toBe(false)
}

describe('any input', () => {
  it('gives a transcript: random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => expectSound(read(bytes))),
      { numRuns: 300 },
    )
  })

  it('gives a transcript: random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => expectSound(read(text))),
      { numRuns: 300 },
    )
  })

  it('gives a transcript: known lines in any order', () => {
    const line = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 30 }))
    const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, fc.boolean(), (all, conf) => expectSound(read(all, conf ? { name: 'keepalived.conf' } : {}))),
      {
        numRuns: 1500,
      },
    )
  })

  it('never loses a line: each is in a section, a command, unread, or clearly no output', () => {
    const text = ['[root@a ~]# ip rule', '0:\tfrom all lookup local', '', 'qux=1', 'ip a', '中文', 'zz 9'].join('\n')
    const transcript = read(text)
    const lines = new Set<number>()
    for (const s of transcript.sections) for (let n = -1; n < s.lines.length; n += 1) lines.add(s.firstLine + n)
    for (const c of transcript.commands) lines.add(c.command.at.line)
    for (const u of transcript.unread) lines.add(u.at.line)
    expect([...lines].sort()).toEqual([1, 2, 4, 5, 7])
  })
})

describe('time grows with the size of the input, not faster', () => {
  const mega = (line: string): string => line.repeat(Math.ceil(1_000_000 / line.length))

  // Each took minutes with a quantifier inside another; a second is a wide margin for a slow machine.
  it.each([
    ['one line', mega('a')],
    ['braces', mega('{')],
    ['escapes that never end', mega('\x1b]')],
    ['backspaces', mega('a\b')],
    ['almost a secret', mega('auth_pass ')],
    ['almost a password', mega('password')],
    ['almost a prompt', mega(`[a@b ${'x'.repeat(4000)}\n`)],
    ['substitutions that never close', mega(`echo ${'$('.repeat(400)}\n`)],
    ['quotes that never close', mega(`echo ${`"'\``.repeat(300)}\n`)],
    ['fences', mega('```\n')],
    ['quoting', mega('> x\n')],
    ['headings', mega(`# ${'1.'.repeat(200)}\n`)],
    ['doubtful lines', mega('0:\tfrom all lookup local\nzz 1\nzz 2\nzz 3\n')],
    ['marks', mega('#@ run x: y\n')],
    ['list marks', mega('- \n')],
    ['spaces', mega(' ')],
    ['words', mega('a b c d\n')],
  ])('%s', (_name, text) => {
    const start = performance.now()
    expectCheap(read(text))
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

function expectCheap(transcript: Transcript): void {
  expect(['text', 'empty']).toContain(transcript.kind)
}
