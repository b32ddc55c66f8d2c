// SPDX-License-Identifier: MIT
#include "carrier.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef void (*stream_op)(nng_stream *stream, nng_aio *aio);

// nng's own two functions do not change: they are looked up once.
static pthread_once_t nng_once = PTHREAD_ONCE_INIT;
static struct {
    stream_op send;
    stream_op receive;
    bool drops; // this is the version that drops operations
} nng;

// nng hands its streams nothing of ours, so who begins an operation is known by the thread alone.
static _Thread_local toc_carrier *learning;

static void find_nng(void);
static stream_op find(void *library, const char *name);
static void end_dropped(nng_aio *aio);
static int failure_of(nng_aio *aio);

void nng_stream_send(nng_stream *stream, nng_aio *aio)
{
    pthread_once(&nng_once, find_nng);
    if (learning)
        learning->sending = aio;
    nng.send(stream, aio);
    end_dropped(aio);
}

void nng_stream_recv(nng_stream *stream, nng_aio *aio)
{
    pthread_once(&nng_once, find_nng);
    if (learning)
        learning->receiving = aio;
    nng.receive(stream, aio);
    end_dropped(aio);
}

void toc_carrier_learn(toc_carrier *c)
{
    learning = c;
}

int toc_carrier_failure(const toc_carrier *c)
{
    int rv = failure_of(c->receiving);
    return rv != 0 ? rv : failure_of(c->sending);
}

bool toc_carrier_watches(void)
{
    void *program = dlopen(NULL, RTLD_LAZY);
    bool found = program && find(program, "nng_stream_send") == nng_stream_send &&
                 find(program, "nng_stream_recv") == nng_stream_recv;
    if (program)
        dlclose(program);
    return found;
}

static void find_nng(void)
{
    void *library = dlopen("libnng.so.1", RTLD_LAZY); // it is there already, and stays
    if (library) {
        nng.send = find(library, "nng_stream_send");
        nng.receive = find(library, "nng_stream_recv");
    }
    if (!nng.send || !nng.receive)
        abort(); // the program is linked with another library than it was made for
    nng.drops = strcmp(nng_version(), "1.5.2") == 0;
}

// POSIX wants dlsym's result taken like this; C has no other way from an object to a function.
static stream_op find(void *library, const char *name)
{
    stream_op op = NULL;
    *(void **)(&op) = dlsym(library, name);
    return op;
}

// Only what could not be begun is NNG_ECANCELED here: to begin makes the result 0, and the one call that
// ends an operation so, stopping its aio, comes when closing it has ended the operation already. Both
// callers in nng hold a lock that the aio's callback wants, so nothing is begun on it in between.
static void end_dropped(nng_aio *aio)
{
    if (nng.drops && nng_aio_result(aio) == NNG_ECANCELED)
        nng_aio_finish(aio, NNG_ECONNABORTED);
}

static int failure_of(nng_aio *aio)
{
    int rv = aio ? nng_aio_result(aio) : 0;
    return rv == NNG_ECLOSED || rv == NNG_ECANCELED ? NNG_ECONNABORTED : rv;
}
