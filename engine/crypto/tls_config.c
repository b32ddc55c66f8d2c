// SPDX-License-Identifier: MIT
// The configuration half of the engine: an SSL_CTX for each listener or dialer, and what a peer's
// certificate must be.
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "openssl.h"
#include "tls_engine.h"

static int init_config(nng_tls_engine_config *config, nng_tls_mode mode);
static void fini_config(nng_tls_engine_config *config);
static int set_server(nng_tls_engine_config *config, const char *name);
static int set_auth(nng_tls_engine_config *config, nng_tls_auth_mode mode);
static int set_ca_chain(nng_tls_engine_config *config, const char *certs, const char *crl);
static int set_own_cert(nng_tls_engine_config *config, const char *cert, const char *key,
                        const char *password);
static int set_version(nng_tls_engine_config *config, nng_tls_version min, nng_tls_version max);
static int use_cert_chain(SSL_CTX *ctx, const char *pem);
static bool add_crls(X509_STORE *store, const char *pem);
static int on_verify(X509_STORE_CTX *chain, void *unused);
static int judge_client(const X509_STORE_CTX *chain);

nng_tls_engine_config_ops *toc_tls_config_ops(void)
{
    static nng_tls_engine_config_ops ops = {
        .size = sizeof(nng_tls_engine_config),
        .init = init_config,
        .fini = fini_config,
        .server = set_server,
        .auth = set_auth,
        .ca_chain = set_ca_chain,
        .own_cert = set_own_cert,
        .version = set_version,
    };
    return &ops;
}

