import { describe, expect, it } from 'vitest'
import { strongPrompt, weakPrompt } from '../../src/transcript/prompt.ts'
import { outline, read, typed, unread } from './read.ts'

describe('prompts', () => {
  it.each([
    ['[root@ds1 ~]# ip a', 'ds1', 'ip a'],
    ['[root@ds1 ~]#ip a', 'ds1', 'ip a'],
    ['root@localhost ~]# iptables -S', 'localhost', 'iptables -S'],
    ['[root@sg-gop-10-65-32-35 wangao]# arp -n', 'sg-gop-10-65-32-35', 'arp -n'],
    ['[root@VM_2_13_centos ~]# vim /etc/profile', 'VM_2_13_centos', 'vim /etc/profile'],
    ['[vagrant@rs1 ~]$ ip a ', 'rs1', 'ip a'],
    ['[root@ds1 ~]# ', 'ds1', ''],
    ['[root@ds1 ~]#', 'ds1', ''],
    ['[root@ds1:/etc/keepalived]# ls -l', 'ds1', 'ls -l'],
    ['(venv) [root@ds1 ~]# ip a', 'ds1', 'ip a'],
    ['[2026-11-20 10:00:00] root@ds1:~# ip a', 'ds1', 'ip a'],
    ['root@x:~# uname -a', 'x', 'uname -a'],
    ['wilmos@Nothing:~$ curl 192.168.1.184', 'Nothing', 'curl 192.168.1.184'],
    ['user@host$ ip a', 'host', 'ip a'],
    ['root@ds1 /etc $ ls', 'ds1', 'ls'],
    ['root@ds1 ~ # ls', 'ds1', 'ls'],
    ['root@ds1 ~> ip a', 'ds1', 'ip a'],
    ['root@ds1 /e/keepalived> ip a', 'ds1', 'ip a'],
    ['ds1:~ # ip a', 'ds1', 'ip a'],
    ['ds1:/etc/keepalived # ls', 'ds1', 'ls'],
    ['mac:~ me$ ping ds1', 'mac', 'ping ds1'],
    ['bash-4.2# ip a', undefined, 'ip a'],
    ['sh-5.1$', undefined, ''],
  ])('%s', (line, host, command) => {
    expect(strongPrompt(line)).toEqual(host === undefined ? { command } : { host, command })
  })

  it.each([
    'acassen@firewall.loc # the administrator',
    '# See http://x/#anchor',
    'http://example.org/# x',
    '    inet 10.0.0.1/8 scope host lo',
    '-A INPUT -j LOG --log-prefix "a@b: #"',
    'root@ds1 is the director',
  ])('no prompt: %s', (line) => {
    expect(strongPrompt(line)).toBeUndefined()
    expect(weakPrompt(line)).toBeUndefined()
  })

  it('believes `$`, `#` and `host#` only in front of a command it knows', () => {
    expect(weakPrompt('# ip a')).toEqual({ command: 'ip a' })
    expect(weakPrompt('$ sudo ipvsadm -Ln')).toEqual({ command: 'sudo ipvsadm -Ln' })
    expect(weakPrompt('ds1# ipvsadm -Ln')).toEqual({ host: 'ds1', command: 'ipvsadm -Ln' })
    expect(weakPrompt('# sysctl settings are defined through files in')).toBeUndefined()
    expect(weakPrompt('# ip forwarding must be on')).toBeUndefined()
    expect(weakPrompt('#route add -host $vip dev lo')).toBeUndefined()
    expect(weakPrompt('# ps -ef |grep keepalived查看进程')).toBeUndefined()
  })
})

