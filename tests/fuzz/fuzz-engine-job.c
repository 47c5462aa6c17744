/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.json and the lines of input files come from another program. */
#include "config.h"

#include <string.h>

#include "hone-engine-job.h"
#include "hone-engine-texts.h"

static void
check_job (const HoneEngineJob *job)
{
  g_autoptr(HoneEngineKeys) keys = hone_engine_keys_new ((const char *const *) job->keys);

  g_assert_cmpuint (job->n_categories, >, 0);
  g_assert_cmpuint (g_strv_length (job->keys), ==, job->n_categories);
  g_assert_cmpuint (job->threads, >, 0);
  g_assert_cmpuint (job->threads, <=, HONE_ENGINE_MAX_THREADS);
  for (guint c = 0; c < job->n_categories; c++)
    g_assert_cmpint (hone_engine_keys_find (keys, job->keys[c]), ==, (int) c);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(HoneEngineJob) job = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  const char *id, *body;

  job = hone_engine_job_parse (text, strlen (text), &error);
  g_assert_true ((job == NULL) == (error != NULL));
  if (job != NULL)
    check_job (job);
  g_clear_error (&error);

  if (hone_engine_texts_parse (parser, text, strlen (text), &id, &body, &error))
    g_assert_true (g_utf8_validate (id, -1, NULL) && g_utf8_validate (body, -1, NULL));
  else
    g_assert_nonnull (error);
  return 0;
}
