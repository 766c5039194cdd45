/** Keywords of the VRRP side; keepalived.conf(5), releases 1.2 to 2.4. Rules as vrrp_parser.c of 2.2 checks them. */
import { block } from './schema.ts'

const NOTIFY = `notify=*script notify_master=*script notify_backup=*script notify_fault=*script notify_stop=*script
  notify_priority_changes=bool smtp_alert=bool`
const TRACK = `track_interface=@track:254 track_script=@track:254:vrrp_script track_file=@track:254:track_file
  track_process=@track:254:vrrp_track_process track_bfd=@track:253:bfd_instance`
const SECONDS = 'uint:0:4294'
const POSITIVE = 'uint:1:4294967295'
const COUNT = 'uint:0:4294967295'

export const VRRP_INSTANCE = block({
  words: `
    ${NOTIFY} notify_deleted=*?script notify_master_rx_lower_pri=*script
    state=@state interface=text:15 vrf=text:15 virtual_router_id=uint:1:255 priority=uint:1:255 advert_int=dec:0.01:255
    version=int:2:3 native_ipv6 debug=uint:0:4 dont_track_primary nopreempt preempt preempt_delay=dec:0:1000 accept
    no_accept strict_mode=bool skip_check_adv_addr=bool no_virtual_ipaddress
    use_vmac=@vmac use_vmac_addr vmac_xmit_base use_ipvlan linkbeat_use_polling=@deprecated:linkbeat_interfaces
    promote_secondaries mcast_src_ip=ip mcast_dst_ip=mcast unicast_src_ip=ip unicast_ttl=uint:0:255
    unicast_fault_no_peer check_unicast_src track_src_ip old_unicast_checksum=?one:never v3_checksum_as_v2
    kernel_rx_buf_size=+only_uint:0:4294967295 lvs_sync_daemon_interface=@deprecated:lvs_sync_daemon
    garp_master_delay=${SECONDS} garp_master_refresh=${COUNT} garp_master_repeat=${POSITIVE}
    garp_master_refresh_repeat=${POSITIVE} garp_lower_prio_delay=${SECONDS} garp_lower_prio_repeat=uint:0:2147483647
    garp_extra_if=@garp_extra:0 vmac_garp_intvl=@garp_extra:0:garp_extra_if down_timer_adverts=uint:1:100
    lower_prio_no_advert=bool higher_prio_send_advert=bool owner_ignore_adverts thread_timer_expired
    timer_expired_backup`,
  lists: `${TRACK} unicast_peer=@peer virtual_ipaddress=@vip virtual_ipaddress_excluded=@vip:any virtual_routes
    virtual_rules`,
  blocks: {
    authentication: block({ words: 'auth_type=one:AH|PASS auth_pass=@password' }),
    auth_hmac: block({ words: 'active_key anti_replay key mode time_window' }),
  },
})

export const VRRP_SYNC_GROUP = block({
  words: `${NOTIFY} global_tracking=@deprecated:track_interface sync_group_tracking_weight`,
  lists: `${TRACK} group=!@members`,
  heads: 'group=*',
})

export const VRRP_SCRIPT = block({
  words: `script interval=uint:1:4294 timeout=uint:1:4294 weight=weight:253 rise=uint:1:2147483647
    fall=uint:1:2147483647 user=text init_fail`,
  whole: 'script',
})

export const TRACK_PROCESS = block({
  words: `process=*text param_match=?one:initial|partial weight=*+weight:254 quorum=uint:1:65535
    quorum_max=uint:0:65535 delay=dec:0.000001:3600 terminate_delay=dec:0.000001:3600 fork_delay=dec:0.000001:3600
    full_command`,
  whole: 'process',
})

export const TRACK_FILE = block({
  words: 'file=*+text weight=*+weight:254 init_file=@init_file',
  whole: 'file',
})

export const BFD_INSTANCE = block({
  words: `source_ip=addr neighbor_ip=addr neighbour_ip=addr min_rx=ms:1:4294967 min_tx=ms:1:4294967 idle_tx=ms:1000:4294967
    multiplier=uint:1:255 passive ttl=uint:1:255 hoplimit=uint:1:255 max_hops=int:-1:255 multihop weight=weight:253
    vrrp checker`,
  whole: '~neighbor_ip|neighbour_ip',
})

export const GARP_GROUP = block({
  words: 'garp_interval=dec:0:2147.483647 gna_interval=dec:0:2147.483647 interface=text',
  lists: 'interfaces=!',
  whole: '~garp_interval|gna_interval',
})
