// SPDX-License-Identifier: MIT
#ifndef TOC_CRYPTO_H
#define TOC_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

// Hashes, random tokens, signatures. Thread: anywhere; nothing here keeps state.

#define TOC_HASH_HEX 64 // hex digits of a SHA-256

// toc_sha256_hex hashes the runs of bytes one after the other and writes 64 lower-case hex digits
// and a NUL. The list ends with data NULL, so an empty run needs data that is not: "", 0.
typedef struct {
    const void *data;
    size_t len;
} toc_bytes;
void toc_sha256_hex(char out[TOC_HASH_HEX + 1], const toc_bytes *runs);

void toc_random_bytes(void *out, size_t len); // aborts if the system has none
void toc_token_new(char out[33]);             // 128 random bits, 32 hex digits and a NUL
// toc_secret_equal compares in constant time for strings of the same length.
bool toc_secret_equal(const char *a, const char *b);

void toc_hex_encode(toc_buf *out, const void *data, size_t len);
bool toc_hex_decode(const char *hex, uint8_t *out, size_t len); // exactly 2*len digits, either case
void toc_base64_encode(toc_buf *out, const void *data, size_t len); // RFC 4648, padded, one line
toc_err toc_base64_decode(toc_buf *out, const char *text, size_t len, toc_error *e); // strict

// Ed25519. Keys and signatures travel as lower-case hex: public 64 digits, signature 128. The
// private key is PEM (PKCS#8), so that `openssl pkey` reads it too.
toc_err toc_seal_key_new(toc_buf *private_pem, char public_hex[65], toc_error *e);
toc_err toc_seal_key_public(const char *private_pem, char public_hex[65], toc_error *e);
toc_err toc_seal_sign(const char *private_pem, const void *data, size_t len, char sig_hex[129],
                      toc_error *e);
bool toc_seal_verify(const char *public_hex, const void *data, size_t len, const char *sig_hex);

// toc_key_fingerprint: the first 16 hex digits of SHA-256 over the 32 raw bytes of a public key, in
// groups of four: "1a2b-3c4d-5e6f-7a8b". What people read to each other over the phone. "not-a-key"
// for anything but 64 hex digits.
void toc_key_fingerprint(const char *public_hex, char out[20]);

#endif
