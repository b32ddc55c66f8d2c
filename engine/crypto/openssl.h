// SPDX-License-Identifier: MIT
#ifndef TOC_OPENSSL_H
#define TOC_OPENSSL_H

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

// What the files of this folder share about OpenSSL. Not a public header.

// toc_openssl_start comes before anything else of OpenSSL in every public function: the first call
// in a process decides whether OpenSSL tears itself down at exit(). It must not, because nng's
// threads are never stopped and may be inside a handshake at that moment.
void toc_openssl_start(void);

// toc_fail_openssl is toc_fail with OpenSSL's own reason appended; the thread's error queue is
// empty after it.
toc_err toc_fail_openssl(toc_error *e, toc_err code, const char *what);

// toc_pem_bio gives a BIO that reads pem, NULL when out of memory; the caller frees it.
BIO *toc_pem_bio(const char *pem);

// toc_pem_take moves what was written to a memory BIO behind out.
void toc_pem_take(BIO *bio, toc_buf *out);

// toc_pem_password is a password callback that hands out the string in user, or fails when that is
// NULL: OpenSSL's own would ask at the terminal.
int toc_pem_password(char *buf, int size, int writing, void *user);

// toc_x509_serial writes a certificate's serial number as 32 lower-case hex digits; false if it
// needs more, as none of ours does, or if cert is NULL. toc_x509_serial_bytes gives the same number as 16
// bytes, the highest first; after false they are what they were. toc_serial_write makes one of the other.
bool toc_x509_serial(const X509 *cert, char serial[33]);
bool toc_x509_serial_bytes(const X509 *cert, unsigned char bytes[16]);
void toc_serial_write(char serial[33], const unsigned char bytes[16]);

#endif
