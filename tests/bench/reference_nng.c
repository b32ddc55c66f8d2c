// SPDX-License-Identifier: MIT
// build/reference publish|echo FOLDER: nng with our TLS engine and nothing else, as a server to compare ours with.
// It prints `ready` and its ports, and serves until its standard input ends.
//
//   publish  a raw REP and a PUB: what is asked at the first is published by the second, and answered
//   echo     a raw REP that answers with what it was asked
//
// FOLDER has server.pem and server.key, and audience.pem, whose certificates are let in.
#include <nng/nng.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/supplemental/tls/tls.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/files.h"
#include "crypto/tls.h"

// As the engine has them.
enum { REP_QUEUE = 8192, PUB_QUEUE = 512, PEM_MAX = 65536 };

static int listen_on(nng_socket socket, const char *folder);
static void read_pem(toc_buf *out, const char *folder, const char *name);
static void *await_end(void *unused);
static void need(int code, const char *what);

int main(int argc, char **argv)
{
    nng_socket rep, pub;
    pthread_t watch;
    toc_error e;
    bool is_echo = argc == 3 && strcmp(argv[1], "echo") == 0;
    if (argc != 3 || (!is_echo && strcmp(argv[1], "publish") != 0)) {
        fprintf(stderr, "usage: reference publish|echo FOLDER\n");
        return 2;
    }
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    if (toc_tls_use(&e) != TOC_OK) {
        fprintf(stderr, "reference: %s\n", e.msg);
        return 70;
    }
    need(nng_rep0_open_raw(&rep), "REP");
    need(nng_socket_set_int(rep, NNG_OPT_SENDBUF, REP_QUEUE), "REP's queue");
    need(nng_socket_set_int(rep, NNG_OPT_RECVBUF, REP_QUEUE), "REP's queue");
    need(nng_pub0_open(&pub), "PUB");
    need(nng_socket_set_int(pub, NNG_OPT_SENDBUF, PUB_QUEUE), "PUB's queue");
    printf("ready %d", listen_on(rep, argv[2]));
    printf(" %d\n", is_echo ? 0 : listen_on(pub, argv[2]));
    fflush(stdout);
    need(pthread_create(&watch, NULL, await_end, NULL), "a thread");
    for (;;) {
        nng_msg *request, *copy;
        need(nng_recvmsg(rep, &request, 0), "a request");
        need(nng_msg_chop(request, TOC_TLS_SERIAL), "a request");
        if (!is_echo) {
            need(nng_msg_alloc(&copy, 0), "a message");
            need(nng_msg_append(copy, nng_msg_body(request), nng_msg_len(request)), "a message");
            need(nng_sendmsg(pub, copy, 0), "a publication");
            nng_msg_clear(request); // the body; the header says where the answer goes
        }
        need(nng_sendmsg(rep, request, 0), "an answer");
    }
}

static int listen_on(nng_socket socket, const char *folder)
{
    nng_tls_config *config;
    nng_listener listener;
    toc_buf cert = {0}, key = {0}, audience = {0};
    int port = 0;
    read_pem(&cert, folder, "server.pem");
    read_pem(&key, folder, "server.key");
    read_pem(&audience, folder, "audience.pem");
    need(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER), "TLS");
    need(nng_tls_config_own_cert(config, cert.data, key.data, NULL), "the certificate");
    need(nng_tls_config_ca_chain(config, audience.data, NULL), "the audience's CA");
    need(nng_tls_config_auth_mode(config, NNG_TLS_AUTH_MODE_REQUIRED), "TLS");
    need(nng_listener_create(&listener, socket, "tls+tcp://127.0.0.1:0"), "a listener");
    need(nng_listener_set_ptr(listener, NNG_OPT_TLS_CONFIG, config), "TLS");
    need(nng_listener_start(listener, 0), "listening");
    need(nng_listener_get_int(listener, NNG_OPT_TCP_BOUND_PORT, &port), "a port");
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
    toc_buf_fini(&audience);
    return port;
}

static void read_pem(toc_buf *out, const char *folder, const char *name)
{
    char path[4096];
    toc_error e;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (toc_file_slurp(out, path, PEM_MAX, &e) == TOC_OK)
        return;
    fprintf(stderr, "reference: %s\n", e.msg);
    _exit(3);
}

static void *await_end(void *unused)
{
    char bytes[64];
    (void)unused;
    while (read(STDIN_FILENO, bytes, sizeof bytes) > 0)
        ;
    _exit(0);
}

static void need(int code, const char *what)
{
    if (code == 0)
        return;
    fprintf(stderr, "reference: %s: %s\n", what, nng_strerror(code));
    _exit(70);
}
