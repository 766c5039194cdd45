/** Directors with a check script, after the guide that half of the internet has copied. */
import { conf } from './cluster.ts'

export const CONF = 'cat /etc/keepalived/keepalived.conf'
export const LOG = 'cat /var/log/messages'
export const FILE = '/usr/local/src/nginx_check.sh'
export const CAT = `cat ${FILE}`

export interface ScriptOptions {
  readonly script?: string
  /** Lines of the vrrp_script block. */
  readonly more?: string
  /** Lines of global_defs. */
  readonly globals?: string
  readonly tracked?: boolean
}

/** A keepalived.conf that tracks `chk`. */
export function tracking({
  script = FILE,
  more = 'interval 2\n    weight -20',
  globals,
  tracked = true,
}: ScriptOptions = {}): string {
  const head = globals === undefined ? '' : `global_defs {\n    ${globals}\n}\n`
  const instance = tracked ? { instance: '    track_script {\n        chk\n    }' } : {}
  return conf({ before: `${head}vrrp_script chk {\n    script "${script}"\n    ${more}\n}`, ...instance })
}

/** Restarts nginx, waits two seconds, and stops keepalived when that did not help. Whatever it finds, it ends in 0. */
export const NGINX_CHECK = `
#!/bin/bash
A=\`ps -C nginx --no-header |wc -l\`
if [ $A -eq 0 ];then
    /usr/local/nginx/sbin/nginx
    sleep 2
    if [ \`ps -C nginx --no-header |wc -l\` -eq 0 ];then
    service keepalived stop
    fi
fi`

/** As it should be. */
export const GOOD_CHECK = `
#!/bin/bash
if ! pidof nginx >/dev/null; then
    exit 1
fi
exit 0`

export const STARTED = 'Nov 20 15:09:43 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)'
/** A line of the VRRP process. */
export const vrrp = (message: string, second = 44): string =>
  `Nov 20 15:09:${second} ds1 Keepalived_vrrp[5]: ${message}`
export const WELL = vrrp('VRRP_Script(chk) succeeded')

export const ds1 = (text: string, more: Readonly<Record<string, string>> = {}) => ({ ds1: { [CONF]: text, ...more } })
