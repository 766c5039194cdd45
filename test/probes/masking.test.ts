import { describe, expect, it } from 'vitest'
import { runScript, SHELLS, withProbes } from '../support/collector.ts'

/** Lines as the collector lets them out, when probe `id` prints them. */
function through(lines: readonly string[], id = 'keepalived-conf', env: Readonly<Record<string, string>> = {}) {
  const call = `probe ${id} 100000 true any cat "printf '%s\\n' $LINES"`
  const quoted = lines.map((line) => `'${line.replaceAll("'", `'\\''`)}'`).join(' ')
  const { stdout } = runScript(SHELLS[0] ?? ['sh'], withProbes([call]), { LINES: quoted, ...env })
  return stdout.split('\n').slice(2, 2 + lines.length)
}

describe('a secret never leaves the collector', () => {
  it('whatever way it is written', () => {
    const printed = through([
      '        auth_pass 1111',
      'auth_pass "two words"   # why',
      '  authentication { auth_type PASS auth_pass k8sHA }',
      '# auth_pass old-one',
      '  password hunter2',
      "auth_pass it's",
    ])
    expect(printed.join('\n')).not.toMatch(/1111|two|words|k8sHA|old-one|hunter2|it's/)
    expect(printed.map((line) => line.replace(/\d+\//, 'N/'))).toEqual([
      '        auth_pass <secret-N/4>',
      'auth_pass <secret-N/9>   # why',
      '  authentication { auth_type PASS auth_pass <secret-N/5> }',
      '# auth_pass <secret-N/7>',
      '  password <secret-N/7>',
      'auth_pass <secret-N/4>',
    ])
  })

  it('keeps sameness: equal in the first eight bytes, all that keepalived uses', () => {
    const [a, b, c, d] = through([
      'auth_pass 12345678',
      'auth_pass 12345678X',
      'auth_pass 12345679',
      'auth_pass "12345678"',
    ])
    const number = (line = '') => /<secret-(\d+)\//.exec(line)?.[1]
    expect(number(a)).toBe(number(b))
    expect(number(a)).toBe(number(d))
    expect(number(a)).not.toBe(number(c))
  })

  it('marks equal secrets alike on hosts that know nothing of each other', () => {
    expect(through(['auth_pass k8sHA'])).toEqual(through(['auth_pass k8sHA']))
  })

  it('leaves masked text as it is', () => {
    expect(through(['auth_pass <secret-3/4>'])).toEqual(['auth_pass <secret-3/4>'])
  })

  it("leaves keepalived's own remarks readable", () => {
    const remark = 'Keepalived_vrrp[812]: (VI_1) Truncating auth_pass to 8 characters'
    expect(through([remark], 'keepalived-log')).toEqual([remark])
  })

  it('prints nothing at all where awk, which masks, is missing', () => {
    const script = withProbes(["probe x 100 true any cat 'echo auth_pass 1'"]).replace('has awk', 'has no-awk-here')
    const { stdout, stderr, status } = runScript(SHELLS[0] ?? ['sh'], script)
    expect([stdout, status]).toEqual(['', 69])
    expect(stderr).toContain('awk is needed')
  })
})

describe('of a check script only the bones leave the collector', () => {
  const script = (lines: readonly string[]) => through(lines, 'script')

  it('how it branches and ends, and what it does to keepalived', () => {
    const text = [
      '#!/bin/sh',
      'if [ $(ps -C nginx --no-header | wc -l) -eq 0 ]; then',
      '  sleep 2',
      '  killall -9 keepalived || kill $(cat /run/keepalived.pid)',
      '  systemctl stop keepalived >/dev/null 2>&1',
      '  exit 12',
      'fi',
    ]
    expect(script(text)).toEqual(text)
  })

  it('and nothing that it logs in with, whatever way it is written', () => {
    const printed = script([
      '#!/bin/sh geheim;',
      '# the password is geheim',
      'PASS="geheim two!"; export PGPASSWORD=geheim==',
      'mysql -uroot -pgeheim --password=geheim -h db.geheim -P 3306 -e "insert geheim"',
      'curl -u geheim:geheim "http://geheim:geheim@10.0.0.1/geheim?token=geheim" -H "Authorization: geheim"',
      "redis-cli -a 'it is geheim' 471147 ping",
      '/home/geheim/x \\geheim `geheim` $(geheim) <<geheim',
    ]).join('\n')
    expect(printed).not.toMatch(/geheim|two|root|insert|it is|471147|3306|10\.0\.0\.1/)
  })

  it('with one mark for a word, wherever it stands: a function and its call stay together', () => {
    expect(script(['probe() { false; }', 'probe "$TARGET"', 'echo $TARGET'])).toEqual([
      'x1() { false; }',
      'x1 "$x2"',
      'echo $x2',
    ])
  })
})
