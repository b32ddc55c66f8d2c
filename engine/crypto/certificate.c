// SPDX-License-Identifier: MIT
#include "crypto/certificate.h"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "crypto/crypto.h"
#include "openssl.h"

// Everything OpenSSL that one certificate is made with; fini_draft frees what is there.
typedef struct {
    X509 *cert;
    EVP_PKEY *key;
    X509 *ca; // the issuer; NULL in a draft of a CA
    EVP_PKEY *ca_key;
} draft;

static toc_err start_draft(draft *d, const char *common_name, toc_error *e);
static toc_err read_issuer(draft *d, const char *ca_cert, const char *ca_key, toc_error *e);
static toc_err finish_draft(draft *d, toc_buf *cert_pem, toc_buf *key_pem, toc_error *e);
static void fini_draft(draft *d);
static bool set_identity(X509 *cert, EVP_PKEY *key, const char *common_name);
static bool add_extension(const draft *d, int nid, const char *value);
static toc_err add_server_names(draft *d, const char *host, toc_error *e);
static bool add_name(GENERAL_NAMES *names, const char *host);
static bool is_dns_name(const char *s);
static X509 *read_cert(const char *pem);
static bool is_named(const X509 *cert, const char *common_name);

toc_err toc_ca_new(const char *common_name, toc_buf *cert_pem, toc_buf *key_pem, toc_error *e)
{
    toc_openssl_start();
    draft d = {0};
    toc_err err = start_draft(&d, common_name, e);
    if (err == TOC_OK && (!add_extension(&d, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
                          !add_extension(&d, NID_key_usage, "critical,keyCertSign")))
        err = toc_fail_openssl(e, TOC_EINTERNAL, "the CA could not be made");
    if (err == TOC_OK)
        err = finish_draft(&d, cert_pem, key_pem, e);
    fini_draft(&d);
    return err;
}

toc_err toc_server_cert_new(const char *ca_cert, const char *ca_key, const char *host,
                            toc_buf *cert_pem, toc_buf *key_pem, toc_error *e)
{
    toc_openssl_start();
    draft d = {0};
    toc_err err = read_issuer(&d, ca_cert, ca_key, e);
    if (err == TOC_OK)
        err = start_draft(&d, "tocsin", e);
    if (err == TOC_OK && (!add_extension(&d, NID_basic_constraints, "critical,CA:FALSE") ||
                          !add_extension(&d, NID_key_usage, "critical,digitalSignature") ||
                          !add_extension(&d, NID_ext_key_usage, "serverAuth")))
        err = toc_fail_openssl(e, TOC_EINTERNAL, "the server's certificate could not be made");
    if (err == TOC_OK)
        err = add_server_names(&d, host, e);
    if (err == TOC_OK)
        err = finish_draft(&d, cert_pem, key_pem, e);
    fini_draft(&d);
    return err;
}

toc_err toc_client_cert_new(const char *ca_cert, const char *ca_key, const char *seat,
                            toc_buf *cert_pem, toc_buf *key_pem, char serial[33], toc_error *e)
{
    toc_openssl_start();
    draft d = {0};
    toc_err err = read_issuer(&d, ca_cert, ca_key, e);
    if (err == TOC_OK)
        err = start_draft(&d, seat, e);
    if (err == TOC_OK && (!add_extension(&d, NID_basic_constraints, "critical,CA:FALSE") ||
                          !add_extension(&d, NID_key_usage, "critical,digitalSignature") ||
                          !add_extension(&d, NID_ext_key_usage, "clientAuth")))
        err = toc_fail_openssl(e, TOC_EINTERNAL, "a seat's certificate could not be made");
    if (err == TOC_OK)
        err = finish_draft(&d, cert_pem, key_pem, e);
    if (err == TOC_OK && !toc_x509_serial(d.cert, serial))
        err = toc_fail(e, TOC_EINTERNAL, "a seat's certificate got no serial number");
    fini_draft(&d);
    return err;
}

toc_err toc_cert_serial(const char *pem, char serial[33], toc_error *e)
{
    toc_openssl_start();
    toc_err err = TOC_OK;
    X509 *cert = read_cert(pem);
    if (!cert)
        err = toc_fail_openssl(e, TOC_EFORMAT, "not a certificate in PEM");
    else if (!toc_x509_serial(cert, serial))
        err = toc_fail(e, TOC_EFORMAT, "the certificate's serial number is not one of ours");
    X509_free(cert);
    return err;
}

toc_err toc_cert_check(const char *pem, const char *ca_cert, const char *common_name, toc_error *e)
{
    toc_openssl_start();
    toc_err err = TOC_OK;
    X509 *cert = read_cert(pem), *ca = read_cert(ca_cert);
    if (!cert || !ca)
        err = toc_fail_openssl(e, TOC_EFORMAT, "not a certificate in PEM");
    else if (X509_verify(cert, X509_get0_pubkey(ca)) != 1 || !is_named(cert, common_name))
        err = toc_fail(e, TOC_EREFUSED, "not a certificate of %.64s by this CA", common_name);
    ERR_clear_error();
    X509_free(cert);
    X509_free(ca);
    return err;
}

static toc_err start_draft(draft *d, const char *common_name, toc_error *e)
{
    size_t len = strlen(common_name);
    if (len < 1 || len > 64) // X.520 allows no more
        return toc_fail(e, TOC_EUSAGE, "a certificate's name has 1 to 64 characters, not %zu", len);
    d->key = EVP_EC_gen("P-256");
    d->cert = X509_new();
    if (!d->key || !d->cert || !set_identity(d->cert, d->key, common_name))
        return toc_fail_openssl(e, TOC_EINTERNAL, "no certificate could be made");
    return TOC_OK;
}

static toc_err read_issuer(draft *d, const char *ca_cert, const char *ca_key, toc_error *e)
{
    BIO *bio = toc_pem_bio(ca_key);
    d->ca_key = bio ? PEM_read_bio_PrivateKey(bio, NULL, toc_pem_password, NULL) : NULL;
    BIO_free(bio);
    d->ca = read_cert(ca_cert);
    if (!d->ca || !d->ca_key || X509_check_private_key(d->ca, d->ca_key) != 1)
        return toc_fail_openssl(e, TOC_EFORMAT, "not a CA's certificate and its key in PEM");
    return TOC_OK;
}

// finish_draft adds what depends on the issuer, signs, and writes both as PEM.
static toc_err finish_draft(draft *d, toc_buf *cert_pem, toc_buf *key_pem, toc_error *e)
{
    toc_err err = TOC_OK;
    X509_NAME *issuer = X509_get_subject_name(d->ca ? d->ca : d->cert);
    BIO *cert_bio = BIO_new(BIO_s_mem());
    BIO *key_bio = BIO_new(BIO_s_mem());
    if (!cert_bio || !key_bio || X509_set_issuer_name(d->cert, issuer) != 1 ||
        !add_extension(d, NID_subject_key_identifier, "hash") ||
        !add_extension(d, NID_authority_key_identifier, "keyid:always") ||
        X509_sign(d->cert, d->ca_key ? d->ca_key : d->key, EVP_sha256()) == 0 ||
        PEM_write_bio_X509(cert_bio, d->cert) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_bio, d->key, NULL, NULL, 0, NULL, NULL) != 1) {
        err = toc_fail_openssl(e, TOC_EINTERNAL, "the certificate could not be signed");
    } else {
        toc_pem_take(cert_bio, cert_pem);
        toc_pem_take(key_bio, key_pem);
    }
    BIO_free(cert_bio);
    BIO_free(key_bio);
    return err;
}

