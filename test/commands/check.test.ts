import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { emptyFolder, LAUNCHER, lvsdoctor, lvsdoctorFed, ROOT } from '../support/cli.ts'

const CASES = join(ROOT, 'fixtures', 'cases')
const BROKEN = join(CASES, 'dr-vrrp-drop-policy-both')

function json(args: readonly string[], input = ''): Report {
  return JSON.parse(lvsdoctor(['check', '--json', ...args], input).out) as Report
}

describe('where the evidence comes from', () => {
  it('a folder: one host per file', () => {
    const report = json([BROKEN])
    expect(report.hosts.map(({ id }) => id)).toEqual(expect.arrayContaining(['ds1', 'ds2', 'rs1', 'rs2']))
    expect(report.result).toMatchObject({ status: 'critical', exitCode: 2 })
  })

  it('files, in whatever order, give the same findings', () => {
    const files = ['ds1.txt', 'ds2.txt', 'rs1.txt'].map((name) => join(BROKEN, name))
    const checks = (report: Report) =>
      report.findings.map(({ check, hosts }) => `${check} ${[...hosts].sort().join(' ')}`).sort()
    expect(checks(json(files))).toEqual(checks(json(files.toReversed())))
  })

  it('- reads stdin', () => {
    const text = readFileSync(join(BROKEN, 'ds1.txt'), 'utf8')
    expect(json(['-'], text).hosts.map(({ sources }) => sources)).toEqual([['stdin']])
  })

  it('nothing but - reads stdin: what is piped in beside a file is left alone', () => {
    expect(json([join(BROKEN, 'ds1.txt')], 'garbage').unread.map(({ source }) => source)).not.toContain('stdin')
  })

  it('NAME=PATH and --as name the host of a text that does not', () => {
    const bare = join(emptyFolder(), 'x.txt')
    writeFileSync(bare, '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n')
    expect(json([`lvs9=${bare}`]).hosts[0]?.id).toBe('lvs9')
    expect(json(['--as', 'lvs9', bare]).hosts[0]?.id).toBe('lvs9')
  })

  it('a flag that takes several values leaves the sources behind it alone', () => {
    const report = json([
      '--only',
      'firewall',
      join(BROKEN, 'ds1.txt'),
      '--skip',
      'vrrp-blocked-input@ds1,vrrp-blocked-input@ds2',
      join(BROKEN, 'ds2.txt'),
    ])
    expect(report.hosts.map(({ id }) => id).sort()).toEqual(['ds1', 'ds2'])
  })

  it('a pipe by name, as a shell makes it', () => {
    const command = `"$1" "$2" check --json <(cat "$3")`
    const { stdout } = spawnSync('bash', ['-c', command, 'bash', process.execPath, LAUNCHER, join(BROKEN, 'ds1.txt')])
    expect((JSON.parse(stdout.toString()) as Report).hosts).toHaveLength(1)
  })

  it('a folder with other things in it: they are named, and the run goes on', () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'ds1.txt'), readFileSync(join(BROKEN, 'ds1.txt')))
    writeFileSync(join(folder, 'empty.pcap'), '')
    writeFileSync(join(folder, 'messages'), Uint8Array.of(0x1f, 0x8b, 8, 0))
    mkdirSync(join(folder, 'old'))
    const { code, err } = lvsdoctor(['check', folder])
    expect(code).toBeLessThan(4)
    expect(err.split('\n').filter(Boolean).sort()).toEqual([
      'lvsdoctor: not read: empty.pcap (an empty packet capture)',
      'lvsdoctor: not read: messages (an archive)',
      'lvsdoctor: not read: old (a folder inside the folder)',
    ])
  })

  it('a bundled incident', () => {
    expect(lvsdoctor(['check', '--example']).code).toBe(2)
    expect(lvsdoctor(['check', '--example', 'list']).out.split('\n')).toContain('dr-vrrp-drop-policy-both')
  })
})

