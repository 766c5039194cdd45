import { describe, expect, it } from 'vitest'
import { outline, read, typed, unread } from './read.ts'

const conf = (name: string): string[] => [
  `vrrp_instance ${name} {`,
  '    state MASTER',
  '    virtual_ipaddress {',
  '        192.168.1.233 # 地址',
  '    }',
  '}',
]

describe('documents', () => {
  it('takes prose, headings, lists, tables and links for what they are', () => {
    const text = [
      '# 一、准备',
      '',
      '* 两台服务器',
      '1、安装',
      '（2）配置',
      '| a | b |',
      '![img](x.png)',
      '[keepalived]:http://www.keepalived.org/',
      'After that restart the daemon on both nodes.',
      'https://example.org/a',
      '<br/>',
      '',
    ]
    const transcript = read(text.join('\n'))
    expect(outline(transcript)).toEqual([])
    expect(unread(transcript)).toEqual([])
  })

  it('skips what stands before the first heading of a blog source', () => {
    const transcript = read(
      [
        '---',
        'layout: post',
        'color: "#3c4a6a"',
        '---',
        '# x',
        '~~~',
        '[root@a ~]# hostname',
        'a',
        '[root@a ~]#',
        '~~~',
      ].join('\n'),
    )
    expect(outline(transcript)).toEqual(['a:hostname hostname @8+1 *'])
    expect(unread(transcript)).toEqual([])
  })

  it('reads both kinds of fences, with info strings, and does not trust their end', () => {
    const text = [
      '```shell',
      '[root@ds1 ~]# ip rule',
      '0:\tfrom all lookup local',
      '```',
      '',
      '~~~',
      '[root@ds2 ~]# ip rule',
      '0:\tfrom all lookup local',
      '[root@ds2 ~]# ',
      '~~~',
    ]
    expect(outline(read(text.join('\n')))).toEqual(['ds1:ip-rule ip rule @3+1', 'ds2:ip-rule ip rule @8+1 *'])
  })

  it('reads a fence inside a list item without its indentation', () => {
    const [section] = read(
      ['1. look', '', '   ```', '   [root@a ~]# ip rule', '   0:\tfrom all lookup local', '   ```'].join('\n'),
    ).sections
    expect(section?.lines).toEqual(['0:\tfrom all lookup local'])
    expect(section).toMatchObject({ host: 'a', firstLine: 5 })
  })

  it('makes one section of each fence with a configuration, comment in front or not', () => {
    const text = [
      '```',
      '#全局配置',
      'global_defs {',
      '  router_id A',
      '}',
      '',
      ...conf('V1'),
      '```',
      '然后',
      '```',
      '! Configuration File for keepalived',
      '',
      ...conf('V2'),
      '```',
    ]
    expect(outline(read(text.join('\n')))).toEqual([
      'ds1:keepalived-conf (bare) @3+10',
      'ds1:keepalived-conf (bare) @16+8',
    ])
  })

  it('keeps a block with a misspelt keyword in the configuration', () => {
    const text = [
      '```',
      ...conf('V1'),
      'vrrp_instence V2 {',
      '  priority 100',
      '}',
      'virtual_server 10.0.0.1 80',
      '{',
      '  lb_algo rr',
      '}',
      '```',
    ]
    expect(outline(read(text.join('\n')))).toEqual(['ds1:keepalived-conf (bare) @2+13'])
  })

  it('ends a pasted configuration where its braces are closed and prose goes on', () => {
    const text = [
      '[root@200-104 ~]# cat /etc/keepalived/keepalived.conf',
      ...conf('V1'),
      '',
      '',
      'virtual_server 10.0.0.1 80 {   #设置虚拟服务器',
      '}',
      '',
      '二、配置backup',
      '[root@200-104 ~]# chkconfig keepalived on',
    ]
    const transcript = read(text.join('\n'))
    expect(outline(transcript)).toEqual([
      '200-104:keepalived-conf cat /etc/keepalived/keepalived.conf @2+10',
      '200-104:- chkconfig keepalived on @15+0',
    ])
  })
})

