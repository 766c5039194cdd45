/** Keywords of our table that Debian's 2.2.7 lacks: older or newer ones, and what Debian does not build. */
export const OF_OTHER_RELEASES = new Set(
  `plugin_dir nat_mask nb_get_retry use_symlink_paths iproute_etc_dir iproute_usr_dir vrrp_ipsets vrrp_delay_after_boot
  vrrp_owner_ignore_adverts v3_checksum_as_v2 snmp_rs_stats_update_interval snmp_vs_stats_update_interval
  dbus_no_interface_name json_version json_dump_file state_dump_file stats_dump_file no_virtual_ipaddress
  owner_ignore_adverts thread_timer_expired timer_expired_backup multihop auth_hmac active_key anti_replay key mode
  time_window tls_compliant`.split(/\s+/),
)
