#!/bin/sh
# reference_nats.sh NATS-SERVER FOLDER: Debian's nats-server over TLS, with certificates at both ends. It prints `ready` and
# its port, and serves until its standard input ends.
set -eu
cat >"$2/nats.conf" <<END
listen: "127.0.0.1:-1"
ports_file_dir: "$2"
ping_interval: "1h"
tls {
  cert_file: "$2/server.pem"
  key_file: "$2/server.key"
  ca_file: "$2/audience.pem"
  verify: true
  timeout: 30
}
END
"$1" -c "$2/nats.conf" 2>&1 &
server=$!
trap 'kill -9 $server' EXIT
echo "pid $server"
cat >/dev/null