static void fini_draft(draft *d)
{
    X509_free(d->cert);
    EVP_PKEY_free(d->key);
    X509_free(d->ca);
    EVP_PKEY_free(d->ca_key);
}

static bool set_identity(X509 *cert, EVP_PKEY *key, const char *common_name)
{
    uint8_t bytes[16];
    toc_random_bytes(bytes, sizeof bytes);
    BIGNUM *serial = BN_bin2bn(bytes, sizeof bytes, NULL);
    X509_NAME *name = X509_get_subject_name(cert);
    bool ok = serial && BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(cert)) &&
              X509_set_version(cert, X509_VERSION_3) == 1 && X509_set_pubkey(cert, key) == 1 &&
              X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                         (const unsigned char *)common_name, -1, -1, 0) == 1 &&
              ASN1_TIME_set_string_X509(X509_getm_notBefore(cert), "19500101000000Z") == 1 &&
              ASN1_TIME_set_string_X509(X509_getm_notAfter(cert), "99991231235959Z") == 1;
    BN_free(serial);
    return ok;
}

// value is one of our own constants: OpenSSL reads it as a small language.
static bool add_extension(const draft *d, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, d->ca ? d->ca : d->cert, d->cert, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    bool ok = extension && X509_add_ext(d->cert, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

static toc_err add_server_names(draft *d, const char *host, toc_error *e)
{
    static const char *const always[] = {"tocsin", "localhost", "127.0.0.1", "::1"};
    const size_t count = sizeof always / sizeof *always;
    bool known = !host;
    GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
    bool ok = names != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_name(names, always[i]);
        known = known || strcmp(host, always[i]) == 0;
    }
    toc_err err = TOC_OK;
    if (ok && !known && !add_name(names, host))
        err = toc_fail(e, TOC_EUSAGE, "\"%s\" is neither a host name nor an IP address", host);
    if (err == TOC_OK && (!ok || X509_add1_ext_i2d(d->cert, NID_subject_alt_name, names, 0,
                                                   X509V3_ADD_DEFAULT) != 1))
        err = toc_fail_openssl(e, TOC_EINTERNAL, "the server's names could not be written");
    sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free);
    return err;
}

