/** The collector masks on the host, the reader masks pastes: both must make the same token of a secret, or hosts cannot be compared. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { FRAMER } from '../../src/probes/framer.ts'
import { createRedactor } from '../../src/transcript/redact.ts'

const SECRETS = ['1111', '12345678', '1234567890', 'P@ss,w0rd', 'a', '~~~~~~~~']

describe('collector and reader', () => {
  it.each(SECRETS)('mask "%s" alike', (secret) => {
    const line = `        auth_pass ${secret}`
    const run = spawnSync('awk', ['-v', 'id=keepalived-conf', '-v', 'most=100000', FRAMER], {
      input: `${line}\n\n#@exit 0\n`,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    })
    expect(run.stdout.split('\n')[0]).toBe(createRedactor().line(line))
    expect(run.stdout).not.toContain(secret.length > 3 ? secret : `auth_pass ${secret}`)
  })

  it('leave the brace behind a password, which closes the block', () => {
    const line = 'authentication { auth_pass 1111}}'
    const run = spawnSync('awk', ['-v', 'id=keepalived-conf', '-v', 'most=100000', FRAMER], {
      input: `${line}\n\n#@exit 0\n`,
      encoding: 'utf8',
    })
    expect(run.stdout.split('\n')[0]).toBe(createRedactor().line(line))
    expect(createRedactor().line(line)).toMatch(/^authentication \{ auth_pass <secret-\d+\/4>\}\}$/)
  })
})
