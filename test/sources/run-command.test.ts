import { describe, expect, it } from 'vitest'
import { runCommand } from '../../src/sources/run-command.ts'

const OPTIONS = { stdin: '', timeoutMs: 10_000, maxBytes: 1_000_000 }

describe('running a program', () => {
  it('keeps every byte, the final newline too', async () => {
    const { stdout, exitCode } = await runCommand('sh', ['-s'], { ...OPTIONS, stdin: "printf 'a\\n\\n'; exit 3" })
    expect([Buffer.from(stdout).toString(), exitCode]).toEqual(['a\n\n', 3])
  })

  it('ends it with all that it started when the time is over, and keeps what came until then', async () => {
    const start = Date.now()
    const ran = await runCommand('sh', ['-c', 'echo first; sleep 60 | cat; echo never'], { ...OPTIONS, timeoutMs: 500 })
    expect([Buffer.from(ran.stdout).toString(), ran.timedOut, ran.exitCode]).toEqual(['first\n', true, undefined])
    expect(Date.now() - start).toBeLessThan(5000)
  })

  it('says why a program could not be started', async () => {
    expect(await runCommand('no-such-program-here', [], OPTIONS)).toMatchObject({ refused: 'ENOENT', timedOut: false })
  })
})
