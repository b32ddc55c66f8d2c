// SPDX-License-Identifier: MIT
#ifndef TOC_TLS_TICKET_H
#define TOC_TLS_TICKET_H

#include <nng/supplemental/tls/tls.h>

#include "base/error.h"
#include "record/ticket.h"

// toc_tls_ticket makes a client's TLS configuration from a ticket: its certificate and key, and the
// run's CA, whose every server certificate carries the name `tocsin`. So the engine may move to any
// address. The caller frees it with nng_tls_config_free. TOC_ENET if the ticket's keys are no keys.
toc_err toc_tls_ticket(nng_tls_config **out, const toc_ticket *t, toc_error *e);

#endif
