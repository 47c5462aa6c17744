/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/hone-label-keys.h"

static HoneOntology *
ontology_of (guint n)
{
  HoneOntology *ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Category %u", i);
      HoneCategory category = { .name = name };

      g_assert_cmpuint (hone_ontology_add (ontology, &category, NULL), ==, i);
    }
  return ontology;
}

static void
set_shortcut (HoneOntology *ontology,
              guint         id,
              const char   *shortcut)
{
  HoneCategory category = *hone_ontology_get_by_id (ontology, id);
  g_autoptr(GError) error = NULL;

  category.shortcut = (char *) shortcut;
  g_assert_true (hone_ontology_replace (ontology, &category, &error));
  g_assert_no_error (error);
}

static void
test_automatic (void)
{
  g_autoptr(HoneOntology) ontology = ontology_of (36);
  g_autofree gunichar *keys = hone_label_keys_new (ontology);

  g_assert_cmpuint (keys[0], ==, '1');
  g_assert_cmpuint (keys[8], ==, '9');
  g_assert_cmpuint (keys[9], ==, 'a');
  g_assert_cmpuint (keys[34], !=, 0);
  g_assert_cmpuint (keys[35], ==, 0);
  for (guint i = 0; i < 35; i++)
    {
      g_assert_cmpuint (hone_label_keys_find (keys, 36, keys[i]), ==, i);
      g_assert_null (strchr ("sfnb", (int) keys[i]));     /* the commands */
    }
  g_assert_cmpuint (hone_label_keys_find (keys, 36, 's'), ==, G_MAXSIZE);
}

/* A new category takes no key from the others, and neither does one that goes. */
static void
test_stable (void)
{
  g_autoptr(HoneOntology) few = ontology_of (8);
  g_autoptr(HoneOntology) more = ontology_of (20);
  g_autoptr(HoneOntology) gap = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_autofree gunichar *before = hone_label_keys_new (few);
  g_autofree gunichar *after = hone_label_keys_new (more);
  g_autofree gunichar *without = NULL;

  g_assert_cmpmem (before, 8 * sizeof *before, after, 8 * sizeof *before);
  for (guint i = 2; i <= 8; i++)
    g_assert_cmpuint (hone_ontology_add (gap, hone_ontology_get_by_id (few, i), NULL), ==, i);
  without = hone_label_keys_new (gap);
  g_assert_cmpmem (before + 1, 7 * sizeof *before, without, 7 * sizeof *before);
}

static void
test_chosen (void)
{
  g_autoptr(HoneOntology) ontology = ontology_of (4);
  g_autofree gunichar *keys = NULL;

  set_shortcut (ontology, 3, "1");
  set_shortcut (ontology, 4, "M");
  keys = hone_label_keys_new (ontology);
  g_assert_cmpuint (keys[2], ==, '1');
  g_assert_cmpuint (keys[3], ==, 'm');
  g_assert_cmpuint (keys[1], ==, '2');
  g_assert_cmpuint (keys[0], ==, '3');      /* what is left over */

  /* From a file: a command is no key, and of two equal ones the older category has it. */
  set_shortcut (ontology, 4, "s");
  set_shortcut (ontology, 2, "1");
  g_free (g_steal_pointer (&keys));
  keys = hone_label_keys_new (ontology);
  g_assert_cmpuint (keys[3], ==, '4');
  g_assert_cmpuint (keys[1], ==, '1');
  g_assert_cmpuint (keys[2], ==, '3');
}

static void
assert_refused (const HoneOntology *ontology,
                const char         *shortcut,
                int                 code)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (hone_label_key_check (ontology, 1, shortcut, &error));
  g_assert_error (error, HONE_ONTOLOGY_ERROR, code);
}

static void
test_check (void)
{
  g_autoptr(HoneOntology) ontology = ontology_of (3);
  g_autoptr(GError) error = NULL;

  set_shortcut (ontology, 2, "m");
  assert_refused (ontology, "M", HONE_ONTOLOGY_ERROR_DUPLICATE);
  assert_refused (ontology, "s", HONE_ONTOLOGY_ERROR_RESERVED);
  assert_refused (ontology, "?", HONE_ONTOLOGY_ERROR_RESERVED);
  assert_refused (ontology, "12", HONE_ONTOLOGY_ERROR_RESERVED);
  assert_refused (ontology, "\xff", HONE_ONTOLOGY_ERROR_RESERVED);
  g_assert_true (hone_label_key_check (ontology, 1, "2", &error));    /* an automatic one gives way */
  g_assert_true (hone_label_key_check (ontology, 2, "m", &error));
  g_assert_true (hone_label_key_check (ontology, 1, "ä", &error));
  g_assert_true (hone_label_key_check (ontology, 1, "", &error));
  g_assert_true (hone_label_key_check (ontology, 1, NULL, &error));
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/label-keys/automatic", test_automatic);
  g_test_add_func ("/ui/label-keys/stable", test_stable);
  g_test_add_func ("/ui/label-keys/chosen", test_chosen);
  g_test_add_func ("/ui/label-keys/check", test_check);
  return g_test_run ();
}