describe('where the report goes', () => {
  it('stdout holds the report and nothing else, stderr nothing', () => {
    const { out, err } = lvsdoctor(['check', BROKEN])
    expect(err).toBe('')
    expect(out.startsWith('CRITICAL')).toBe(true)
    expect(out).toMatch(/\(exit 2\)\n$/)
  })

  it('-o chooses the format by the ending and writes the whole file', () => {
    const folder = emptyFolder()
    const { code, out } = lvsdoctor(['check', BROKEN, '-o', join(folder, 'r.json')])
    expect({ code, out, files: readdirSync(folder) }).toEqual({ code: 2, out: '', files: ['r.json'] })
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toMatchObject({ schemaVersion: '1.0' })
    lvsdoctor(['check', BROKEN, '-o', join(folder, 'r.txt')])
    expect(readFileSync(join(folder, 'r.txt'), 'utf8')).toBe(lvsdoctor(['check', BROKEN]).out)
  })

  it('brief: one line per cause and one verdict', () => {
    const { out, code } = lvsdoctor(['check', BROKEN, '-f', 'brief'])
    expect(code).toBe(2)
    expect(out.split('\n').length).toBeLessThan(8)
  })

  it('a reader that has seen enough is no error', () => {
    const done = spawnSync('bash', [
      '-c',
      'set -o pipefail; "$1" "$2" check "$3" --all | head -c 10',
      'bash',
      process.execPath,
      LAUNCHER,
      BROKEN,
    ])
    expect(done.stderr.toString()).toBe('')
    expect(done.status).toBe(2)
  })

  it('no colour in a pipe', () => {
    expect(lvsdoctor(['check', BROKEN, '--all']).out).not.toContain('\u001b')
  })
})

describe('--fail-on', () => {
  it.each([
    ['never', 0],
    ['critical', 2],
    ['warning', 2],
    ['unknown', 2],
  ])('%s', (level, code) => {
    expect(lvsdoctor(['check', BROKEN, '--fail-on', level, '-f', 'brief']).code).toBe(code)
  })

  it('the JSON says what the report came to, not what the shell was told', () => {
    expect(json([BROKEN, '--fail-on', 'never']).result.exitCode).toBe(2)
  })
})

describe('--save', () => {
  it('keeps what was read, secrets masked, and the copy gives the identical report', () => {
    const folder = join(emptyFolder(), 'kept')
    const live = lvsdoctor(['check', BROKEN, '--json', '--save', folder]).out
    const kept = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
    expect(kept).toMatch(/auth_pass <secret-\d+\/\d+>/)
    expect(lvsdoctor(['check', folder, '--json']).out).toBe(live)
  })
})

describe('this host', () => {
  it('is asked when no SOURCE is given; what it cannot tell makes the result unknown, not fine', {
    timeout: 60_000,
  }, () => {
    const { code, out } = lvsdoctor(['check'])
    const known = existsSync('/proc/net/ip_vs') || existsSync('/etc/keepalived/keepalived.conf')
    if (!known) expect([code, out.split(' ')[0]]).toEqual([3, 'UNKNOWN'])
    else expect([0, 1, 2, 3]).toContain(code)
  })

  it('gives the same report when its saved transcript is read', { timeout: 60_000 }, () => {
    const folder = join(emptyFolder(), 'kept')
    const live = lvsdoctor(['check', '--json', '--save', folder]).out
    expect(lvsdoctor(['check', '--json', folder]).out).toBe(live)
  })
})

describe('a large paste on slow stdin', () => {
  it('50 MB arrive whole, in bounded time and memory', { timeout: 120_000 }, async () => {
    const session = readFileSync(join(BROKEN, 'ds1.txt'), 'utf8')
    const noise = `${'x'.repeat(127)}\n`.repeat(8192)
    const { code, err } = await lvsdoctorFed(['check', '-', '-f', 'brief'], async (write) => {
      await write(session)
      for (let sent = 0; sent < 50; sent++) {
        await write(noise)
        if (sent % 10 === 0) await new Promise((done) => setTimeout(done, 100))
      }
    })
    expect(err).toBe('')
    expect([0, 1, 2, 3]).toContain(code)
  })
})

describe('the launcher', () => {
  it('finds its compiled form accepted by the Node that built it', () => {
    expect(statSync(join(ROOT, 'dist', 'main.cache')).size).toBeGreaterThan(10_000)
    const look = `import('${join(ROOT, 'bin', 'load.js')}').then(({ default: { compile } }) => process.exit(compile().cachedDataRejected ? 1 : 0))`
    expect(spawnSync(process.execPath, ['-e', look]).status).toBe(0)
  })
})
