/** `lvsdoctor capture`: what it asks tcpdump for, what it makes of files, and what it says when tcpdump cannot go on. */

import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { emptyFolder, LAUNCHER, lvsdoctor, ROOT } from '../support/cli.ts'

const PCAP = join(import.meta.dirname, '../../fixtures/outputs/tcpdump/pcap/auth.pcap')

/** Runs with a tcpdump that is this shell script. */
function withTcpdump(script: string, args: readonly string[]) {
  const folder = emptyFolder()
  const tool = join(folder, 'tcpdump')
  writeFileSync(tool, `#!/bin/sh\n${script}\n`)
  chmodSync(tool, 0o755)
  return run(args, `${folder}${delimiter}${process.env.PATH}`)
}

function run(args: readonly string[], path: string | undefined) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, 'capture', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
    timeout: 60_000,
  })
  return { code: status, out: stdout, err: stderr }
}

const LISTENING = 'echo "listening on eth0, link-type EN10MB (Ethernet), snapshot length 320 bytes" >&2'
const live = ['--vip', '10.0.0.200', '-i', 'eth0', '-d', '20s', '--json']
const ids = (out: string) => (JSON.parse(out) as Report).findings.map(({ check }) => check)

describe('what is run', () => {
  it('is printed by --dry-run, and nothing is run', () => {
    const { code, out } = run(['--vip', '10.0.0.200', '--port', '80', '-i', 'eth0', '--dry-run'], '/nowhere')
    expect(code).toBe(0)
    const filter =
      'vrrp or arp or icmp or ip proto 4 or (host 10.0.0.200 and port 80) or (tcp[13] & 6 != 0 and port 80)'
    expect(out).toBe(`tcpdump -U -n -i eth0 -s 320 -w - '${filter} or (vlan and (${filter}))'\n`)
  })

  it.skipIf(spawnSync('tcpdump', ['--version']).error !== undefined)('is understood by tcpdump', () => {
    for (const port of [[], ['--port', '443']]) {
      const { out } = lvsdoctor(['capture', '--vip', '10.0.0.200', '-i', 'lo', '--dry-run', ...port])
      const filter = /'(.*)'/.exec(out)?.[1] ?? ''
      expect(spawnSync('tcpdump', ['-y', 'EN10MB', '-d', filter]).stderr.toString()).not.toMatch(/syntax|error/)
    }
  })

  it.each([
    [['--dry-run'], /--vip says which virtual IP/],
    [['--vip', '10.0.0'], /--vip 10.0.0: takes IP/],
    [['--vip', '10.0.0.1', '--packets', '0'], /--packets 0/],
    [['--vip', '10.0.0.1', '-d', 'soon'], /--duration soon/],
    [['-r', PCAP, '-w', 'x.pcap'], /--write is for listening/],
    [['--vip', '10.0.0.1', '-i', '-w'], /flag|interface/i],
  ] as const)('%j is refused: 64', (args, why) => {
    const { code, err } = lvsdoctor(['capture', ...args])
    expect([code, err]).toEqual([64, expect.stringMatching(why)])
  })
})