describe('hand pastes', () => {
  it('ends a section at the next prompt, which vouches for the end', () => {
    const transcript = read('[root@ds1 ~]# hostname\nds1\n\n[root@ds1 ~]# ip rule\n0:\tfrom all lookup local\n')
    expect(outline(transcript)).toEqual(['ds1:hostname hostname @2+1 *', 'ds1:ip-rule ip rule @5+1'])
    expect(transcript.sections[0]).toMatchObject({ hostBy: 'prompt', commandLine: 1, firstLine: 2, lines: ['ds1'] })
  })

  it('takes an empty prompt as such an end', () => {
    expect(outline(read('root@localhost ~]# hostname\nds1\nroot@localhost ~]# '))).toEqual([
      'localhost:hostname hostname @2+1 *',
    ])
  })

  it('keeps a command that printed nothing', () => {
    const [section] = read('[root@ds1 ~]# iptables-save\n\n[root@ds1 ~]#').sections
    expect(section).toMatchObject({ shape: 'iptables-save', lines: [], firstLine: 2, whole: true })
  })

  it('tells several hosts in one text apart, and keeps both looks at one thing', () => {
    const text = '[root@ds1 ~]# date\na 2026\n[root@ds2 ~]# date\nb 2026\n[root@ds1 ~]# date\nc 2026\n[root@ds1 ~]#\n'
    const { sections } = read(text)
    expect(sections.map((s) => [s.host, s.lines[0]])).toEqual([
      ['ds1', 'a 2026'],
      ['ds2', 'b 2026'],
      ['ds1', 'c 2026'],
    ])
    const orders = sections.map((s) => s.order)
    expect(orders).toEqual([...orders].sort((a, b) => a - b))
  })

  it('gives what ssh ran to the host it ran on', () => {
    const transcript = read(
      '[root@ds1 ~]# ssh -p 22 root@rs1 "ip addr show"\n1: lo: <LOOPBACK> mtu 65536\n[root@ds1 ~]#',
    )
    expect(outline(transcript)).toEqual(['rs1:ip-addr ssh -p 22 root@rs1 "ip addr show" @2+1 *'])
  })

  it('puts a change between the looks before and after it', () => {
    const { sections, commands } = read(
      '[root@a ~]# arp -n\nAddress HWtype HWaddress\n[root@a ~]# arp -d 10.0.0.1\n[root@a ~]# arp -n\nAddress HWtype HWaddress\n',
    )
    const [before, , after] = sections
    const change = commands.find(({ command }) => command.changes === 'neighbours')?.command
    expect(change?.order).toBeGreaterThan(before?.order ?? 0)
    expect(change?.order).toBeLessThan(after?.order ?? 0)
    expect(change?.at).toEqual({ section: sections[1]?.id, line: 3 })
  })

  it('joins a command that goes on behind a backslash', () => {
    const transcript = read('[root@a ~]# iptables -I INPUT \\\n>   -p vrrp -j ACCEPT\n[root@a ~]#')
    expect(typed(transcript)).toEqual(['1 prompt firewall iptables -I INPUT -p vrrp -j ACCEPT'])
    expect(outline(transcript)).toEqual(['a:- iptables -I INPUT -p vrrp -j ACCEPT @3+0 *'])
  })

  it('reads a here-document as the text of the file', () => {
    const text =
      "[root@a ~]# cat > /etc/keepalived/keepalived.conf <<'EOF'\n> vrrp_instance V {\n>   priority 100\n> }\n> EOF\n[root@a ~]#"
    const [section] = read(text).sections
    expect(section).toMatchObject({
      shape: 'keepalived-conf',
      path: '/etc/keepalived/keepalived.conf',
      whole: true,
      firstLine: 2,
    })
    expect(section?.lines).toEqual(['vrrp_instance V {', '  priority 100', '}'])
  })

  it('knows what a missing program and a missing right look like', () => {
    const text =
      '[u@a ~]$ ipvsadm -Ln\n-bash: ipvsadm: command not found\n[u@a ~]$ iptables -S\niptables: Permission denied (you must be root)\n[u@a ~]$'
    expect(read(text).sections.map((s) => [s.shape, s.exit])).toEqual([
      ['ipvsadm', 127],
      ['iptables-save', 126],
    ])
  })

  it('concludes nothing from a part: grep, head, one device, one chain', () => {
    const whole = (command: string): boolean | undefined => read(`[r@a ~]# ${command}\nx\n[r@a ~]#`).sections[0]?.whole
    expect(whole('ip route')).toBe(true)
    expect(whole('ip route | head -3')).toBe(false)
    expect(whole('ip addr show dev eth0')).toBe(false)
    expect(whole('iptables -S INPUT')).toBe(false)
    expect(whole('arp -n | grep 10.0.0.1')).toBe(false)
    // Every line of these stands for itself.
    expect(whole('sysctl -a | grep rp_filter')).toBe(true)
  })

  it('ends an output where prose follows a blank line, and nothing vouches for that end', () => {
    const text = [
      '```',
      'root@ds1 ~]# iptables -S',
      '-P INPUT ACCEPT',
      '-A INPUT -j REJECT',
      '',
      '',
      '没有放行这个协议，于是',
      'iptables -I INPUT 4 -p vrrp -j ACCEPT',
      '',
      '-A INPUT -p vrrp -j ACCEPT',
      '```',
    ]
    const transcript = read(text.join('\n'))
    expect(outline(transcript)).toEqual(['ds1:iptables-save iptables -S @3+2'])
    expect(typed(transcript)).toEqual([
      '2 prompt - iptables -S',
      '8 loose firewall iptables -I INPUT 4 -p vrrp -j ACCEPT',
    ])
    expect(unread(transcript)).toEqual([10])
  })

  it('does not add a proposed rule to the rules that are there', () => {
    const text =
      '[r@a ~]# iptables -S\n-P INPUT ACCEPT\n-A INPUT -j REJECT\n\niptables -I INPUT 4 -p vrrp -j ACCEPT\n\n-A INPUT -p vrrp -j ACCEPT\n'
    const transcript = read(text)
    expect(outline(transcript)).toEqual(['a:iptables-save iptables -S @2+2'])
    expect(unread(transcript)).toEqual([7])
  })

  it('shows comments of a configuration as what they are, not as prompts', () => {
    const transcript = read('vrrp_instance V {\n# ip addr show eth0\n  interface eth0\n}\n# ip route\n')
    expect(outline(transcript)).toEqual(['ds1:keepalived-conf (bare) @1+5'])
    expect(transcript.commands).toEqual([])
  })
})

