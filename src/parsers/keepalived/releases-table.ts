/** Since when keywords exist: release, block (`-`: the top level), keywords; from the sources of 1.2.13 to 2.4.3. */
export const SINCE = `
1.2.20 - static_rules
1.2.20 TCP_CHECK delay_before_retry retry
1.2.20 global_defs checker_no_swap checker_priority enable_snmp_checker enable_snmp_keepalived enable_snmp_rfc
  enable_snmp_rfcv2 enable_snmp_rfcv3 lvs_sync_daemon smtp_helo_name snmp_socket vrrp_check_unicast_src
  vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat vrrp_garp_master_delay vrrp_garp_master_refresh
  vrrp_garp_master_refresh_repeat vrrp_garp_master_repeat vrrp_ipsets vrrp_iptables vrrp_lower_prio_no_advert
  vrrp_no_swap vrrp_priority vrrp_skip_check_adv_addr vrrp_strict vrrp_version
1.2.20 virtual_server ip_family persistence_engine
1.2.20 vrrp_instance garp_lower_prio_delay garp_lower_prio_repeat lower_prio_no_advert skip_check_adv_addr strict_mode
  virtual_rules
1.2.21 - garp_group
1.2.21 global_defs vrrp_garp_interval vrrp_gna_interval
1.2.23 global_defs lvs_flush
1.2.24 - instance net_namespace use_pid_dir
1.2.24 global_defs default_interface lvs_timeouts
1.3.0 - namespace_with_ipsets
1.3.0 MISC_CHECK user
1.3.0 global_defs enable_dbus enable_script_security script_user
1.3.0 real_server DNS_CHECK
1.3.0 virtual_server flag-1 flag-2 flag-3 hashed sh-fallback sh-port
1.3.0 vrrp_instance no_accept promote_secondaries
1.3.0 vrrp_script user
1.3.2 vrrp_script init_fail
1.3.5 global_defs vrrp_higher_prio_send_advert
1.3.5 vrrp_instance higher_prio_send_advert
1.3.6 HTTP_GET virtualhost
1.3.6 SSL_GET virtualhost
1.3.6 global_defs lvs_notify_fifo lvs_notify_fifo_script notify_fifo notify_fifo_script vrrp_notify_fifo
  vrrp_notify_fifo_script
1.3.6 real_server lvs_method virtualhost
1.3.6 url virtualhost
1.3.6 virtual_server sorry_server_lvs_method
1.3.7 DNS_CHECK alpha bind_if delay_before_retry delay_loop warmup
1.3.7 HTTP_GET alpha bind_if delay_loop retry
1.3.7 MISC_CHECK alpha delay_before_retry delay_loop retry
1.3.7 SMTP_CHECK alpha bind_if delay_loop
1.3.7 SSL_GET alpha bind_if delay_loop retry
1.3.7 TCP_CHECK alpha bind_if delay_loop
1.3.7 global_defs dbus_service_name
1.3.7 host alpha bind_if delay_before_retry delay_loop retry warmup
1.3.7 real_server alpha delay_before_retry delay_loop retry warmup
1.3.7 virtual_server delay_before_retry inhibit_on_failure retry warmup weight
1.3.7 vrrp_instance old_unicast_checksum
1.4.3 HTTP_GET enable_sni
1.4.3 SSL_GET enable_sni
2.0.0 - bfd_instance child_wait_time vrrp_track_file
2.0.0 global_defs bfd_no_swap bfd_priority bfd_rlimit_rtime bfd_rt_priority checker_rlimit_rtime checker_rt_priority
  dynamic_interfaces enable_snmp_vrrp lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
  lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force no_checker_emails no_email_faults rs_init_notifies
  smtp_alert smtp_alert_checker smtp_alert_vrrp vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force
  vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force vrrp_rlimit_rtime vrrp_rt_priority
2.0.0 real_server BFD_CHECK smtp_alert
2.0.0 virtual_server smtp_alert
2.0.0 vrrp_instance linkbeat_use_polling track_bfd track_file track_src_ip
2.0.0 vrrp_sync_group notify_stop sync_group_tracking_weight track_bfd track_file track_interface track_script
2.0.3 - track_group
2.0.3 global_defs vrrp_rx_bufs_multiplier vrrp_rx_bufs_policy
2.0.3 vrrp_instance kernel_rx_buf_size
2.0.6 vrrp_instance notify_master_rx_lower_pri
2.0.7 url regex regex_max_offset regex_min_offset regex_no_match regex_options regex_stack
2.0.9 global_defs umask
2.0.11 - vrrp_track_process
2.0.11 DNS_CHECK log_all_failures
2.0.11 HTTP_GET log_all_failures
2.0.11 MISC_CHECK log_all_failures
2.0.11 SMTP_CHECK log_all_failures
2.0.11 SSL_GET log_all_failures
2.0.11 TCP_CHECK log_all_failures
2.0.11 global_defs checker_log_all_failures nftables nftables_counters nftables_ifindex nftables_priority
  process_monitor_rcv_bufs process_monitor_rcv_bufs_force
2.0.11 host log_all_failures
2.0.11 vrrp_instance track_process
2.0.11 vrrp_sync_group track_process
2.0.12 global_defs vrrp_min_garp
2.0.13 - linkbeat_interfaces
2.0.13 real_server connect_timeout
2.0.13 virtual_server connect_timeout
2.0.14 global_defs vrrp_startup_delay
2.0.15 global_defs lvs_flush_onstop random_seed
2.0.16 global_defs bfd_process_name log_unknown_vrids lvs_process_name process_name process_names
  vrrp_notify_priority_changes vrrp_process_name
2.0.16 vrrp_instance notify_priority_changes
2.0.16 vrrp_track_process fork_delay param_match quorum_max terminate_delay
2.0.17 HTTP_GET fast_recovery http_protocol
2.0.17 SSL_GET fast_recovery http_protocol
2.0.17 global_defs bfd_cpu_affinity checker_cpu_affinity vrrp_cpu_affinity
2.0.17 vrrp_instance use_ipvlan
2.0.20 virtual_server mh-fallback mh-port
2.1.0 - net_namespace_ipvs track_file
2.1.0 global_defs bfd_rlimit_rttime checker_rlimit_rttime max_auto_priority min_auto_priority_delay reload_repeat
  reload_time_file shutdown_script shutdown_script_timeout startup_script startup_script_timeout vrrp_rlimit_rttime
2.1.0 real_server FILE_CHECK PING_CHECK UDP_CHECK
2.1.0 track_file file init_file weight
2.1.0 vrrp_instance check_unicast_src notify_deleted unicast_ttl
2.2.0 UDP_CHECK max_reply_length min_reply_length payload
2.2.0 global_defs checker_process_name disable_local_igmp include_check lvs_flush_on_stop reload_check_config
  reload_file tmp_config_directory vmac_addr_prefix vmac_prefix vrrp_vmac_garp_intvl
2.2.0 vrrp_instance use_vmac_addr vmac_garp_intvl
2.2.0 vrrp_sync_group notify_priority_changes
2.2.2 global_defs nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark
2.2.3 - interface_up_down_delays
2.2.3 global_defs config_save_dir data_use_instance vrrp_down_timer_adverts vrrp_garp_extra_if
2.2.3 real_server snmp_name
2.2.3 virtual_server snmp_name
2.2.3 vrrp_instance down_timer_adverts garp_extra_if
2.2.5 global_defs fifo_write_vrrp_states_on_reload
2.2.5 vrrp_instance mcast_dst_ip unicast_fault_no_peer vrf
2.2.8 bfd_instance multihop
2.2.8 global_defs json_version v3_checksum_as_v2
2.2.8 vrrp_instance no_virtual_ipaddress timer_expired_backup v3_checksum_as_v2
2.3.0 global_defs dbus_no_interface_name snmp_rs_stats_update_interval snmp_vs_stats_update_interval use_symlink_paths
2.3.2 global_defs iproute_etc_dir iproute_usr_dir
2.3.2 vrrp_instance thread_timer_expired
2.3.3 global_defs json_dump_file state_dump_file stats_dump_file vrrp_owner_ignore_adverts
2.3.3 vrrp_instance owner_ignore_adverts
2.4.0 global_defs vrrp_delay_after_boot
2.4.0 vrrp_instance auth_hmac`
