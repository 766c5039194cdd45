import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readSources } from '../../src/sources/files.ts'
import { listFolder } from '../../src/sources/folder.ts'
import { readBytes, readStream } from '../../src/sources/read-bytes.ts'
import { emptyFolder } from '../support/cli.ts'

const capture = async () => Buffer.from('listed')
const noStdin = () => Promise.reject(new Error('stdin must not be read'))

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

async function namesOf(words: readonly string[]) {
  const { inputs } = await readSources(words, { stdin: async () => Buffer.from('x'), capture })
  return inputs.map(({ name, host }) => (host === undefined ? name : `${host}=${name}`))
}

describe('sources', () => {
  it('keep the order given; a folder is read in the order of its names, not of the locale', async () => {
    const folder = folderWith({ 'b.txt': 'b', 'B.txt': 'B', 'a.txt': 'a', '10.txt': '10', '9.txt': '9' })
    expect(await namesOf(['-', folder])).toEqual(['stdin', '10.txt', '9.txt', 'B.txt', 'a.txt', 'b.txt'])
  })

  it('are called by their file names, or by their paths where these are alike', async () => {
    const folder = folderWith({ 'a/ds1.txt': '1', 'b/ds1.txt': '2', 'ds2.txt': '3' })
    const [a, b, c] = ['a/ds1.txt', 'b/ds1.txt', 'ds2.txt'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    expect(await namesOf([a, b, c])).toEqual([a, b, 'ds2.txt'])
  })

  it('take NAME= as the host, unless a file is really called that', async () => {
    const folder = folderWith({ 'x.txt': '1' })
    expect(await namesOf([`lvs-1.example=${join(folder, 'x.txt')}`, 'other=-'])).toEqual([
      'lvs-1.example=x.txt',
      'other=stdin',
    ])
  })

  it('never touch stdin without -', async () => {
    const folder = folderWith({ 'x.txt': '1' })
    await expect(readSources([folder], { stdin: noStdin, capture })).resolves.toMatchObject({
      inputs: [{ name: 'x.txt' }],
    })
  })

  it('cannot name a folder, nor be the same twice', async () => {
    const folder = folderWith({ 'x.txt': '1' })
    await expect(readSources([`a=${folder}`], { stdin: noStdin, capture })).rejects.toMatchObject({ exitCode: 64 })
    await expect(readSources([folder, join(folder, 'x.txt')], { stdin: noStdin, capture })).rejects.toMatchObject({
      exitCode: 64,
    })
  })
})

describe('a capture', () => {
  const head = Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0)
  const readAs = async (bytes: Uint8Array, name: string) => {
    const path = join(emptyFolder(), name)
    writeFileSync(path, bytes)
    const { inputs } = await readSources([path], { stdin: noStdin, capture })
    return Buffer.from(inputs[0]?.bytes ?? []).toString()
  }

  it('is told by its first bytes, packed or not, whatever its name', async () => {
    expect(await readAs(head, 'ds1.pcap')).toBe('listed')
    expect(await readAs(gzipSync(head), 'ds1')).toBe('listed')
    expect(await readAs(Buffer.from('ordinary text'), 'ds1.cap')).toBe('ordinary text')
  })

  it('comes through stdin too', async () => {
    const { inputs } = await readSources(['-'], { stdin: async () => head, capture })
    expect(Buffer.from(inputs[0]?.bytes ?? []).toString()).toBe('listed')
  })

  it('is not any packed file', async () => {
    await expect(readAs(gzipSync('text'), 'x.gz')).rejects.toThrow('no tar archive inside')
    await expect(readAs(Uint8Array.of(0x1f, 0x8b, 8, 0), 'x')).rejects.toThrow('damaged or cut short')
  })

  it('that is empty is said to be', async () => {
    await expect(readAs(new Uint8Array(), 'x.pcap')).rejects.toThrow('x.pcap is an empty packet capture')
  })
})

describe('a folder', () => {
  it('gives its text files and says what it leaves out', () => {
    const folder = folderWith({
      'ds1.txt': '',
      messages: '',
      'keepalived.conf': '',
      'x.pcapng': '',
      'y.pcap.gz': '',
      'z.tar.gz': '',
      'expect.json': '',
      'facts.json': '',
      '.hidden': '',
      'sub/y.txt': '',
    })
    const { paths, notRead } = listFolder(folder)
    expect(paths.map((path) => path.slice(folder.length + 1))).toEqual([
      'ds1.txt',
      'keepalived.conf',
      'messages',
      'x.pcapng',
      'y.pcap.gz',
    ])
    expect(notRead.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      'facts.json: not a text file by its name',
      'sub: a folder inside the folder',
      'z.tar.gz: an archive',
    ])
  })
})

describe('bytes', () => {
  it('come whole from a file, an empty one too', () => {
    const folder = folderWith({ big: 'x'.repeat(3_000_000), empty: '' })
    expect(readBytes(join(folder, 'big')).length).toBe(3_000_000)
    expect(readBytes(join(folder, 'empty')).length).toBe(0)
  })

  it('of files whose size the system does not tell', () => {
    expect(Buffer.from(readBytes('/proc/self/stat')).toString()).toMatch(/^\d+ \(/)
  })

  it('stop at the limit, from a file, a device or a stream', async () => {
    const folder = folderWith({ big: 'x'.repeat(2_000_000) })
    expect(() => readBytes(join(folder, 'big'), 1_048_576)).toThrow('big is larger than 1 MB')
    expect(() => readBytes('/dev/zero', 1_048_576)).toThrow('zero is larger than 1 MB')
    const endless = (async function* () {
      for (;;) yield Buffer.alloc(65536)
    })()
    await expect(readStream(endless, 1_048_576)).rejects.toThrow('stdin is larger than 1 MB')
  })
})
