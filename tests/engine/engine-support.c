/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words are made of syllables, so that categories differ in words and in characters, and no text is copied from anywhere. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/hone-random.h"
#include "engine-support.h"

#define COMMON     99     /* the vocabulary that all categories share */
#define N_WORDS    40
#define TEXT_WORDS 10

static void
put_word (GString *text,
          guint    vocabulary,
          guint    nth)
{
  static const char *const syllables[] = { "ba", "ko", "ri", "tu", "me", "sol", "ven", "dar", "phi", "gax", "nu", "wel", "zor", "cli", "que", "jas" };
  guint64 bits = hone_random_mix (vocabulary, nth);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  for (guint i = 0; i < 3; i++, bits >>= 8)
    g_string_append (text, syllables[bits % G_N_ELEMENTS (syllables)]);
}

char *
engine_support_text (guint   category,
                     guint64 nth,
                     double  purity)
{
  GString *text = g_string_new (NULL);
  HoneRandom random;

  hone_random_init (&random, hone_random_mix (nth, category));
  for (guint i = 0; i < TEXT_WORDS; i++)
    {
      /* One draw a statement: compilers differ in which argument of a call comes first. */
      guint nth_word = (guint) hone_random_below (&random, N_WORDS);
      guint vocabulary = hone_random_unit (&random) < purity ? category : COMMON;

      put_word (text, vocabulary, nth_word);
    }
  return g_string_free (text, FALSE);
}

HoneCorpus *
engine_support_corpus (guint  n_categories,
                       guint  n_labelled,
                       guint  n_unlabelled,
                       double purity)
{
  HoneCorpus *corpus = hone_corpus_new ();

  for (guint i = 0; i < n_labelled + n_unlabelled; i++)
    {
      guint32 category = i % n_categories;
      g_autofree char *text = engine_support_text (category, i, purity);
      g_autofree char *id = g_strdup_printf ("t%u", i);

      if (i < n_labelled)
        hone_corpus_add_labelled (corpus, id, text, 1, &category, 1);
      else
        hone_corpus_add_unlabelled (corpus, id, text);
    }
  return corpus;
}

char **
engine_support_keys (guint n_categories)
{
  char **keys = g_new0 (char *, n_categories + 1);

  for (guint c = 0; c < n_categories; c++)
    keys[c] = g_strdup_printf ("%c", 'A' + c);
  return keys;
}

char *
engine_support_sha256 (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

char *
engine_support_directory (void)
{
  g_autoptr(GError) error = NULL;
  char *directory = g_dir_make_tmp ("hone-engine-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

void
engine_support_remove (const char *directory)
{
  g_autoptr(GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

void
engine_support_write (const char *directory,
                      const char *name,
                      const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
engine_support_write_job (const char *directory,
                          const char *kind,
                          const char *choice,
                          guint       n_categories,
                          const char *more)
{
  g_autoptr(GString) job = g_string_new (NULL);

  g_string_append_printf (job, "{\"protocol\":1,\"kind\":\"%s\",\"choice\":\"%s\",\"method\":\"ngrams\",\"categories\":[", kind, choice);
  for (guint c = 0; c < n_categories; c++)
    g_string_append_printf (job, "%s{\"key\":\"%c\",\"name\":\"Category %u\",\"definition\":null}", c > 0 ? "," : "", 'A' + c, c);
  g_string_append_printf (job, "]%s}", more != NULL ? more : ",\"seed\":1,\"threads\":1");
  engine_support_write (directory, "job.json", job->str);
}

void
engine_support_write_texts (const char *directory,
                            guint       n_categories,
                            guint       n_labelled,
                            guint       n_unlabelled,
                            double      purity)
{
  g_autoptr(GString) labelled = g_string_new (NULL);
  g_autoptr(GString) unlabelled = g_string_new (NULL);

  for (guint i = 0; i < n_labelled + n_unlabelled; i++)
    {
      g_autofree char *text = engine_support_text (i % n_categories, i, purity);

      if (i < n_labelled)
        g_string_append_printf (labelled, "{\"id\":\"t%u\",\"text\":\"%s\",\"categories\":[\"%c\"],\"weight\":1}\n", i, text, 'A' + i % n_categories);
      else
        g_string_append_printf (unlabelled, "{\"id\":\"t%u\",\"text\":\"%s\"}\n", i, text);
    }
  engine_support_write (directory, "train.jsonl", labelled->str);
  if (n_unlabelled > 0)
    engine_support_write (directory, "unlabelled.jsonl", unlabelled->str);
}

void
engine_support_write_input (const char *directory,
                            guint       n_categories,
                            guint       n_texts,
                            double      purity)
{
  g_autoptr(GString) input = g_string_new (NULL);

  for (guint i = 0; i < n_texts; i++)
    {
      g_autofree char *text = engine_support_text (i % n_categories, 1000000 + i, purity);

      g_string_append_printf (input, "{\"id\":\"p%u\",\"text\":\"%s\"}\n", i, text);
    }
  engine_support_write (directory, "input.jsonl", input->str);
}