// add_name adds host as an IP address if it is one, else as a DNS name; false if it is neither.
static bool add_name(GENERAL_NAMES *names, const char *host)
{
    unsigned char address[16];
    int address_len = inet_pton(AF_INET, host, address) == 1    ? 4
                      : inet_pton(AF_INET6, host, address) == 1 ? 16
                                                                : 0;
    if (address_len == 0 && !is_dns_name(host))
        return false;
    bool is_ip = address_len > 0;
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *value = is_ip ? ASN1_OCTET_STRING_new() : ASN1_IA5STRING_new();
    if (!name || !value ||
        ASN1_STRING_set(value, is_ip ? (const void *)address : host, is_ip ? address_len : -1) !=
            1) {
        GENERAL_NAME_free(name);
        ASN1_STRING_free(value);
        return false;
    }
    GENERAL_NAME_set0_value(name, is_ip ? GEN_IPADD : GEN_DNS, value);
    if (sk_GENERAL_NAME_push(names, name) > 0)
        return true;
    GENERAL_NAME_free(name);
    return false;
}

// Letters, digits, dots, hyphens and underscores; above all no `*`.
static bool is_dns_name(const char *s)
{
    size_t len = strlen(s);
    return len > 0 && len <= 253 && s[0] != '.' && s[0] != '-' &&
           strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") == len;
}

static bool is_named(const X509 *cert, const char *common_name)
{
    const X509_NAME *name = X509_get_subject_name(cert);
    int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    const ASN1_STRING *value =
        at < 0 ? NULL : X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
    size_t len = strlen(common_name);
    return value && X509_NAME_entry_count(name) == 1 && ASN1_STRING_length(value) == (int)len &&
           memcmp(ASN1_STRING_get0_data(value), common_name, len) == 0;
}

static X509 *read_cert(const char *pem)
{
    BIO *bio = toc_pem_bio(pem);
    X509 *cert = bio ? PEM_read_bio_X509(bio, NULL, toc_pem_password, NULL) : NULL;
    BIO_free(bio);
    return cert;
}
