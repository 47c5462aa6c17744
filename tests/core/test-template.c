/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model gets to see, and the form in which that is stored. Reading answers: test-answer.c. */
#include "config.h"

#include <string.h>

#include "hone-random.h"
#include "hone-template.h"

static void
test_render (void)
{
  g_autoptr(HoneTemplate) plain = hone_template_new_default ();
  g_autoptr(HoneTemplate) full = hone_template_new ("Which one?", "Text: ", "\n\n###\n\n", " END", FALSE);
  g_autofree char *bare = hone_template_render (plain, "  Rates rise\n");
  g_autofree char *dressed = hone_template_render (full, "Rates rise");

  g_assert_cmpstr (bare, ==, "  Rates rise\n");
  g_assert_cmpstr (dressed, ==, "Text: Rates rise\n\n###\n\n");
  g_assert_cmpstr (hone_template_get_instruction (full), ==, "Which one?");
  g_assert_cmpstr (hone_template_get_stop (full), ==, " END");
  g_assert_cmpstr (hone_template_get_prefix (plain), ==, "");
}

static void
test_hash (void)
{
  static const char * const fields[][4] = {
    { "", "", "", "" }, { "a", "", "", "" }, { "", "a", "", "" }, { "", "", "a", "" }, { "", "", "", "a" },
    { "a;", "", "", "" }, { "a", ";", "", "" }, { "a\\", "", "", "" }, { "a\\s", "", "", "" },
  };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      for (gboolean first = FALSE; first <= TRUE; first++)
        {
          g_autoptr(HoneTemplate) template = hone_template_new (fields[i][0], fields[i][1], fields[i][2], fields[i][3], first);
          const char *hash = hone_template_get_hash (template);

          g_assert_true (g_str_has_prefix (hash, "sha256:"));
          g_assert_cmpuint (strlen (hash), ==, 7 + 64);
          g_assert_true (g_hash_table_add (seen, g_strdup (hash)));
        }
    }
}

static void
test_string_round_trip (void)
{
  static const char * const pieces[] = { "a", ";", "\\", "\n", "\r", "\t", "\xc3\xa9", " ", "\\n", "\x01", "\xff", "n" };
  HoneRandom random;

  hone_random_init (&random, 5);
  for (guint round = 0; round < 2000; round++)
    {
      GString *fields[4];
      g_autoptr(HoneTemplate) template = NULL;
      g_autoptr(HoneTemplate) again = NULL;
      g_autofree char *string = NULL;
      g_autoptr(GError) error = NULL;

      for (guint f = 0; f < 4; f++)
        {
          fields[f] = g_string_new (NULL);
          for (guint64 n = hone_random_below (&random, 6); n > 0; n--)
            g_string_append (fields[f], pieces[hone_random_below (&random, G_N_ELEMENTS (pieces))]);
        }

      template = hone_template_new (fields[0]->str, fields[1]->str, fields[2]->str, fields[3]->str, round % 2);
      string = hone_template_to_string (template);
      g_assert_null (strpbrk (string, "\r\n"));
      g_assert_true (g_utf8_validate (string, -1, NULL));
      again = hone_template_from_string (string, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hone_template_get_hash (again), ==, hone_template_get_hash (template));
      g_assert_cmpstr (hone_template_get_instruction (again), ==, hone_template_get_instruction (template));
      g_assert_cmpstr (hone_template_get_suffix (again), ==, hone_template_get_suffix (template));
      g_assert_cmpint (hone_template_get_first_of_several (again), ==, round % 2);
      for (guint f = 0; f < 4; f++)
        g_string_free (fields[f], TRUE);
    }
}

static void
test_foreign_strings (void)
{
  static const char * const strings[] = {
    "", "rubbish", ";;;;;;", "hone-template-1", "hone-template-1;only", "hone-template-1;only;;;", "hone-template-1;only;;;;;",
    "hone-template-1;maybe;;;;", "hone-template-2;only;;;;", "hone-template-1;only;\\x;;;", "hone-template-1;only;a\\;;;",
    "hone-template-1;only;\xff;;;",
  };
  g_autoptr(HoneTemplate) good = hone_template_from_string ("hone-template-1;only;;;;", NULL);

  g_assert_nonnull (good);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (hone_template_from_string (strings[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/template/render", test_render);
  g_test_add_func ("/core/template/hash", test_hash);
  g_test_add_func ("/core/template/string-round-trip", test_string_round_trip);
  g_test_add_func ("/core/template/foreign-strings", test_foreign_strings);
  return g_test_run ();
}