static int init_config(nng_tls_engine_config *config, nng_tls_mode mode)
{
    bool is_server = mode == NNG_TLS_MODE_SERVER;
    SSL_CTX *ctx = SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method());
    // TLS 1.2 is for stock clients: only its forward-secret, authenticated suites.
    if (!ctx || SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(ctx, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1 ||
        SSL_CTX_set_num_tickets(ctx, 0) != 1) {
        SSL_CTX_free(ctx);
        ERR_clear_error();
        return NNG_ENOMEM;
    }
    // Every connection is a full handshake, so that a revoked certificate has no way round.
    SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    // nng comes back with another buffer after "try again". A thousand idle connections keep no
    // buffers.
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                              SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_default_passwd_cb(ctx, toc_pem_password);
    SSL_CTX_set_cert_verify_callback(ctx, on_verify, NULL);
    SSL_CTX_set_verify(ctx, is_server ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
    X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(ctx), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    config->ctx = ctx;
    config->mode = mode;
    return 0;
}

static void fini_config(nng_tls_engine_config *config)
{
    SSL_CTX_free(config->ctx);
    free(config->sni);
    memset(config, 0, sizeof *config);
}

// nng calls this with the host of the URL, and again when the user names the server.
static int set_server(nng_tls_engine_config *config, const char *name)
{
    if (config->mode == NNG_TLS_MODE_SERVER)
        return 0;
    if (name && strlen(name) > TLSEXT_MAXLEN_host_name)
        return NNG_EINVAL;
    X509_VERIFY_PARAM *param = SSL_CTX_get0_param(config->ctx);
    char *host = toc_strdup(name ? name : "");
    size_t len = strlen(host);
    if (len > 2 && host[0] == '[' && host[len - 1] == ']') { // an IPv6 address as in a URL
        memmove(host, host + 1, len - 2);
        host[len - 2] = '\0';
    }
    unsigned char address[16];
    size_t address_len = inet_pton(AF_INET, host, address) == 1    ? 4
                         : inet_pton(AF_INET6, host, address) == 1 ? 16
                                                                   : 0;
    bool has_name = host[0] && address_len == 0;
    // Each call sets one and clears the other: a peer is one or the other.
    bool ok = X509_VERIFY_PARAM_set1_host(param, has_name ? host : NULL, 0) == 1 &&
              X509_VERIFY_PARAM_set1_ip(param, address_len ? address : NULL, address_len) == 1;
    free(config->sni);
    config->sni = has_name ? host : NULL;
    if (!has_name)
        free(host);
    ERR_clear_error();
    return ok ? 0 : NNG_EINVAL;
}

static int set_auth(nng_tls_engine_config *config, nng_tls_auth_mode mode)
{
    switch (mode) {
    case NNG_TLS_AUTH_MODE_NONE:
        SSL_CTX_set_verify(config->ctx, SSL_VERIFY_NONE, NULL);
        return 0;
    case NNG_TLS_AUTH_MODE_OPTIONAL:
        SSL_CTX_set_verify(config->ctx, SSL_VERIFY_PEER, NULL);
        return 0;
    case NNG_TLS_AUTH_MODE_REQUIRED:
        SSL_CTX_set_verify(config->ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
        return 0;
    }
    return NNG_EINVAL;
}

// The names of the CAs are not sent to the peer, as a server could: they would tell a stranger what
// audiences there are.
static int set_ca_chain(nng_tls_engine_config *config, const char *certs, const char *crl)
{
    X509_STORE *store = SSL_CTX_get_cert_store(config->ctx);
    BIO *bio = toc_pem_bio(certs);
    if (!bio)
        return NNG_ENOMEM;
    bool ok = true;
    size_t count = 0;
    X509 *cert;
    while (ok && (cert = PEM_read_bio_X509(bio, NULL, toc_pem_password, NULL))) {
        ok = X509_STORE_add_cert(store, cert) == 1;
        count++;
        X509_free(cert);
    }
    BIO_free(bio);
    ok = ok && count > 0 && (!crl || add_crls(store, crl));
    ERR_clear_error(); // reading stops with "no more PEM"
    return ok ? 0 : NNG_ECRYPTO;
}

static int set_own_cert(nng_tls_engine_config *config, const char *cert, const char *key,
                        const char *password)
{
    int rv = use_cert_chain(config->ctx, cert);
    if (rv != 0)
        return rv;
    BIO *bio = toc_pem_bio(key);
    char *secret = toc_strdup(password); // OpenSSL wants it writable
    EVP_PKEY *pkey = bio ? PEM_read_bio_PrivateKey(bio, NULL, toc_pem_password, secret) : NULL;
    if (!pkey || SSL_CTX_use_PrivateKey(config->ctx, pkey) != 1 ||
        SSL_CTX_check_private_key(config->ctx) != 1)
        rv = NNG_ECRYPTO;
    EVP_PKEY_free(pkey);
    free(secret);
    BIO_free(bio);
    ERR_clear_error();
    return rv;
}

static int set_version(nng_tls_engine_config *config, nng_tls_version min, nng_tls_version max)
{
    if (min > max || max < NNG_TLS_1_2 || min > NNG_TLS_1_3)
        return NNG_ENOTSUP;
    int low = min <= NNG_TLS_1_2 ? TLS1_2_VERSION : TLS1_3_VERSION;
    int high = max == NNG_TLS_1_2 ? TLS1_2_VERSION : TLS1_3_VERSION;
    if (SSL_CTX_set_min_proto_version(config->ctx, low) != 1 ||
        SSL_CTX_set_max_proto_version(config->ctx, high) != 1)
        return NNG_ENOTSUP;
    return 0;
}

// The first certificate is ours, what follows leads to the root.
static int use_cert_chain(SSL_CTX *ctx, const char *pem)
{
    BIO *bio = toc_pem_bio(pem);
    if (!bio)
        return NNG_ENOMEM;
    X509 *cert = PEM_read_bio_X509(bio, NULL, toc_pem_password, NULL);
    bool ok = cert && SSL_CTX_use_certificate(ctx, cert) == 1 && SSL_CTX_clear_chain_certs(ctx);
    X509_free(cert);
    while (ok && (cert = PEM_read_bio_X509(bio, NULL, toc_pem_password, NULL))) {
        ok = SSL_CTX_add1_chain_cert(ctx, cert) == 1;
        X509_free(cert);
    }
    BIO_free(bio);
    ERR_clear_error();
    return ok ? 0 : NNG_ECRYPTO;
}

static bool add_crls(X509_STORE *store, const char *pem)
{
    BIO *bio = toc_pem_bio(pem);
    bool ok = bio != NULL;
    size_t count = 0;
    X509_CRL *crl;
    while (ok && (crl = PEM_read_bio_X509_CRL(bio, NULL, toc_pem_password, NULL))) {
        ok = X509_STORE_add_crl(store, crl) == 1;
        count++;
        X509_CRL_free(crl);
    }
    BIO_free(bio);
    return ok && count > 0 && X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK) == 1;
}

// on_verify does what OpenSSL would do by itself (chain, validity, name, purpose), and asks more of
// clients.
static int on_verify(X509_STORE_CTX *chain, void *unused)
{
    (void)unused;
    const SSL *ssl = X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx());
    if (X509_verify_cert(chain) != 1)
        return 0;
    int error = SSL_is_server(ssl) ? judge_client(chain) : X509_V_OK;
    X509_STORE_CTX_set_error(chain, error);
    return error == X509_V_OK;
}

// OpenSSL lets a certificate that names no purpose serve every purpose; here it must say that it is
// a client's. A CA's own certificate says nothing of the kind.
static int judge_client(const X509_STORE_CTX *chain)
{
    X509 *cert = X509_STORE_CTX_get0_cert(chain);
    char serial[33];
    if (!(X509_get_extension_flags(cert) & EXFLAG_XKUSAGE) ||
        !(X509_get_extended_key_usage(cert) & XKU_SSL_CLIENT))
        return X509_V_ERR_INVALID_PURPOSE;
    if (toc_x509_serial(cert, serial) && toc_tls_is_revoked(serial))
        return X509_V_ERR_CERT_REVOKED;
    return X509_V_OK;
}