describe('whose fence is it', () => {
  const fence = ['```', ...conf('V1'), '```']
  const hosts = (text: readonly string[], host?: string): unknown[] =>
    read(text.join('\n'), host === undefined ? {} : { host }).sections.map((s) => [s.host, s.hostBy])

  it('is the heading with an address, until the next heading of its level', () => {
    const text = [
      '## 1、主节点192.168.1.129',
      ...fence,
      '### 细节',
      ...fence,
      '## 2、从节点192.168.1.131',
      ...fence,
      '## 3、启动',
      ...fence,
    ]
    expect(hosts(text)).toEqual([
      ['192.168.1.129', 'heading'],
      ['192.168.1.129', 'heading'],
      ['192.168.1.131', 'heading'],
      ['ds1', 'stem'],
    ])
  })

  it('is nobody in particular when the heading names two, a network, or the VIP', () => {
    for (const heading of [
      '## 10.0.0.1 and 10.0.0.2',
      '## net 10.0.0.0/24',
      '## VIP 10.0.0.9',
      '## version 1.2.3.4.5',
    ]) {
      expect(hosts([heading, ...fence])).toEqual([['ds1', 'stem']])
    }
  })

  it('is the prompt seen before in the same fence, but not in another', () => {
    const text = [
      '```',
      '[root@rs1 ~]# cd /etc',
      '[root@rs1 etc]#',
      '*filter',
      ':INPUT ACCEPT [0:0]',
      'COMMIT',
      '```',
      ...fence,
    ]
    expect(hosts(text).slice(1)).toEqual([
      ['rs1', 'prompt'],
      ['ds1', 'stem'],
    ])
  })

  it('is what the operator said, where the text says nothing', () => {
    expect(hosts(fence, 'director-a')).toEqual([['director-a', 'given']])
  })
})

describe('bare outputs and loose commands', () => {
  it('knows outputs by their first lines, each to its end', () => {
    const text = [
      '2: eth0: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP group default',
      '    inet 10.0.0.11/24 brd 10.0.0.255 scope global eth0',
      '',
      'default via 10.0.0.1 dev eth0',
      '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.11',
      'IP Virtual Server version 1.2.1 (size=4096)',
      'Prot LocalAddress:Port Scheduler Flags',
      'Address                  HWtype  HWaddress           Flags Mask            Iface',
      '10.0.0.1                 ether   52:54:00:00:01:01   C                     eth0',
      'Nov 20 13:29:05 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)',
      '12:00:00.000001 eth0  Out IP 10.0.0.11 > 224.0.0.18: VRRPv2, Advertisement, vrid 51',
      '1 packet captured',
    ]
    expect(outline(read(text.join('\n')))).toEqual([
      'ds1:ip-addr (bare) @1+2',
      'ds1:ip-route (bare) @4+2',
      'ds1:ipvsadm (bare) @6+2',
      'ds1:arp (bare) @8+2',
      'ds1:keepalived-log (bare) @10+1',
      'ds1:tcpdump (bare) @11+2',
    ])
  })

  it('gives an output the command that stands before it', () => {
    const text = [
      '```',
      'tcpdump -i any -n host 10.0.0.1  #抓包',
      '',
      '12:00:00.000001 IP 10.0.0.1.5 > 10.0.0.9.80: Flags [S], seq 1',
      '```',
    ]
    const [section] = read(text.join('\n')).sections
    expect(section).toMatchObject({
      shape: 'tcpdump',
      command: 'tcpdump -i any -n host 10.0.0.1',
      commandLine: 2,
      firstLine: 4,
    })
  })

  it('takes settings without blanks for a file, with blanks for the running kernel, unless an editor was called', () => {
    const shape = (...lines: string[]): string[] => outline(read(lines.join('\n')))
    expect(shape('net.ipv4.ip_forward=1')).toEqual(['ds1:sysctl-conf (bare) @1+1'])
    expect(shape('net.ipv4.ip_forward = 1')).toEqual(['ds1:sysctl (bare) @1+1'])
    expect(shape('vi /etc/sysctl.conf', 'net.ipv4.ip_forward = 1')).toEqual([
      'ds1:sysctl-conf vi /etc/sysctl.conf @2+1',
    ])
  })

  it('keeps an unknown line inside an output, and lists one behind it', () => {
    const text = ['0:\tfrom all lookup local', 'something new', '32766:\tfrom all lookup main', 'something else']
    const transcript = read(text.join('\n'))
    expect(outline(transcript)).toEqual(['ds1:ip-rule (bare) @1+3'])
    expect(unread(transcript)).toEqual([4])
  })

  it('tells commands from sentences about them', () => {
    const text = [
      '```',
      'sysctl -w net.ipv4.ip_nonlocal_bind = 1',
      'service keepalived start   # 启动服务',
      'ip forwarding is needed for this',
      'make sure that it works',
      'service is down',
      'cd /etc/keepalived && chmod 644 *',
      'route add -host 10.0.0.9 dev lo:0',
      '```',
    ]
    expect(typed(read(text.join('\n')))).toEqual([
      '2 loose sysctl sysctl -w net.ipv4.ip_nonlocal_bind = 1',
      '3 loose service service keepalived start',
      '7 loose - cd /etc/keepalived',
      '7 loose files chmod 644 *',
      '8 loose routes route add -host 10.0.0.9 dev lo:0',
    ])
  })

  it('keeps the words apart that a shell keeps apart', () => {
    const [first] = read('```\nsysctl -w net.ipv4.ip_nonlocal_bind = 1\n```').commands
    expect(first?.command.words).toEqual(['sysctl', '-w', 'net.ipv4.ip_nonlocal_bind', '=', '1'])
    expect(first?.command.at).toEqual({ section: 'ds1.txt#0', line: 2 })
  })

  it('lists a script, whose commands nobody ran', () => {
    const text = [
      '[root@rs1 ~]# cat rs_init',
      'VIP=10.0.0.9',
      'case "$1" in',
      'start)',
      '    /sbin/ifconfig lo:0 $VIP netmask 255.255.255.255 up',
      '    echo 1 > /proc/sys/net/ipv4/conf/lo/arp_ignore',
      '    ;;',
      '*)',
      '    exit 1',
      'esac',
      '[root@rs1 ~]# ./rs_init start',
      '[root@rs1 ~]#',
    ]
    const transcript = read(text.join('\n'))
    expect(outline(transcript)).toEqual(['rs1:script cat rs_init @2+9 *', 'rs1:- ./rs_init start @12+0 *'])
    expect(typed(transcript)).toEqual([
      '1 prompt - cat rs_init',
      '5 script addresses /sbin/ifconfig lo:0 $VIP netmask 255.255.255.255 up',
      '6 script sysctl echo 1 > /proc/sys/net/ipv4/conf/lo/arp_ignore',
      '11 prompt unknown ./rs_init start',
    ])
  })

  it('lists every line of a text it knows nothing of', () => {
    const transcript = read('foo=bar\nqux 17\n')
    expect(transcript).toMatchObject({ kind: 'text', sections: [] })
    expect(unread(transcript)).toEqual([1, 2])
  })
})

