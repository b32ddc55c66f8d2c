// SPDX-License-Identifier: MIT
#include "openssl.h"

#include <openssl/bn.h>
#include <openssl/buffer.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>

void toc_openssl_start(void)
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
}

toc_err toc_fail_openssl(toc_error *e, toc_err code, const char *what)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return toc_fail(e, code, "%s%s%s", what, reason ? ": " : "", reason ? reason : "");
}

BIO *toc_pem_bio(const char *pem)
{
    return BIO_new_mem_buf(pem, -1);
}

void toc_pem_take(BIO *bio, toc_buf *out)
{
    BUF_MEM *mem = NULL;
    BIO_get_mem_ptr(bio, &mem);
    toc_buf_add(out, mem->data, mem->length);
}

int toc_pem_password(char *buf, int size, int writing, void *user)
{
    (void)writing;
    if (!user || size <= 0)
        return -1;
    size_t len = strlen(user);
    if (len > (size_t)size)
        return -1;
    memcpy(buf, user, len); // NOLINT(bugprone-not-null-terminated-result): OpenSSL goes by the length
    return (int)len;
}

bool toc_x509_serial(const X509 *cert, char serial[33])
{
    unsigned char bytes[16];
    if (!toc_x509_serial_bytes(cert, bytes))
        return false;
    toc_serial_write(serial, bytes);
    return true;
}

bool toc_x509_serial_bytes(const X509 *cert, unsigned char bytes[16])
{
    unsigned char number[16];
    BIGNUM *n = cert ? ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), NULL) : NULL;
    bool fits = n && !BN_is_negative(n) && BN_bn2binpad(n, number, sizeof number) == sizeof number;
    BN_free(n);
    if (fits)
        memcpy(bytes, number, sizeof number);
    return fits;
}

void toc_serial_write(char serial[33], const unsigned char bytes[16])
{
    for (size_t i = 0; i < 16; i++)
        snprintf(serial + 2 * i, 3, "%02x", bytes[i]);
}