describe('files', () => {
  it('are judged as check would, by what packets can tell', () => {
    const { code, out } = lvsdoctor(['capture', '-r', PCAP, '--json'])
    expect(code).toBe(2)
    expect(ids(out)).toContain('cap-two-masters')
    const judged = (JSON.parse(out) as Report).results.filter(({ status }) => status !== 'not-checked')
    expect(judged.length).toBeGreaterThan(1)
    expect(judged.filter(({ check }) => !check.startsWith('cap-'))).toEqual([])
  })

  it('may come through stdin, packed or not', () => {
    const { out } = lvsdoctor(['capture', '-r', '-', '--json'], readFileSync(PCAP))
    expect(ids(out)).toContain('cap-two-masters')
  })

  it('of several hosts are named', () => {
    const { out } = lvsdoctor(['capture', '-r', `ds1=${PCAP}`, '--json'])
    expect((JSON.parse(out) as Report).hosts.map(({ id }) => id)).toEqual(['ds1'])
  })

  it('are summed up in pictures, and in the JSON by its schema', () => {
    const { out } = lvsdoctor(['capture', '-r', PCAP, '--json'])
    const report = JSON.parse(out) as Report
    const [view] = report.packets ?? []
    expect(view?.masters.map(({ vrid, ip }) => [vrid, ip])).toEqual([
      [51, '10.0.0.11'],
      [51, '10.0.0.12'],
      [52, '10.0.0.12'],
    ])
    expect(view?.events.length).toBeGreaterThan(1)
    const schema = JSON.parse(readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8')) as object
    const valid = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(schema)
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
    const text = lvsdoctor(['capture', '-r', PCAP]).out
    expect(text).toMatch(/^PACKETS {2}seen on auth/m)
    expect(text).toMatch(/^ {2}VRID 51 {2}10\.0\.0\.11 .*#/m)
  })

  it('show no password', () => {
    const { out } = lvsdoctor(['capture', '-r', PCAP, '--json'])
    expect(readFileSync(PCAP).includes('2222')).toBe(true)
    expect(out).not.toMatch(/"2222|auth \\"(?!<secret)/)
  })
})

describe('a live capture', () => {
  it('ends when tcpdump has its packets, and is judged', () => {
    const { code, out, err } = withTcpdump(`${LISTENING}; cat '${PCAP}'; echo "0 packets dropped by kernel" >&2`, live)
    expect(code).toBe(2)
    expect(ids(out)).toContain('cap-two-masters')
    expect(err).toMatch(/^lvsdoctor: listening on eth0 \(as asked\) for 20 s/)
  })

  it('is stopped by its time', () => {
    const script = `${LISTENING}; cat '${PCAP}'; trap 'echo "3 packets dropped by kernel" >&2; exit 0' INT; while :; do sleep 0.1; done`
    const { code, err } = withTcpdump(script, ['--vip', '10.0.0.200', '-i', 'eth0', '-d', '1s', '--json'])
    expect(code).toBe(2)
    expect(err).toContain('the kernel dropped 3 packets')
  })

  it('keeps the packets with -w, and tells when the disk is full', () => {
    const file = join(emptyFolder(), 'kept.pcap')
    withTcpdump(`${LISTENING}; cat '${PCAP}'`, [...live, '-w', file])
    expect(readFileSync(file).equals(readFileSync(PCAP))).toBe(true)
    expect(statSync(file).mode & 0o077).toBe(0)
    const full = withTcpdump(`${LISTENING}; cat '${PCAP}'; sleep 5`, [...live, '-w', '/dev/full'])
    expect(full.code).toBe(2)
    expect(full.err).toContain('/dev/full could not be written further: the disk is full')
    expect(withTcpdump('exit 1', [...live, '-w', '/nowhere/x.pcap']).code).toBe(73)
  })

  it.each([
    [
      'killed from outside',
      `${LISTENING}; cat '${PCAP}'; kill -KILL $$`,
      2,
      'tcpdump was ended by SIGKILL from outside',
    ],
    [
      'interface gone',
      `${LISTENING}; cat '${PCAP}'; echo "tcpdump: pcap_loop: The interface disappeared" >&2; exit 1`,
      2,
      'tcpdump ended by itself: pcap_loop: The interface disappeared',
    ],
    [
      'no permission',
      'echo "tcpdump: eth0: You do not have permission to capture on that device" >&2; exit 1',
      77,
      'no permission to capture packets',
    ],
    [
      'no such interface',
      'echo "tcpdump: eth0: No such device exists" >&2; exit 1',
      69,
      'tcpdump cannot listen on eth0: eth0: No such device exists',
    ],
    [
      'nonsense',
      `${LISTENING}; echo "this is not what tcpdump -w - prints"; sleep 1`,
      3,
      'tcpdump wrote something that is no capture',
    ],
    [
      'an absurd length',
      `${LISTENING}; head -c 32 '${PCAP}'; printf '\\377\\377\\377\\377\\377\\377\\377\\377'; sleep 5`,
      3,
      'a packet says that it holds 4294967295 bytes',
    ],
    ['nothing seen', `${LISTENING}; head -c 24 '${PCAP}'`, 3, 'no packet of 10.0.0.200 passed eth0'],
  ])('%s', (_, script, exit, words) => {
    const { code, err, out } = withTcpdump(script, live)
    expect(err + out).toContain(words)
    expect(code).toBe(exit)
  })

  it('without tcpdump: 69', () => {
    const { code, out } = run(live, emptyFolder())
    expect([code, out]).toEqual([69, expect.stringContaining('tcpdump is not installed on this host')])
  })
})
