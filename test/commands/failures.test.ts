import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, lvsdoctor, lvsdoctorBound, ROOT } from '../support/cli.ts'
import { has } from '../support/collector.ts'

const HEALTHY = join(ROOT, 'fixtures', 'cases', 'dr-healthy')

/** First line on stderr and the exit code; nothing may be on stdout. */
function refusal(args: readonly string[], input: string | Uint8Array = '') {
  const { code, out, err } = lvsdoctor(args, input)
  expect(out).toBe('')
  expect(err).not.toMatch(/^\s+at /m)
  return [code, err.split('\n')[0]]
}

function fileWith(content: string | Uint8Array, name = 'paste.txt'): string {
  const path = join(emptyFolder(), name)
  writeFileSync(path, content)
  return path
}

describe('a wrong word on the command line exits 64 and says what is right', () => {
  it.each([
    [['check', '--bogus'], 'lvsdoctor: there is no flag --bogus'],
    [['check', '--onyl', 'arp', 'x'], 'lvsdoctor: there is no flag --onyl; did you mean --only?'],
    [['chekc'], 'lvsdoctor: there is no command chekc'],
    [['check', '--only'], 'lvsdoctor: Flag --only expects a value'],
    [['check', '--width', 'wide', HEALTHY], 'lvsdoctor: --width wide: takes a number of columns, 40 to 1000'],
    [['check', '--format', 'jsn', HEALTHY], 'lvsdoctor: --format jsn: takes text, brief, json; did you mean json?'],

    [
      ['check', '--vip', '300.0.0.1', HEALTHY],
      'lvsdoctor: --vip 300.0.0.1: takes IP or IP:PORT, for instance 10.0.0.1:80',
    ],
    [
      ['check', '--role', 'ds1', HEALTHY],
      'lvsdoctor: --role ds1: takes HOST=ROLE, ROLE one of director, real-server, client',
    ],
    [['check', '--role', 'ds1=boss', HEALTHY], 'lvsdoctor: --role boss: takes director, real-server, client'],
    [['check', '-t', 'soon', HEALTHY], 'lvsdoctor: --timeout soon: takes a time such as 10s, 2m or 1500ms'],
    [
      ['check', '--fail-on', 'warnings', HEALTHY],
      'lvsdoctor: --fail-on warnings: takes critical, warning, unknown, never; did you mean warning?',
    ],
    [['check', '--as', 'a', HEALTHY], 'lvsdoctor: --as names one SOURCE; use NAME=PATH for several'],
    [['check', '--as', 'a'], 'lvsdoctor: --as names a SOURCE, and there is none'],
    [['check', '-', '-'], 'lvsdoctor: - is given twice'],
    [['check', '--only', 'no-such-check', HEALTHY], 'lvsdoctor: no check or category is called "no-such-check"'],
    [['check', '--example', 'nope'], 'lvsdoctor: there is no example nope'],
    [['parse'], 'lvsdoctor: Missing 1 required arg: format'],
    [['parse', 'ip-adr', '-'], 'lvsdoctor: unknown format "ip-adr"'],
    [['explain', 'vrrp-blocked-inputs'], 'lvsdoctor: there is no check vrrp-blocked-inputs'],
  ])('%j', (args, line) => {
    const [code, first] = refusal(args, '1: lo: <UP>\n')
    expect(code).toBe(64)
    expect(first).toContain(line)
  })
})

describe('input that cannot be used', () => {
  it('missing: 66', () => {
    expect(refusal(['check', 'no-such-file.txt'])).toEqual([66, 'lvsdoctor: no such file or folder: no-such-file.txt'])
  })

  it('empty: 65', () => {
    expect(refusal(['check', fileWith('')])).toEqual([65, 'lvsdoctor: paste.txt is empty'])
    expect(refusal(['check', '-'])).toEqual([65, 'lvsdoctor: stdin is empty'])
  })

  it('prose without a command: 65', () => {
    expect(refusal(['check', fileWith('Dear diary,\ntoday nothing worked.\n')])).toEqual([
      65,
      'lvsdoctor: paste.txt holds no command or output that lvsdoctor knows',
    ])
  })

  it('binary: 65', () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)
    expect(refusal(['check', fileWith(noise)])).toEqual([65, 'lvsdoctor: paste.txt is not text'])
  })

  it('a damaged capture or an archive: 65, with what to do instead', () => {
    const pcap = fileWith(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0), 'ds1.pcap')
    const { code, err } = lvsdoctor(['check', pcap])
    expect(code).toBe(65)
    expect(err).toBe(
      'lvsdoctor: ds1.pcap is no capture that can be read: the file ends inside its header\ntry: tcpdump -r ds1.pcap\n',
    )
    expect(refusal(['check', fileWith(Uint8Array.of(0x1f, 0x8b, 8, 0), 'sos')])[0]).toBe(65)
  })

  it('a folder without text: 65', () => {
    const folder = emptyFolder()
    expect(refusal(['check', folder])).toEqual([65, `lvsdoctor: the folder ${folder} holds no text file`])
  })

  it.runIf(process.getuid?.() !== 0 || has('setpriv'))('no permission, be it a file or a folder: 77', () => {
    const folder = join(emptyFolder(), 'closed')
    mkdirSync(folder, { mode: 0 })
    const file = fileWith('hostname')
    chmodSync(file, 0)
    for (const path of [folder, file]) {
      const { code, out, err } = lvsdoctorBound(['check', path])
      expect([code, out, err.split('\n')[0]]).toEqual([77, '', `lvsdoctor: no permission to read ${path}`])
    }
  })
})

describe('a report that cannot be written', () => {
  it('exits 73 and leaves nothing behind', () => {
    expect(refusal(['check', HEALTHY, '-o', '/proc/nope/report.txt'])).toEqual([
      73,
      'lvsdoctor: cannot write /proc/nope/report.txt: ENOENT',
    ])
  })
})

describe('with --json every failure is one JSON document on stdout', () => {
  it.each([
    [['check', '--json', '--bogus'], 64],
    [['check', '--json', 'no-such-file'], 66],
    [['check', '-f', 'json', '/dev/null'], 65],
    [['parse', 'ip-addr', '/dev/null', '--json'], 65],
    [['check', '--json', '--format', 'text', HEALTHY], 64],
  ])('%j', (args, exitCode) => {
    const { code, out, err } = lvsdoctor(args)
    expect(err).toBe('')
    expect(code).toBe(exitCode)
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: '1.0',
      error: { exitCode, message: expect.any(String) as string },
    })
  })
})
