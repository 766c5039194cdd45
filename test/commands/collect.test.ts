import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, LAUNCHER, lvsdoctor } from '../support/cli.ts'
import { runScript } from '../support/collector.ts'

describe('collect', () => {
  it('prints the transcript of this host, whole', { timeout: 60_000 }, () => {
    const { code, out, err } = lvsdoctor(['collect'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^#@ lvsdoctor collect 1 host=\S+ time=\d+\n/)
    expect(out).toMatch(/\n#@ done probes=\d+\n$/)
  })

  it('its own output is a SOURCE', { timeout: 60_000 }, () => {
    const transcript = lvsdoctor(['collect']).out
    const { code, err } = lvsdoctor(['check', '-'], transcript)
    expect([0, 1, 2, 3]).toContain(code)
    expect(err).toBe('')
  })

  it('--script prints what runs anywhere, and -o writes it', () => {
    const file = join(emptyFolder(), 'collect.sh')
    expect(lvsdoctor(['collect', '--script', '-o', file]).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(lvsdoctor(['collect', '--script']).out)
    expect(runScript(['sh'], readFileSync(file, 'utf8')).stdout).toMatch(/#@ done probes=\d+\n$/)
  })

  it('--timeout ends it: 124, what there is until then is printed', { timeout: 60_000 }, () => {
    const { code, out, err } = lvsdoctor(['collect', '--timeout', '60ms'])
    if (code === 0) return
    expect(code).toBe(124)
    expect(out).not.toContain('#@ done')
    expect(err).toContain('--timeout was reached')
  })

  it('Ctrl-C ends it: 130, and nothing keeps running', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [LAUNCHER, 'collect'], { stdio: 'ignore' })
    // Before the collector runs the signal itself ends the process: a shell calls that 130, too.
    const ended = new Promise((done) => child.on('close', (exit, signal) => done(signal === 'SIGINT' ? 130 : exit)))
    await new Promise((done) => setTimeout(done, 200))
    child.kill('SIGINT')
    const code = await ended
    // A fast machine may have finished before the signal came.
    expect([130, 0]).toContain(code)
    expect(spawnSync('pgrep', ['-P', String(child.pid)]).stdout.toString()).toBe('')
  })
})
