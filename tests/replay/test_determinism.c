// SPDX-License-Identifier: MIT
// The same scenario, seed and inputs give the same lines, byte for byte, in any two processes: other
// addresses, another locale, another collector of garbage, another compiler, time in other pieces.

#include "check_main.h"
#include "process.h"
#include "sampled.h"
#include "seed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SECONDS 120
#define ARGS    16

static const char *const scenarios[] = {"scenarios/silent-beams", "tests/fixtures/relay",
                                        "tests/fixtures/deterministic", "tests/fixtures/worldly",
                                        "scenarios/cold-corridor"};

// The seeds of one test: the first ones always, and as many new ones.
typedef struct {
    unsigned long long at[64];
    size_t count;
} seeds;

static seeds some_seeds(const char *what)
{
    toc_random r;
    seeds s = {.count = getenv("TOC_LONG") ? 40 : 2 * (size_t)sampled_some(2)};
    seed_random(&r, what);
    printf("%s: seeds", what);
    for (size_t i = 0; i < s.count; i++) {
        s.at[i] = i < s.count / 2 ? i + 1 : toc_random_below(&r, 1000000);
        printf(" %llu", s.at[i]);
    }
    printf("\n");
    fflush(stdout);
    return s;
}

// What derive prints; env and more are NULL-ended lists of VAR=value and of options, or NULL.
static char *run_derive(const char *program, const char *scenario, unsigned long long seed,
                        const char *const *env, const char *const *more)
{
    const char *argv[ARGS] = {"env"};
    char *dir = source_path(scenario), number[32];
    size_t n = 1;
    toc_buf out = {0};
    snprintf(number, sizeof number, "%llu", seed);
    for (; env && *env; env++)
        argv[n++] = *env;
    argv[n++] = program;
    argv[n++] = dir;
    argv[n++] = number;
    for (; more && *more && n < ARGS - 1; more++)
        argv[n++] = *more;
    int code = process_run(argv, &out, SECONDS);
    ck_assert_msg(code == 0, "%s %s %llu: exit %d\n%s", program, scenario, seed, code,
                  toc_buf_text(&out));
    free(dir);
    return toc_buf_take(&out);
}

static const char *derive_program(void)
{
    const char *path = getenv("TOC_DERIVE");
    ck_assert_msg(path != NULL, "TOC_DERIVE names no program");
    return path;
}

// Fails with the first line that differs.
static void must_be_same(const char *a, const char *b, const char *scenario,
                         unsigned long long seed, const char *what)
{
    size_t at = 0, line = 0;
    if (strcmp(a, b) == 0)
        return;
    while (a[at] == b[at]) {
        if (a[at++] == '\n')
            line = at;
    }
    ck_abort_msg("%s, seed %llu, %s:\n  %.*s\n  %.*s", scenario, seed, what,
                 (int)strcspn(a + line, "\n"), a + line, (int)strcspn(b + line, "\n"), b + line);
}

// Every scenario and seed, plainly and as told.
static void compare(const seeds *s, const char *program, const char *const *env,
                    const char *const *more, const char *what)
{
    for (size_t i = 0; i < TOC_COUNT(scenarios); i++)
        for (size_t k = 0; k < s->count; k++) {
            char *plain = run_derive(derive_program(), scenarios[i], s->at[k], NULL, NULL);
            char *other = run_derive(program, scenarios[i], s->at[k], env, more);
            ck_assert_ptr_nonnull(strstr(plain, "\"k\":\"close\""));
            must_be_same(plain, other, scenarios[i], s->at[k], what);
            free(plain);
            free(other);
        }
}

START_TEST(two_processes_at_other_addresses_derive_the_same)
{
    seeds s = some_seeds("processes");
    bool is_moved = false;
    char *first =
        run_derive(derive_program(), scenarios[0], 1, NULL, (const char *const[]){"--where", NULL});
    for (int i = 0; i < 10 && !is_moved; i++) {
        char *other = run_derive(derive_program(), scenarios[0], 1, NULL,
                                 (const char *const[]){"--where", NULL});
        is_moved = strcmp(first, other) != 0;
        free(other);
    }
    free(first);
    if (!is_moved)
        printf("addresses are not random here: less is shown\n");
    compare(&s, derive_program(), NULL, NULL, "a second process");
}
END_TEST

START_TEST(other_seeds_give_other_exercises)
{
    for (size_t i = 0; i < TOC_COUNT(scenarios); i++) {
        char *one = run_derive(derive_program(), scenarios[i], 1, NULL, NULL);
        char *two = run_derive(derive_program(), scenarios[i], 2, NULL, NULL);
        ck_assert_str_ne(one, two);
        free(one);
        free(two);
    }
}
END_TEST

// A German locale, made for this test where Debian has its sources; else whatever is not plain C.
static void german(const char *folder, char *path, char *name, size_t size)
{
    char *out = toc_sprintf("%s/de_DE.UTF-8", folder);
    bool is_made =
        process_run((const char *const[]){"localedef", "-i", "de_DE", "-f", "UTF-8", out, NULL},
                    NULL, 60) == 0;
    snprintf(path, size, "LOCPATH=%s", is_made ? folder : "");
    snprintf(name, size, "LC_ALL=%s", is_made ? "de_DE.UTF-8" : "C.utf8");
    free(out);
    if (!is_made)
        printf("there is no German locale here, and none can be made: less is shown\n");
}

START_TEST(another_locale_and_time_zone_change_nothing)
{
    seeds s = some_seeds("locale");
    char *folder = folder_new(), path[200], name[200];
    german(folder, path, name, sizeof path);
    const char *const env[] = {path,         name, "TZ=Pacific/Apia", "LANG=tr_TR.UTF-8",
                               "TERM=xterm", NULL};
    const char *const of_a_screen[] = {"--locale", NULL};
    compare(&s, derive_program(), env, NULL, "a locale in the environment");
    compare(&s, derive_program(), env, of_a_screen, "a locale as a full screen takes it");
    folder_remove(folder);
}
END_TEST

START_TEST(eager_and_absent_garbage_collection_change_nothing)
{
    static const char *const modes[] = {"generational", "step", "never", "emergency"};
    seeds s = some_seeds("garbage");
    for (size_t i = 0; i < TOC_COUNT(modes); i++)
        compare(&s, derive_program(), NULL, (const char *const[]){"--gc", modes[i], NULL},
                modes[i]);
}
END_TEST

START_TEST(another_compiler_changes_nothing)
{
    const char *other = getenv("TOC_DERIVE_OTHER");
    seeds s = some_seeds("compiler");
    if (!other || !*other) {
        printf("there is no second compiler here: nothing is shown\n");
        return;
    }
    compare(&s, other, NULL, NULL, other);
}
END_TEST

START_TEST(time_in_pieces_changes_nothing)
{
    seeds s = some_seeds("pieces");
    compare(&s, derive_program(), NULL, (const char *const[]){"--pieces", NULL}, "in pieces");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, two_processes_at_other_addresses_derive_the_same);
    tcase_add_test(tc, other_seeds_give_other_exercises);
    tcase_add_test(tc, another_locale_and_time_zone_change_nothing);
    tcase_add_test(tc, eager_and_absent_garbage_collection_change_nothing);
    tcase_add_test(tc, another_compiler_changes_nothing);
    tcase_add_test(tc, time_in_pieces_changes_nothing);
}

TOC_CHECK_MAIN("determinism", add_tests)
