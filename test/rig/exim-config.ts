/** What differs between two Exim instances. */
export interface EximSettings {
  /** Folder of this instance; everything it writes is below. */
  readonly folder: string
  readonly user: string
  readonly group: string
  readonly smtpPort: number
  readonly smtpsPort: number
  /** Where accepted mail goes. */
  readonly lmtpPort: number
  readonly certificateFile: string
  readonly keyFile: string
  /** SIZE limit as Exim writes it: 30M. */
  readonly messageSizeLimit: string
}

/**
 * The configuration of one private Exim 4.96 daemon: submission with AUTH after TLS, delivery to Dovecot by LMTP.
 * Recipients for tests: reject@ (550 at RCPT), defer@ (451 at RCPT), slow@ (accepted after 3 s),
 * bounce@ (accepted, then a real bounce to the sender).
 */
export function eximConfig(settings: EximSettings): string {
  const { folder } = settings
  return `exim_user = ${settings.user}
exim_group = ${settings.group}
never_users =
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
primary_hostname = rig.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${settings.smtpPort} : ${settings.smtpsPort}
tls_on_connect_ports = ${settings.smtpsPort}
tls_advertise_hosts = *
tls_certificate = ${settings.certificateFile}
tls_privatekey = ${settings.keyFile}
tls_require_ciphers = NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2
domainlist local_domains = rig.test
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
auth_advertise_hosts = \${if def:tls_in_cipher{*}{}}
smtputf8_advertise_hosts = *
dsn_advertise_hosts = *
chunking_advertise_hosts = *
prdr_enable = true
message_size_limit = ${settings.messageSizeLimit}
host_lookup =
rfc1413_hosts =
rfc1413_query_timeout = 0s
smtp_accept_max = 200
smtp_accept_queue_per_connection = 0
smtp_enforce_sync = true
smtp_receive_timeout = 60s
queue_run_in_order = true
log_selector = +received_recipients +smtp_protocol_error +tls_cipher +incoming_port +smtp_connection
keep_environment =
add_environment = PATH=/usr/bin:/bin
split_spool_directory = false
delay_warning =

begin acl
acl_mail:
  deny   !authenticated = *
         message = 5.7.0 authentication required
  # A submission server must not let alice send as bob.
  deny   !condition = \${if eqi{$sender_address}{$authenticated_id}}
         condition = \${if def:sender_address}
         message = 5.7.1 sender address is not yours
  accept
acl_rcpt:
  deny   local_parts = reject
         message = 5.1.1 no such user
  defer  local_parts = defer
         message = 4.3.0 try later
  accept local_parts = slow
         delay = 3s
  accept domains = +local_domains
  deny   message = 5.7.1 relaying denied (the rig has one domain)
acl_data:
  accept

begin routers
bouncer:
  driver = redirect
  local_parts = bounce
  data = :fail: 5.2.0 mailbox refuses this message
  allow_fail
discard_slow:
  driver = redirect
  local_parts = slow
  data = :blackhole:
to_dovecot:
  driver = manualroute
  domains = +local_domains
  route_list = * 127.0.0.1
  self = send
  transport = dovecot_lmtp

begin transports
dovecot_lmtp:
  driver = smtp
  protocol = lmtp
  port = ${settings.lmtpPort}
  allow_localhost
  hosts_try_chunking =
  utf8_downconvert = -1

begin retry
* * F,10m,2s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{\${lookup{$auth2}lsearch{${folder}/users}{$value}fail}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if eq{$auth2}{\${lookup{$auth1}lsearch{${folder}/users}{$value}fail}}}
  server_set_id = $auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = \${lookup{$auth1}lsearch{${folder}/users}{$value}fail}
  server_set_id = $auth1
`
}
