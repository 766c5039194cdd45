/** Keywords of virtual servers and their health checkers; keepalived.conf(5), releases 1.2 to 2.4. Rules of 2.2. */
import { block } from './schema.ts'

const TIMES = 'delay_before_retry=dec:0 warmup=dec:0 delay_loop=dec:0.000001'
const RETRY = `retry=uint:0:4294967295 ${TIMES} alpha=bool log_all_failures=bool`
const TIMEOUT = 'connect_timeout=dec:0.000001:4294.967295'
const CONNECT = `${RETRY} ${TIMEOUT} connect_ip=@endpoint connect_port=uint:1:65535 bindto=@endpoint bind_port=uint:1:65535
  bind_if=text:15 fwmark=uint:0:4294967295`
const SERVER = `retry=uint:1:4294967295 ${TIMES} ${TIMEOUT} smtp_alert=bool virtualhost=+text snmp_name=+only_text`

/**
 * `nb_get_retry` belongs to HTTP_GET and SSL_GET, where releases since 1.3.7 want `retry`. TCP_CHECK never had it,
 * although half of the published examples write it there: not a typo, so not "unknown".
 */
const OLD_RETRY = { obsolete: 'nb_get_retry' } as const

const URL_BLOCK = block({
  words: `path=text digest=@digest status_code=@status_code virtualhost=+text tls_compliant regex regex_no_match regex_options
    regex_min_offset regex_max_offset regex_stack`,
  whole: 'path',
})

const HTTP = block({
  words: `${CONNECT} virtualhost=+text http_protocol=+one:1.0|1.1|1.0C|1.0c enable_sni=bool fast_recovery=bool
    tls_compliant`,
  blocks: { url: URL_BLOCK },
  ...OLD_RETRY,
  whole: 'url',
})

const CONNECT_ONLY = block({ words: CONNECT, ...OLD_RETRY })

const REAL_SERVER = block({
  words: `${SERVER} weight=uint:0:2147483647 lvs_method=@forwarding uthreshold=uint:0:4294967295
    lthreshold=uint:0:4294967295 inhibit_on_failure=bool notify_up=*script notify_down=*script alpha=bool`,
  blocks: {
    HTTP_GET: HTTP,
    SSL_GET: HTTP,
    TCP_CHECK: CONNECT_ONLY,
    PING_CHECK: CONNECT_ONLY,
    UDP_CHECK: block({
      words: `${CONNECT} payload=@hex require_reply=@hex_mask min_reply_length=uint:0:65535
        max_reply_length=uint:0:65535`,
      ...OLD_RETRY,
    }),
    DNS_CHECK: block({
      words: `${CONNECT} type=ONE:A|NS|CNAME|SOA|MX|TXT|AAAA|RRSIG|DNSKEY name=*@dns_name`,
      ...OLD_RETRY,
    }),
    SMTP_CHECK: block({
      words: `${CONNECT} helo_name=+text`,
      blocks: { host: CONNECT_ONLY },
      ...OLD_RETRY,
    }),
    MISC_CHECK: block({
      words: `${RETRY} misc_path misc_timeout=uint:0:4294 misc_dynamic user=+text`,
      ...OLD_RETRY,
      whole: 'misc_path',
    }),
    FILE_CHECK: block({ words: 'track_file=@reference:track_file weight=+weight:2147483647:no', whole: 'track_file' }),
    BFD_CHECK: block({ words: 'name=@reference:bfd_instance:only alpha=bool', whole: '~name' }),
  },
})

export const VIRTUAL_SERVER = block({
  words: `
    ${SERVER} ip_family=@ip_family inhibit_on_failure
    lb_algo=@scheduler lvs_sched=@scheduler hashed=@sched_flag ops flag-1 flag-2 flag-3 sh-port=@sched_flag sh-fallback=@sched_flag mh-port=@sched_flag
    mh-fallback=@sched_flag lb_kind=@forwarding lvs_method=@forwarding nat_mask persistence_engine=text:16
    persistence_timeout=?uint:1:2678400 persistence_granularity=@granularity protocol=ONE:TCP|UDP|SCTP
    ha_suspend alpha omega quorum=uint:1:4294967295 quorum_up=*script quorum_down=*script
    hysteresis=uint:0:4294967295 weight=uint:1:2147483647
    sorry_server=@server sorry_server_inhibit=@after:sorry_server sorry_server_lvs_method=@after:sorry_server`,
  blocks: { real_server: REAL_SERVER },
  heads: 'real_server=@server:skip',
})

export const SSL = block({ words: 'password=*+text ca=*+text certificate=*+text key=*+text' })
