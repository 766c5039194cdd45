import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collectorScript } from '../../src/probes/script.ts'
import { emptyFolder } from '../support/cli.ts'
import { fakeTools, has, runScript, SHELLS, withProbes } from '../support/collector.ts'

const SHELL = SHELLS[0] ?? ['sh']

function marks(text: string): readonly string[] {
  return text.split('\n').filter((line) => /^#@ (run|skip)/.test(line))
}

describe('looking changes nothing', () => {
  it.runIf(has('strace'))(
    'no file is opened for writing, no module loaded, no process of others signalled',
    { timeout: 60_000 },
    () => {
      const trace = join(emptyFolder(), 'trace')
      const calls =
        'open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,init_module,finit_module,kill,tgkill,execve'
      spawnSync('strace', ['-f', '-e', `trace=${calls}`, '-o', trace, 'sh', '-s'], {
        input: collectorScript({ seconds: 10 }),
      })
      const lines = readFileSync(trace, 'latin1').split('\n')
      expect(lines.length).toBeGreaterThan(100)
      const written = lines.filter(
        (line) => /O_(WRONLY|RDWR|CREAT|TRUNC)/.test(line) && !/"\/dev\/(null|tty)"|ENOENT|"\/proc\/self\//.test(line),
      )
      expect(written).toEqual([])
      expect(
        lines.filter((line) =>
          / (creat|unlink|rename|mkdir|link|symlink|truncate|init_module|finit_module)\w*\(/.test(line),
        ),
      ).toEqual([])
      expect(lines.filter((line) => /execve\("[^"]*\/(modprobe|insmod|kmod)"/.test(line))).toEqual([])
      expect(lines.filter((line) => / t?g?kill\(\d+, SIG(?!0)/.test(line))).toEqual([])
    },
  )

  it.runIf(has('strace') && has('ss'))('ss does not ask by netlink, which would load a module', () => {
    const { stderr } = spawnSync('strace', [
      '-f',
      '-e',
      'trace=socket',
      'sh',
      '-c',
      'PROC_ROOT=/proc ss -lnt >/dev/null',
    ])
    expect(stderr.toString()).not.toContain('NETLINK_SOCK_DIAG')
  })
})

describe('a tool that loads what it looks at is run only where that is loaded already', () => {
  const ipvsadm = "probe ipvsadm 1000 'test -e /proc/net/ip_vs' root ipvsadm 'ipvsadm -Ln'"

  it('ipvsadm', () => {
    const tools = fakeTools({ ipvsadm: 'echo RAN' })
    const whole = collectorScript({ seconds: 10 })
    expect(whole).toContain("probe ipvsadm 16777216 'test -e /proc/net/ip_vs' root ipvsadm 'ipvsadm -Ln'")
    const { stdout } = runScript(SHELL, withProbes([ipvsadm.replace('/proc/net/ip_vs', '/proc/net/absent')]), {
      PATH: `${tools}:${process.env.PATH}`,
    })
    expect(marks(stdout)).toEqual(['#@ skip ipvsadm: not-loaded'])
  })

  it('iptables of either kind is told apart without running it', () => {
    const target = fakeTools({ 'xtables-nft-multi': 'echo RAN' })
    const nft = fakeTools({}, { 'iptables-save': join(target, 'xtables-nft-multi') })
    const legacy = fakeTools({ 'iptables-save': 'echo RAN' })
    const call = '  if is_nft iptables-save; then say nft; else say legacy; fi'
    const kind = (tools: string) =>
      runScript(SHELL, withProbes([call]), { PATH: `${tools}:${process.env.PATH}` }).stdout.split('\n')[1]
    expect([kind(nft), kind(legacy)]).toEqual(['nft', 'legacy'])
  })

  it('tables: an absent or empty list means none, an unreadable one is left to root', () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'empty'), '')
    writeFileSync(join(folder, 'filter'), 'filter\n')
    const ask = (name: string) => `  if tables_in ${join(folder, name)}; then say yes; else say no; fi`
    const { stdout } = runScript(SHELL, withProbes(['absent', 'empty', 'filter'].map(ask)))
    expect(stdout.split('\n').slice(1, 4)).toEqual(['no', 'no', 'yes'])
  })

  it('a module that is neither loaded nor built in is not ready', () => {
    const call = '  if module_ready no_such_module; then say ready; else say absent; fi'
    const modular = spawnSync('test', ['-e', '/proc/modules']).status === 0
    expect(runScript(SHELL, withProbes([call])).stdout.split('\n')[1]).toBe(modular ? 'absent' : 'ready')
  })

  it('without root a probe that needs it says denied', () => {
    const call = "  uid=1000\nprobe nft 1000 true root cat 'cat /dev/null'"
    expect(marks(runScript(SHELL, withProbes([call])).stdout)).toEqual(['#@ skip nft: denied'])
  })

  it('a missing tool is said to be missing', () => {
    expect(marks(runScript(SHELL, withProbes(["probe nft 1000 true any no-such-tool-here 'x'"])).stdout)).toEqual([
      '#@ skip nft: no-such-tool',
    ])
  })
})

describe('a keepalived configuration', () => {
  it('is read with what it includes, each file once, the main file last, and nothing else', () => {
    const folder = join(emptyFolder(), 'keepalived')
    mkdirSync(join(folder, 'conf.d'), { recursive: true })
    writeFileSync(
      join(folder, 'keepalived.conf'),
      'include conf.d/*.conf\ninclude "extra.conf"\ninclude keepalived.conf\n',
    )
    writeFileSync(join(folder, 'conf.d', 'a.conf'), 'include ../extra.conf\n')
    writeFileSync(join(folder, 'conf.d', 'b.conf'), '')
    writeFileSync(join(folder, 'extra.conf'), '')
    writeFileSync(join(folder, 'old.conf'), '')
    writeFileSync(join(folder, 'conf.d', 'b $(touch x).conf'), '')
    const script = withProbes(['  conf_files']).replace(
      '/etc/keepalived/keepalived.conf',
      join(folder, 'keepalived.conf'),
    )
    const names = runScript(SHELL, script)
      .stdout.split('\n')
      .slice(1, -2)
      .map((path) => path.slice(folder.length + 1))
    expect(names.at(-1)).toBe('keepalived.conf')
    expect([...names].sort()).toEqual([
      'conf.d/../extra.conf',
      'conf.d/a.conf',
      'conf.d/b.conf',
      'extra.conf',
      'keepalived.conf',
    ])
  })

  it('tells which check scripts there are, with the folders above them', () => {
    const file = join(emptyFolder(), 'keepalived.conf')
    const script = (command: string) => `vrrp_script a {\n    script ${command}\n}\n`
    const commands = ['"/usr/local/bin/check.sh now"', "'/bin/sh /etc/a.sh'", 'killall -0 nginx', '"/opt/x;reboot"']
    writeFileSync(file, commands.map(script).join(''))
    const call = withProbes(['  script_files']).replace('/etc/keepalived/keepalived.conf', file)
    const paths = runScript(SHELL, call).stdout.split('\n').slice(1, -2)
    const own = [
      '/usr',
      '/usr/local',
      '/usr/local/bin',
      '/usr/local/bin/check.sh',
      '/bin',
      '/bin/sh',
      '/etc',
      '/etc/a.sh',
    ]
    expect(paths).toEqual([...own, '/opt'])
  })

  it('lists the check scripts that a shell runs, and no program', () => {
    const folder = emptyFolder()
    const [shell, python, absent] = ['a.sh', 'b.py', 'c.sh'].map((name) => join(folder, name))
    writeFileSync(`${shell}`, '#!/bin/bash\nexit 0\n')
    writeFileSync(`${python}`, '#!/usr/bin/python3\n')
    const file = join(folder, 'keepalived.conf')
    const scripts = [`${shell} arg`, `${python}`, `${absent}`, '/bin/ls', `"${shell}"`]
    writeFileSync(file, scripts.map((command) => `vrrp_script a {\n    script ${command}\n}\n`).join(''))
    const call = withProbes(['  check_scripts']).replace('/etc/keepalived/keepalived.conf', file)
    expect(runScript(SHELL, call).stdout.split('\n').slice(1, -2)).toEqual([shell])
  })

  it('lists the folders of its include lines, each once, and not those behind a pattern', () => {
    const folder = emptyFolder()
    const file = join(folder, 'keepalived.conf')
    writeFileSync(file, 'include conf.d/*.conf\ninclude "conf.d/a.conf"\ninclude /srv/*/x.conf\nincluder /etc/y.conf\n')
    const call = withProbes(['  include_folders']).replace('/etc/keepalived/keepalived.conf', file)
    expect(runScript(SHELL, call).stdout.split('\n').slice(1, -2)).toEqual([join(folder, 'conf.d'), '/etc'])
  })
})
