import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatOfCommand } from '../../src/transcript/index.ts'
import { outline, read, typed, unread } from './read.ts'

const CASES = new URL('../../fixtures/cases/', import.meta.url).pathname
const SEEDS = new URL('../../../shared/seeds/', import.meta.url).pathname

const recordings = readdirSync(CASES)
  .filter((folder) => !folder.startsWith('seed-') && statSync(join(CASES, folder)).isDirectory())
  .flatMap((folder) => readdirSync(join(CASES, folder)).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.txt') && !file.endsWith('proof.txt'))
  // What the collector printed has marks instead of prompts.
  .filter((file) => !readFileSync(join(CASES, file), 'utf8').startsWith('#@'))

describe('recorded clusters', () => {
  it.each(recordings)('%s: every command is one section with exactly its lines', (file) => {
    const text = readFileSync(join(CASES, file), 'utf8')
    const lines = text.split('\n')
    const prompts = lines.flatMap((line, index) => (/^\[root@[\w.-]+ ~\]# ./.test(line) ? [index] : []))
    const transcript = read(text, { name: file })
    expect(transcript.sections.map((s) => (s.commandLine ?? 0) - 1)).toEqual(prompts)
    transcript.sections.forEach((section, n) => {
      const start = (prompts[n] ?? 0) + 1
      const printed = lines.slice(start, prompts[n + 1] ?? lines.length)
      while (printed.at(-1) === '') printed.pop()
      expect(section.command).toBe(lines[start - 1]?.replace(/^\S+ ~\]# /, ''))
      expect(section.lines.map((line) => line.replace(/<secret-1913\/4>/, '1111'))).toEqual(printed)
      expect(section.whole).toBe(n + 1 < prompts.length)
    })
    expect(unread(transcript)).toEqual([])
    expect(typed(transcript).every((line) => line.includes(' prompt - '))).toBe(true)
  })

  it('knows the format of what they print', () => {
    const unknown = new Set<string>()
    for (const file of recordings) {
      for (const { shape, command } of read(readFileSync(join(CASES, file))).sections) {
        expect(shape).toBe(formatOfCommand(command))
        if (shape === undefined) unknown.add(command.split(' ')[0] ?? '')
      }
    }
    expect([...unknown].sort()).toEqual(['arping', 'cat', 'dmesg'])
  })
})

const raw = (start: string): Uint8Array => {
  const file = readdirSync(SEEDS).find((name) => name.startsWith(start)) ?? ''
  return readFileSync(join(SEEDS, file))
}

describe.skipIf(!existsSync(SEEDS))('the five documents as they were found', () => {
  it('000: rules behind a damaged prompt, loose commands, a capture among prose', () => {
    const transcript = read(raw('000'), { name: 's0' })
    expect(outline(transcript)).toEqual([
      'localhost:iptables-save iptables -S @5+9',
      's0:tcpdump tcpdump -i any -n host 28.17.161.129 @51+11',
      's0:sysctl-conf vim /etc/sysctl.conf @71+3',
    ])
    expect(typed(transcript)).toContain('44 loose sysctl sysctl -w net.ipv4.ip_nonlocal_bind = 1')
    expect(unread(transcript)).toEqual([19, 21, 67])
  })

  it('001: the neighbour table before and after', () => {
    const arp = read(raw('001')).sections.filter((s) => s.shape === 'arp')
    expect(arp.map((s) => [s.host, s.firstLine, s.lines.length, s.whole])).toEqual([
      ['sg-gop-10-65-32-35', 98, 8, true],
      ['sg-gop-10-65-32-35', 115, 9, false],
    ])
  })

  it('002: a session without fences, prose between the commands', () => {
    const transcript = read(raw('002'))
    expect(outline(transcript).slice(0, 2)).toEqual([
      '200-104:keepalived-conf cat /etc/keepalived/keepalived.conf @36+107',
      '200-104:diff diff keepalived.conf  backup/keepalived.conf @148+16',
    ])
    expect(transcript.sections.at(-1)).toMatchObject({ command: 'service iptables save', lines: [] })
  })

  it('003: two configurations per node, told apart by the headings', () => {
    const confs = read(raw('003'), { name: 's3' }).sections.filter((s) => s.shape === 'keepalived-conf')
    expect(confs.map((s) => [s.host, s.firstLine, s.lines.length])).toEqual([
      ['192.168.1.129', 220, 39],
      ['192.168.1.131', 299, 39],
      ['192.168.1.129', 469, 60],
      ['192.168.1.131', 568, 60],
      ['s3', 820, 33],
    ])
  })

  it('004: five hosts, every look kept, every section closed by a prompt', () => {
    const transcript = read(raw('004'), { name: 's4' })
    const prompted = transcript.sections.filter((s) => s.hostBy === 'prompt')
    expect(prompted).toHaveLength(131)
    expect(prompted.every((s) => s.whole)).toBe(true)
    expect(new Set(prompted.map((s) => s.host))).toEqual(new Set(['ds1', 'ds2', 'rs1', 'rs2', 'rs3', 'Nothing']))
    expect(transcript.sections.filter((s) => s.host === 'ds1' && s.shape === 'ip-addr')).toHaveLength(4)
    expect(transcript.sections.filter((s) => s.hostBy === 'stem').map((s) => [s.shape, s.lines.length])).toEqual([
      ['keepalived-log', 4],
      ['keepalived-log', 2],
    ])
  })
})
