// SPDX-License-Identifier: MIT
#include "crypto/crypto.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "openssl.h"

enum { PUBLIC_LEN = 32, SIGNATURE_LEN = 64 }; // Ed25519, RFC 8032

static void write_hex(char *out, const uint8_t *data, size_t len);
static int hex_digit(char c);
static bool is_base64_digit(char c);
static toc_err read_seal_key(EVP_PKEY **out, const char *pem, toc_error *e);
static toc_err public_of(EVP_PKEY *key, char public_hex[65], toc_error *e);

void toc_sha256_hex(char out[TOC_HASH_HEX + 1], const toc_bytes *runs)
{
    toc_openssl_start();
    uint8_t digest[TOC_HASH_HEX / 2];
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;
    for (; ok && runs->data; runs++)
        ok = EVP_DigestUpdate(ctx, runs->data, runs->len) == 1;
    ok = ok && EVP_DigestFinal_ex(ctx, digest, NULL) == 1;
    EVP_MD_CTX_free(ctx);
    if (!ok)
        abort(); // out of memory, or a system without SHA-256: nothing here could go on
    write_hex(out, digest, sizeof digest);
}

void toc_random_bytes(void *out, size_t len)
{
    toc_openssl_start();
    uint8_t *p = out;
    while (len > 0) {
        int n = len < 4096 ? (int)len : 4096;
        if (RAND_priv_bytes(p, n) != 1)
            abort();
        p += n;
        len -= (size_t)n;
    }
}

void toc_token_new(char out[33])
{
    uint8_t bytes[16];
    toc_random_bytes(bytes, sizeof bytes);
    write_hex(out, bytes, sizeof bytes);
    OPENSSL_cleanse(bytes, sizeof bytes);
}

bool toc_secret_equal(const char *a, const char *b)
{
    size_t len = strlen(a);
    return len == strlen(b) && CRYPTO_memcmp(a, b, len) == 0;
}

void toc_hex_encode(toc_buf *out, const void *data, size_t len)
{
    const uint8_t *p = data;
    char pair[3];
    toc_buf_add(out, "", 0); // so that no bytes give "", not NULL
    for (size_t i = 0; i < len; i++) {
        write_hex(pair, p + i, 1);
        toc_buf_add(out, pair, 2);
    }
}

bool toc_hex_decode(const char *hex, uint8_t *out, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(hex[2 * i]);
        int low = high < 0 ? -1 : hex_digit(hex[2 * i + 1]);
        if (low < 0)
            return false;
        out[i] = (uint8_t)(high * 16 + low);
    }
    return hex[2 * len] == '\0';
}

void toc_base64_encode(toc_buf *out, const void *data, size_t len)
{
    const uint8_t *p = data;
    unsigned char text[4 * 256 + 1];
    toc_buf_add(out, "", 0);
    while (len > 0) {
        size_t n = len < 3 * 256 ? len : 3 * 256;
        int written = EVP_EncodeBlock(text, p, (int)n);
        toc_buf_add(out, text, (size_t)written);
        p += n;
        len -= n;
    }
}

// EVP_DecodeBlock does the work but takes white space and stray bits, so what it may see is
// checked before, and the last group must be just what its bytes encode to.
toc_err toc_base64_decode(toc_buf *out, const char *text, size_t len, toc_error *e)
{
    if (len % 4 != 0)
        return toc_fail(e, TOC_EFORMAT, "base64: %zu characters, which is not a multiple of 4",
                        len);
    size_t padding = 0;
    while (padding < 2 && padding < len && text[len - 1 - padding] == '=')
        padding++;
    for (size_t i = 0; i < len - padding; i++)
        if (!is_base64_digit(text[i]))
            return toc_fail(e, TOC_EFORMAT, "base64: a wrong character at byte %zu", i + 1);
    if (len > 0) {
        unsigned char bytes[3], again[5];
        const unsigned char *last = (const unsigned char *)text + len - 4;
        EVP_DecodeBlock(bytes, last, 4);
        EVP_EncodeBlock(again, bytes, (int)(3 - padding));
        if (memcmp(again, last, 4) != 0)
            return toc_fail(e, TOC_EFORMAT, "base64: the last group has stray bits");
    }
    toc_buf_add(out, "", 0);
    for (size_t at = 0; at < len; at += 4 * 256) {
        unsigned char bytes[3 * 256];
        size_t n = len - at < 4 * 256 ? len - at : 4 * 256;
        int decoded = EVP_DecodeBlock(bytes, (const unsigned char *)text + at, (int)n);
        toc_buf_add(out, bytes, (size_t)decoded - (at + n == len ? padding : 0));
    }
    return TOC_OK;
}

