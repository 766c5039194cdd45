import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pack, unpack } from '../../src/sources/archive.ts'

/** What the machine's own tar makes of a folder. */
function tarOf(fill: (folder: string) => void, flags: readonly string[] = ['-cz']): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-tar-'))
  mkdirSync(join(folder, 'in'))
  fill(join(folder, 'in'))
  execFileSync('tar', [...flags, '-f', join(folder, 'a.tar'), '-C', join(folder, 'in'), '.'])
  return readFileSync(join(folder, 'a.tar'))
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

describe('an archive of transcripts', () => {
  it.each([['-cz'], ['-c']])('of tar %s: every file, with its path', async (flag) => {
    const long = `${'deep/'.repeat(30)}ds2.txt`
    const bytes = tarOf(
      (folder) => {
        writeFileSync(join(folder, 'ds1.txt'), 'one\n')
        mkdirSync(join(folder, long, '..'), { recursive: true })
        writeFileSync(join(folder, long), 'two\n')
      },
      [flag],
    )
    const { files, notRead } = await unpack('a.tar', bytes)
    expect(files.map((file) => [file.path, text(file.bytes)]).sort()).toEqual([
      [long, 'two\n'],
      ['ds1.txt', 'one\n'],
    ])
    expect(notRead).toEqual([])
  })

  it('follows no link', async () => {
    const bytes = tarOf((folder) => symlinkSync('/etc/passwd', join(folder, 'ds1.txt')))
    expect(await unpack('a.tar', bytes)).toEqual({
      files: [],
      notRead: [{ name: 'ds1.txt', why: 'not a regular file' }],
    })
  })

  it('knows no way out of itself', async () => {
    const bytes = await pack([{ name: '../../etc/ds1.txt', text: 'one\n' }])
    expect((await unpack('a.tar.gz', bytes)).files.map(({ path }) => path)).toEqual(['etc/ds1.txt'])
  })

  it('cut in the middle, damaged, or no archive at all: says so', async () => {
    const whole = tarOf((folder) => writeFileSync(join(folder, 'ds1.txt'), 'x'.repeat(100_000)), ['-c'])
    const packed = gzipSync(whole)
    const negative = Buffer.from(whole)
    negative.write('-7777777777', 124)
    for (const [bytes, why] of [
      [whole.subarray(0, 50_000), 'damaged or cut short'],
      [packed.subarray(0, packed.length >> 1), 'is damaged or cut short'],
      [negative, 'damaged or cut short'],
      [gzipSync('plain text'), 'no tar archive inside'],
    ] as const)
      await expect(unpack('a.tar', bytes)).rejects.toThrow(why)
  })

  it('that unpacks to gigabytes is refused before it does', async () => {
    const bomb = gzipSync(Buffer.alloc(300 << 20))
    await expect(unpack('bomb.tar.gz', bomb)).rejects.toThrow('unpacks to more than 256 MiB')
  })
})
