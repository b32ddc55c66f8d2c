// SPDX-License-Identifier: MIT
#ifndef TOC_CERTIFICATE_H
#define TOC_CERTIFICATE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

// The run's certificates, all PEM, all ECDSA P-256, valid from 1950 to 9999 because clocks in
// air-gapped rooms are wrong: a machine with a dead battery stands at 1970, and no clock can leave that span. A run has one CA for its servers, and one CA for each audience, whose
// certificates are for clients only; subjects of the CAs are distinct.

// The buffers are appended to. Common names have 1 to 64 characters (TOC_EUSAGE); what is no PEM, or
// a key that is not the certificate's, is TOC_EFORMAT.

// toc_ca_new makes a self-signed CA with that common name (pathlen 0, keyCertSign).
toc_err toc_ca_new(const char *common_name, toc_buf *cert_pem, toc_buf *key_pem, toc_error *e);

// toc_server_cert_new issues a server certificate (serverAuth) for the DNS names `tocsin` and
// `localhost`, IP 127.0.0.1 and ::1, and host (a DNS name or an IP address; NULL for none; what is
// neither is TOC_EUSAGE).
toc_err toc_server_cert_new(const char *ca_cert, const char *ca_key, const char *host,
                            toc_buf *cert_pem, toc_buf *key_pem, toc_error *e);

// toc_client_cert_new issues a client certificate (clientAuth only) with the seat as common name.
// serial gets its random 128-bit serial number, 32 lower-case hex digits.
toc_err toc_client_cert_new(const char *ca_cert, const char *ca_key, const char *seat,
                            toc_buf *cert_pem, toc_buf *key_pem, char serial[33], toc_error *e);

// toc_cert_serial reads the serial number of the first certificate in pem, as above.
toc_err toc_cert_serial(const char *pem, char serial[33], toc_error *e);

// toc_cert_check is TOC_OK if the first certificate in pem was signed by that CA for exactly that common name, else TOC_EREFUSED.
// It does not look at times.
toc_err toc_cert_check(const char *pem, const char *ca_cert, const char *common_name, toc_error *e);

#endif