describe('code indented as in a forum', () => {
  it('is read without its indentation, where it stands alone', () => {
    const text =
      'My rules:\n\n    [root@ds1 ~]# ip rule\n    0:\tfrom all lookup local\n\n    [root@ds1 ~]# \n\nThat is all there is to it here.\n'
    expect(outline(read(text))).toEqual(['ds1:ip-rule ip rule @4+1 *'])
  })

  it('is not what an output indents itself', () => {
    const text = '[root@ds1 ~]# cat /root/run.sh\n#!/bin/sh\nif true; then\n\n    root@x:~# ip a\nfi\n[root@ds1 ~]# \n'
    expect(outline(read(text)).map((line) => line.split(':')[0])).toContain('ds1')
  })
})

describe('short prompts behind outputs that may hold comments', () => {
  it('a sign ends a configuration that is closed, unless the file goes on', () => {
    const conf = '# cat /etc/keepalived/keepalived.conf\nvrrp_instance VI_1 {\n}\n'
    expect(outline(read(`${conf}# ls -l /etc/keepalived\ntotal 4\n`))).toEqual([
      'ds1:keepalived-conf cat /etc/keepalived/keepalived.conf @2+2 *',
      'ds1:ls ls -l /etc/keepalived @5+1',
    ])
    expect(outline(read(`${conf}# systemctl reload keepalived\nvirtual_server 10.0.0.1 80 {\n}\n`))).toEqual([
      'ds1:keepalived-conf cat /etc/keepalived/keepalived.conf @2+5',
    ])
  })

  it('prompts of a container name no host', () => {
    expect(weakPrompt('/ # ip addr')).toEqual({ command: 'ip addr' })
    expect(weakPrompt('/etc/keepalived # cat keepalived.conf')).toEqual({ command: 'cat keepalived.conf' })
    expect(weakPrompt('/ # remark')).toBeUndefined()
  })

  it('a prompt with a host ends a rule set', () => {
    const text =
      'ds1# iptables-save\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\nds1# ipvsadm -Ln\nIP Virtual Server version 1.2.1 (size=4096)\n'
    expect(outline(read(text))).toEqual(['ds1:iptables-save iptables-save @2+3 *', 'ds1:ipvsadm ipvsadm -Ln @6+1'])
  })
})