describe('files', () => {
  it('is one section from end to end, whatever stands in it', () => {
    const text = '# my file\nvrrp_instence V {\n  priority 100\n}\n\n# ip addr\n'
    const [section, ...more] = read(text, {
      name: 'keepalived.conf',
      path: '/etc/keepalived/keepalived.conf',
      host: 'ds1',
    }).sections
    expect(more).toEqual([])
    expect(section).toMatchObject({
      shape: 'keepalived-conf',
      path: '/etc/keepalived/keepalived.conf',
      whole: true,
      firstLine: 1,
      host: 'ds1',
    })
    expect(section?.lines).toHaveLength(6)
  })

  it.each([
    ['sysctl.conf', 'net.ipv4.ip_forward = 1\n', 'sysctl-conf'],
    ['99-lvs.conf', '# forwarding\nnet.ipv4.ip_forward = 1\n', 'sysctl-conf'],
    ['vips.conf', 'virtual_server 10.0.0.9 80 {\n}\n', 'keepalived-conf'],
  ])('%s', (name, text, shape) => {
    expect(read(text, { name, path: `/tmp/${name}` }).sections).toMatchObject([{ shape, whole: true }])
  })

  it('knows a configuration by its text too', () => {
    const text = '! Configuration File for keepalived\n\nvrrp_instance V {\n  priority 100\n}\n'
    expect(read(text, { path: '/tmp/ds1.txt' }).sections).toMatchObject([
      { shape: 'keepalived-conf', whole: true, path: '/tmp/ds1.txt' },
    ])
    // Pasted, it may have been cut off.
    expect(read(text).sections).toMatchObject([{ shape: 'keepalived-conf', whole: false }])
  })

  it('is not fooled by the name of a transcript', () => {
    expect(outline(read('[root@ds1 ~]# hostname\nds1\n[root@ds1 ~]#\n', { name: 'notes.conf' }))).toEqual([
      'ds1:hostname hostname @2+1 *',
    ])
  })
})