toc_err toc_seal_key_new(toc_buf *private_pem, char public_hex[65], toc_error *e)
{
    toc_openssl_start();
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    BIO *bio = BIO_new(BIO_s_mem());
    toc_err err = TOC_OK;
    if (!key || !bio || !PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL))
        err = toc_fail_openssl(e, TOC_EINTERNAL, "no seal key could be made");
    if (err == TOC_OK)
        err = public_of(key, public_hex, e);
    if (err == TOC_OK)
        toc_pem_take(bio, private_pem);
    BIO_free(bio);
    EVP_PKEY_free(key);
    return err;
}

toc_err toc_seal_key_public(const char *private_pem, char public_hex[65], toc_error *e)
{
    toc_openssl_start();
    EVP_PKEY *key = NULL;
    toc_err err = read_seal_key(&key, private_pem, e);
    if (err == TOC_OK)
        err = public_of(key, public_hex, e);
    EVP_PKEY_free(key);
    return err;
}

toc_err toc_seal_sign(const char *private_pem, const void *data, size_t len, char sig_hex[129],
                      toc_error *e)
{
    toc_openssl_start();
    EVP_PKEY *key = NULL;
    toc_err err = read_seal_key(&key, private_pem, e);
    if (err != TOC_OK)
        return err;
    uint8_t sig[SIGNATURE_LEN];
    size_t sig_len = sizeof sig;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (!ctx || EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
        EVP_DigestSign(ctx, sig, &sig_len, data, len) != 1 || sig_len != sizeof sig)
        err = toc_fail_openssl(e, TOC_EINTERNAL, "the seal could not be signed");
    else
        write_hex(sig_hex, sig, sizeof sig);
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return err;
}

bool toc_seal_verify(const char *public_hex, const void *data, size_t len, const char *sig_hex)
{
    toc_openssl_start();
    uint8_t public[PUBLIC_LEN], sig[SIGNATURE_LEN];
    if (!toc_hex_decode(public_hex, public, sizeof public) ||
        !toc_hex_decode(sig_hex, sig, sizeof sig))
        return false;
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public, sizeof public);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good = key && ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) == 1 &&
                EVP_DigestVerify(ctx, sig, sizeof sig, data, len) == 1;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    ERR_clear_error();
    return good;
}

void toc_key_fingerprint(const char *public_hex, char out[20])
{
    uint8_t public[PUBLIC_LEN];
    char hash[TOC_HASH_HEX + 1];
    if (!toc_hex_decode(public_hex, public, sizeof public)) {
        memcpy(out, "not-a-key", sizeof "not-a-key");
        return;
    }
    toc_sha256_hex(hash, (const toc_bytes[]){{public, sizeof public}, {NULL, 0}});
    for (size_t group = 0; group < 4; group++) {
        memcpy(out + group * 5, hash + group * 4, 4);
        out[group * 5 + 4] = group < 3 ? '-' : '\0';
    }
}

static void write_hex(char *out, const uint8_t *data, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[data[i] >> 4];
        out[2 * i + 1] = digits[data[i] & 15];
    }
    out[2 * len] = '\0';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool is_base64_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

static toc_err read_seal_key(EVP_PKEY **out, const char *pem, toc_error *e)
{
    BIO *bio = toc_pem_bio(pem);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, toc_pem_password, NULL) : NULL;
    BIO_free(bio);
    if (!key)
        return toc_fail_openssl(e, TOC_EFORMAT, "the seal key is not a private key in PEM");
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519) {
        EVP_PKEY_free(key);
        return toc_fail(e, TOC_EFORMAT, "the seal key is not an Ed25519 key");
    }
    *out = key;
    return TOC_OK;
}

static toc_err public_of(EVP_PKEY *key, char public_hex[65], toc_error *e)
{
    uint8_t public[PUBLIC_LEN];
    size_t len = sizeof public;
    if (EVP_PKEY_get_raw_public_key(key, public, &len) != 1 || len != sizeof public)
        return toc_fail_openssl(e, TOC_EINTERNAL, "the seal key has no public half");
    write_hex(public_hex, public, sizeof public);
    return TOC_OK;
}
