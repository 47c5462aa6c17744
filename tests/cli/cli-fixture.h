/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs hone-cli in a folder of its own and reads what it says. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

typedef struct {
  char     *folder;    /* made anew for each test; removed with all in it */
  char     *out, *err; /* of the last call */
  int       status;
  JsonNode *json;      /* of the last call with --json that printed an object */
} Cli;

Cli          *cli_new        (void);
void          cli_free       (Cli           *self);
/* Runs hone-cli with these arguments (NULL-terminated) and keeps status, output and JSON. The current folder is @folder. */
void          cli_run        (Cli           *self,
                              ...) G_GNUC_NULL_TERMINATED;
void          cli_run_strv   (Cli           *self,
                              const char * const *arguments);
/* Without waiting: for tests that send signals. */
GSubprocess  *cli_start      (Cli           *self,
                              ...) G_GNUC_NULL_TERMINATED;
void          cli_write      (Cli           *self,
                              const char    *name,
                              const char    *text);
char         *cli_read       (Cli           *self,
                              const char    *name);
gboolean      cli_has_engine (void);
/* Values of the last JSON: "a.b" names members; elements of lists by number. */
JsonNode     *cli_node       (Cli           *self,
                              const char    *path);
gint64        cli_int        (Cli           *self,
                              const char    *path);
double        cli_double     (Cli           *self,
                              const char    *path);
const char   *cli_string     (Cli           *self,
                              const char    *path);

#define cli_assert_status(cli, wanted) G_STMT_START {                                                              \
    if ((cli)->status != (wanted))                                                                                 \
      g_test_message ("standard output: %s\nstandard error: %s", (cli)->out, (cli)->err);                          \
    g_assert_cmpint ((cli)->status, ==, (wanted));                                                                 \
  } G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cli, cli_free)
